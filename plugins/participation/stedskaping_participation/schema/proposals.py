"""The type of a proposal, and what it is read with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import graphene
from django.db.models import QuerySet
from graphql import GraphQLResolveInfo

from stedskaping_core.models import InitiativePage, User
from stedskaping_core.permissions import Verdict
from stedskaping_core.selectors import visible_initiatives
from stedskaping_graphql.engine.batching import batched, load_by_id
from stedskaping_graphql.engine.connections import connection_type
from stedskaping_graphql.engine.context import Context, context_of
from stedskaping_graphql.engine.fields import enum_type, field, non_null_list
from stedskaping_graphql.engine.ids import to_global_id
from stedskaping_graphql.engine.nodes import Node
from stedskaping_graphql.engine.scalars import DateTime
from stedskaping_graphql.types import reading
from stedskaping_graphql.types.content import Image, Place, image_of, person_of
from stedskaping_graphql.types.initiatives import Initiative
from stedskaping_graphql.types.people import PublicProfile, ViewerPermission
from stedskaping_participation import SLUG, selectors
from stedskaping_participation.choices import AnswerState, ProposalState
from stedskaping_participation.models import Proposal
from stedskaping_participation.permissions import viewer_can

ParticipationProposalState = enum_type(ProposalState, "ParticipationProposalState")
ParticipationAnswerState = enum_type(AnswerState, "ParticipationAnswerState")


@dataclass(frozen=True)
class Answer:
    """A public answer."""

    state: str
    text: str
    at: dt.datetime


class ParticipationAnswer(graphene.ObjectType):
    """What the team says to a proposal."""

    class Meta:
        possible_types = (Answer,)

    state = field(ParticipationAnswerState)
    text = field(graphene.String)
    at = field(DateTime, description="When it was published last.")


class ParticipationProposal(graphene.ObjectType):
    """What somebody proposes for an initiative's place."""

    class Meta:
        interfaces = (Node,)
        possible_types = (Proposal,)

    initiative = field(Initiative)
    title = field(graphene.String)
    body = field(graphene.String, description="Plain text.")
    author = field(PublicProfile, required=False, description="Null when the person's account was erased.")
    category = field(graphene.String, required=False, description="A key of the site's categories.")
    place = field(Place, required=False)
    image = field(Image, required=False)
    state = field(ParticipationProposalState)
    answer = field(ParticipationAnswer, required=False, description="Null until the team has published one.")
    chosen = field(graphene.Boolean, description="Whether this is the concept that the initiative builds.")
    support_count = field(graphene.Int)
    viewer_supports = field(graphene.Boolean)
    merged_into = field(
        lambda: ParticipationProposal, required=False, description="Where a merged one goes on."
    )
    created_at = field(DateTime)
    viewer_can = field(non_null_list(ViewerPermission))

    resolve_author = staticmethod(person_of("author_id"))
    resolve_image = staticmethod(image_of())

    @staticmethod
    def resolve_id(proposal: Proposal, info: GraphQLResolveInfo) -> str:
        """From the key that can't be counted up."""
        return to_global_id("ParticipationProposal", proposal.uuid)

    @staticmethod
    def resolve_category(proposal: Proposal, info: GraphQLResolveInfo) -> str | None:
        """Null for none."""
        return proposal.category or None

    @staticmethod
    def resolve_answer(proposal: Proposal, info: GraphQLResolveInfo) -> Answer | None:
        """Drafts stay with the team."""
        if not proposal.answer_published or proposal.answered_at is None:
            return None
        return Answer(proposal.answer_state, proposal.answer_text, proposal.answered_at)

    @staticmethod
    @batched
    def resolve_initiative(
        proposals: Sequence[Proposal], info: GraphQLResolveInfo
    ) -> list[InitiativePage | None]:
        """Whoever sees a proposal sees its initiative."""
        visible = visible_initiatives(context_of(info).request).defer("story")
        return load_by_id((p.initiative_id for p in proposals), lambda ids: visible.in_bulk(list(ids)))

    @staticmethod
    @batched
    def resolve_support_count(proposals: Sequence[Proposal], info: GraphQLResolveInfo) -> list[int]:
        """Counted from the rows each time."""
        found = selectors.support_counts(p.pk for p in proposals)
        return [found.get(p.pk, 0) for p in proposals]

    @staticmethod
    @batched
    def resolve_viewer_supports(proposals: Sequence[Proposal], info: GraphQLResolveInfo) -> list[bool]:
        """False for somebody who isn't signed in."""
        context = context_of(info)
        context.mark_private()
        user = context.user
        found = selectors.supported_by(user, (p.pk for p in proposals)) if isinstance(user, User) else set()
        return [p.pk in found for p in proposals]

    @staticmethod
    @batched
    def resolve_merged_into(proposals: Sequence[Proposal], info: GraphQLResolveInfo) -> list[Proposal | None]:
        """Null when the caller may not see where it goes on."""
        context = context_of(info)
        return load_by_id(
            (p.merged_into_id for p in proposals),
            lambda ids: seen(context, visible_proposals(context).filter(pk__in=ids)),
        )

    @staticmethod
    @batched
    def resolve_viewer_can(proposals: Sequence[Proposal], info: GraphQLResolveInfo) -> list[list[Verdict]]:
        """Every action with its verdict for the caller."""
        context = context_of(info)
        context.mark_private()
        found = viewer_can(context.user, proposals)  # type: ignore[arg-type]
        return [found[p.pk] for p in proposals]


ParticipationProposalConnection = connection_type("ParticipationProposal", ParticipationProposal)


def visible_proposals(context: Context) -> QuerySet[Proposal]:
    """The selector of the same name, with what this request knows about sites already."""
    on: Collection[int] = reading.switches(context)[SLUG]
    return selectors.visible_proposals(context.request, on, reading.site_map(context))


def seen(context: Context, proposals: QuerySet[Proposal]) -> dict[int, Proposal]:
    """The rows by primary key; the answer is private when one of them isn't for everybody."""
    rows = {row.pk: row for row in proposals}
    if any(row.state not in selectors.PUBLIC_STATES for row in rows.values()):
        context.mark_private()
    return rows


def load_proposals(keys: Sequence[str], context: Context) -> Mapping[str, Any]:
    """Proposals for `node(id)`."""
    wanted = [uuid for uuid in map(reading.parse_uuid, keys) if uuid]
    return {
        str(row.uuid): row
        for row in seen(context, visible_proposals(context).filter(uuid__in=wanted)).values()
    }
