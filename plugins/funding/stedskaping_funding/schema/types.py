"""What the API shows of budgets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from stedskaping_core.models import InitiativePage
from stedskaping_core.sites import SiteFacts
from stedskaping_core.values import Money as MoneyValue
from stedskaping_funding import selectors
from stedskaping_funding.models import BudgetLine, LineKind
from stedskaping_graphql.engine.batching import batched
from stedskaping_graphql.engine.context import Context, context_of
from stedskaping_graphql.engine.fields import enum_type, field, non_null_list
from stedskaping_graphql.engine.ids import to_global_id
from stedskaping_graphql.engine.nodes import Node
from stedskaping_graphql.guard import plugin_is_on
from stedskaping_graphql.types import reading
from stedskaping_graphql.types.content import Money

FundingLineKind = enum_type(LineKind, "FundingLineKind", "What the money of a budget line buys.")


class FundingBudgetLine(graphene.ObjectType):
    """Something an initiative needs money for."""

    class Meta:
        interfaces = (Node,)
        possible_types = (BudgetLine,)

    kind = field(FundingLineKind)
    title = field(graphene.String)
    amount = field(Money)
    required = field(graphene.Boolean, description="Without it the project can't be built.")

    @staticmethod
    def resolve_id(line: BudgetLine, info: GraphQLResolveInfo) -> str:
        """From the key that can't be counted up."""
        return to_global_id("FundingBudgetLine", line.uuid)

    @staticmethod
    def resolve_amount(line: BudgetLine, info: GraphQLResolveInfo) -> MoneyValue:
        """What the line costs."""
        return line.cost


class FundingBudget(graphene.ObjectType):
    """What a project costs, line by line."""

    class Meta:
        possible_types = (selectors.Budget,)

    lines = field(non_null_list(FundingBudgetLine))
    cost_total = field(Money, description="All lines together.")
    required_total = field(Money, description="The required lines together.")

    @staticmethod
    @batched
    def resolve_lines(
        budgets: Sequence[selectors.Budget], info: GraphQLResolveInfo
    ) -> list[list[BudgetLine]]:
        """Batched so that the lines of all budgets are siblings."""
        return [list(budget.lines) for budget in budgets]

    @staticmethod
    def resolve_cost_total(budget: selectors.Budget, info: GraphQLResolveInfo) -> MoneyValue:
        """The optimum."""
        return budget.totals.optimum

    @staticmethod
    def resolve_required_total(budget: selectors.Budget, info: GraphQLResolveInfo) -> MoneyValue:
        """The minimum."""
        return budget.totals.minimum


class FundingSummary(graphene.ObjectType):
    """Never one number: each kind of money and value is its own line."""

    class Meta:
        possible_types = (selectors.BudgetTotals,)

    minimum = field(Money, description="What the required budget lines cost.")
    optimum = field(Money, description="What all budget lines cost.")
    secured = field(Money, description="What the team has recorded as certain, on all lines.")
    percent_of_minimum = field(
        graphene.Float, description="How much of the required lines is secured, rounded down; 100 at most."
    )


class InitiativeFunding(graphene.ObjectType):
    """The money of a project."""

    summary = field(FundingSummary)
    budget = field(FundingBudget)

    @staticmethod
    @batched
    def resolve_summary(
        initiatives: Sequence[InitiativePage], info: GraphQLResolveInfo
    ) -> list[selectors.BudgetTotals]:
        """The sums of the budgets."""
        found = _budgets(initiatives, context_of(info))
        return [found[page.pk].totals for page in initiatives]

    @staticmethod
    @batched
    def resolve_budget(
        initiatives: Sequence[InitiativePage], info: GraphQLResolveInfo
    ) -> list[selectors.Budget]:
        """The budgets with their lines."""
        found = _budgets(initiatives, context_of(info))
        return [found[page.pk] for page in initiatives]


def _budgets(initiatives: Sequence[InitiativePage], context: Context) -> Mapping[int, selectors.Budget]:
    """Read once for the summary and the budget of the same initiatives."""
    key = ("funding.budgets", frozenset(page.pk for page in initiatives))
    return context.memo(key, lambda: selectors.budgets(initiatives))


class SiteFunding(graphene.ObjectType):
    """The money of a pilot's projects."""

    secured_total = field(Money, description="What is secured in all published projects together.")

    @staticmethod
    @batched
    def resolve_secured_total(sites: Sequence[SiteFacts], info: GraphQLResolveInfo) -> list[MoneyValue]:
        """One sum per site."""
        context = context_of(info)
        site_ids = [site.id for site in sites]
        found = selectors.secured_by_site(site_ids, context.request, reading.site_map(context))
        return [found[site_id] for site_id in site_ids]


def load_budget_lines(keys: Sequence[str], context: Context) -> dict[str, BudgetLine]:
    """Budget lines for `node(id)`, where funding is on."""
    found: dict[str, Any] = reading.by_uuid(selectors.visible_lines(context.request), keys)
    lines = list(found.items())
    allowed = plugin_is_on(context, "funding", "Initiative", [line.initiative for _key, line in lines])
    return {key: line for (key, line), on in zip(lines, allowed, strict=True) if on}
