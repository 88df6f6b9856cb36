"""Numbers about initiatives' money, for gates, dashboards and other plugins. One statement each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from stedskaping_core.metrics import count_by_initiative
from stedskaping_core.models import InitiativePage
from stedskaping_core.plugins import Metric
from stedskaping_core.values import Money
from stedskaping_funding.models import BudgetLine
from stedskaping_funding.selectors import percent_of


def required_lines(initiatives: Sequence[InitiativePage]) -> Mapping[int, Decimal]:
    """How many lines of the budget are required."""
    return count_by_initiative(BudgetLine.objects.filter(initiative__in=initiatives, required=True))


def minimum_secured_percent(initiatives: Sequence[InitiativePage]) -> Mapping[int, Decimal]:
    """How much of what the required lines cost is secured; 0 without required lines."""
    rows = (
        BudgetLine.objects.filter(initiative__in=initiatives, required=True)
        .order_by()
        .values_list("initiative_id")
        .annotate(Sum("secured"), Sum("amount"))
    )
    # Through Money, because SQLite adds up floating point numbers and is off by less than a cent.
    return {key: percent_of(Money(secured).amount, Money(amount).amount) for key, secured, amount in rows}


def secured(initiatives: Sequence[InitiativePage]) -> Mapping[int, Decimal]:
    """Kroner that the teams have recorded as secured, on required and optional lines."""
    rows = (
        BudgetLine.objects.filter(initiative__in=initiatives)
        .order_by()
        .values_list("initiative_id")
        .annotate(Sum("secured"))
    )
    return {key: Money(amount).amount for key, amount in rows}


METRICS = (
    Metric("funding.required_lines", _("Required budget lines"), "count", required_lines),
    Metric(
        "funding.minimum_secured_percent",
        _("Secured part of the minimum"),
        "percent",
        minimum_secured_percent,
    ),
    Metric("funding.secured", _("Secured money"), "NOK", secured),
)
