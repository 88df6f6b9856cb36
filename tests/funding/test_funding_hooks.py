"""Funding behind the plugin contract: what it registers, refuses, shows, gives out and forgets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import RequestFactory
from django.utils import timezone, translation

from stedskaping_core.choices import InitiativeStatus, JourneyPhaseState, PhaseKind
from stedskaping_core.errors import Refusal
from stedskaping_core.models import InitiativePage, Journey, JourneyPhase, JourneyRequirement, User
from stedskaping_core.plugins import DemoContext, Erasure
from stedskaping_core.plugins.facade import hooks_for
from stedskaping_core.plugins.registry import get_registry
from stedskaping_core.services.initiatives import initiative_submit
from stedskaping_core.services.journeys import journey_phase_complete, requirement_waive
from stedskaping_core.services.plugins import plugin_disable
from stedskaping_funding import hooks
from stedskaping_funding.models import BudgetLine, FundingSettings


def line(page: InitiativePage, title: str, amount: int, **fields: Any) -> BudgetLine:
    return BudgetLine.objects.create(initiative=page, title=title, amount=Decimal(amount), **fields)


def request_of(user: User) -> Any:
    request = RequestFactory().get("/admin/")
    request.user = user
    return request


def test_everything_is_registered_under_the_slug() -> None:
    registry = get_registry()

    assert {key for key, item in registry.metrics.items() if item.slug == "funding"} == {
        "funding.required_lines",
        "funding.minimum_secured_percent",
        "funding.secured",
    }
    assert [key for key, item in registry.events.items() if item.slug == "funding"] == [
        "funding.budget_changed"
    ]
    assert [item.record.name for item in registry.blocks if item.slug == "funding"] == ["funding_budget"]
    assert registry.plugins["funding"].settings_model == "funding.FundingSettings"


# ------------------------------------------------------------------ completing a phase


@pytest.fixture
def gated(larvik: Any, initiative: Any) -> Callable[[str], tuple[InitiativePage, JourneyPhase]]:
    """An initiative in a phase that asks for a metric and is otherwise ready."""

    def make(metric: str) -> tuple[InitiativePage, JourneyPhase]:
        page = initiative(larvik)
        day = dt.date(2026, 3, 2)
        journey = Journey.objects.create(
            initiative=page, starts_on=day, realisation_starts_on=day, realisation_ends_on=day
        )
        phase = JourneyPhase.objects.create(
            journey=journey,
            position=1,
            title="Budsjett",
            kind=PhaseKind.PLANNING,
            state=JourneyPhaseState.ACTIVE,
            planned_start=day,
            planned_end=day,
            started_at=timezone.now(),
        )
        JourneyRequirement.objects.create(
            phase=phase, position=1, metric=metric, target=Decimal(0), label="Budsjettet er skrevet"
        )
        return page, phase

    return make


def test_phase_with_a_funding_gate_waits_for_amounts(gated: Any) -> None:
    page, phase = gated("funding.required_lines")
    line(page, "Planker", 500)
    line(page, "Tak", 0)
    line(page, "Skruer", 0, position=1)
    line(page, "Blomster", 0, required=False)

    with pytest.raises(Refusal) as refused:
        journey_phase_complete(phase=phase, actor=None)

    assert refused.value.code == "BUDGET_LINE_WITHOUT_AMOUNT"
    assert refused.value.details == ("Tak", "Skruer")
    BudgetLine.objects.filter(amount=0, required=True).update(amount=100)
    assert journey_phase_complete(phase=phase, actor=None).state == JourneyPhaseState.COMPLETED


def test_phase_without_a_funding_gate_asks_nothing_of_the_budget(gated: Any) -> None:
    page, phase = gated("core.members")
    line(page, "Tak", 0)

    assert journey_phase_complete(phase=phase, actor=None).state == JourneyPhaseState.COMPLETED


def test_waived_funding_gate_asks_nothing_of_the_budget(gated: Any) -> None:
    page, phase = gated("funding.minimum_secured_percent")
    line(page, "Tak", 0)
    requirement_waive(requirement=phase.requirements.get(), actor=None, reason="Kommunen betaler taket.")

    assert journey_phase_complete(phase=phase, actor=None).state == JourneyPhaseState.COMPLETED


def test_switched_off_nothing_is_asked(gated: Any, larvik: Any) -> None:
    page, phase = gated("funding.required_lines")
    line(page, "Tak", 0)
    plugin_disable(site=larvik.site, slug="funding")

    assert journey_phase_complete(phase=phase, actor=None).state == JourneyPhaseState.COMPLETED


# ------------------------------------------------------------------ sending a draft in


def test_pilot_may_ask_for_a_budget_before_submission(
    larvik: Any, voss: Any, make_person: Any, make_initiative: Any
) -> None:
    ada = make_person("Ada")
    here = make_initiative(larvik, "Benk", author=ada, status="draft")
    there = make_initiative(voss, "Scene", author=ada, status="draft")
    FundingSettings.objects.create(site=larvik.site, budget_required_at_submission=True)

    with pytest.raises(Refusal) as refused:
        initiative_submit(initiative=here, actor=ada)
    assert refused.value.code == "BUDGET_REQUIRED"
    assert initiative_submit(initiative=there, actor=ada).status == InitiativeStatus.SUBMITTED

    line(here, "Planker", 500, required=False)
    assert initiative_submit(initiative=here, actor=ada).status == InitiativeStatus.SUBMITTED


# ------------------------------------------------------------------ what staff see


def test_dashboard_card_adds_up_the_published_initiatives_of_the_site(
    larvik: Any, voss: Any, initiative: Any, make_person: Any, django_assert_num_queries: Any
) -> None:
    line(initiative(larvik), "Planker", 120000, secured=Decimal(40000))
    line(initiative(larvik, "Scene"), "Lys", 5000, required=False)
    line(initiative(larvik, "Utkast", live=False), "Tak", 99999)
    line(initiative(voss), "Bru", 777)
    request = request_of(make_person("Ada"))

    with translation.override("en"), django_assert_num_queries(3):
        (card,) = hooks.provide_dashboard_cards(larvik.site, request)

    with translation.override("en"):
        assert card in hooks_for(larvik.site).dashboard_cards(larvik.site, request)
    assert (card.title, card.value) == ("Secured money", "NOK 40,000")
    assert card.detail == "of NOK 125,000 in all budgets, NOK 120,000 of it required"
    assert card.url == "/admin/funding/budget-lines/"


def test_panel_of_an_initiative(larvik: Any, initiative: Any, make_person: Any) -> None:
    page = initiative(larvik)
    line(page, "Planker", 3000, secured=Decimal("1000.50"))
    line(page, "Lys", 500, required=False)

    request = request_of(make_person("Ada"))

    with translation.override("en"):
        (panel,) = hooks.provide_initiative_panels(page, request)
        assert panel in hooks_for(larvik.site).initiative_panels(page, request)
        plugin_disable(site=larvik.site, slug="funding")
        assert panel not in hooks_for(larvik.site).initiative_panels(page, request)

    assert [str(value) for _label, value in panel.rows] == [
        "NOK 3,000",
        "NOK 3,500",
        "NOK 1,000.50",
        "33.3 %",
    ]
    assert panel.url == f"/admin/funding/budget-lines/?initiative={page.pk}"


# ------------------------------------------------------------------ people's data


def test_export_and_erasure_of_who_wrote_the_budget(larvik: Any, initiative: Any, make_person: Any) -> None:
    ada, bo = make_person("Ada"), make_person("Bo")
    page = initiative(larvik)
    mine = line(page, "Planker", 500, created_by=ada, changed_by=bo, secured_note="Ada sin tante")
    line(page, "Tak", 700, created_by=bo, changed_by=bo)
    plugin_disable(site=larvik.site, slug="funding")
    installed = hooks_for(None)

    (file,) = installed.export_personal_data(ada).by_slug["funding"]
    assert file.name == "budget_lines"
    assert file.records == [
        {
            "initiative": "Benk",
            "title": "Planker",
            "amount": "500.00",
            "currency": "NOK",
            "secured": "0.00",
            "secured_note": "Ada sin tante",
            "added_by_you_at": mine.created_at.isoformat(),
            "last_changed_by_you_at": None,
        }
    ]

    planned = installed.erase_personal_data(bo, dry_run=True).by_slug["funding"]
    assert planned == [
        Erasure("budget_lines", anonymised=2, reason=planned[0].reason),
    ]
    assert BudgetLine.objects.filter(changed_by=bo).count() == 2

    assert installed.erase_personal_data(bo, dry_run=False).by_slug["funding"] == planned
    assert list(BudgetLine.objects.values_list("created_by", "changed_by")) == [(ada.pk, None), (None, None)]
    assert installed.erase_personal_data(bo, dry_run=False).by_slug["funding"] == []
    assert installed.export_personal_data(bo).by_slug["funding"] == []


# ------------------------------------------------------------------ the demo


def test_demo_budgets_can_be_loaded_again(larvik: Any, initiative: Any) -> None:
    page = initiative(larvik, status=InitiativeStatus.IN_STEWARDSHIP)
    entries = [
        {"title": "Tak", "kind": "STRUCTURE", "amount": "68000.00", "required": True, "secured": "68000.00"},
        {"title": "Lys", "kind": "MATERIAL", "amount": "9500.00", "required": False, "secured": "0.00"},
    ]
    demo = DemoContext(
        sites={},
        people={},
        initiatives={"tak": page, "tom": initiative(larvik, "Tom")},
        content={"initiatives": {"tak": {"budget": entries}, "tom": {}}},
        extra_people=lambda pilot, number: [],
    )

    for _time in range(2):
        assert not [f for f in hooks_for(None).load_demo_data(demo).failures if f.slug == "funding"]

    rows = BudgetLine.objects.values_list("title", "kind", "amount", "required", "secured", "position")
    assert list(rows) == [
        ("Tak", "structure", Decimal(68000), True, Decimal(68000), 0),
        ("Lys", "material", Decimal(9500), False, Decimal(0), 1),
    ]
