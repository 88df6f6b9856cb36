"""How far a journey is: readiness, what is next, progress, permits at risk; for one journey and for many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from stedskaping_core.models import Journey, JourneyPhase, JourneyRequirement, JourneyTask, Outcome
from stedskaping_core.readiness import JourneyStatus, RequirementStatus, journey_status, journey_statuses
from stedskaping_core.services.journeys import (
    journey_phase_complete,
    journey_phase_skip,
    journey_start,
    journey_task_update,
    requirement_waive,
)
from stedskaping_core.services.plugins import plugin_disable, plugin_enable

SetToday = Callable[[dt.date], None]
day = dt.date.fromisoformat


def status(world: Any) -> JourneyStatus:
    return journey_status(Journey.objects.select_related("initiative").get(pk=world.journey.pk))


def steps(world: Any) -> list[tuple[str, str, str, bool]]:
    return [
        (step.kind, step.title, step.due_on.isoformat() if step.due_on else "", step.overdue)
        for step in status(world).next_steps
    ]


def set_task(world: Any, title: str, state: str, **fields: Any) -> None:
    journey_task_update(task=world.task(title), actor=None, state=state, **fields)


def all_done(world: Any) -> None:
    set_task(world, "Finn folk", "done")
    set_task(world, "Byggesøknad", "granted")


# ------------------------------------------------------------------ requirements


@pytest.mark.parametrize(
    ("comparison", "current", "met"),
    [
        (">=", "2.99", False),
        (">=", "3.00", True),
        (">=", "3.01", True),
        ("<=", "2.99", True),
        ("<=", "3.00", True),
        ("<=", "3.01", False),
        ("=", "2.99", False),
        ("=", "3.00", True),
        ("=", "3.01", False),
    ],
)
def test_a_number_is_compared_with_its_target(comparison: str, current: str, met: bool) -> None:
    requirement = JourneyRequirement(comparison=comparison, target=Decimal("3.00"), blocking=True)

    found = RequirementStatus(requirement, Decimal(current))

    assert (found.met, found.blocks, found.waived) == (met, not met, False)


def test_what_does_not_apply_counts_as_met() -> None:
    found = RequirementStatus(JourneyRequirement(comparison=">=", target=Decimal(3), blocking=True), None)

    assert (found.met, found.blocks) == (True, False)


def test_advice_does_not_block() -> None:
    found = RequirementStatus(
        JourneyRequirement(comparison=">=", target=Decimal(3), blocking=False), Decimal(0)
    )

    assert (found.met, found.blocks) == (False, False)


def test_a_waived_requirement_is_not_met_but_does_not_block(world: Any) -> None:
    requirement = world.requirement("core.members")
    world.initiative.members.filter(role="team").delete()
    requirement_waive(requirement=requirement, actor=None, reason="Hun er nok.")

    found = status(world).requirements[world.phase("Idé").pk][0]

    assert (found.current, found.met, found.waived, found.blocks) == (Decimal(1), False, True, False)
    assert found.requirement.waiver.reason == "Hun er nok."


def test_a_plugin_that_is_off_asks_for_nothing(world: Any) -> None:
    site = world.larvik.site
    JourneyRequirement.objects.filter(metric="core.members").update(metric="mobilisation.followers", target=3)

    def current() -> tuple[Decimal | None, bool]:
        found = status(world).requirements[world.phase("Idé").pk][0]
        return found.current, found.blocks

    plugin_disable(site=site, slug="mobilisation")
    assert current() == (None, False)
    plugin_enable(site=site, slug="mobilisation")
    assert current() == (Decimal(0), True)


def test_a_plugin_that_is_not_installed_asks_for_nothing(world: Any) -> None:
    JourneyRequirement.objects.filter(metric="core.members").update(metric="weather.dry_days")

    found = status(world).requirements[world.phase("Idé").pk][0]

    assert (found.current, found.met) == (None, True)


# ------------------------------------------------------------------ readiness


def test_a_phase_is_ready_when_nothing_required_is_left(world: Any) -> None:
    idea = world.phase("Idé")
    assert not status(world).is_ready(idea)
    assert [task.title for task in status(world).open_required_tasks(idea)] == ["Finn folk", "Byggesøknad"]

    all_done(world)

    assert status(world).is_ready(idea)
    world.initiative.members.filter(role="team").delete()
    assert not status(world).is_ready(idea)
    assert [found.requirement.label for found in status(world).blocking_requirements(idea)] == [
        "Minst to i gruppa"
    ]


@pytest.mark.parametrize(
    ("state", "ready"),
    [
        ("not_assessed", False),
        ("to_apply", False),
        ("applied", False),
        ("granted", True),
        ("not_needed", True),
    ],
)
def test_a_required_permit_is_granted_or_not_needed(world: Any, state: str, ready: bool) -> None:
    set_task(world, "Finn folk", "done")
    set_task(world, "Byggesøknad", state)

    assert status(world).is_ready(world.phase("Idé")) == ready


def test_the_current_phase_is_the_active_one(world: Any) -> None:
    current = status(world).current_phase
    assert current is not None
    assert current.title == "Idé"

    JourneyPhase.objects.update(state="skipped")

    assert status(world).current_phase is None


# ------------------------------------------------------------------ what is next


def test_what_is_next_in_the_active_phase(world: Any) -> None:
    assert steps(world) == [
        ("permit", "Byggesøknad", "2026-03-19", False),
        ("task", "Finn folk", "2026-03-29", False),
        ("agreement", "Grunneiers ja", "2026-03-29", False),
        ("requirement", "Et ja", "2026-03-29", False),
    ]


def test_what_is_overdue_and_required_comes_first(world: Any, set_today: SetToday) -> None:
    JourneyTask.objects.filter(title="Grunneiers ja").update(due_on=day("2026-03-03"))
    JourneyTask.objects.filter(title="Finn folk").update(due_on=None)
    set_today(day("2026-03-10"))

    assert steps(world) == [
        ("agreement", "Grunneiers ja", "2026-03-03", True),
        ("permit", "Byggesøknad", "2026-03-19", False),
        ("task", "Finn folk", "", False),
        ("requirement", "Et ja", "2026-03-29", False),
    ]


def test_unmet_requirements_are_steps_until_they_are_waived(world: Any) -> None:
    world.initiative.members.filter(role="team").delete()
    all_done(world)
    assert steps(world) == [
        ("requirement", "Minst to i gruppa", "2026-03-29", False),
        ("agreement", "Grunneiers ja", "2026-03-29", False),
        ("requirement", "Et ja", "2026-03-29", False),
    ]

    for metric in ("core.members", "core.agreements_signed"):
        requirement_waive(requirement=world.requirement(metric), actor=None, reason="Nei.")

    assert steps(world) == [("agreement", "Grunneiers ja", "2026-03-29", False)]


def test_a_permit_of_a_later_phase_is_next_when_its_time_has_come(world: Any, set_today: SetToday) -> None:
    JourneyTask.objects.filter(title="Byggesøknad").update(phase=world.phase("Plan"), position=9)
    set_today(day("2026-03-18"))
    assert "Byggesøknad" not in [title for _kind, title, _due, _overdue in steps(world)]

    set_today(day("2026-03-19"))
    assert steps(world)[0] == ("permit", "Byggesøknad", "2026-03-19", False)
    assert status(world).next_steps[0].phase.title == "Plan"
    set_today(day("2026-03-20"))
    assert steps(world)[0] == ("permit", "Byggesøknad", "2026-03-19", True)


def test_a_phase_that_is_over_has_no_steps(world: Any, set_today: SetToday) -> None:
    journey_phase_skip(phase=world.phase("Idé"), actor=None, reason="Nei.")
    set_today(day("2026-05-01"))

    assert steps(world) == [("task", "Budsjett", "2026-04-29", True)]


@pytest.mark.parametrize("state", ["paused", "stopped", "completed"])
def test_a_journey_that_rests_has_no_steps(world: Any, state: str) -> None:
    Journey.objects.update(state=state, paused_on=day("2026-03-05") if state == "paused" else None)

    assert (steps(world), status(world).at_risk) == ([], False)


# ------------------------------------------------------------------ progress and days left


def test_progress_is_the_share_of_what_is_settled(world: Any) -> None:
    # Three required tasks and three blocking requirements in all; two members are there from the start.
    assert status(world).progress == round(1 / 6, 3)
    set_task(world, "Finn folk", "done")
    assert status(world).progress == round(2 / 6, 3)
    set_task(world, "Grunneiers ja", "done")
    assert status(world).progress == round(2 / 6, 3)
    set_task(world, "Byggesøknad", "not_needed")
    journey_phase_complete(phase=world.phase("Idé"), actor=None)
    # The facilitator of the next phase has been there all along, but counts from now on.
    assert status(world).progress == round(4 / 6, 3)
    journey_phase_skip(phase=world.phase("Plan"), actor=None, reason="Nei.")
    assert status(world).progress == round(5 / 6, 3)


def test_a_waiver_settles_a_requirement(world: Any) -> None:
    world.initiative.members.filter(role="team").delete()
    assert status(world).progress == 0.0

    requirement_waive(requirement=world.requirement("core.members"), actor=None, reason="Nei.")

    assert status(world).progress == round(1 / 6, 3)


def test_a_completed_journey_is_all_of_it(world: Any) -> None:
    Journey.objects.update(state="completed")

    assert status(world).progress == 1.0


def test_a_journey_that_asks_for_nothing_has_not_begun(world: Any) -> None:
    JourneyTask.objects.all().delete()
    JourneyRequirement.objects.all().delete()

    assert status(world).progress == 0.0


@pytest.mark.parametrize(
    ("today", "left"), [("2026-03-02", 64), ("2026-05-04", 1), ("2026-05-05", 0), ("2026-06-01", 0)]
)
def test_days_left_until_the_last_day_of_the_camp(
    world: Any, set_today: SetToday, today: str, left: int
) -> None:
    set_today(day(today))

    assert status(world).days_left == left


def test_today_is_the_pilots(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    late = dt.datetime(2026, 3, 10, 23, 30, tzinfo=dt.UTC)
    journey = Journey.objects.select_related("initiative").get(pk=world.journey.pk)

    assert journey_status(journey, late).today == day("2026-03-11")
    journey.time_zone = "America/New_York"
    assert journey_status(journey, late).today == day("2026-03-10")


# ------------------------------------------------------------------ many at once


def test_many_journeys_cost_as_few_statements_as_one(world: Any, django_assert_num_queries: Any) -> None:
    Outcome.objects.create(initiative=world.initiative, title="Benk")
    first = world.journey.pk
    for number in range(19):
        journey_start(initiative=world.add_page(f"No. {number}"), actor=None, starts_on=day("2026-03-02"))
    journeys = list(Journey.objects.select_related("initiative"))
    assert len(journeys) == 20

    # Phases, tasks, requirements, and one for each of the four numbers that the guide asks for.
    with django_assert_num_queries(7):
        journey_statuses([journey for journey in journeys if journey.pk == first])
    with django_assert_num_queries(7):
        found = journey_statuses(journeys)
        assert all(status.next_steps and status.progress < 1 for status in found.values())


def test_no_journeys_no_statuses(world: Any) -> None:
    assert journey_statuses([]) == {}


def test_each_journey_has_its_own_numbers(world: Any) -> None:
    other = journey_start(initiative=world.add_initiative("Broen"), actor=None, starts_on=day("2026-03-02"))
    other.initiative.members.filter(role="team").delete()

    found = journey_statuses(list(Journey.objects.select_related("initiative")))

    counted = {pk: status.requirements[status.phases[0].pk][0].current for pk, status in found.items()}
    assert counted == {world.journey.pk: Decimal(2), other.pk: Decimal(1)}
