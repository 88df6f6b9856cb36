"""Mobilisation in the API."""

from __future__ import annotations

from stedskaping_core.plugins import GraphQLContribution


def contribution() -> GraphQLContribution:
    """Everything this plugin adds to the schema."""
    from stedskaping_mobilisation.schema.blocks import MobilisationFollowBlock
    from stedskaping_mobilisation.schema.types import InitiativeMobilisation, ViewerMobilisation

    return GraphQLContribution(
        initiative=InitiativeMobilisation,
        viewer=ViewerMobilisation,
        blocks={"mobilisation_follow": MobilisationFollowBlock},
    )
