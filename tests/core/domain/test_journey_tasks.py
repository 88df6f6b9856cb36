"""Tasks, permits and waivers of a journey."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from stedskaping_core.choices import PERMIT_STATES, PLAIN_STATES, TaskState
from stedskaping_core.errors import Refusal
from stedskaping_core.models import Activity, InitiativePage, Journey, JourneyTask, Waiver
from stedskaping_core.services.journeys import journey_task_update, requirement_waive

TODAY = dt.date(2026, 3, 10)

# What may follow each state of a permit.
STEPS = {
    "not_assessed": {"not_needed", "to_apply", "applied", "granted"},
    "not_needed": {"not_assessed", "to_apply"},
    "to_apply": {"not_needed", "applied", "not_assessed"},
    "applied": {"granted", "refused", "to_apply"},
    "granted": {"applied"},
    "refused": {"to_apply", "not_needed"},
}


@pytest.fixture
def permit(world: Any, set_today: Callable[[dt.date], None]) -> JourneyTask:
    set_today(TODAY)
    found: JourneyTask = world.task("Byggesøknad")
    return found


def walk(task: JourneyTask, *states: str) -> JourneyTask:
    for state in states:
        task = journey_task_update(task=task, actor=None, state=state)
    return task


# From the first state, a way to each other one.
WAYS: dict[str, tuple[str, ...]] = {
    "not_assessed": (),
    "not_needed": ("not_needed",),
    "to_apply": ("to_apply",),
    "applied": ("applied",),
    "granted": ("granted",),
    "refused": ("applied", "refused"),
}


# ------------------------------------------------------------------ plain tasks


def test_a_task_is_done_by_somebody(world: Any, one_event: Callable[..., Any]) -> None:
    team, task = world.people["team"], world.task("Finn folk")

    activity = one_event(
        lambda: journey_task_update(task=task, actor=team, state="done", note="Vi er fem."),
        "core.task_updated",
    )

    task.refresh_from_db()
    assert (task.state, task.done_by, task.note) == ("done", team, "Vi er fem.")
    assert task.done_at is not None
    assert activity.params == {"title": "Finn folk", "state": "done"}


def test_a_task_is_opened_again(world: Any, one_event: Callable[..., Any]) -> None:
    task = walk(world.task("Finn folk"), "done")

    one_event(lambda: walk(task, "open"), "core.task_updated")

    task.refresh_from_db()
    assert (task.state, task.done_at, task.done_by) == ("open", None, None)


def test_only_a_new_state_is_news(world: Any) -> None:
    task = world.task("Finn folk")
    before = Activity.objects.count()

    journey_task_update(task=task, actor=None, state="open", note="Snart.", assignee=world.people["team"])

    task.refresh_from_db()
    assert (task.state, task.note, task.assignee) == ("open", "Snart.", world.people["team"])
    assert Activity.objects.count() == before


def test_what_is_not_said_stays(world: Any) -> None:
    task = world.task("Finn folk")
    journey_task_update(task=task, actor=None, state="open", note="Snart.", assignee=world.people["team"])

    journey_task_update(task=task, actor=None, state="open")
    journey_task_update(task=task, actor=None, state="open", note="")

    task.refresh_from_db()
    assert (task.note, task.assignee) == ("", world.people["team"])


def test_doing_a_thing_twice_keeps_who_did_it_first(world: Any) -> None:
    task = world.task("Finn folk")
    journey_task_update(task=task, actor=world.people["team"], state="done")

    again = journey_task_update(task=task, actor=world.people["initiator"], state="done")

    assert again.done_by == world.people["team"]


def test_tasks_of_any_phase_can_be_done(world: Any) -> None:
    assert walk(world.task("Budsjett"), "done").state == "done"


def test_an_agreement_is_a_plain_task(world: Any) -> None:
    assert walk(world.task("Grunneiers ja"), "done").state == "done"


def test_an_assignee_is_a_member(world: Any, refused: Callable[..., Refusal]) -> None:
    task, resident = world.task("Finn folk"), world.people["resident"]

    refusal = refused(lambda: journey_task_update(task=task, actor=None, state="open", assignee=resident))

    assert (refusal.code, refusal.path) == ("NOT_MEMBER", ("assignee",))


@pytest.mark.parametrize(
    ("title", "state"),
    [
        *(("Finn folk", state) for state in PERMIT_STATES),
        *(("Grunneiers ja", state) for state in PERMIT_STATES),
        *(("Byggesøknad", state) for state in PLAIN_STATES),
        ("Finn folk", "nonsense"),
    ],
)
def test_each_kind_of_task_has_its_own_states(
    world: Any, refused: Callable[..., Refusal], title: str, state: str
) -> None:
    task = world.task(title)

    refusal = refused(lambda: journey_task_update(task=task, actor=None, state=state))

    assert (refusal.code, refusal.path) == ("WRONG_STATE", ("state",))
    assert JourneyTask.objects.get(pk=task.pk).state == task.state


# ------------------------------------------------------------------ permits


@pytest.mark.parametrize("before", PERMIT_STATES)
@pytest.mark.parametrize("after", PERMIT_STATES)
def test_permits_go_step_by_step(
    permit: JourneyTask, refused: Callable[..., Refusal], before: str, after: str
) -> None:
    task = walk(permit, *WAYS[before])

    if after == before or after in STEPS[before]:
        assert walk(task, after).state == after
    else:
        refusal = refused(lambda: walk(task, after))
        assert (refusal.code, refusal.path) == ("WRONG_STEP", ("state",))
        assert JourneyTask.objects.get(pk=permit.pk).state == before


@pytest.mark.parametrize(
    ("ways", "applied_on", "done"),
    [
        (("to_apply",), None, False),
        (("applied",), TODAY, False),
        (("applied", "granted"), TODAY, True),
        (("applied", "refused"), TODAY, False),
        (("applied", "refused", "to_apply"), None, False),
        (("applied", "refused", "not_needed"), None, True),
        (("applied", "granted", "applied"), TODAY, False),
        (("granted",), None, True),
        (("not_needed",), None, True),
        (("not_needed", "not_assessed"), None, False),
    ],
)
def test_a_permit_remembers_its_application(
    permit: JourneyTask, ways: tuple[str, ...], applied_on: dt.date | None, done: bool
) -> None:
    walk(permit, *ways)

    permit.refresh_from_db()
    assert (permit.state, permit.applied_on, permit.done_at is not None) == (ways[-1], applied_on, done)


def test_an_application_may_have_been_sent_earlier(permit: JourneyTask) -> None:
    sent = TODAY - dt.timedelta(days=8)

    journey_task_update(task=permit, actor=None, state="applied", applied_on=sent)
    journey_task_update(task=permit, actor=None, state="applied", note="Saksnummer 26/123")

    permit.refresh_from_db()
    assert (permit.applied_on, permit.note) == (sent, "Saksnummer 26/123")


def test_an_application_is_not_sent_tomorrow(permit: JourneyTask, refused: Callable[..., Refusal]) -> None:
    tomorrow = TODAY + dt.timedelta(days=1)

    refusal = refused(
        lambda: journey_task_update(task=permit, actor=None, state="applied", applied_on=tomorrow)
    )

    assert (refusal.code, refusal.path) == ("IN_THE_FUTURE", ("appliedOn",))


def test_the_table_of_steps_covers_all_states() -> None:
    assert STEPS.keys() == {*PERMIT_STATES} == WAYS.keys()
    assert {TaskState(state) for steps in STEPS.values() for state in steps} == {*PERMIT_STATES}


# ------------------------------------------------------------------ waivers


def test_a_waiver_stays_on_record(world: Any, one_event: Callable[..., Any]) -> None:
    requirement = world.requirement("core.facilitators")

    activity = one_event(
        lambda: requirement_waive(
            requirement=requirement, actor=world.people["facilitator"], reason=" Ferie. "
        ),
        "core.requirement_waived",
    )

    waiver = Waiver.objects.get()
    assert (waiver.requirement, waiver.by, waiver.reason) == (
        requirement,
        world.people["facilitator"],
        "Ferie.",
    )
    assert activity.params == {"label": "En tilrettelegger", "reason": "Ferie."}


def test_a_requirement_is_waived_once(world: Any, refused: Callable[..., Refusal]) -> None:
    requirement = world.requirement("core.members")
    requirement_waive(requirement=requirement, actor=world.people["manager"], reason="Først.")

    refusal = refused(lambda: requirement_waive(requirement=requirement, actor=None, reason="Igjen."))

    assert refusal.code == "ALREADY_WAIVED"
    assert Waiver.objects.get().reason == "Først."


def test_a_waiver_has_a_reason(world: Any, refused: Callable[..., Refusal]) -> None:
    requirement = world.requirement("core.members")

    refusal = refused(lambda: requirement_waive(requirement=requirement, actor=None, reason="  "))

    assert (refusal.code, refusal.path, Waiver.objects.count()) == ("BLANK", ("reason",), 0)


# ------------------------------------------------------------------ who and when

ACTS: dict[str, Callable[[Any, Any], Any]] = {
    "task": lambda world, actor: journey_task_update(task=world.task("Finn folk"), actor=actor, state="done"),
    "waiver": lambda world, actor: requirement_waive(
        requirement=world.requirement("core.members"), actor=actor, reason="Ja."
    ),
}


@pytest.mark.parametrize(
    ("act", "who", "code"),
    [
        ("task", "visitor", "NOT_SIGNED_IN"),
        ("task", "resident", "NOT_MEMBER"),
        ("task", "editor", "NOT_MEMBER"),
        ("task", "stranger", "NOT_MEMBER"),
        *(
            ("task", who, None)
            for who in ("initiator", "team", "facilitator", "moderator", "manager", "admin")
        ),
        ("waiver", "visitor", "NOT_SIGNED_IN"),
        *(
            ("waiver", who, "NOT_FACILITATOR")
            for who in ("resident", "editor", "stranger", "initiator", "team")
        ),
        *(("waiver", who, None) for who in ("facilitator", "moderator", "manager", "admin")),
    ],
)
def test_who_may(world: Any, refused: Callable[..., Refusal], act: str, who: str, code: str | None) -> None:
    if code:
        assert refused(lambda: ACTS[act](world, world.person(who))).code == code
    else:
        ACTS[act](world, world.person(who))


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    ("status", "state", "code"),
    [
        ("active", "running", None),
        ("realised", "running", None),
        ("in_stewardship", "running", None),
        ("active", "completed", "NOT_RUNNING"),
        ("paused", "paused", "WRONG_STATUS"),
        ("discontinued", "stopped", "WRONG_STATUS"),
        ("active", "paused", "NOT_RUNNING"),
    ],
)
def test_when(
    world: Any, refused: Callable[..., Refusal], act: str, status: str, state: str, code: str | None
) -> None:
    InitiativePage.objects.update(status=status)
    Journey.objects.update(state=state, paused_on=dt.date(2026, 3, 2) if state == "paused" else None)

    if code:
        assert refused(lambda: ACTS[act](world, None)).code == code
    else:
        ACTS[act](world, None)
