"""What was built."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from stedskaping_core.errors import Refusal
from stedskaping_core.models import InitiativePage, Outcome
from stedskaping_core.services.outcomes import outcome_add
from stedskaping_core.values import Place


def add(world: Any, who: str = "team", **fields: Any) -> Outcome:
    values = {"title": "Benk", "steward": "Velforeningen", **fields}
    return outcome_add(initiative=world.initiative, actor=world.person(who), **values)


def test_an_outcome_has_a_place_a_steward_and_an_end(world: Any, one_event: Callable[..., Any]) -> None:
    activity = one_event(
        lambda: add(
            world,
            title=" Benk ",
            steward=" Velforeningen ",
            description="Av gran.",
            place=Place(" Torget ", "Storgata 1", 59.05, 10.03),
            temporary_until=dt.date(2028, 5, 5),
        ),
        "core.outcome_added",
    )

    outcome = Outcome.objects.get()
    assert (outcome.title, outcome.steward, outcome.description) == ("Benk", "Velforeningen", "Av gran.")
    assert outcome.place == Place("Torget", "Storgata 1", 59.05, 10.03)
    assert outcome.temporary_until == dt.date(2028, 5, 5)
    assert activity.params == {"title": "Benk"}


def test_an_outcome_may_be_permanent_and_nowhere(world: Any) -> None:
    outcome = add(world)

    assert (outcome.temporary_until, outcome.place, str(outcome)) == (None, None, "Benk")


@pytest.mark.parametrize(
    ("fields", "code", "path"),
    [
        ({"title": " "}, "BLANK", ("title",)),
        ({"title": "x" * 161}, "INVALID", ("title",)),
        ({"steward": "x" * 161}, "INVALID", ("steward",)),
        ({"place": Place("Torget", latitude=59.0)}, "INVALID", ()),
        ({"place": Place("Torget", latitude=91.0, longitude=0.0)}, "INVALID", ("latitude",)),
    ],
)
def test_what_can_not_be_stored_is_refused(
    world: Any, refused: Callable[..., Refusal], fields: dict[str, Any], code: str, path: tuple[str, ...]
) -> None:
    refusal = refused(lambda: add(world, **fields))

    assert (refusal.code, refusal.path, Outcome.objects.count()) == (code, path, 0)


@pytest.mark.parametrize("status", InitiativePage.status.field.choices)
def test_outcomes_come_when_there_is_work(world: Any, refused: Callable[..., Refusal], status: Any) -> None:
    value = status[0]
    InitiativePage.objects.filter(pk=world.initiative.pk).update(status=value)

    if value in ("active", "realised", "in_stewardship"):
        assert add(world).initiative == world.initiative
    else:
        assert refused(lambda: add(world)).code == "WRONG_STATUS"


@pytest.mark.parametrize(
    ("who", "code"), [("visitor", "NOT_SIGNED_IN"), ("resident", "NOT_MEMBER"), ("stranger", "NOT_MEMBER")]
)
def test_only_members_and_staff_add(world: Any, refused: Callable[..., Refusal], who: str, code: str) -> None:
    assert refused(lambda: add(world, who)).code == code
