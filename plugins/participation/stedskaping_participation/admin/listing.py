"""The list of proposals, and its place in the menu."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import (
    Column,
    DateColumn,
    NumberColumn,
    StatusTagColumn,
    TitleColumn,
)
from wagtail.admin.viewsets.base import ViewSetGroup

from stedskaping_core.listings import PluginListing, PluginListView
from stedskaping_core.models import InitiativePage
from stedskaping_core.staff import StaffScope
from stedskaping_participation import SLUG
from stedskaping_participation.admin.deciding import ProposalView
from stedskaping_participation.choices import AnswerState, ProposalState
from stedskaping_participation.models import Proposal
from stedskaping_participation.selectors import staff_proposals

NAME = "participation_proposals"
WAITING = "waiting"


def _own_initiatives(request: HttpRequest) -> QuerySet[InitiativePage]:
    return StaffScope.of(request).initiatives_with(SLUG).order_by("title")


class ProposalFilters(WagtailFilterSet):
    """Offers only projects and categories that the person works with."""

    initiative = django_filters.ModelChoiceFilter(label=_("Project"), queryset=_own_initiatives)
    state = django_filters.ChoiceFilter(label=_("State"), choices=ProposalState.choices)
    answer = django_filters.ChoiceFilter(
        label=_("Answer"),
        method="filter_answer",
        choices=[(WAITING, _("None published yet")), *AnswerState.choices],
    )
    category = django_filters.ChoiceFilter(label=_("Category"), choices=())
    chosen = django_filters.BooleanFilter(label=_("Chosen concept"))

    class Meta:
        model = Proposal
        fields: ClassVar = ["initiative", "state", "answer", "category", "chosen"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Not `self.queryset`, which holds the proposals of every pilot.
        own = staff_proposals(StaffScope.of(self.request)).exclude(category="").order_by("category_name")
        choices = own.values_list("category", "category_name").distinct()
        self.filters["category"].extra["choices"] = choices

    def filter_answer(self, proposals: QuerySet[Proposal], name: str, value: str) -> QuerySet[Proposal]:
        if value == WAITING:
            return proposals.filter(answer_published=False, state=ProposalState.PUBLISHED)
        return proposals.filter(answer_published=True, answer_state=value)


def _answer(proposal: Proposal) -> str:
    if not proposal.answer_state:
        return ""
    label = proposal.get_answer_state_display()
    return label if proposal.answer_published else str(_("Draft: %(answer)s") % {"answer": label})


def _chosen(proposal: Proposal) -> str:
    # A cross in every other row would say more than there is to say.
    return str(_("Chosen")) if proposal.chosen else ""


def _url(proposal: Proposal) -> str:
    return reverse(f"{NAME}:decide", args=(proposal.pk,))


class ProposalListView(PluginListView):
    """All proposals of the pilots that the person works for."""

    slug = SLUG
    model = Proposal
    page_title = _("Proposals")
    filterset_class = ProposalFilters
    default_ordering = "-created_at"
    search_fields: ClassVar = ["title", "body"]
    list_export: ClassVar = [
        "uuid",
        "initiative.title",
        "title",
        "body",
        "category_name",
        "place_name",
        "latitude",
        "longitude",
        "state",
        "support_total",
        "answer_state",
        "answer_text",
        "answer_published",
        "chosen",
        "created_at",
    ]
    export_headings: ClassVar = {
        "initiative.title": _("Project"),
        "category_name": _("Category"),
        "support_total": _("Support"),
    }
    export_filename = "proposals"

    columns: ClassVar = [
        TitleColumn("title", label=_("Proposal"), get_url=_url, sort_key="title"),
        Column("initiative", label=_("Project"), accessor="initiative.title", sort_key="initiative__title"),
        NumberColumn("support_total", label=_("Support"), sort_key="support_total"),
        Column("category_name", label=_("Category"), sort_key="category_name"),
        Column("answer", label=_("Answer"), accessor=_answer, sort_key="answer_state"),
        Column("chosen", label=_("Concept"), accessor=_chosen, sort_key="chosen"),
        StatusTagColumn(
            "state",
            label=_("State"),
            accessor="get_state_display",
            sort_key="state",
            primary=lambda proposal: proposal.state == ProposalState.PUBLISHED,
        ),
        DateColumn("created_at", label=_("Proposed"), sort_key="created_at"),
    ]

    def rows(self, scope: StaffScope) -> QuerySet[Any]:
        """Proposals of initiatives in the person's pilots, in every state."""
        return staff_proposals(scope).select_related("initiative")


class ProposalListing(PluginListing):
    """Where the list and the proposals are found."""

    name = NAME
    url_prefix = "participation/proposals"
    icon = "participation-voices"
    menu_label = _("Proposals")
    view_class = ProposalListView

    def get_urlpatterns(self) -> list[URLPattern]:
        decide = self.construct_view(
            ProposalView,
            index_url_name=self.get_url_name("index"),
            edit_url_name=self.get_url_name("decide"),
            header_icon=self.icon,
        )
        return [*super().get_urlpatterns(), path("<int:pk>/", decide, name="decide")]


class ParticipationGroup(ViewSetGroup):
    """The plugin's entry in the menu."""

    menu_label = _("Participation")
    menu_name = "participation"
    menu_icon = "participation-voices"
    menu_order = 310
    items: ClassVar = (ProposalListing,)
