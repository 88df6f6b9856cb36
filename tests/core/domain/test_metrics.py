"""The platform's own numbers, and asking for anybody's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from stedskaping_core.metrics import METRICS, evaluate, percent
from stedskaping_core.models import CampDayReport, InitiativePage, JourneyTask, Outcome
from stedskaping_core.plugins.contributions import Metric
from stedskaping_core.services.journeys import journey_phase_skip, journey_start, journey_task_update
from stedskaping_core.services.plugins import plugin_disable, plugin_enable
from stedskaping_core.sites import SiteMap

KEYS = {metric.key for metric in METRICS}


def number(world: Any, name: str) -> Decimal | None:
    """One of core's numbers for the initiative of the world."""
    return evaluate([f"core.{name}"], [world.initiative])[f"core.{name}"][world.initiative.pk]


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (0, 0, "100"),
        (0, 3, "0.0"),
        (1, 3, "33.3"),
        (2, 3, "66.6"),
        (3, 3, "100.0"),
        (Decimal("1.5"), 2, "75.0"),
    ],
)
def test_percent_is_rounded_down(part: Any, whole: Any, expected: str) -> None:
    assert percent(part, whole) == Decimal(expected)


def test_the_keys_are_these() -> None:
    assert {metric.key for metric in METRICS} == {
        "core.members",
        "core.facilitators",
        "core.permits_assessed_percent",
        "core.permits_cleared_percent",
        "core.agreements_signed",
        "core.camp_days_reported",
        "core.outcomes_with_steward_percent",
    }


def test_members_are_the_team_without_its_facilitators(world: Any) -> None:
    assert (number(world, "members"), number(world, "facilitators")) == (Decimal(2), Decimal(1))


@pytest.mark.parametrize(
    ("states", "assessed", "cleared"),
    [
        (("not_assessed", "not_assessed"), "0.0", "0.0"),
        (("not_needed", "not_assessed"), "50.0", "50.0"),
        (("to_apply", "applied"), "100.0", "0.0"),
        (("granted", "refused"), "100.0", "50.0"),
        (("granted", "not_needed"), "100.0", "100.0"),
    ],
)
def test_permits(world: Any, states: tuple[str, str], assessed: str, cleared: str) -> None:
    task = world.task("Byggesøknad")
    task.pk, task.position, task.uuid = None, 9, "7d0f0a4e-3c52-4f6e-9d57-0d9a7c3d6a11"
    task.save()
    for row, state in zip(JourneyTask.objects.filter(kind="permit"), states, strict=True):
        done_at = dt.datetime.now(tz=dt.UTC) if state in ("granted", "not_needed") else None
        applied_on = dt.date(2026, 3, 2) if state == "applied" else None
        JourneyTask.objects.filter(pk=row.pk).update(state=state, done_at=done_at, applied_on=applied_on)

    assert number(world, "permits_assessed_percent") == Decimal(assessed)
    assert number(world, "permits_cleared_percent") == Decimal(cleared)


def test_without_permits_all_are_cleared(world: Any) -> None:
    JourneyTask.objects.filter(kind="permit").delete()

    assert (number(world, "permits_assessed_percent"), number(world, "permits_cleared_percent")) == (100, 100)


def test_permits_of_a_skipped_phase_do_not_count(world: Any) -> None:
    journey_phase_skip(phase=world.phase("Idé"), actor=None, reason="Nei.")

    assert number(world, "permits_cleared_percent") == 100


def test_agreements_are_signed_when_their_task_is_done(world: Any) -> None:
    assert number(world, "agreements_signed") == 0

    journey_task_update(task=world.task("Grunneiers ja"), actor=None, state="done")
    journey_task_update(task=world.task("Finn folk"), actor=None, state="done")

    assert number(world, "agreements_signed") == 1


def test_days_of_the_camp(world: Any) -> None:
    for number_of_day in range(2):
        day = dt.date(2026, 4, 30) + dt.timedelta(days=number_of_day)
        CampDayReport.objects.create(journey=world.journey, day=day, text="Vi bygde.")

    assert number(world, "camp_days_reported") == 2


@pytest.mark.parametrize(
    ("stewards", "expected"), [((), "0"), (("",), "0.0"), (("Vel", ""), "50.0"), (("Vel", "Skolen"), "100.0")]
)
def test_outcomes_with_a_steward(world: Any, stewards: tuple[str, ...], expected: str) -> None:
    for steward in stewards:
        Outcome.objects.create(initiative=world.initiative, title="Benk", steward=steward)

    assert number(world, "outcomes_with_steward_percent") == Decimal(expected)


# ------------------------------------------------------------------ evaluating


def test_every_initiative_gets_a_number(world: Any) -> None:
    other = world.add_page("Broen")

    found = evaluate(KEYS, [world.initiative, other])

    assert found.keys() == KEYS
    assert all(set(numbers) == {world.initiative.pk, other.pk} for numbers in found.values())
    assert {type(number) for numbers in found.values() for number in numbers.values()} == {Decimal}
    assert found["core.members"] == {world.initiative.pk: 2, other.pk: 0}


def test_nothing_asked_nothing_answered(world: Any, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert evaluate([], [world.initiative]) == {}
        assert evaluate(KEYS, []) == {key: {} for key in KEYS}


@pytest.mark.parametrize("many", [1, 20])
def test_one_statement_per_number(world: Any, django_assert_num_queries: Any, many: int) -> None:
    pages = [world.initiative, *(world.add_page(f"No. {number}") for number in range(many - 1))]

    with django_assert_num_queries(len(KEYS)):
        evaluate(KEYS, pages)
    sites = SiteMap()
    with django_assert_num_queries(2):
        # Whether the plugin is on, and its number.
        evaluate(["mobilisation.followers"], pages, sites)


def test_a_number_applies_where_its_plugin_is_on(world: Any) -> None:
    elsewhere = world.add_page("Grillen", pilot=world.voss)
    plugin_enable(site=world.larvik.site, slug="mobilisation")
    plugin_disable(site=world.voss.site, slug="mobilisation")

    found = evaluate(["mobilisation.followers", "core.members"], [world.initiative, elsewhere])

    assert found == {
        "mobilisation.followers": {world.initiative.pk: Decimal(0), elsewhere.pk: None},
        "core.members": {world.initiative.pk: Decimal(2), elsewhere.pk: Decimal(0)},
    }


def test_the_plugin_is_asked_only_about_its_sites(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from stedskaping_core.plugins.registry import Registered, get_registry

    elsewhere = world.add_page("Grillen", pilot=world.voss)
    plugin_enable(site=world.larvik.site, slug="mobilisation")
    plugin_disable(site=world.voss.site, slug="mobilisation")
    asked: list[list[InitiativePage]] = []

    def count(initiatives: Any) -> dict[int, int]:
        asked.append(list(initiatives))
        return {}

    metric = Metric("mobilisation.followers", "Followers", "count", count)  # type: ignore[arg-type]
    changed = {**get_registry().metrics, "mobilisation.followers": Registered("mobilisation", metric)}
    registry = copy_with(get_registry(), metrics=changed)
    monkeypatch.setattr("stedskaping_core.metrics.get_registry", lambda: registry)

    found = evaluate(["mobilisation.followers"], [world.initiative, elsewhere])

    assert asked == [[world.initiative]]
    assert found["mobilisation.followers"] == {world.initiative.pk: Decimal(0), elsewhere.pk: None}


def copy_with(record: Any, **changes: Any) -> Any:
    import dataclasses

    return dataclasses.replace(record, **changes)


def test_a_number_that_nobody_publishes_does_not_apply(world: Any) -> None:
    assert evaluate(["weather.dry_days", "core.unknown"], [world.initiative]) == {
        "weather.dry_days": {world.initiative.pk: None},
        "core.unknown": {world.initiative.pk: None},
    }


def test_journeys_do_not_share_numbers(world: Any, set_today: Callable[[dt.date], None]) -> None:
    other = world.add_page("Broen")
    journey = journey_start(initiative=other, actor=None, starts_on=dt.date(2026, 3, 2))
    task = JourneyTask.objects.get(phase__journey=journey, kind="permit")

    journey_task_update(task=task, actor=None, state="granted")

    found = evaluate(["core.permits_cleared_percent"], [world.initiative, other])
    assert found["core.permits_cleared_percent"] == {world.initiative.pk: 0, other.pk: 100}
