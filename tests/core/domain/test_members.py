"""Who is in an initiative: joining, changing roles and leaving."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from stedskaping_core.errors import Refusal
from stedskaping_core.models import Activity, InitiativeMember, InitiativePage
from stedskaping_core.services.members import member_add, member_remove


def add(world: Any, who: str, role: str = "team", by: str = "platform") -> InitiativeMember:
    return member_add(initiative=world.initiative, user=world.people[who], role=role, actor=world.person(by))


def remove(world: Any, who: str, by: str = "platform") -> None:
    member_remove(initiative=world.initiative, user=world.people[who], actor=world.person(by))


def roles(world: Any) -> dict[str, str]:
    rows = InitiativeMember.objects.filter(initiative=world.initiative).values_list("user__email", "role")
    return {email.partition("@")[0]: role for email, role in rows}


EVERYBODY = {"initiator": "initiator", "team": "team", "facilitator": "facilitator"}


def test_the_team_takes_people_in(world: Any, one_event: Callable[..., Any]) -> None:
    activity = one_event(lambda: add(world, "resident", by="team"), "core.member_added")

    assert roles(world) == {**EVERYBODY, "resident": "team"}
    assert activity.params == {"name": "Resident", "member": world.people["resident"].pk}


def test_nobody_is_in_twice(world: Any) -> None:
    before = Activity.objects.count()

    add(world, "team", by="initiator")

    assert (roles(world), Activity.objects.count()) == (EVERYBODY, before)


def test_a_new_role_is_news(world: Any, one_event: Callable[..., Any]) -> None:
    activity = one_event(lambda: add(world, "team", "initiator", by="initiator"), "core.member_role_changed")

    assert roles(world)["team"] == "initiator"
    assert activity.params == {"name": "Team", "member": world.people["team"].pk, "role": "initiator"}


def test_one_initiator_always_stays(world: Any, refused: Callable[..., Refusal]) -> None:
    for act in (
        lambda: add(world, "initiator", "team", by="initiator"),
        lambda: remove(world, "initiator", by="team"),
        lambda: remove(world, "initiator", by="initiator"),
        lambda: remove(world, "initiator"),
    ):
        assert refused(act).code == "LAST_INITIATOR"
    assert roles(world) == EVERYBODY


def test_an_initiator_hands_over_and_leaves(world: Any, one_event: Callable[..., Any]) -> None:
    add(world, "team", "initiator", by="initiator")

    activity = one_event(lambda: remove(world, "initiator", by="initiator"), "core.member_removed")

    assert roles(world) == {"team": "initiator", "facilitator": "facilitator"}
    assert activity.params == {"name": "Initiator", "member": world.people["initiator"].pk}


def test_people_always_may_leave(world: Any) -> None:
    InitiativePage.objects.update(status="discontinued")

    remove(world, "team", by="team")
    remove(world, "facilitator", by="facilitator")

    assert roles(world) == {"initiator": "initiator"}


def test_who_is_not_in_can_not_leave(world: Any, refused: Callable[..., Refusal]) -> None:
    assert refused(lambda: remove(world, "resident", by="resident")).code == "NOT_FOUND"
    assert refused(lambda: remove(world, "resident", by="team")).code == "NOT_FOUND"


@pytest.mark.parametrize(
    ("by", "code"),
    [
        ("visitor", "NOT_SIGNED_IN"),
        ("resident", "NOT_MEMBER"),
        ("stranger", "NOT_MEMBER"),
        ("editor", "NOT_MEMBER"),
        ("facilitator", "NOT_MEMBER"),
    ],
)
def test_others_take_nobody_in_or_out(
    world: Any, refused: Callable[..., Refusal], by: str, code: str
) -> None:
    assert refused(lambda: add(world, "resident", by=by)).code == code
    assert refused(lambda: remove(world, "team", by=by)).code == code


@pytest.mark.parametrize("by", ["initiator", "team"])
def test_a_team_does_not_choose_who_decides_for_the_municipality(
    world: Any, refused: Callable[..., Refusal], by: str
) -> None:
    other = "team" if by == "initiator" else "initiator"
    for act in (
        lambda: add(world, "resident", "facilitator", by=by),
        lambda: add(world, by, "facilitator", by=by),
        lambda: add(world, other, "facilitator", by=by),
        lambda: add(world, "facilitator", "team", by=by),
        lambda: remove(world, "facilitator", by=by),
    ):
        assert refused(act).code == "NOT_FACILITATOR"
    assert roles(world) == EVERYBODY


@pytest.mark.parametrize("by", ["facilitator", "moderator", "manager", "admin", "platform"])
def test_the_municipality_names_its_person(world: Any, by: str) -> None:
    add(world, "resident", "facilitator", by=by)
    remove(world, "facilitator", by=by)

    assert roles(world) == {"initiator": "initiator", "team": "team", "resident": "facilitator"}


def test_there_are_three_roles(world: Any, refused: Callable[..., Refusal]) -> None:
    refusal = refused(lambda: add(world, "resident", "king", by="team"))

    assert (refusal.code, refusal.path) == ("INVALID", ("role",))


def test_a_member_reads_as_name_and_role(world: Any) -> None:
    assert str(world.initiative.members.get(role="team")) == "Team (Team)"
