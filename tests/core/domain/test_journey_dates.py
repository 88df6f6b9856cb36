"""Moving a journey's dates: rescheduling with its history, pausing and going on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import translation
from django.utils.translation import ngettext

from stedskaping_core.errors import Refusal
from stedskaping_core.models import InitiativePage, Journey, JourneyPhase, JourneyTask, PhasePage, Reschedule
from stedskaping_core.services.journeys import (
    journey_pause,
    journey_phase_complete,
    journey_phase_skip,
    journey_reschedule,
    journey_resume,
    journey_start,
)

SetToday = Callable[[dt.date], None]
CAMP = dt.date(2026, 4, 30)
day = dt.date.fromisoformat


def reschedule(world: Any, to: dt.date, reason: str = "Vi trenger tid.", actor: Any = None) -> Journey:
    return journey_reschedule(
        initiative=world.initiative, actor=actor, realisation_starts_on=to, reason=reason
    )


def periods(world: Any) -> list[tuple[str, str]]:
    phases = world.journey.phases.order_by("position")
    return [(phase.planned_start.isoformat(), phase.planned_end.isoformat()) for phase in phases]


def camp(world: Any) -> tuple[str, str]:
    journey = Journey.objects.get(pk=world.journey.pk)
    return journey.realisation_starts_on.isoformat(), journey.realisation_ends_on.isoformat()


def due(world: Any) -> dict[str, str]:
    tasks = JourneyTask.objects.filter(phase__journey=world.journey)
    return {task.title: task.due_on.isoformat() for task in tasks if task.due_on}


def advance(world: Any, title: str) -> None:
    """Let every phase before this one be over."""
    for phase in world.journey.phases.order_by("position"):
        if phase.title == title:
            return
        journey_phase_skip(phase=phase, actor=None, reason="Videre.") if phase.kind == "planning" else finish(
            phase
        )


def finish(phase: JourneyPhase) -> None:
    phase.requirements.all().delete()
    journey_phase_complete(phase=phase, actor=None)


# ------------------------------------------------------------------ rescheduling


def test_everything_ahead_moves_by_the_same_days(world: Any, one_event: Callable[..., Any]) -> None:
    team = world.people["team"]

    activity = one_event(
        lambda: reschedule(world, day("2026-05-14"), " Telen er i jorda. ", team), "core.journey_rescheduled"
    )

    assert periods(world) == [
        ("2026-03-02", "2026-04-12"),
        ("2026-04-13", "2026-05-13"),
        ("2026-05-14", "2026-05-19"),
        ("2026-05-20", "2027-05-19"),
    ]
    assert camp(world) == ("2026-05-14", "2026-05-19")
    assert due(world) == {
        "Finn folk": "2026-04-12",
        "Byggesøknad": "2026-04-02",
        "Grunneiers ja": "2026-04-12",
        "Budsjett": "2026-05-13",
    }
    assert activity.params == {"from": "2026-04-30", "to": "2026-05-14", "reason": "Telen er i jorda."}
    row = Reschedule.objects.get()
    assert (row.from_date, row.to_date, row.reason, row.by) == (
        CAMP,
        day("2026-05-14"),
        "Telen er i jorda.",
        team,
    )


def test_what_is_over_stays_where_it_was(world: Any, set_today: SetToday) -> None:
    advance(world, "Plan")
    set_today(day("2026-04-01"))

    reschedule(world, day("2026-05-01"))

    assert periods(world)[:3] == [
        ("2026-03-02", "2026-03-29"),
        ("2026-03-30", "2026-04-30"),
        ("2026-05-01", "2026-05-06"),
    ]
    assert due(world)["Finn folk"] == "2026-03-29"


def test_six_days_stay_six_days_over_the_change_of_clocks(world: Any) -> None:
    reschedule(world, day("2026-10-23"))

    assert camp(world) == ("2026-10-23", "2026-10-28")


def test_history_is_only_added_to(world: Any) -> None:
    moves = [day("2026-05-07"), day("2026-06-04"), day("2026-05-28")]
    kept: list[Any] = []

    for number, to in enumerate(moves, start=1):
        reschedule(world, to, f"Grunn {number}")
        rows = list(Reschedule.objects.order_by("pk").values())
        assert rows[:-1] == kept
        kept = rows

    assert [(row["from_date"], row["to_date"], row["reason"]) for row in kept] == [
        (CAMP, moves[0], "Grunn 1"),
        (moves[0], moves[1], "Grunn 2"),
        (moves[1], moves[2], "Grunn 3"),
    ]


def test_there_and_back_again_changes_no_date(world: Any) -> None:
    before = (periods(world), camp(world), due(world))

    reschedule(world, day("2026-07-01"))
    reschedule(world, CAMP)

    assert (periods(world), camp(world), due(world)) == before


def test_an_earlier_camp_shortens_the_active_phase(world: Any, set_today: SetToday) -> None:
    set_today(day("2026-03-10"))

    reschedule(world, day("2026-04-15"))

    assert periods(world)[:2] == [("2026-03-02", "2026-03-14"), ("2026-03-15", "2026-04-14")]


def test_the_active_phase_may_end_today_but_not_yesterday(
    world: Any, set_today: SetToday, refused: Callable[..., Refusal]
) -> None:
    # Idé ends on 29 March, so 19 days earlier is 10 March.
    set_today(day("2026-03-10"))
    earliest = CAMP - dt.timedelta(days=19)

    refusal = refused(lambda: reschedule(world, earliest - dt.timedelta(days=1)))
    assert (refusal.code, refusal.path) == ("TOO_EARLY", ("realisationStartsOn",))
    assert str(refusal) == "Then “Idé” would have to be over already. Choose a later day."
    assert (periods(world)[0], Reschedule.objects.count()) == (("2026-03-02", "2026-03-29"), 0)
    reschedule(world, earliest)

    assert periods(world)[0] == ("2026-03-02", "2026-03-10")


def test_a_phase_that_is_late_does_not_keep_the_camp_from_moving_later(
    world: Any, set_today: SetToday
) -> None:
    # Idé should have been over for two weeks.
    set_today(day("2026-04-12"))

    reschedule(world, day("2026-05-02"))

    assert periods(world)[0] == ("2026-03-02", "2026-03-31")


def test_a_camp_whose_day_has_passed_unused_can_be_moved(world: Any, set_today: SetToday) -> None:
    set_today(day("2026-05-20"))

    reschedule(world, day("2026-06-01"))

    assert camp(world) == ("2026-06-01", "2026-06-06")


def test_a_team_that_is_early_can_still_move_its_camp(world: Any, set_today: SetToday) -> None:
    advance(world, "Camp")
    set_today(CAMP - dt.timedelta(days=1))

    reschedule(world, CAMP + dt.timedelta(days=7))

    assert periods(world)[2] == ("2026-05-07", "2026-05-12")
    assert camp(world) == ("2026-05-07", "2026-05-12")


def test_a_camp_that_has_begun_stays(
    world: Any, set_today: SetToday, refused: Callable[..., Refusal]
) -> None:
    advance(world, "Camp")
    set_today(CAMP)

    assert refused(lambda: reschedule(world, CAMP + dt.timedelta(days=7))).code == "REALISATION_BEGUN"


def test_a_camp_that_is_over_stays(world: Any, refused: Callable[..., Refusal]) -> None:
    advance(world, "Etterpå")

    assert refused(lambda: reschedule(world, CAMP + dt.timedelta(days=7))).code == "REALISATION_BEGUN"


@pytest.mark.parametrize(
    ("to", "reason", "code", "path"),
    [
        (CAMP, "Samme.", "SAME_DATE", ("realisationStartsOn",)),
        (day("2026-03-01"), "Før.", "IN_THE_PAST", ("realisationStartsOn",)),
        (dt.date.max, "Aldri.", "OUT_OF_RANGE", ("realisationStartsOn",)),
        (day("2026-05-01"), " ", "BLANK", ("reason",)),
    ],
)
def test_other_moves_are_refused(
    world: Any, refused: Callable[..., Refusal], to: dt.date, reason: str, code: str, path: tuple[str, ...]
) -> None:
    refusal = refused(lambda: reschedule(world, to, reason))

    assert (refusal.code, refusal.path, Reschedule.objects.count()) == (code, path, 0)


@pytest.mark.parametrize(
    ("who", "code"), [("visitor", "NOT_SIGNED_IN"), ("resident", "NOT_MEMBER"), ("stranger", "NOT_MEMBER")]
)
def test_only_members_and_staff_reschedule(
    world: Any, refused: Callable[..., Refusal], who: str, code: str
) -> None:
    assert refused(lambda: reschedule(world, day("2026-05-14"), actor=world.person(who))).code == code


def test_without_a_journey_there_is_nothing_to_move(world: Any, refused: Callable[..., Refusal]) -> None:
    world.initiative = world.add_initiative("Broen")

    assert refused(lambda: reschedule(world, day("2026-05-14"))).code == "NO_JOURNEY"


def test_a_journey_without_planning_moves_as_a_whole(world: Any) -> None:
    for title in ("Idé", "Plan"):
        PhasePage.objects.get(title=title).delete()
    world.initiative = world.add_initiative("Broen")
    world.journey = journey_start(initiative=world.initiative, actor=None, starts_on=day("2026-03-20"))

    reschedule(world, day("2026-03-10"))

    world.journey.refresh_from_db()
    assert world.journey.starts_on == day("2026-03-10")
    assert camp(world) == ("2026-03-10", "2026-03-15")


# ------------------------------------------------------------------ pausing and going on


def pause(world: Any, set_today: SetToday, first: str, last: str) -> None:
    """A pause from one day to another."""
    set_today(day(first))
    journey_pause(initiative=world.initiative, actor=None, reason="Vi er for få.")
    set_today(day(last))
    journey_resume(initiative=world.initiative, actor=None)


def test_a_pause_stops_the_clock(world: Any, set_today: SetToday) -> None:
    set_today(day("2026-03-10"))

    journey_pause(initiative=world.initiative, actor=world.people["team"], reason=" Vi er for få. ")

    journey, page = Journey.objects.get(), InitiativePage.objects.get(pk=world.initiative.pk)
    assert (journey.state, journey.paused_on) == ("paused", day("2026-03-10"))
    assert (page.status, page.status_reason) == ("paused", "Vi er for få.")


def test_what_is_not_completed_moves_by_the_pause(world: Any, set_today: SetToday) -> None:
    pause(world, set_today, "2026-03-10", "2026-04-09")

    journey = Journey.objects.get()
    assert (journey.state, journey.paused_on) == ("running", None)
    assert periods(world) == [
        ("2026-03-02", "2026-04-28"),
        ("2026-04-29", "2026-05-29"),
        ("2026-05-30", "2026-06-04"),
        ("2026-06-05", "2027-06-04"),
    ]
    assert camp(world) == ("2026-05-30", "2026-06-04")
    assert due(world)["Byggesøknad"] == "2026-04-18"


def test_the_move_is_on_record_in_the_projects_language(world: Any, set_today: SetToday) -> None:
    pause(world, set_today, "2026-03-10", "2026-04-09")

    with translation.override("nb"):
        many = "The project was paused for %(days)d days."
        reason = ngettext("The project was paused for %(days)d day.", many, 30) % {"days": 30}
    row = Reschedule.objects.get()
    assert (row.from_date, row.to_date, row.reason) == (CAMP, day("2026-05-30"), reason)


def test_a_pause_within_a_day_moves_nothing(world: Any, set_today: SetToday) -> None:
    before = periods(world)

    pause(world, set_today, "2026-03-10", "2026-03-10")

    assert (periods(world), Reschedule.objects.count()) == (before, 0)
    assert InitiativePage.objects.get(pk=world.initiative.pk).status == "active"


def test_a_pause_over_the_change_of_clocks_counts_days(world: Any, set_today: SetToday) -> None:
    pause(world, set_today, "2026-03-28", "2026-03-30")

    assert camp(world) == ("2026-05-02", "2026-05-07")


def test_two_pauses_add_up(world: Any, set_today: SetToday) -> None:
    pause(world, set_today, "2026-03-10", "2026-03-15")
    pause(world, set_today, "2026-03-20", "2026-03-22")

    assert camp(world) == ("2026-05-07", "2026-05-12")
    assert [(row.to_date - row.from_date).days for row in Reschedule.objects.all()] == [5, 2]


def test_a_phase_that_is_late_can_be_resumed(world: Any, set_today: SetToday) -> None:
    # Idé should have ended on 29 March.
    pause(world, set_today, "2026-04-20", "2026-04-21")

    assert periods(world)[0] == ("2026-03-02", "2026-03-30")


def test_a_pause_during_the_camp_makes_it_longer(world: Any, set_today: SetToday) -> None:
    advance(world, "Camp")

    pause(world, set_today, "2026-05-02", "2026-05-12")

    assert periods(world)[2:] == [("2026-04-30", "2026-05-15"), ("2026-05-16", "2027-05-15")]
    assert camp(world) == ("2026-04-30", "2026-05-15")
    assert Reschedule.objects.count() == 0


def test_a_pause_after_the_camp_leaves_the_camp_alone(world: Any, set_today: SetToday) -> None:
    advance(world, "Etterpå")

    pause(world, set_today, "2026-06-01", "2026-07-01")

    assert periods(world)[2:] == [("2026-04-30", "2026-05-05"), ("2026-05-06", "2027-06-04")]
    assert camp(world) == ("2026-04-30", "2026-05-05")
    assert Reschedule.objects.count() == 0


@pytest.mark.parametrize("state", ["completed", "stopped"])
def test_a_journey_that_is_over_is_not_paused(
    world: Any, refused: Callable[..., Refusal], state: str
) -> None:
    Journey.objects.update(state=state)

    refusal = refused(lambda: journey_pause(initiative=world.initiative, actor=None, reason="Nei."))

    assert (refusal.code, InitiativePage.objects.get(pk=world.initiative.pk).status) == (
        "NOT_RUNNING",
        "active",
    )


def test_without_a_journey_there_is_nothing_to_pause(world: Any, refused: Callable[..., Refusal]) -> None:
    page = world.add_initiative("Broen")

    assert refused(lambda: journey_pause(initiative=page, actor=None, reason="Nei.")).code == "NO_JOURNEY"


def test_what_is_not_paused_is_not_resumed(world: Any, refused: Callable[..., Refusal]) -> None:
    InitiativePage.objects.update(status="paused")

    assert refused(lambda: journey_resume(initiative=world.initiative, actor=None)).code == "NOT_PAUSED"
