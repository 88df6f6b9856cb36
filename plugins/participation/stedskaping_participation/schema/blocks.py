"""The block of proposals, read for all blocks of a response at once."""

from __future__ import annotations

from collections.abc import Sequence

import graphene
from graphql import GraphQLResolveInfo

from stedskaping_graphql.engine.batching import batched
from stedskaping_graphql.engine.connections import PageRequest, paginate_many
from stedskaping_graphql.engine.context import context_of
from stedskaping_graphql.engine.fields import field, non_null_list
from stedskaping_graphql.types import reading
from stedskaping_graphql.types.blocks import BlockNode, block_meta
from stedskaping_participation.choices import ProposalState
from stedskaping_participation.models import Proposal
from stedskaping_participation.schema.entries import ORDERS, ProposalOrderChoice
from stedskaping_participation.schema.proposals import ParticipationProposal, visible_proposals
from stedskaping_participation.selectors import with_support_count

NAME = "participation_proposals"


class ParticipationProposalsBlock(graphene.ObjectType):
    """The proposals that most people support, of one initiative or of the whole site."""

    Meta = block_meta()

    heading = field(graphene.String)
    proposals = field(non_null_list(ParticipationProposal))

    @staticmethod
    @batched
    def resolve_proposals(blocks: Sequence[BlockNode], info: GraphQLResolveInfo) -> list[list[Proposal]]:
        """One statement for the blocks that name an initiative and one for those that show their site."""
        # The siblings of a block are the blocks around it, of any type.
        wanted = [block for block in blocks if block.block_type == NAME]
        initiatives = {block.value["initiative"] for block in wanted if block.value.get("initiative")}
        sites = {block.site.id for block in wanted if block.site and not block.value.get("initiative")}
        page = PageRequest(first=max(block.value["number"] for block in wanted))
        context = context_of(info)
        order = ORDERS[ProposalOrderChoice.MOST_SUPPORTED]
        listed = visible_proposals(context).filter(state=ProposalState.PUBLISHED, initiative__live=True)
        listed = with_support_count(listed)
        by_initiative = paginate_many(listed, "initiative", initiatives, page, order)
        located = listed.annotate(site_id=reading.site_map(context).site_id("initiative__url_path"))
        by_site = paginate_many(located, "site_id", sites, page, order)

        def proposals_of(block: BlockNode) -> list[Proposal]:
            if block.block_type != NAME:
                return []
            chosen = block.value.get("initiative")
            found = by_initiative[chosen] if chosen else by_site.get(block.site.id if block.site else None)
            return found.nodes[: block.value["number"]] if found else []

        return [proposals_of(block) for block in blocks]
