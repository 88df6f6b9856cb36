"""StreamField content: one concrete type per block, in two passes.

The first pass goes over the raw data of all sibling pages, leaves out what may not be delivered and notes
which images, documents and pages are mentioned; the second one reads them, each kind in one statement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import graphene
from django.utils.text import slugify
from graphql import GraphQLResolveInfo, get_named_type
from wagtail.models import Page as PageModel

from stedskaping_core.plugins.registry import get_registry
from stedskaping_core.sites import SiteFacts
from stedskaping_graphql.engine.batching import batched
from stedskaping_graphql.engine.context import Context, context_of
from stedskaping_graphql.engine.fields import field, non_null_list
from stedskaping_graphql.types import reading
from stedskaping_graphql.types.content import Document, Image, RichText
from stedskaping_graphql.types.pages import Page
from stedskaping_graphql.types.richtext import RichTextValue

EMPTY: Mapping[str, Any] = {"String": "", "Boolean": False}


class BlockNode:
    """One block of a stream. `value` is the stored JSON, `site` the site of the page it stands on."""

    __slots__ = ("block_type", "context", "id", "rich_texts", "site", "value")

    def __init__(self, item: Mapping[str, Any], context: Context, site: SiteFacts | None) -> None:
        self.id = str(item.get("id") or "")
        self.block_type = str(item["type"])
        self.value: Any = item["value"]
        self.context = context
        self.site = site
        self.rich_texts: list[RichTextValue] = []


def from_value(name: str, default: Any, block: BlockNode, info: GraphQLResolveInfo, **arguments: Any) -> Any:
    """The default resolver of block types: the block's field of the same name, in snake case."""
    if name in ("id", "block_type"):
        return getattr(block, name)
    found = block.value.get(name) if isinstance(block.value, Mapping) else None
    # A child that was added to the block later is missing in what was stored before.
    return EMPTY.get(get_named_type(info.return_type).name, default) if found is None else found


class Block(graphene.Interface):
    """A piece of content. Ask for the concrete types with fragments."""

    id = field(graphene.ID)
    block_type = field(graphene.String, description="The block's name in the CMS.")


def block_meta(**more: Any) -> type:
    """`class Meta` of a block type."""
    return type("Meta", (), {"interfaces": (Block,), "default_resolver": from_value, **more})


class HeadingBlock(graphene.ObjectType):
    """A section title."""

    Meta = block_meta()

    text = field(graphene.String)
    level = field(graphene.Int, description="2 or 3; the page's title is 1.")
    anchor = field(graphene.String, description="For links to this section.")

    @staticmethod
    def resolve_level(block: BlockNode, info: GraphQLResolveInfo) -> int:
        """Stored as text by the choice field."""
        return int(block.value["level"])

    @staticmethod
    def resolve_anchor(block: BlockNode, info: GraphQLResolveInfo) -> str:
        """Made from the words; the block's id when there are none that fit."""
        return slugify(block.value["text"], allow_unicode=True) or block.id


class ParagraphBlock(graphene.ObjectType):
    """Formatted text."""

    Meta = block_meta()

    rich_text = field(RichText)

    @staticmethod
    def resolve_rich_text(block: BlockNode, info: GraphQLResolveInfo) -> RichTextValue:
        """The whole block is one text."""
        return block.rich_texts[0]


class ImageBlock(graphene.ObjectType):
    """A picture with a caption."""

    Meta = block_meta()

    image = field(Image, required=False, description="Null when the caller may not see it.")
    caption = field(graphene.String)
    decorative = field(graphene.Boolean, description="True: leave the text alternative empty.")

    @staticmethod
    def resolve_image(block: BlockNode, info: GraphQLResolveInfo) -> Any:
        """Noted in the first pass."""
        return reading.images(block.context).get(block.value.get("image"))


class QuoteBlock(graphene.ObjectType):
    """Somebody's words."""

    Meta = block_meta()

    quote = field(graphene.String)
    attribution = field(graphene.String)


class ChecklistBlock(graphene.ObjectType):
    """Things to go through one by one."""

    Meta = block_meta()

    title = field(graphene.String)
    entries = field(non_null_list(graphene.String))

    @staticmethod
    def resolve_entries(block: BlockNode, info: GraphQLResolveInfo) -> list[str]:
        """Wagtail stores list items as objects with an id, older ones as plain texts."""
        return [_item_value(entry) for entry in block.value["entries"]]


class CalloutBlock(graphene.ObjectType):
    """A box that stands out."""

    Meta = block_meta()

    tone = field(graphene.String, description="info, tip, warning or example.")
    title = field(graphene.String)
    rich_text = field(RichText)

    @staticmethod
    def resolve_rich_text(block: BlockNode, info: GraphQLResolveInfo) -> RichTextValue:
        """The box's text."""
        return block.rich_texts[0]


class ActionBlock(graphene.ObjectType):
    """One clear next step."""

    Meta = block_meta()

    label = field(graphene.String)
    href = field(graphene.String, description="Empty when the caller may not see the page it leads to.")
    page = field(Page, required=False)

    @staticmethod
    def resolve_href(block: BlockNode, info: GraphQLResolveInfo) -> str:
        """The page's address, or the one that was written."""
        pk = block.value.get("page")
        if pk is None:
            return str(block.value.get("url") or "")
        page = reading.page_locations(block.context).get(pk)
        location = reading.locate(block.context, page) if page else None
        return location.url if location else ""

    @staticmethod
    @batched
    def resolve_page(blocks: Sequence[BlockNode], info: GraphQLResolveInfo) -> list[Any]:
        """The page itself."""
        loader = reading.pages(context_of(info))
        wanted = [_page_id(block) for block in blocks]
        loader.need(wanted)
        return [loader.get(pk) for pk in wanted]


def _page_id(block: BlockNode) -> int | None:
    return block.value.get("page") if isinstance(block.value, Mapping) else None


class VideoBlock(graphene.ObjectType):
    """A video with its transcript."""

    Meta = block_meta()

    url = field(graphene.String)
    title = field(graphene.String)
    transcript = field(RichText, required=False)

    @staticmethod
    def resolve_transcript(block: BlockNode, info: GraphQLResolveInfo) -> RichTextValue | None:
        """Null when none was written."""
        return block.rich_texts[0] if block.value.get("transcript") else None


class DocumentBlock(graphene.ObjectType):
    """A file to download."""

    Meta = block_meta()

    document = field(Document, required=False, description="Null when the caller may not see it.")
    title = field(graphene.String)

    @staticmethod
    def resolve_document(block: BlockNode, info: GraphQLResolveInfo) -> Any:
        """Noted in the first pass."""
        return reading.documents(block.context).get(block.value.get("document"))

    @staticmethod
    def resolve_title(block: BlockNode, info: GraphQLResolveInfo) -> str:
        """The editor's title, else the document's own."""
        document = reading.documents(block.context).get(block.value.get("document"))
        return str(block.value.get("title") or (document.title if document else ""))


class AccordionSectionValue:
    """A section with its text, made in the first pass."""

    __slots__ = ("rich_text", "title")

    def __init__(self, title: str, rich_text: RichTextValue) -> None:
        self.title = title
        self.rich_text = rich_text


class AccordionSection(graphene.ObjectType):
    """A section that opens."""

    title = field(graphene.String)
    rich_text = field(RichText)


class AccordionBlock(graphene.ObjectType):
    """Sections that open one by one."""

    Meta = block_meta()

    sections = field(non_null_list(AccordionSection))

    @staticmethod
    def resolve_sections(block: BlockNode, info: GraphQLResolveInfo) -> list[AccordionSectionValue]:
        """Title and text of each."""
        titles = [_item_value(section)["title"] for section in block.value["sections"]]
        return [AccordionSectionValue(*pair) for pair in zip(titles, block.rich_texts, strict=True)]


class UnknownBlock(graphene.ObjectType):
    """A block that the CMS knows and that has no type in this API."""

    Meta = block_meta(possible_types=(BlockNode,))


BLOCK_TYPES: Mapping[str, Any] = {
    "heading": HeadingBlock,
    "paragraph": ParagraphBlock,
    "image": ImageBlock,
    "quote": QuoteBlock,
    "checklist": ChecklistBlock,
    "callout": CalloutBlock,
    "action": ActionBlock,
    "video": VideoBlock,
    "document": DocumentBlock,
    "accordion": AccordionBlock,
}


def _item_value(item: Any) -> Any:
    """The value of a list item in either of Wagtail's stored forms."""
    return (
        item["value"]
        if isinstance(item, Mapping) and item.get("type") == "item" and "value" in item
        else item
    )


def _texts(kind: str, value: Any) -> list[str]:
    """The rich texts inside a block of the platform, in reading order."""
    if kind == "paragraph":
        return [value]
    if kind == "callout":
        return [value["text"]]
    if kind == "video" and value.get("transcript"):
        return [value["transcript"]]
    if kind == "accordion":
        return [_item_value(section)["text"] for section in value["sections"]]
    return []


def stream(attribute: str) -> Callable[..., Any]:
    """A batched resolver for a `SlotStreamField` of pages."""

    @batched
    def load(pages: Sequence[PageModel], info: GraphQLResolveInfo) -> list[list[BlockNode]]:
        context = context_of(info)
        raw = _raw_streams(pages, attribute)
        return [block_nodes(context, raw[page.pk], reading.site_of(context, page)) for page in pages]

    return load


def _raw_streams(pages: Sequence[PageModel], attribute: str) -> dict[int, Iterable[Any]]:
    """The stored items per page; one statement when the column was left out of the pages' own."""
    deferred = [page for page in pages if attribute in page.get_deferred_fields()]
    found: dict[int, Iterable[Any]] = {}
    if deferred:
        model = type(deferred[0])
        rows = model.objects.filter(pk__in=[page.pk for page in deferred]).values_list("pk", attribute)
        found = {pk: value.raw_data for pk, value in rows}
    found.update({page.pk: getattr(page, attribute).raw_data for page in pages if page.pk not in found})
    return found


def block_nodes(
    context: Context, items: Iterable[Mapping[str, Any]], site: SiteFacts | None
) -> list[BlockNode]:
    """The blocks that may be delivered: known ones of the platform and of plugins that are on for `site`."""
    owners = context.memo("block_owners", _owners)
    nodes = []
    for item in items:
        owner = owners.get(item["type"])
        if owner is None or (owner and not (site and site.id in reading.switches(context)[owner])):
            continue
        node = BlockNode(item, context, site)
        node.rich_texts = [RichTextValue(context, text) for text in _texts(node.block_type, node.value)]
        _note(node, context)
        nodes.append(node)
    return nodes


def _owners() -> dict[str, str]:
    """The plugin that owns each registered block; empty for the platform's own."""
    registry = get_registry()
    return {item.record.name: "" if item.slug in registry.builtins else item.slug for item in registry.blocks}


def _note(node: BlockNode, context: Context) -> None:
    if node.block_type == "image":
        reading.images(context).need([node.value.get("image")])
    elif node.block_type == "document":
        reading.documents(context).need([node.value.get("document")])
    elif node.block_type == "action":
        reading.page_locations(context).need([node.value.get("page")])
