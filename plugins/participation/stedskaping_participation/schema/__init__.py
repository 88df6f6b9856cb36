"""Participation in the API: types and how they are read. Thin: the rules are in the selectors."""

from __future__ import annotations

from stedskaping_core.plugins import GraphQLContribution
from stedskaping_participation.schema.blocks import ParticipationProposalsBlock
from stedskaping_participation.schema.entries import (
    InitiativeParticipation,
    SiteParticipation,
    ViewerParticipation,
)
from stedskaping_participation.schema.proposals import load_proposals


def contribution() -> GraphQLContribution:
    """Everything that participation adds to the schema."""
    return GraphQLContribution(
        site=SiteParticipation,
        initiative=InitiativeParticipation,
        viewer=ViewerParticipation,
        blocks={"participation_proposals": ParticipationProposalsBlock},
        nodes={"ParticipationProposal": load_proposals},
    )
