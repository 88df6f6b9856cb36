"""Budgets through the real schema."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stedskaping_core.models import InitiativePage
from stedskaping_core.services.plugins import plugin_disable, plugin_enable
from stedskaping_funding.models import BudgetLine, LineKind
from stedskaping_graphql.engine.ids import to_global_id

BUDGETS = """query ($key: String!) { site(key: $key) {
  funding { securedTotal { amount currency } }
  initiatives(first: 100) { nodes { title funding {
    summary { minimum { amount } optimum { amount } secured { amount } percentOfMinimum }
    budget {
      lines { id kind title amount { amount currency } required }
      costTotal { amount } requiredTotal { amount }
    }
  } } }
} }"""
NODE = "query ($id: ID!) { node(id: $id) { id ... on FundingBudgetLine { title amount { amount } } } }"


def line(page: InitiativePage, title: str, amount: str, **fields: Any) -> BudgetLine:
    return BudgetLine.objects.create(initiative=page, title=title, amount=Decimal(amount), **fields)


def test_budget_of_an_initiative(larvik: Any, initiative: Any, ask: Any) -> None:
    page = initiative(larvik)
    roof = line(page, "Tak", "300", kind=LineKind.STRUCTURE, secured=Decimal("100"), position=1)
    work = line(page, "Byggeleder", "0.50", kind=LineKind.TASK, required=False)

    site = ask(BUDGETS, key="larvik")["site"]

    assert site["funding"] == {"securedTotal": {"amount": "100.00", "currency": "NOK"}}
    assert site["initiatives"]["nodes"] == [
        {
            "title": "Benk",
            "funding": {
                "summary": {
                    "minimum": {"amount": "300.00"},
                    "optimum": {"amount": "300.50"},
                    "secured": {"amount": "100.00"},
                    "percentOfMinimum": 33.3,
                },
                "budget": {
                    "lines": [
                        {
                            "id": to_global_id("FundingBudgetLine", work.uuid),
                            "kind": "TASK",
                            "title": "Byggeleder",
                            "amount": {"amount": "0.50", "currency": "NOK"},
                            "required": False,
                        },
                        {
                            "id": to_global_id("FundingBudgetLine", roof.uuid),
                            "kind": "STRUCTURE",
                            "title": "Tak",
                            "amount": {"amount": "300.00", "currency": "NOK"},
                            "required": True,
                        },
                    ],
                    "costTotal": {"amount": "300.50"},
                    "requiredTotal": {"amount": "300.00"},
                },
            },
        }
    ]


def test_statements_do_not_grow_with_the_list(larvik: Any, initiative: Any, ask: Any) -> None:
    numbers = {}
    for wanted in (1, 20, 100):
        for n in range(InitiativePage.objects.count(), wanted):
            page = initiative(larvik, f"Prosjekt {n}")
            line(page, "Tak", "10")
            line(page, "Lys", "5", required=False)
        with CaptureQueriesContext(connection) as statements:
            nodes = ask(BUDGETS, key="larvik")["site"]["initiatives"]["nodes"]
        assert [len(node["funding"]["budget"]["lines"]) for node in nodes] == [2] * wanted
        numbers[wanted] = len(statements)

    assert numbers[1] == numbers[20] == numbers[100]
    # Summary and budget together are one statement.
    assert sum("funding_budgetline" in query["sql"] for query in statements) == 2


def test_site_that_has_funding_off_answers_null_and_loses_nothing(
    larvik: Any, voss: Any, initiative: Any, ask: Any
) -> None:
    line(initiative(larvik), "Tak", "300", secured=Decimal(300))
    kept = line(initiative(voss), "Bru", "700", secured=Decimal(700))
    both = "{ initiatives { nodes { title funding { summary { secured { amount } } } } } }"
    plugin_disable(site=voss.site, slug="funding")

    assert ask(BUDGETS, key="voss")["site"]["funding"] is None
    nodes = ask(both)["initiatives"]["nodes"]
    assert [node["funding"] for node in nodes] in (
        [None, {"summary": {"secured": {"amount": "300.00"}}}],
        [{"summary": {"secured": {"amount": "300.00"}}}, None],
    )
    assert ask(NODE, id=to_global_id("FundingBudgetLine", kept.uuid)) == {"node": None}

    plugin_enable(site=voss.site, slug="funding")
    assert ask(BUDGETS, key="voss")["site"]["funding"]["securedTotal"]["amount"] == "700.00"


def test_node_applies_the_visibility_of_the_initiative(
    larvik: Any, initiative: Any, make_person: Any, ask: Any
) -> None:
    ada = make_person("Ada")
    public = line(initiative(larvik), "Tak", "300")
    draft = line(initiative(larvik, "Utkast", live=False, team=(ada,)), "Lys", "5")
    ids = {row: to_global_id("FundingBudgetLine", row.uuid) for row in (public, draft)}

    assert ask(NODE, id=ids[public]) == {
        "node": {"id": ids[public], "title": "Tak", "amount": {"amount": "300.00"}}
    }
    assert ask(NODE, id=ids[draft]) == {"node": None}
    assert ask(NODE, user=ada, id=ids[draft])["node"]["title"] == "Lys"
    for key in ("1", "nonsense", "00000000-0000-0000-0000-000000000000"):
        assert ask(NODE, id=to_global_id("FundingBudgetLine", key)) == {"node": None}


STORY = """query ($slug: String!) { site(key: "larvik") { initiative(slug: $slug) { story { blockType
  ... on FundingBudgetBlock { heading initiative { title funding { summary { percentOfMinimum } } } }
} } } }"""


def story(page: InitiativePage, *items: Any) -> None:
    page.story = json.dumps(
        [{"type": "funding_budget", "value": value, "id": f"b{n}"} for n, value in enumerate(items)]
    )
    page.save()


def test_block_leads_to_the_budget_of_the_chosen_project(
    larvik: Any, voss: Any, initiative: Any, ask: Any
) -> None:
    page, other = initiative(larvik), initiative(larvik, "Scene")
    hidden = initiative(larvik, "Utkast", live=False)
    line(other, "Lys", "100", secured=Decimal(40))
    story(
        page,
        {"initiative": other.pk, "heading": "Pengene"},
        {"initiative": hidden.pk, "heading": ""},
        {"initiative": None},
        {"initiative": larvik.page.pk, "heading": ""},
    )

    blocks = ask(STORY, slug=page.slug)["site"]["initiative"]["story"]

    assert [(block["heading"], block["initiative"]) for block in blocks] == [
        ("Pengene", {"title": "Scene", "funding": {"summary": {"percentOfMinimum": 40.0}}}),
        ("", None),
        ("", None),
        ("", None),
    ]


def test_block_is_not_delivered_where_funding_is_off(larvik: Any, initiative: Any, ask: Any) -> None:
    page = initiative(larvik)
    story(page, {"initiative": page.pk, "heading": "Pengene"})
    plugin_disable(site=larvik.site, slug="funding")

    assert ask(STORY, slug=page.slug)["site"]["initiative"]["story"] == []
    page.refresh_from_db()
    assert page.story.raw_data[0]["value"]["heading"] == "Pengene"


@pytest.mark.parametrize("number", [1, 20])
def test_blocks_cost_the_same_however_many(larvik: Any, initiative: Any, ask: Any, number: int) -> None:
    page = initiative(larvik)
    chosen = [initiative(larvik, f"Prosjekt {n}") for n in range(number)]
    for other in chosen:
        line(other, "Tak", "100", secured=Decimal(10))
    story(page, *({"initiative": other.pk, "heading": ""} for other in chosen))

    with CaptureQueriesContext(connection) as statements:
        blocks = ask(STORY, slug=page.slug)["site"]["initiative"]["story"]

    assert [block["initiative"]["title"] for block in blocks] == [other.title for other in chosen]
    assert sum("funding_budgetline" in query["sql"] for query in statements) == 1
    assert len(statements) == 8
