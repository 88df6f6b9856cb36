"""Funding in the API."""

from __future__ import annotations

from stedskaping_core.plugins import GraphQLContribution


def contribution() -> GraphQLContribution:
    """Everything this plugin adds to the schema."""
    from stedskaping_funding.schema.blocks import FundingBudgetBlock
    from stedskaping_funding.schema.types import InitiativeFunding, SiteFunding, load_budget_lines

    return GraphQLContribution(
        site=SiteFunding,
        initiative=InitiativeFunding,
        blocks={"funding_budget": FundingBudgetBlock},
        nodes={"FundingBudgetLine": load_budget_lines},
    )
