"""Articles and the pages that list them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from stedskaping_core.models.base import HeadlessPage
from stedskaping_core.streams import SlotStreamField


class ArticleIndexPage(HeadlessPage):
    """A list of the articles and courses below it, for example news."""

    intro = models.TextField(_("introduction"), blank=True, help_text=_("Plain text above the list."))

    content_panels: ClassVar = [*HeadlessPage.content_panels, FieldPanel("intro")]
    search_fields: ClassVar = [*HeadlessPage.search_fields, index.SearchField("intro")]
    parent_page_types: ClassVar = ["cms.HomePage", "core.PilotPage"]
    subpage_types: ClassVar = ["cms.ArticlePage", "cms.CoursePage"]
    page_description = _("Lists the articles and courses below it: news, or the school's courses.")

    class Meta:
        verbose_name = _("article list")
        verbose_name_plural = _("article lists")


class ArticlePage(HeadlessPage):
    """A page of text and pictures. It can have further articles below it."""

    intro = models.CharField(
        _("introduction"),
        max_length=250,
        help_text=_("One or two sentences. Lists show them under the title."),
    )
    image = models.ForeignKey(
        "core.Image",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("image"),
    )
    body = SlotStreamField("body", blank=True, verbose_name=_("content"))

    content_panels: ClassVar = [
        *HeadlessPage.content_panels,
        FieldPanel("intro"),
        FieldPanel("image"),
        FieldPanel("body"),
    ]
    search_fields: ClassVar = [
        *HeadlessPage.search_fields,
        index.SearchField("intro"),
        index.SearchField("body"),
    ]
    parent_page_types: ClassVar = [
        "cms.HomePage",
        "cms.ArticleIndexPage",
        "cms.ArticlePage",
        "core.PilotPage",
    ]
    subpage_types: ClassVar = ["cms.ArticlePage"]
    page_description = _("Text, pictures and links: news, background, practical information.")

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
