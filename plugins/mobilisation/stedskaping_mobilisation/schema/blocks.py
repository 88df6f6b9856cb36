"""The mobilisation block in the API."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from stedskaping_core.models import InitiativePage
from stedskaping_graphql.engine.fields import field
from stedskaping_graphql.types.blocks import BlockNode, block_meta
from stedskaping_graphql.types.chosen import chosen_page
from stedskaping_mobilisation.schema.types import initiative_type


class MobilisationFollowBlock(graphene.ObjectType):
    """An invitation to follow; the numbers are under `initiative { mobilisation { … } }`."""

    Meta = block_meta()

    initiative = field(
        initiative_type,
        required=False,
        resolver=chosen_page("mobilisation_follow", "initiative", InitiativePage),
    )
    text = field(graphene.String, description="Empty when there is none.")

    @staticmethod
    def resolve_text(block: BlockNode, info: GraphQLResolveInfo) -> str:
        """Also of a block that was stored without one."""
        return str(block.value.get("text") or "")
