"""Menus of a site, one per language and place."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable

from stedskaping_core.validators import validate_link


class Menu(ClusterableModel):
    """The links of one place on a site's pages, in one language."""

    site = models.ForeignKey(
        "wagtailcore.Site", on_delete=models.CASCADE, related_name="menus", verbose_name=_("site")
    )
    locale = models.ForeignKey(
        "wagtailcore.Locale", on_delete=models.PROTECT, related_name="+", verbose_name=_("language")
    )
    key = models.SlugField(
        _("key"),
        max_length=40,
        default="main",
        help_text=_("Where the frontend shows it: “main” at the top, “footer” at the bottom."),
    )

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("site"), FieldPanel("locale"), FieldPanel("key")]),
        InlinePanel("items", heading=_("Links"), label=_("link")),
    ]

    class Meta:
        verbose_name = _("menu")
        verbose_name_plural = _("menus")
        ordering = ("site", "key", "locale")
        constraints = (
            models.UniqueConstraint(
                fields=["site", "locale", "key"],
                name="cms_menu_once",
                violation_error_message=_("This site has such a menu in this language already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.key} ({self.locale.language_code})"


class MenuLink(Orderable):
    """A title that leads to a page or to an address: exactly one of them."""

    title = models.CharField(_("title"), max_length=80)
    # The link goes away together with its page: it would lead nowhere.
    page = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("page"),
    )
    url = models.CharField(
        _("or an address"),
        max_length=500,
        blank=True,
        validators=[validate_link],
        help_text=_("https://…, mailto:…, tel:… or a path that starts with /."),
    )

    class Meta(Orderable.Meta):
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=Q(page__isnull=False, url="") | (Q(page__isnull=True) & ~Q(url="")),
                name="%(app_label)s_%(class)s_page_or_url",
                violation_error_message=_("Choose a page or write an address: exactly one of them."),
            ),
        )

    def __str__(self) -> str:
        return self.title


class MenuItem(MenuLink, ClusterableModel):
    """A link in a menu; it can hold a level of links below it."""

    menu = ParentalKey(Menu, on_delete=models.CASCADE, related_name="items")

    panels: ClassVar = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("page"), FieldPanel("url")]),
        InlinePanel("items", heading=_("Links below it"), label=_("link below it")),
    ]

    class Meta(MenuLink.Meta):
        verbose_name = _("menu link")
        verbose_name_plural = _("menu links")


class MenuSubItem(MenuLink):
    """A link on the second level. There is no third."""

    parent = ParentalKey(MenuItem, on_delete=models.CASCADE, related_name="items")

    panels: ClassVar = [FieldPanel("title"), FieldRowPanel([FieldPanel("page"), FieldPanel("url")])]

    class Meta(MenuLink.Meta):
        verbose_name = _("menu link on the second level")
        verbose_name_plural = _("menu links on the second level")
