"""Reads: budgets, and the money that is secured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from stedskaping_core.models import InitiativePage
from stedskaping_core.selectors import visible_initiatives
from stedskaping_core.sites import SiteMap
from stedskaping_core.values import Money
from stedskaping_funding.models import BudgetLine

ZERO = Decimal(0)


def percent_of(part: Decimal, whole: Decimal) -> Decimal:
    """`part` of `whole` in percent with one decimal, 0 when there is no whole.

    Rounded down, so that 100 means every krone: a gate must not open at 99.96 percent.
    """
    if not whole:
        return ZERO
    return (part * 100 / whole).quantize(Decimal("0.1"), rounding=ROUND_DOWN)


@dataclass(frozen=True)
class BudgetTotals:
    """Sums of an initiative's budget lines. The minimum is what the required ones cost, the optimum all."""

    minimum: Money
    optimum: Money
    secured: Money
    minimum_secured: Money

    @property
    def percent_of_minimum(self) -> Decimal:
        """How much of the required lines is secured; 0 without required lines, never more than 100."""
        return percent_of(self.minimum_secured.amount, self.minimum.amount)


@dataclass(frozen=True, eq=False)
class Budget:
    """An initiative's budget: its lines in order, and their sums."""

    lines: tuple[BudgetLine, ...]
    totals: BudgetTotals


def budgets(initiatives: Sequence[InitiativePage]) -> Mapping[int, Budget]:
    """The budget of each initiative by primary key, an empty one where there are no lines. One statement."""
    lines: dict[int, list[BudgetLine]] = {page.pk: [] for page in initiatives}
    for line in BudgetLine.objects.filter(initiative__in=list(lines)).order_by("position", "pk"):
        lines[line.initiative_id].append(line)
    return {key: Budget(tuple(group), _totals(group)) for key, group in lines.items()}


def _totals(lines: Sequence[BudgetLine]) -> BudgetTotals:
    required = [line for line in lines if line.required]
    return BudgetTotals(
        minimum=Money(sum((line.amount for line in required), ZERO)),
        optimum=Money(sum((line.amount for line in lines), ZERO)),
        secured=Money(sum((line.secured for line in lines), ZERO)),
        minimum_secured=Money(sum((line.secured for line in required), ZERO)),
    )


def totals(lines: QuerySet[BudgetLine]) -> BudgetTotals:
    """The sums of all these lines together, computed by the database. One statement."""
    required = Q(required=True)
    row = lines.order_by().aggregate(
        minimum=Coalesce(Sum("amount", filter=required), ZERO),
        optimum=Coalesce(Sum("amount"), ZERO),
        minimum_secured=Coalesce(Sum("secured", filter=required), ZERO),
        all_secured=Coalesce(Sum("secured"), ZERO),
    )
    return BudgetTotals(
        minimum=Money(row["minimum"]),
        optimum=Money(row["optimum"]),
        secured=Money(row["all_secured"]),
        minimum_secured=Money(row["minimum_secured"]),
    )


def lines_without_amount(initiative: InitiativePage) -> list[BudgetLine]:
    """Required lines that nobody has put a price on yet."""
    return list(BudgetLine.objects.filter(initiative=initiative, required=True, amount=0))


def secured_by_site(
    site_ids: Sequence[int], request: HttpRequest, site_map: SiteMap | None = None
) -> dict[int, Money]:
    """What is secured in each site's published initiatives, as far as the caller may see them.

    One statement, and one for the page restrictions the first time in a request.
    """
    sites = site_map or SiteMap()
    published = visible_initiatives(request).filter(sites.within(site_ids), live=True)
    sums = (
        BudgetLine.objects.filter(initiative__in=published.values("pk"))
        .order_by()
        .annotate(site_id=sites.site_id("initiative__url_path"))
        .values_list("site_id")
        .annotate(Sum("secured"))
    )
    found = {site_id: Money(secured) for site_id, secured in sums}
    return {site_id: found.get(site_id, Money(ZERO)) for site_id in site_ids}


def visible_lines(request: HttpRequest) -> QuerySet[BudgetLine]:
    """The budget lines of initiatives that the caller may see; `line.initiative` is loaded with them."""
    initiatives = visible_initiatives(request).values("pk")
    return BudgetLine.objects.filter(initiative__in=initiatives).select_related("initiative")
