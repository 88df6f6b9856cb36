"""The funding block in the API."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from stedskaping_core.models import InitiativePage
from stedskaping_graphql.engine.fields import field
from stedskaping_graphql.types.blocks import BlockNode, block_meta
from stedskaping_graphql.types.chosen import chosen_page


def _initiative() -> Any:
    from stedskaping_graphql.types.initiatives import Initiative

    return Initiative


class FundingBudgetBlock(graphene.ObjectType):
    """A project's budget inside a text; the numbers are under `initiative { funding { … } }`."""

    Meta = block_meta()

    initiative = field(
        _initiative, required=False, resolver=chosen_page("funding_budget", "initiative", InitiativePage)
    )
    heading = field(graphene.String, description="Empty when there is none.")

    @staticmethod
    def resolve_heading(block: BlockNode, info: GraphQLResolveInfo) -> str:
        """Also of a block that was stored without one."""
        return str(block.value.get("heading") or "")
