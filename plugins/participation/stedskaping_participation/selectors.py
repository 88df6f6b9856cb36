"""Reads of participation, already filtered by who asks. Nothing else queries what is shown to people."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from stedskaping_core.models import InitiativePage, User
from stedskaping_core.selectors import visible_initiatives
from stedskaping_core.sites import SiteMap
from stedskaping_core.staff import StaffScope
from stedskaping_participation import SLUG
from stedskaping_participation.choices import ProposalState
from stedskaping_participation.models import ParticipationSettings, Proposal, ProposalCategory, Support

PUBLIC_STATES = (ProposalState.PUBLISHED, ProposalState.MERGED)


def proposals_on_sites(site_ids: Collection[int], site_map: SiteMap | None = None) -> QuerySet[Proposal]:
    """Every proposal, in any state, on these sites. Two further statements without a `site_map`."""
    pages = InitiativePage.objects.filter((site_map or SiteMap()).within(site_ids))
    return Proposal.objects.filter(initiative__in=pages.values("pk"))


def staff_proposals(scope: StaffScope) -> QuerySet[Any]:
    """Every proposal, in any state, of the pilots that the person works for and where participation is on.

    With `support_total` and `category_name`.
    """
    proposals = Proposal.objects.filter(initiative__in=scope.initiatives_with(SLUG).values("pk"))
    return with_category_name(with_support_count(proposals), scope.site_map)


def visible_proposals(
    request: HttpRequest, site_ids: Collection[int], site_map: SiteMap | None = None
) -> QuerySet[Proposal]:
    """What the caller may see on these sites, which are those where participation is on.

    Published and merged proposals of initiatives that the caller may see. A withdrawn or hidden one only its
    author and the initiative's members see.
    """
    public = Q(state__in=PUBLIC_STATES)
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        public |= Q(author=user) | Q(initiative__in=user.memberships.values("initiative_id"))
    seen = visible_initiatives(request).values("pk")
    return proposals_on_sites(site_ids, site_map).filter(public, initiative__in=seen)


def published_proposals() -> QuerySet[Proposal]:
    """What lists show. For initiatives that the caller may see, on sites where participation is on."""
    return Proposal.objects.filter(state=ProposalState.PUBLISHED)


def with_support_count(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """The proposals with `support_total`, to order by it."""
    rows = Support.objects.filter(proposal=OuterRef("pk")).order_by().values("proposal")
    counted = Subquery(rows.annotate(number=Count("pk")).values("number"))
    return proposals.annotate(support_total=Coalesce(counted, 0))


def with_category_name(proposals: QuerySet[Proposal], site_map: SiteMap) -> QuerySet[Proposal]:
    """The proposals with `category_name`: as the pilot calls it, or the key where it has no name any more."""
    own = ProposalCategory.objects.filter(key=OuterRef("category"), settings__site_id=OuterRef("site_id"))
    located = proposals.annotate(site_id=site_map.site_id("initiative__url_path"))
    name = Coalesce(Subquery(own.values("name")[:1]), F("category"), output_field=CharField())
    return located.annotate(category_name=name)


def support_counts(proposal_ids: Iterable[int]) -> dict[int, int]:
    """How many people support each proposal; one without support is left out. One statement."""
    rows = Support.objects.filter(proposal__in=list(proposal_ids)).order_by()
    return dict(rows.values_list("proposal_id").annotate(number=Count("pk")))


def supported_by(user: User, proposal_ids: Iterable[int]) -> set[int]:
    """Which of the proposals the person supports. One statement."""
    rows = Support.objects.filter(user=user, proposal__in=list(proposal_ids))
    return set(rows.values_list("proposal_id", flat=True))


def supported_by_others(proposal_ids: Iterable[int]) -> set[int]:
    """Which of the proposals somebody else than the author supports. One statement."""
    rows = Support.objects.filter(proposal__in=list(proposal_ids))
    # NULL for an erased author would hide every row from a plain comparison.
    others = rows.filter(Q(proposal__author__isnull=True) | ~Q(user=F("proposal__author")))
    return set(others.values_list("proposal_id", flat=True))


@dataclass(frozen=True)
class SiteChoices:
    """What a pilot decided; `categories` are names by key, in the pilot's order."""

    proposals_open: bool
    categories: Mapping[str, str]


def site_choices(site_ids: Iterable[int]) -> dict[int, SiteChoices]:
    """Each site's choices. One that never chose takes proposals and offers no categories. One statement."""
    wanted = set(site_ids)
    rows = ParticipationSettings.objects.filter(site__in=wanted).order_by(
        "categories__sort_order", "categories__pk"
    )
    is_open = dict.fromkeys(wanted, True)
    categories: dict[int, dict[str, str]] = {site_id: {} for site_id in wanted}
    for site_id, answer, key, name in rows.values_list(
        "site_id", "proposals_open", "categories__key", "categories__name"
    ):
        is_open[site_id] = answer
        if key is not None:
            categories[site_id][key] = name
    return {site_id: SiteChoices(is_open[site_id], categories[site_id]) for site_id in wanted}
