"""The list of initiatives: where each one stands, what is due next, and whether its camp is at risk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView

from stedskaping_cms.selectors import staff_initiatives, staff_sites
from stedskaping_core.choices import InitiativeStatus, JourneyState
from stedskaping_core.models import InitiativePage, Journey, JourneyPhase
from stedskaping_core.readiness import JourneyStatus, Step, journey_statuses
from stedskaping_core.sites import SiteMap
from stedskaping_core.staff import StaffScope

STATUS_CLASSES = {
    InitiativeStatus.SUBMITTED: "st-tag--attention",
    InitiativeStatus.ACTIVE: "st-tag--running",
    InitiativeStatus.REALISED: "st-tag--built",
    InitiativeStatus.IN_STEWARDSHIP: "st-tag--built",
    InitiativeStatus.PAUSED: "st-tag--resting",
}


@dataclass(frozen=True)
class Row:
    """One initiative with what is computed for the list."""

    initiative: InitiativePage
    pilot: str
    status: JourneyStatus | None

    @property
    def pk(self) -> int:
        return int(self.initiative.pk)

    @property
    def status_class(self) -> str:
        return STATUS_CLASSES.get(InitiativeStatus(self.initiative.status), "")

    @property
    def phase(self) -> JourneyPhase | None:
        return self.status.current_phase if self.status else None

    @property
    def next_step(self) -> Step | None:
        steps = self.status.next_steps if self.status else []
        return next((step for step in steps if step.due_on), None)

    @property
    def camp(self) -> dt.date | None:
        return self.status.journey.realisation_starts_on if self.status else None

    @property
    def at_risk(self) -> bool:
        return self.status is not None and self.status.at_risk

    @property
    def percent(self) -> int:
        return round(self.status.progress * 100) if self.status else 0


class TemplateColumn(Column):
    """A cell with a template of its own, which gets the row as `row`."""

    def __init__(self, name: str, template: str, **kwargs: Any) -> None:
        super().__init__(name, accessor=lambda row: row, **kwargs)
        self.cell_template_name = f"stedskaping_cms/admin/cells/{template}.html"


def pilot_choices(request: HttpRequest) -> list[tuple[str, str]]:
    """The sites that the person works for."""
    return [(str(site.pk), site.site_name or site.hostname) for site in staff_sites(request)]


class InitiativeFilterSet(WagtailFilterSet):
    """By pilot, by status, and those whose permits are late."""

    site = django_filters.ChoiceFilter(label=_("Pilot"), method="filter_site", empty_label=_("All"))
    status = django_filters.MultipleChoiceFilter(label=_("Status"), choices=InitiativeStatus.choices)
    at_risk = django_filters.ChoiceFilter(
        label=_("At risk"), method="filter_at_risk", choices=[("yes", _("Yes"))], empty_label=_("All")
    )

    class Meta:
        model = InitiativePage
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["site"].extra["choices"] = pilot_choices(self.request)

    def filter_site(
        self, queryset: QuerySet[InitiativePage], name: str, value: str
    ) -> QuerySet[InitiativePage]:
        return queryset.filter(SiteMap().within([int(value)]))

    def filter_at_risk(
        self, queryset: QuerySet[InitiativePage], name: str, value: str
    ) -> QuerySet[InitiativePage]:
        """The clock decides, with each pilot's own date of today; so the running ones are all looked at."""
        running = Journey.objects.filter(state=JourneyState.RUNNING, initiative__in=queryset)
        statuses = journey_statuses(list(running.select_related("initiative")))
        late = [status.journey.initiative_id for status in statuses.values() if status.at_risk]
        return queryset.filter(pk__in=late)


class InitiativesView(BaseListingView):
    """All initiatives that the person works with, newest change of status first."""

    page_title = _("Initiatives")
    header_icon = "initiative"
    verbose_name_plural = _("initiatives")
    index_url_name = "stedskaping_initiatives:index"
    index_results_url_name = "stedskaping_initiatives:index_results"
    filterset_class = InitiativeFilterSet
    is_searchable = True
    search_backend_name = None
    search_fields = ("title", "summary", "place_name")
    default_ordering = "-status_changed_at"
    paginate_by = 50
    template_name = "stedskaping_cms/admin/initiatives.html"
    columns = (
        TitleColumn(
            "title",
            label=_("Initiative"),
            accessor="initiative.title",
            sort_key="title",
            get_url=lambda row: reverse("stedskaping_initiatives:overview", args=(row.pk,)),
        ),
        Column("pilot", label=_("Pilot"), accessor="pilot"),
        TemplateColumn("status", "status", label=_("Status"), sort_key="status"),
        TemplateColumn("phase", "phase", label=_("Phase")),
        TemplateColumn("next", "next_step", label=_("Next due")),
        TemplateColumn("camp", "camp", label=_("Camp")),
    )

    def get_base_queryset(self) -> QuerySet[InitiativePage]:
        return staff_initiatives(self.request)

    def get_valid_orderings(self) -> list[str]:
        return [*super().get_valid_orderings(), "-status_changed_at"]

    def get_table(self, object_list: Sequence[InitiativePage]) -> Any:
        return super().get_table(rows(object_list))


def rows(initiatives: Sequence[InitiativePage]) -> list[Row]:
    """The list's rows. The number of statements doesn't depend on how many there are."""
    pages = list(initiatives)
    sites = SiteMap()
    journeys = list(Journey.objects.filter(initiative__in=pages).select_related("initiative"))
    statuses = journey_statuses(journeys, site_map=sites)
    by_initiative = {journey.initiative_id: statuses[journey.pk] for journey in journeys}
    found = []
    for page in pages:
        site = sites.site_of(page.url_path)
        found.append(Row(page, site.name if site else "", by_initiative.get(page.pk)))
    return found


class InitiativesMenuItem(MenuItem):
    """Shown to those who work for a site or facilitate an initiative."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(StaffScope.of(request).site_ids) or staff_initiatives(request).exists()
