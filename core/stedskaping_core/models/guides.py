"""The process that editors write: a guide, its phases, their tasks and requirements."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page, TranslatableMixin
from wagtail.search import index
from wagtail.snippets.models import register_snippet
from wagtail_localize.fields import SynchronizedField, TranslatableField

from stedskaping_core.choices import Comparison, DurationUnit, PhaseKind, TaskKind
from stedskaping_core.models.base import HeadlessPage, one_of
from stedskaping_core.streams import SlotStreamField
from stedskaping_core.widgets import KeySelect, metric_choices


@register_snippet
class PermitKind(TranslatableMixin, models.Model):
    """A kind of permit with the weeks its processing usually takes before the realisation can start."""

    key = models.SlugField(
        _("key"), max_length=60, help_text=_("The same in every language. Never change it.")
    )
    name = models.CharField(_("name"), max_length=120)
    help = models.TextField(_("help"), blank=True, help_text=_("When is it needed, and who is asked?"))
    lead_weeks = models.PositiveSmallIntegerField(
        _("lead time in weeks"),
        validators=[MaxValueValidator(104)],
        help_text=_("From a complete application to the answer. Pilots can set their own."),
    )
    source = models.CharField(
        _("source"), max_length=200, blank=True, help_text=_("The law or practice behind it.")
    )

    panels: ClassVar = [
        FieldPanel("name"),
        FieldPanel("key"),
        FieldPanel("help"),
        FieldRowPanel([FieldPanel("lead_weeks"), FieldPanel("source")]),
    ]
    translatable_fields: ClassVar = [
        TranslatableField("name"),
        TranslatableField("help"),
        SynchronizedField("key"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("permit kind")
        verbose_name_plural = _("permit kinds")
        ordering = ("name",)
        unique_together = (("translation_key", "locale"), ("key", "locale"))

    def __str__(self) -> str:
        return self.name


class GuidePage(HeadlessPage):
    """A complete process: its children are the phases, in order."""

    intro = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link", "ul", "ol"])

    content_panels: ClassVar = [*HeadlessPage.content_panels, FieldPanel("intro")]
    search_fields: ClassVar = [*HeadlessPage.search_fields, index.SearchField("intro")]
    subpage_types: ClassVar = ["core.PhasePage"]
    page_description = _("The process a project goes through. Add one page per phase below it.")

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")

    @classmethod
    def can_exist_under(cls, parent: Page) -> bool:
        """On a site, never beside the sites."""
        return bool(super().can_exist_under(parent)) and not parent.is_root()


class PhasePage(HeadlessPage):
    """One phase of a guide. Running projects keep what was copied from it when they started."""

    kind = models.CharField(_("kind"), max_length=20, choices=PhaseKind, default=PhaseKind.PLANNING)
    duration = models.PositiveSmallIntegerField(
        _("length"),
        default=4,
        validators=[MaxValueValidator(400)],
        help_text=_("0 means that the phase has no planned end (aftercare)."),
    )
    duration_unit = models.CharField(
        _("unit"), max_length=10, choices=DurationUnit, default=DurationUnit.WEEKS
    )
    summary = models.CharField(
        _("summary"), max_length=250, help_text=_("One or two sentences for overviews.")
    )
    guidance = SlotStreamField("guidance", blank=True, verbose_name=_("guidance"))

    content_panels: ClassVar = [
        *HeadlessPage.content_panels,
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("kind"), FieldPanel("duration"), FieldPanel("duration_unit")])],
            heading=_("Place in the process"),
        ),
        FieldPanel("summary"),
        FieldPanel("guidance"),
        InlinePanel(
            "tasks",
            heading=_("Tasks"),
            label=_("task"),
            help_text=_(
                "What a team does in this phase. Changes reach projects that start later, not running ones."
            ),
        ),
        InlinePanel(
            "requirements",
            heading=_("Requirements"),
            label=_("requirement"),
            help_text=_("Numbers that must be reached before the phase can be completed."),
        ),
    ]
    search_fields: ClassVar = [
        *HeadlessPage.search_fields,
        index.SearchField("summary"),
        index.SearchField("guidance"),
    ]
    override_translatable_fields: ClassVar = [
        SynchronizedField("kind"),
        SynchronizedField("duration"),
        SynchronizedField("duration_unit"),
    ]
    parent_page_types: ClassVar = ["core.GuidePage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = _("One phase of a guide: guidance, tasks and requirements.")

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        constraints = (
            one_of("kind", PhaseKind, "core_phasepage_kind"),
            one_of("duration_unit", DurationUnit, "core_phasepage_duration_unit"),
            models.CheckConstraint(
                condition=~Q(kind=PhaseKind.REALISATION)
                | Q(duration_unit=DurationUnit.DAYS, duration__gte=1),
                name="core_phasepage_realisation_in_days",
                violation_error_message=_("A realisation phase lasts a number of days, at least one."),
            ),
            models.CheckConstraint(
                condition=Q(kind=PhaseKind.AFTERCARE) | Q(duration__gte=1),
                name="core_phasepage_has_length",
                violation_error_message=_("Only aftercare can be without a planned end."),
            ),
        )


class PhaseTask(TranslatableMixin, Orderable):
    """Something a team does in a phase, for the guide's editors."""

    page = ParentalKey(PhasePage, on_delete=models.CASCADE, related_name="tasks")
    title = models.CharField(_("title"), max_length=200)
    help = RichTextField(_("help"), blank=True, features=["bold", "italic", "link", "ul", "ol"])
    required = models.BooleanField(_("required"), default=True)
    kind = models.CharField(_("kind"), max_length=20, choices=TaskKind, default=TaskKind.TODO)
    permit_kind = models.ForeignKey(
        PermitKind,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("kind of permit"),
        help_text=_("For permits only. It gives the lead time."),
    )

    panels: ClassVar = [
        FieldPanel("title"),
        FieldPanel("help"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("permit_kind"), FieldPanel("required")]),
    ]
    translatable_fields: ClassVar = [
        TranslatableField("title"),
        TranslatableField("help"),
        SynchronizedField("required"),
        SynchronizedField("kind"),
        TranslatableField("permit_kind"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        constraints = (
            one_of("kind", TaskKind, "core_phasetask_kind"),
            models.CheckConstraint(
                condition=Q(kind=TaskKind.PERMIT, permit_kind__isnull=False)
                | (~Q(kind=TaskKind.PERMIT) & Q(permit_kind__isnull=True)),
                name="core_phasetask_permit_has_kind",
                violation_error_message=_("A permit task needs a kind of permit; other tasks have none."),
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def lead_weeks(self) -> int | None:
        return self.permit_kind.lead_weeks if self.permit_kind else None


class PhaseRequirement(TranslatableMixin, Orderable):
    """A number that has to be reached in a phase: `metric` compared with `target`."""

    page = ParentalKey(PhasePage, on_delete=models.CASCADE, related_name="requirements")
    metric = models.CharField(
        _("number"), max_length=100, help_text=_("Published by the platform or by a plugin.")
    )
    comparison = models.CharField(_("is"), max_length=2, choices=Comparison, default=Comparison.AT_LEAST)
    target = models.DecimalField(_("target"), max_digits=14, decimal_places=2)
    blocking = models.BooleanField(
        _("blocking"),
        default=True,
        help_text=_("Unticked: shown as advice, the phase can be completed without it."),
    )
    label = models.CharField(_("sentence shown to people"), max_length=200)

    panels: ClassVar = [
        FieldPanel("label"),
        FieldPanel("metric", widget=KeySelect(metric_choices, _("%(key)s (not installed)"))),
        FieldRowPanel([FieldPanel("comparison"), FieldPanel("target"), FieldPanel("blocking")]),
    ]
    translatable_fields: ClassVar = [
        TranslatableField("label"),
        SynchronizedField("metric"),
        SynchronizedField("comparison"),
        SynchronizedField("target"),
        SynchronizedField("blocking"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")
        constraints = (one_of("comparison", Comparison, "core_phaserequirement_comparison"),)

    def __str__(self) -> str:
        return self.label
