"""The content blocks of the platform. Each has a GraphQL type of the same name and a preview for editors."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from stedskaping_core.plugins.contributions import BlockType
from stedskaping_core.validators import validate_link

RICH_TEXT_FEATURES = ("h3", "h4", "bold", "italic", "ul", "ol", "hr", "link", "document-link")
INLINE_FEATURES = ("bold", "italic", "ul", "ol", "link", "document-link")


def _markup(html: Any) -> Any:
    """Rich text for a preview, translated when the preview is drawn."""
    return lazy(lambda: f"<p>{gettext(html)}</p>", str)()


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Heading"), max_length=120)
    level = blocks.ChoiceBlock(
        label=_("Level"),
        choices=[("2", _("Section")), ("3", _("Subsection"))],
        default="2",
        help_text=_("The page's title is level 1. Don't skip a level: screen readers read the outline."),
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        group = _("Text")
        template = "stedskaping_core/blocks/heading.html"
        preview_value = {"text": _("What we do first"), "level": "2"}
        description = _("A section title")

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        anchor = slugify(value["text"], allow_unicode=True)
        return {**super().get_context(value, parent_context), "anchor": anchor}


class ParagraphBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", list(RICH_TEXT_FEATURES))
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        group = _("Text")
        template = "stedskaping_core/blocks/paragraph.html"
        preview_value = _markup(_("Short paragraphs are read more often than long ones."))
        description = _("Paragraphs with lists and links")


class ImageBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)
    decorative = blocks.BooleanBlock(
        label=_("Decorative"),
        required=False,
        help_text=_(
            "Tick it when the picture tells nothing that the text doesn't. Screen readers then skip it."
        ),
    )

    class Meta:
        icon = "image"
        label = _("Image")
        group = _("Media")
        template = "stedskaping_core/blocks/image.html"
        preview_value = {"caption": _("The square on the first evening"), "decorative": False}
        description = _("A picture with a caption")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not cleaned["decorative"] and not cleaned["image"].description:
            message = _("Describe the image first (in its description field), or mark it as decorative.")
            raise StructBlockValidationError(block_errors={"image": ValidationError(message)})
        return cleaned


class QuoteBlock(blocks.StructBlock):
    quote = blocks.TextBlock(label=_("Quote"), max_length=600)
    attribution = blocks.CharBlock(label=_("Who said it"), required=False, max_length=120)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        group = _("Text")
        template = "stedskaping_core/blocks/quote.html"
        preview_value = {
            "quote": _("We knew each other's names after day two."),
            "attribution": _("A neighbour"),
        }
        description = _("Somebody's words")


class ChecklistBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    entries = blocks.ListBlock(
        blocks.CharBlock(label=_("Entry"), max_length=250), label=_("Entries"), min_num=1
    )

    class Meta:
        icon = "list-ul"
        label = _("Checklist")
        group = _("Guidance")
        template = "stedskaping_core/blocks/checklist.html"
        preview_value = {
            "title": _("Before the meeting"),
            "entries": [_("Book a room"), _("Invite neighbours")],
        }
        description = _("Things to go through one by one")


class CalloutBlock(blocks.StructBlock):
    tone = blocks.ChoiceBlock(
        label=_("Tone"),
        choices=[
            ("info", _("Information")),
            ("tip", _("Tip")),
            ("warning", _("Warning")),
            ("example", _("Example")),
        ],
        default="info",
    )
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=list(INLINE_FEATURES))

    class Meta:
        icon = "help"
        label = _("Callout")
        group = _("Guidance")
        template = "stedskaping_core/blocks/callout.html"
        preview_value = {"tone": "tip", "title": _("Start early"), "text": _markup(_("Permits take weeks."))}
        description = _("A box that stands out")


class ActionBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("Text on the button"), max_length=60)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    url = blocks.CharBlock(
        label=_("Or an address"),
        required=False,
        max_length=500,
        validators=(validate_link,),
        help_text=_("https://…, mailto:…, tel:… or a path that starts with /."),
    )

    class Meta:
        icon = "link"
        label = _("Button")
        group = _("Guidance")
        template = "stedskaping_core/blocks/action.html"
        preview_value = {"label": _("Start a project"), "url": "/"}
        description = _("One clear next step")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        url = cleaned["url"]
        if bool(cleaned["page"]) == bool(url):
            message = ValidationError(_("Choose a page or write an address: exactly one of them."))
            raise StructBlockValidationError(block_errors={"page": message})
        return cleaned


class VideoBlock(blocks.StructBlock):
    url = blocks.URLBlock(label=_("Address of the video"))
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    transcript = blocks.RichTextBlock(
        label=_("Transcript"),
        required=False,
        features=list(INLINE_FEATURES),
        help_text=_(
            "What is said and shown, for those who can't hear or see it. Public bodies must have it."
        ),
    )

    class Meta:
        icon = "media"
        label = _("Video")
        group = _("Media")
        template = "stedskaping_core/blocks/video.html"
        preview_value = {"url": "https://example.org/video", "title": _("Six days in four minutes")}
        description = _("A video with its transcript")


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(
        label=_("Title"), required=False, max_length=120, help_text=_("Empty means the document's own title.")
    )

    class Meta:
        icon = "doc-full"
        label = _("Document")
        group = _("Media")
        template = "stedskaping_core/blocks/document.html"
        preview_value = {"title": _("Template: budget")}
        description = _("A file to download")


class AccordionSectionBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    text = blocks.RichTextBlock(label=_("Text"), features=list(INLINE_FEATURES))

    class Meta:
        icon = "arrow-down"
        label = _("Section")


class AccordionBlock(blocks.StructBlock):
    sections = blocks.ListBlock(AccordionSectionBlock(), label=_("Sections"), min_num=1)

    class Meta:
        icon = "collapse-down"
        label = _("Questions and answers")
        group = _("Guidance")
        template = "stedskaping_core/blocks/accordion.html"
        preview_value = {
            "sections": [{"title": _("Who owns the land?"), "text": _markup(_("Ask the municipality."))}]
        }
        description = _("Sections that open one by one")


ALL_SLOTS = ("body", "guidance", "story")
CONTENT_BLOCKS = (
    BlockType("heading", HeadingBlock, ALL_SLOTS),
    BlockType("paragraph", ParagraphBlock, (*ALL_SLOTS, "footer")),
    BlockType("image", ImageBlock, ALL_SLOTS),
    BlockType("quote", QuoteBlock, ALL_SLOTS),
    BlockType("checklist", ChecklistBlock, ALL_SLOTS),
    BlockType("callout", CalloutBlock, ALL_SLOTS),
    BlockType("action", ActionBlock, ("body", "guidance", "footer")),
    BlockType("video", VideoBlock, ALL_SLOTS),
    BlockType("document", DocumentBlock, ALL_SLOTS),
    BlockType("accordion", AccordionBlock, ("body", "guidance")),
)
