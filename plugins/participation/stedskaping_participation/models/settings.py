"""What a pilot decides about participation on its site."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable


@register_setting(icon="participation-voices")
class ParticipationSettings(BaseSiteSetting, ClusterableModel):
    """One site's choices. A site without a row takes proposals and offers no categories."""

    proposals_open = models.BooleanField(
        _("proposals are open"),
        default=True,
        help_text=_("Unticked: nobody can add proposals. What is there stays, and can be supported."),
    )

    panels: ClassVar = [
        FieldPanel("proposals_open"),
        InlinePanel(
            "categories",
            heading=_("Categories"),
            label=_("category"),
            help_text=_(
                "What people can choose from when they propose. Proposals keep a category that is removed."
            ),
        ),
    ]

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participation settings")


class ProposalCategory(Orderable):
    """A kind of proposal that a pilot offers, in the pilot's language."""

    settings = ParentalKey(ParticipationSettings, on_delete=models.CASCADE, related_name="categories")
    name = models.CharField(_("name"), max_length=60)
    key = models.SlugField(
        _("key"),
        max_length=40,
        help_text=_(
            "Lower-case letters, for example “play”. Proposals are stored with it, so never change it."
        ),
    )

    panels: ClassVar = [FieldRowPanel([FieldPanel("name"), FieldPanel("key")])]

    class Meta(Orderable.Meta):
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        constraints = (
            models.UniqueConstraint(fields=["settings", "key"], name="participation_category_once"),
        )

    def __str__(self) -> str:
        return self.name
