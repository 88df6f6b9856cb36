"""Metrics and selectors: what the numbers are, and that a hundred initiatives cost as much as one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from wagtail.models import PageViewRestriction

from stedskaping_core.metrics import evaluate
from stedskaping_core.models import InitiativePage
from stedskaping_core.plugins.registry import get_registry
from stedskaping_core.services.plugins import plugin_disable
from stedskaping_core.sites import SiteMap
from stedskaping_core.values import Money
from stedskaping_funding.models import BudgetLine
from stedskaping_funding.selectors import budgets, secured_by_site, totals

KEYS = ("funding.required_lines", "funding.minimum_secured_percent", "funding.secured")


def lines(page: InitiativePage, *rows: tuple[str, str, bool]) -> None:
    BudgetLine.objects.bulk_create(
        BudgetLine(
            initiative=page,
            title=f"Linje {number}",
            amount=Decimal(amount),
            secured=Decimal(secured),
            required=required,
            position=number,
        )
        for number, (amount, secured, required) in enumerate(rows)
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], (0, "0", "0")),
        ([("500", "500", False)], (0, "0", "500")),
        ([("0", "0", True)], (1, "0", "0")),
        ([("1000", "250", True), ("500", "500", False)], (1, "25", "750")),
        ([("1000", "1000", True), ("300", "0", True)], (2, "76.9", "1000")),
        # What is over on an optional line doesn't help the minimum.
        ([("1000", "0", True), ("9000", "9000", False)], (1, "0", "9000")),
        # 99.97 percent is not 100.
        ([("100000", "99970", True)], (1, "99.9", "99970")),
        ([("33.33", "33.33", True), ("66.67", "66.67", True)], (2, "100", "100")),
        # Every øre of three thousand lines is there, also in a database that adds floating point numbers.
        ([("0.07", "0.07", True)] * 3000, (3000, "100", "210")),
    ],
)
def test_metrics(larvik: Any, initiative: Any, rows: Any, expected: tuple[int, str, str]) -> None:
    page = initiative(larvik)
    lines(page, *rows)

    answers = evaluate(KEYS, [page])

    assert tuple(answers[key][page.pk] for key in KEYS) == tuple(Decimal(number) for number in expected)
    sums = budgets([page])[page.pk].totals
    assert (sums.percent_of_minimum, sums.secured) == (Decimal(expected[1]), Money(Decimal(expected[2])))


def test_metrics_do_not_apply_where_the_plugin_is_off(larvik: Any, voss: Any, initiative: Any) -> None:
    here, there = initiative(larvik), initiative(voss)
    lines(here, ("100", "50", True))
    lines(there, ("100", "50", True))
    plugin_disable(site=voss.site, slug="funding")

    answers = evaluate(KEYS, [here, there])

    assert answers["funding.minimum_secured_percent"] == {here.pk: Decimal(50), there.pk: None}


@pytest.mark.parametrize("number", [1, 20, 100])
def test_each_number_costs_one_statement(
    larvik: Any, initiative: Any, django_assert_num_queries: Any, number: int
) -> None:
    pages = [initiative(larvik, f"Benk {n}") for n in range(number)]
    for page in pages:
        lines(page, ("100", "50", True), ("40", "10", False))

    registry = get_registry()
    for key, expected in zip(KEYS, (1, 50, 60), strict=True):
        with django_assert_num_queries(1):
            answers = registry.metrics[key].record.evaluate(pages)
        assert answers == {page.pk: Decimal(expected) for page in pages}
    with django_assert_num_queries(1):
        found = budgets(pages)
    assert {len(budget.lines) for budget in found.values()} == {2}


def test_budget_has_its_lines_in_order_and_its_sums(larvik: Any, initiative: Any) -> None:
    page, empty = initiative(larvik), initiative(larvik, "Scene")
    lines(page, ("1000.50", "200", True), ("99.50", "0", True), ("400", "400", False))
    BudgetLine.objects.filter(title="Linje 2").update(position=0)

    found = budgets([page, empty])

    assert [line.title for line in found[page.pk].lines] == ["Linje 0", "Linje 2", "Linje 1"]
    sums = found[page.pk].totals
    assert (sums.minimum, sums.optimum) == (Money(Decimal(1100)), Money(Decimal(1500)))
    assert (sums.secured, sums.minimum_secured) == (Money(Decimal(600)), Money(Decimal(200)))
    assert found[empty.pk].lines == ()
    assert found[empty.pk].totals.optimum == Money(Decimal(0))
    assert totals(BudgetLine.objects.all()) == sums
    assert totals(BudgetLine.objects.none()) == found[empty.pk].totals


def test_site_total_counts_published_initiatives_of_that_site(
    larvik: Any, voss: Any, initiative: Any, django_assert_num_queries: Any
) -> None:
    for title in ("Benk", "Scene"):
        lines(initiative(larvik, title), ("100", "60", True))
    lines(initiative(larvik, "Utkast", live=False), ("100", "100", True))
    lines(initiative(voss), ("1000", "7", True))
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    sites = SiteMap()

    with django_assert_num_queries(2):
        found = secured_by_site([larvik.site.pk, voss.site.pk], request, sites)
    with django_assert_num_queries(1):
        only = secured_by_site([voss.site.pk], request, sites)

    assert found == {larvik.site.pk: Money(Decimal(120)), voss.site.pk: Money(Decimal(7))}
    assert only == {voss.site.pk: Money(Decimal(7))}
    assert secured_by_site([], request, sites) == {}


def test_site_total_leaves_out_what_the_caller_may_not_see(
    larvik: Any, initiative: Any, make_person: Any
) -> None:
    lines(initiative(larvik), ("100", "60", True))
    closed = initiative(larvik, "Scene")
    lines(closed, ("100", "30", True))
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)

    def total(user: Any) -> Decimal:
        request = RequestFactory().get("/")
        request.user = user
        return secured_by_site([larvik.site.pk], request)[larvik.site.pk].amount

    assert total(AnonymousUser()) == Decimal(60)
    assert total(make_person("Ada")) == Decimal(90)
