"""The front page of a site that isn't a pilot's."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from stedskaping_core.models.base import HeadlessPage
from stedskaping_core.streams import SlotStreamField

INTRO_FEATURES = ("bold", "italic", "link", "ul", "ol")


class HomePage(HeadlessPage):
    """The root page of a site that isn't a pilot's, for example the national one."""

    intro = RichTextField(
        _("introduction"),
        blank=True,
        features=list(INTRO_FEATURES),
        help_text=_("The first thing people read. Two or three sentences."),
    )
    body = SlotStreamField("body", blank=True, verbose_name=_("content"))

    content_panels: ClassVar = [*HeadlessPage.content_panels, FieldPanel("intro"), FieldPanel("body")]
    search_fields: ClassVar = [
        *HeadlessPage.search_fields,
        index.SearchField("intro"),
        index.SearchField("body"),
    ]
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = ["cms.ArticleIndexPage", "cms.ArticlePage", "cms.CoursePage", "core.GuidePage"]
    page_description = _("The front page of a site that isn't a pilot's.")

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")
