"""What participation adds to `Site`, `Initiative` and `Viewer`."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import graphene
from django.db.models import QuerySet
from graphql import GraphQLResolveInfo

from stedskaping_core.models import InitiativePage, User
from stedskaping_core.permissions import Verdict
from stedskaping_core.sites import SiteFacts
from stedskaping_graphql.engine.batching import batched
from stedskaping_graphql.engine.connections import Connection, connection_field, page_args, paginate_many
from stedskaping_graphql.engine.context import context_of
from stedskaping_graphql.engine.cursors import Order
from stedskaping_graphql.engine.fields import argument, enum_type, field, list_of, non_null_list
from stedskaping_graphql.types import reading
from stedskaping_graphql.types.content import BoundingBox, inside
from stedskaping_graphql.types.people import ViewerPermission
from stedskaping_participation import metrics, selectors
from stedskaping_participation.models import Proposal
from stedskaping_participation.permissions import may_propose
from stedskaping_participation.schema.proposals import (
    ParticipationAnswerState,
    ParticipationProposal,
    ParticipationProposalConnection,
    seen,
    visible_proposals,
)


class ProposalOrderChoice(enum.Enum):
    """How proposals are ordered."""

    NEWEST = "newest"
    MOST_SUPPORTED = "most_supported"


ParticipationProposalOrder = enum_type(ProposalOrderChoice, "ParticipationProposalOrder")
ORDERS = {
    ProposalOrderChoice.NEWEST: Order("proposals_newest", (("created_at", "desc"),)),
    ProposalOrderChoice.MOST_SUPPORTED: Order(
        "proposals_most_supported", (("support_total", "desc"), ("created_at", "desc"))
    ),
}


class ParticipationProposalWhere(graphene.InputObjectType):
    """Which proposals; conditions are combined."""

    answer = graphene.InputField(list_of(ParticipationAnswerState), description="By the public answer.")
    category = graphene.InputField(graphene.String)
    within = graphene.InputField(BoundingBox)


def _filtered(proposals: QuerySet[Proposal], where: Mapping[str, Any]) -> QuerySet[Proposal]:
    if where.get("answer") is not None:
        states = [state.value for state in where["answer"]]
        proposals = proposals.filter(answer_published=True, answer_state__in=states)
    if where.get("category") is not None:
        proposals = proposals.filter(category=where["category"])
    if where.get("within"):
        proposals = proposals.filter(inside(where["within"]))
    return proposals


class InitiativeParticipation(graphene.ObjectType):
    """Participation in one initiative."""

    participant_count = field(
        graphene.Int, description="People who proposed or supported, each counted once."
    )
    proposals = connection_field(
        ParticipationProposalConnection,
        description="Published ones, newest first unless `orderBy` says otherwise.",
        where=argument(ParticipationProposalWhere),
        order_by=argument(ParticipationProposalOrder),
    )
    viewer_can = field(non_null_list(ViewerPermission), description="Whether the caller may add a proposal.")

    @staticmethod
    @batched
    def resolve_participant_count(pages: Sequence[InitiativePage], info: GraphQLResolveInfo) -> list[int]:
        """The metric."""
        found = metrics.participants(pages)
        return [int(found.get(page.pk, 0)) for page in pages]

    @staticmethod
    @batched
    def resolve_proposals(
        pages: Sequence[InitiativePage],
        info: GraphQLResolveInfo,
        first: int | None = None,
        after: str | None = None,
        where: Mapping[str, Any] | None = None,
        order_by: ProposalOrderChoice | None = None,
    ) -> list[Connection[Proposal]]:
        """One statement for all initiatives."""
        order = order_by or ProposalOrderChoice.NEWEST
        proposals = _filtered(selectors.published_proposals(), where or {})
        if order is ProposalOrderChoice.MOST_SUPPORTED:
            proposals = selectors.with_support_count(proposals)
        pks = [page.pk for page in pages]
        found = paginate_many(proposals, "initiative", pks, page_args(first, after), ORDERS[order])
        return [found[pk] for pk in pks]

    @staticmethod
    @batched
    def resolve_viewer_can(pages: Sequence[InitiativePage], info: GraphQLResolveInfo) -> list[list[Verdict]]:
        """One action so far: propose."""
        context = context_of(info)
        context.mark_private()
        sites = {page.pk: site.id for page in pages if (site := reading.site_of(context, page))}
        choices = selectors.site_choices(sites.values())
        is_open = {pk: choices[site_id].proposals_open for pk, site_id in sites.items()}
        found = may_propose(context.user, pages, is_open)  # type: ignore[arg-type]
        return [[found[page.pk]] for page in pages]


@dataclass(frozen=True)
class CategoryValue:
    """A category of a site."""

    key: str
    name: str


class ParticipationCategory(graphene.ObjectType):
    """A kind of proposal that people can choose."""

    class Meta:
        possible_types = (CategoryValue,)

    key = field(graphene.String)
    name = field(graphene.String, description="In the site's language.")


class SiteParticipation(graphene.ObjectType):
    """Participation on a whole site."""

    participant_count = field(
        graphene.Int, description="People who proposed or supported, each counted once."
    )
    proposals_open = field(graphene.Boolean, description="Whether the pilot takes proposals now.")
    categories = field(non_null_list(ParticipationCategory), description="What a proposal can be about.")

    @staticmethod
    @batched
    def resolve_participant_count(sites: Sequence[SiteFacts], info: GraphQLResolveInfo) -> list[int]:
        """Over all published initiatives of the site."""
        site_map = reading.site_map(context_of(info))
        found = metrics.participants_of_sites({site.id for site in sites}, site_map)
        return [found[site.id] for site in sites]

    @staticmethod
    @batched
    def resolve_proposals_open(sites: Sequence[SiteFacts], info: GraphQLResolveInfo) -> list[bool]:
        """The pilot's own choice."""
        found = selectors.site_choices(site.id for site in sites)
        return [found[site.id].proposals_open for site in sites]

    @staticmethod
    @batched
    def resolve_categories(sites: Sequence[SiteFacts], info: GraphQLResolveInfo) -> list[list[CategoryValue]]:
        """In the pilot's order."""
        found = selectors.site_choices(site.id for site in sites)
        return [[CategoryValue(*pair) for pair in found[site.id].categories.items()] for site in sites]


class ViewerParticipation(graphene.ObjectType):
    """The viewer's own part."""

    proposals = field(
        non_null_list(ParticipationProposal), description="The viewer's own, in every state, newest first."
    )

    @staticmethod
    @batched
    def resolve_proposals(users: Sequence[User], info: GraphQLResolveInfo) -> list[list[Proposal]]:
        """There is only ever one viewer."""
        context = context_of(info)
        own = visible_proposals(context).order_by("-created_at", "-pk")
        return [list(seen(context, own.filter(author=user)).values()) for user in users]
