"""Phases of a journey: completing and skipping them, the days of the camp, and the end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from stedskaping_core.errors import Refusal
from stedskaping_core.models import CampDayReport, Journey, JourneyPhase, JourneyTask
from stedskaping_core.plugins.facade import Hooks
from stedskaping_core.services.initiatives import initiative_hand_over, initiative_realise
from stedskaping_core.services.journeys import (
    camp_day_report,
    journey_phase_complete,
    journey_phase_skip,
    journey_task_update,
    requirement_waive,
)
from stedskaping_core.services.outcomes import outcome_add

CAMP = [dt.date(2026, 4, 30) + dt.timedelta(days=number) for number in range(6)]


def finish_tasks(phase: JourneyPhase) -> None:
    for task in phase.tasks.all():
        journey_task_update(task=task, actor=None, state="granted" if task.kind == "permit" else "done")


def complete(phase: JourneyPhase, actor: Any = None) -> JourneyPhase:
    return journey_phase_complete(phase=phase, actor=actor)


def states(world: Any) -> list[str]:
    return list(world.journey.phases.order_by("position").values_list("state", flat=True))


def at_camp(world: Any, set_today: Callable[[dt.date], None]) -> None:
    """All planning is done, and today is the last day of the camp."""
    for title in ("Idé", "Plan"):
        finish_tasks(world.phase(title))
        complete(world.phase(title))
    set_today(CAMP[-1])


# ------------------------------------------------------------------ completing


def test_a_completed_phase_gives_way_to_the_next(world: Any, one_event: Callable[..., Any]) -> None:
    finish_tasks(world.phase("Idé"))

    activity = one_event(lambda: complete(world.phase("Idé"), world.people["team"]), "core.phase_completed")

    assert activity.params == {"title": "Idé", "kind": "planning"}
    assert states(world) == ["completed", "active", "upcoming", "upcoming"]
    idea, plan = world.phase("Idé"), world.phase("Plan")
    assert idea.completed_at == plan.started_at
    assert plan.completed_at is None


def test_what_is_missing_is_said_all_at_once(world: Any, refused: Callable[..., Refusal]) -> None:
    world.initiative.members.filter(role="team").delete()

    refusal = refused(lambda: complete(world.phase("Idé")))

    assert (refusal.code, refusal.details) == (
        "PHASE_NOT_READY",
        ("Finn folk", "Byggesøknad", "Minst to i gruppa"),
    )
    assert states(world) == ["active", "upcoming", "upcoming", "upcoming"]


def test_advice_and_voluntary_tasks_hold_nobody_up(world: Any) -> None:
    idea = world.phase("Idé")
    for task in idea.tasks.filter(required=True):
        journey_task_update(task=task, actor=None, state="granted" if task.kind == "permit" else "done")

    # Nothing is signed: “Et ja” is advice, “Grunneiers ja” is voluntary.
    assert complete(idea).state == "completed"


def test_a_waived_requirement_holds_nobody_up(world: Any) -> None:
    world.initiative.members.filter(role="team").delete()
    finish_tasks(world.phase("Idé"))
    requirement_waive(requirement=world.requirement("core.members"), actor=None, reason="Hun er nok.")

    assert complete(world.phase("Idé")).state == "completed"


@pytest.mark.parametrize("title", ["Plan", "Camp", "Etterpå"])
def test_only_the_active_phase_is_completed(world: Any, refused: Callable[..., Refusal], title: str) -> None:
    assert refused(lambda: complete(world.phase(title))).code == "PHASE_NOT_ACTIVE"


def test_a_phase_is_completed_once(world: Any, refused: Callable[..., Refusal]) -> None:
    idea = world.phase("Idé")
    finish_tasks(idea)
    complete(idea)

    assert refused(lambda: complete(idea)).code == "PHASE_NOT_ACTIVE"


def test_plugins_may_refuse_a_completion(
    world: Any, refused: Callable[..., Refusal], monkeypatch: pytest.MonkeyPatch
) -> None:
    finish_tasks(world.phase("Idé"))
    asked: list[Any] = []

    def refuse(hooks: Hooks, phase: JourneyPhase, actor: Any) -> None:
        asked.append((phase.title, phase.state, phase.journey.initiative, actor))
        raise Refusal("PLUGIN_SAYS_NO", "No.")

    monkeypatch.setattr(Hooks, "validate_phase_completion", refuse)

    refusal = refused(lambda: complete(world.phase("Idé"), world.people["team"]))

    assert refusal.code == "PLUGIN_SAYS_NO"
    assert asked == [("Idé", "active", world.initiative, world.people["team"])]
    assert states(world)[0] == "active"


def test_plugins_are_asked_only_when_the_phase_is_ready(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Hooks, "validate_phase_completion", lambda *args: pytest.fail("asked too early"))

    with pytest.raises(Refusal, match="Missing"):
        complete(world.phase("Idé"))


# ------------------------------------------------------------------ skipping


def test_a_facilitator_skips_the_active_phase(world: Any, one_event: Callable[..., Any]) -> None:
    activity = one_event(
        lambda: journey_phase_skip(
            phase=world.phase("Idé"), actor=world.people["facilitator"], reason=" De er mange nok. "
        ),
        "core.phase_skipped",
    )

    assert activity.params == {"title": "Idé", "reason": "De er mange nok."}
    assert states(world) == ["skipped", "active", "upcoming", "upcoming"]
    assert world.phase("Idé").completed_at is None
    assert world.phase("Plan").started_at is not None


def test_a_phase_to_come_is_skipped_when_its_turn_comes(world: Any) -> None:
    journey_phase_skip(phase=world.phase("Plan"), actor=None, reason="Planen finnes.")
    assert states(world) == ["active", "skipped", "upcoming", "upcoming"]
    finish_tasks(world.phase("Idé"))

    complete(world.phase("Idé"))

    assert states(world) == ["completed", "skipped", "active", "upcoming"]


def test_skipping_the_last_phase_ends_the_journey(world: Any, set_today: Callable[[dt.date], None]) -> None:
    at_camp(world, set_today)
    for day in CAMP:
        camp_day_report(journey=world.journey, actor=None, day=day, text="Vi bygde.")
    complete(world.phase("Camp"))

    journey_phase_skip(phase=world.phase("Etterpå"), actor=None, reason="Kommunen tar over.")

    assert states(world) == ["completed", "completed", "completed", "skipped"]
    assert Journey.objects.get().state == "completed"


def test_what_may_not_be_skipped(world: Any, refused: Callable[..., Refusal]) -> None:
    journey_phase_skip(phase=world.phase("Plan"), actor=None, reason="Nei.")

    def skip(title: str, reason: str) -> str:
        phase = world.phase(title)
        return refused(lambda: journey_phase_skip(phase=phase, actor=None, reason=reason)).code

    assert skip("Plan", "Igjen.") == "PHASE_OVER"
    assert skip("Camp", "Nei.") == "NOT_SKIPPABLE"
    assert skip("Idé", " ") == "BLANK"


@pytest.mark.parametrize("who", ["resident", "team", "initiator", "editor", "stranger"])
def test_only_the_municipality_skips(world: Any, refused: Callable[..., Refusal], who: str) -> None:
    phase = world.phase("Idé")

    assert refused(lambda: journey_phase_skip(phase=phase, actor=world.people[who], reason="Nei.")).code == (
        "NOT_FACILITATOR"
    )


# ------------------------------------------------------------------ the camp


def test_each_day_of_the_camp_is_reported(
    world: Any, set_today: Callable[[dt.date], None], one_event: Callable[..., Any]
) -> None:
    team = world.people["team"]
    set_today(CAMP[1])

    activity = one_event(
        lambda: camp_day_report(journey=world.journey, actor=team, day=CAMP[1], text=" Vi la gulvet. "),
        "core.camp_day_reported",
    )

    report = CampDayReport.objects.get()
    assert (report.day, report.text, report.by) == (CAMP[1], "Vi la gulvet.", team)
    assert activity.params == {"day": 2, "text": "Vi la gulvet."}


def test_a_day_reported_again_replaces_the_text(world: Any, set_today: Callable[[dt.date], None]) -> None:
    set_today(CAMP[0])
    camp_day_report(journey=world.journey, actor=world.people["team"], day=CAMP[0], text="Først.")

    camp_day_report(journey=world.journey, actor=world.people["initiator"], day=CAMP[0], text="Så.")

    report = CampDayReport.objects.get()
    assert (report.text, report.by) == ("Så.", world.people["initiator"])


@pytest.mark.parametrize(
    ("day", "text", "code", "path"),
    [
        (CAMP[0] - dt.timedelta(days=1), "Regn.", "NOT_A_CAMP_DAY", ("day",)),
        (CAMP[-1] + dt.timedelta(days=1), "Regn.", "NOT_A_CAMP_DAY", ("day",)),
        (CAMP[3], "Regn.", "TOO_EARLY", ("day",)),
        (CAMP[2], " \n", "BLANK", ("text",)),
    ],
)
def test_other_days_are_not_reported(
    world: Any,
    set_today: Callable[[dt.date], None],
    refused: Callable[..., Refusal],
    day: dt.date,
    text: str,
    code: str,
    path: tuple[str, ...],
) -> None:
    set_today(CAMP[2])

    refusal = refused(lambda: camp_day_report(journey=world.journey, actor=None, day=day, text=text))

    assert (refusal.code, refusal.path, CampDayReport.objects.count()) == (code, path, 0)


def test_the_days_of_the_camp_are_named_in_words(world: Any, refused: Callable[..., Refusal]) -> None:
    refusal = refused(
        lambda: camp_day_report(journey=world.journey, actor=None, day=CAMP[0].replace(year=2027), text="?")
    )

    assert str(refusal) == "The camp is from April 30, 2026 to May 5, 2026."


def test_the_camp_is_complete_when_every_day_is_reported(
    world: Any, set_today: Callable[[dt.date], None], refused: Callable[..., Refusal]
) -> None:
    at_camp(world, set_today)
    for day in CAMP[:-1]:
        camp_day_report(journey=world.journey, actor=None, day=day, text="Vi bygde.")
    assert refused(lambda: complete(world.phase("Camp"))).details == ("Seks dager",)

    camp_day_report(journey=world.journey, actor=None, day=CAMP[-1], text="Ferdig!")

    assert complete(world.phase("Camp")).state == "completed"


# ------------------------------------------------------------------ to the very end


def test_the_aftercare_goes_on_in_the_built_place(world: Any, set_today: Callable[[dt.date], None]) -> None:
    at_camp(world, set_today)
    for day in CAMP:
        camp_day_report(journey=world.journey, actor=world.people["team"], day=day, text="Vi bygde.")
    complete(world.phase("Camp"), world.people["team"])
    initiative_realise(initiative=world.initiative, actor=world.people["team"])
    outcome_add(
        initiative=world.initiative, actor=world.people["team"], title="Benk", steward="Velforeningen"
    )
    initiative_hand_over(initiative=world.initiative, actor=world.people["facilitator"])
    assert Journey.objects.get().state == "running"

    complete(world.phase("Etterpå"), world.people["team"])

    world.initiative.refresh_from_db()
    assert (states(world), Journey.objects.get().state) == (["completed"] * 4, "completed")
    assert world.initiative.status == "in_stewardship"


def test_nothing_happens_in_a_journey_that_is_over(world: Any, refused: Callable[..., Refusal]) -> None:
    Journey.objects.update(state="completed")
    task = JourneyTask.objects.first()
    assert task is not None
    acts: list[Callable[[], Any]] = [
        lambda: complete(world.phase("Idé")),
        lambda: journey_phase_skip(phase=world.phase("Idé"), actor=None, reason="Nei."),
        lambda: camp_day_report(journey=world.journey, actor=None, day=CAMP[0], text="Nei."),
        lambda: journey_task_update(task=task, actor=None, state="done"),
    ]

    assert [refused(act).code for act in acts] == ["NOT_RUNNING"] * 4
