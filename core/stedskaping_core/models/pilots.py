"""A pilot: one municipality's place and period, at the root of a site of its own."""

from __future__ import annotations

from typing import Any, ClassVar
from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from stedskaping_core.choices import PilotStatus
from stedskaping_core.models.base import HeadlessPage, PlaceMixin, one_of, place_panel
from stedskaping_core.models.guides import PermitKind
from stedskaping_core.streams import SlotStreamField
from stedskaping_core.widgets import KeySelect


def validate_time_zone(value: str) -> None:
    if value not in available_timezones():
        raise ValidationError(
            _("“%(value)s” is no time zone. Write for example Europe/Oslo."), params={"value": value}
        )


@register_setting(icon="site")
class SiteProfile(BaseSiteSetting):
    """How frontends find a site: a short key and the address where its pages are shown."""

    key = models.SlugField(
        _("key"), max_length=40, unique=True, help_text=_("Short and stable, for example larvik.")
    )
    origin = models.URLField(
        _("address of the frontend"),
        help_text=_("Where visitors see the pages, without a slash at the end: https://larvik.example.no"),
    )

    panels: ClassVar = [FieldPanel("key"), FieldPanel("origin")]

    class Meta:
        verbose_name = _("site address")

    def clean(self) -> None:
        super().clean()
        self.origin = self.origin.rstrip("/")


class PilotPage(PlaceMixin, HeadlessPage):
    """The root page of a pilot's site. Its facts are the same in every language."""

    municipality = models.CharField(_("municipality"), max_length=80)
    municipality_number = models.CharField(
        _("municipality number"),
        max_length=4,
        validators=[
            RegexValidator(r"^\d{4}$", _("A municipality number has four digits, for example 3909."))
        ],
        help_text=_("Kommunenummer, four digits."),
    )
    intro = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link", "ul", "ol"])
    body = SlotStreamField("body", blank=True, verbose_name=_("content"))
    image = models.ForeignKey(
        "core.Image",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("image"),
    )
    status = models.CharField(_("status"), max_length=20, choices=PilotStatus, default=PilotStatus.PLANNED)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("contact in the municipality"),
        help_text=_("The person that residents meet. Only the display name is shown."),
    )
    guide = models.ForeignKey(
        "core.GuidePage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("guide"),
        help_text=_("The process that new projects in this pilot follow."),
    )
    time_zone = models.CharField(
        _("time zone"), max_length=60, default="Europe/Oslo", validators=[validate_time_zone]
    )

    content_panels: ClassVar = [
        *HeadlessPage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("municipality"), FieldPanel("municipality_number")]),
                FieldRowPanel([FieldPanel("status"), FieldPanel("starts_on"), FieldPanel("ends_on")]),
                FieldRowPanel([FieldPanel("contact"), FieldPanel("time_zone")]),
                FieldPanel("guide"),
            ],
            heading=_("The pilot"),
        ),
        FieldPanel("intro"),
        FieldPanel("image"),
        place_panel(),
        FieldPanel("body"),
        InlinePanel(
            "lead_times",
            heading=_("Own lead times for permits"),
            label=_("lead time"),
            help_text=_("Where this municipality needs more or fewer weeks than usual."),
        ),
    ]
    search_fields: ClassVar = [
        *HeadlessPage.search_fields,
        index.SearchField("intro"),
        index.SearchField("body"),
    ]
    override_translatable_fields: ClassVar = [
        SynchronizedField(name)
        for name in (
            "municipality",
            "municipality_number",
            "status",
            "starts_on",
            "ends_on",
            "contact",
            "time_zone",
            "place_name",
            "address",
            "latitude",
            "longitude",
        )
    ]
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    page_description = _("The front page of a pilot, with its facts.")

    class Meta:
        verbose_name = _("pilot")
        verbose_name_plural = _("pilots")
        constraints = (
            *PlaceMixin.Meta.constraints,
            one_of("status", PilotStatus, "core_pilotpage_status"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="core_pilotpage_period",
                violation_error_message=_("The pilot can't end before it starts."),
            ),
        )

    def lead_weeks_for(self, permit_kind: Any) -> int:
        """This pilot's lead time in weeks for a kind of permit, or the kind's own."""
        own = self.lead_times.filter(permit_key=permit_kind.key).values_list("weeks", flat=True).first()
        return permit_kind.lead_weeks if own is None else own


def permit_choices() -> list[tuple[str, str]]:
    """The kinds of permit, once each, for a form."""
    names: dict[str, str] = {}
    for kind in PermitKind.objects.order_by("locale_id"):
        names.setdefault(kind.key, kind.name)
    return sorted(names.items(), key=lambda item: item[1])


class PilotLeadTime(Orderable):
    """A pilot's own lead time for one kind of permit."""

    page = ParentalKey(PilotPage, on_delete=models.CASCADE, related_name="lead_times")
    permit_key = models.SlugField(_("kind of permit"), max_length=60)
    weeks = models.PositiveSmallIntegerField(_("weeks"), validators=[MaxValueValidator(104)])

    panels: ClassVar = [
        FieldRowPanel(
            [
                FieldPanel(
                    "permit_key", widget=KeySelect(lambda: [("", permit_choices())], _("%(key)s (unknown)"))
                ),
                FieldPanel("weeks"),
            ]
        )
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("lead time")
        verbose_name_plural = _("lead times")
        constraints = (
            models.UniqueConstraint(fields=["page", "permit_key"], name="core_pilotleadtime_once"),
        )

    def clean(self) -> None:
        super().clean()
        known = {key for key, _name in permit_choices()}
        if self.permit_key not in known:
            message = _("There is no kind of permit “%(key)s”. Known: %(known)s.")
            raise ValidationError(
                {
                    "permit_key": ValidationError(
                        message, params={"key": self.permit_key, "known": ", ".join(sorted(known))}
                    )
                }
            )
