"""Who may do what with an initiative: one verdict for the API's `viewerCan` and for the services."""

from __future__ import annotations

from typing import Any

import pytest

from stedskaping_core.choices import InitiativeStatus, JourneyState
from stedskaping_core.errors import Refusal
from stedskaping_core.models import InitiativePage, Journey
from stedskaping_core.permissions import (
    ACTIONS,
    REASONS,
    is_pilot_staff,
    publishing_paths,
    require,
    require_signed_in,
    roles_of,
    verdicts,
)

TEAM_ONLY = {"update", "submit", "inviteMember", "removeMember"}
FACILITATOR_ONLY = {"approve", "sendBack", "nameFacilitator", "skipPhase", "waiveRequirement", "handOver"}

# The statuses in which each action is allowed, to whom it is.
DRAFT, SUBMITTED, ACTIVE, PAUSED = "draft", "submitted", "active", "paused"
REALISED, STEWARDSHIP, ENDED = "realised", "in_stewardship", "discontinued"
ALIVE = {DRAFT, SUBMITTED, ACTIVE, PAUSED, REALISED, STEWARDSHIP}
ALLOWED_IN = {
    "update": ALIVE - {SUBMITTED},
    "submit": {DRAFT},
    "approve": {SUBMITTED},
    "sendBack": {SUBMITTED},
    "inviteMember": ALIVE,
    "removeMember": ALIVE,
    "nameFacilitator": ALIVE,
    "startJourney": {ACTIVE},
    "updateTask": {ACTIVE, REALISED, STEWARDSHIP},
    "completePhase": {ACTIVE, REALISED, STEWARDSHIP},
    "skipPhase": {ACTIVE, REALISED, STEWARDSHIP},
    "waiveRequirement": {ACTIVE, REALISED, STEWARDSHIP},
    "reportCampDay": {ACTIVE},
    "reschedule": {ACTIVE},
    "pause": {ACTIVE},
    "resume": {PAUSED},
    "realise": {ACTIVE},
    "discontinue": {ACTIVE, PAUSED, REALISED},
    "addOutcome": {ACTIVE, REALISED, STEWARDSHIP},
    "handOver": {REALISED},
}
RUNNING = {
    "updateTask",
    "completePhase",
    "skipPhase",
    "waiveRequirement",
    "reportCampDay",
    "reschedule",
    "pause",
}


def codes(world: Any, name: str, page: InitiativePage | None = None) -> dict[str, str | None]:
    """The code of every action for a person, None where it is allowed."""
    page = page or world.initiative
    found = verdicts(world.person(name), [page])[page.pk]
    assert all(verdict.allowed == (verdict.code is None) for verdict in found)
    assert all(verdict.reason == REASONS.get(verdict.code or "") for verdict in found)
    return {verdict.action: verdict.code for verdict in found}


def test_every_action_is_in_this_table() -> None:
    assert ACTIONS.keys() == ALLOWED_IN.keys()


def test_visitors_sign_in_first(world: Any) -> None:
    assert set(codes(world, "visitor").values()) == {"NOT_SIGNED_IN"}


@pytest.mark.parametrize("name", ["resident", "editor", "stranger"])
def test_others_may_nothing(world: Any, name: str) -> None:
    assert codes(world, name) == {
        action: "NOT_FACILITATOR" if action in FACILITATOR_ONLY else "NOT_MEMBER" for action in ACTIONS
    }


@pytest.mark.parametrize("name", ["initiator", "team"])
def test_the_team_may_all_but_decide_for_the_municipality(world: Any, name: str) -> None:
    found = codes(world, name)

    assert {action for action, code in found.items() if code == "NOT_FACILITATOR"} == FACILITATOR_ONLY
    assert {action for action, code in found.items() if code is None} == {
        *("update", "inviteMember", "removeMember", "updateTask", "completePhase", "reportCampDay"),
        *("reschedule", "pause", "realise", "discontinue", "addOutcome"),
    }


@pytest.mark.parametrize("name", ["facilitator", "moderator", "manager", "admin"])
def test_facilitators_and_the_pilots_staff_may_all_but_write_for_the_team(world: Any, name: str) -> None:
    found = codes(world, name)

    assert {action for action, code in found.items() if code == "NOT_MEMBER"} == TEAM_ONLY
    assert "NOT_FACILITATOR" not in found.values()
    assert found["waiveRequirement"] is None


def test_staff_who_are_members_may_both(world: Any) -> None:
    world.people["initiator"].groups.add(world.larvik.groups["moderators"])

    assert {code for code in codes(world, "initiator").values() if code} == {
        "WRONG_STATUS",
        "ALREADY_STARTED",
    }


def test_closed_accounts_may_nothing(world: Any) -> None:
    for name in ("initiator", "facilitator", "manager", "admin"):
        world.people[name].is_active = False

        assert set(codes(world, name).values()) == {"NOT_MEMBER", "NOT_FACILITATOR"}
        assert roles_of(world.people[name], [world.initiative]) == {}
        assert publishing_paths(world.people[name]) == []


@pytest.mark.parametrize("status", InitiativeStatus.values)
def test_each_status_allows_what_the_table_says(world: Any, status: str) -> None:
    world.people["initiator"].groups.add(world.larvik.groups["moderators"])
    world.initiative.status = status

    found = codes(world, "initiator")

    assert {action for action, code in found.items() if code != "WRONG_STATUS"} == {
        action for action, statuses in ALLOWED_IN.items() if status in statuses
    }


@pytest.mark.parametrize("state", ["", *JourneyState.values])
def test_the_journey_decides_as_well(world: Any, state: str) -> None:
    if state:
        since = world.journey.starts_on if state == "paused" else None
        Journey.objects.update(state=state, paused_on=since)
    else:
        Journey.objects.all().delete()
    codes_of_running = {"running": None, "": "NO_JOURNEY"}

    found = codes(world, "platform")

    assert {found[action] for action in RUNNING} == {codes_of_running.get(state, "NOT_RUNNING")}
    assert found["startJourney"] == ("ALREADY_STARTED" if state else None)
    world.initiative.status = PAUSED
    codes_of_resume = {"paused": None, "": "NO_JOURNEY"}
    assert codes(world, "platform")["resume"] == codes_of_resume.get(state, "NOT_PAUSED")


def test_the_platform_itself_is_bound_by_the_status_only(world: Any) -> None:
    found = codes(world, "platform")

    assert {action for action, code in found.items() if code is None} == {
        action for action, statuses in ALLOWED_IN.items() if ACTIVE in statuses
    } - {"startJourney"}


def test_what_is_asked_for_is_what_the_verdict_says(world: Any) -> None:
    for name in ("visitor", "resident", "team", "facilitator", "platform"):
        for action, code in codes(world, name).items():
            if code is None:
                require(action, world.person(name), world.initiative)
            else:
                with pytest.raises(Refusal) as caught:
                    require(action, world.person(name), world.initiative)
                assert (caught.value.code, caught.value.message) == (code, REASONS[code])


def test_an_initiative_that_is_gone_allows_nothing(world: Any) -> None:
    page = InitiativePage.objects.get(pk=world.initiative.pk)
    world.initiative.delete()

    assert set(codes(world, "team", page).values()) == {"NOT_MEMBER", "NOT_FACILITATOR"}


def test_staff_of_another_pilot_are_not_staff_here(world: Any) -> None:
    elsewhere = world.add_initiative("Broen", pilot=world.voss, status="submitted")

    staff = {name for name in world.people if is_pilot_staff(world.people[name], world.initiative)}
    staff_elsewhere = {name for name in world.people if is_pilot_staff(world.people[name], elsewhere)}

    assert staff == {"admin", "moderator", "manager"}
    assert staff_elsewhere == {"admin", "stranger"}
    assert codes(world, "stranger", elsewhere)["approve"] is None
    assert codes(world, "manager", elsewhere)["approve"] == "NOT_FACILITATOR"


def test_roles_are_told_per_initiative(world: Any) -> None:
    elsewhere = world.add_initiative("Broen", pilot=world.voss)
    both = [world.initiative, elsewhere]

    assert roles_of(world.people["team"], both) == {world.initiative.pk: {"team"}, elsewhere.pk: {"team"}}
    assert roles_of(world.people["manager"], both) == {world.initiative.pk: {"facilitator"}}
    assert roles_of(world.people["resident"], both) == {}
    assert roles_of(world.person("visitor"), both) == {}


def test_signed_in_means_with_an_open_account(world: Any) -> None:
    require_signed_in(world.people["resident"])
    world.people["resident"].is_active = False

    for name in ("visitor", "resident"):
        with pytest.raises(Refusal) as caught:
            require_signed_in(world.person(name))
        assert caught.value.code == "NOT_SIGNED_IN"


@pytest.mark.parametrize(
    ("name", "statements"), [("visitor", 0), ("resident", 2), ("team", 2), ("manager", 2)]
)
def test_verdicts_cost_as_much_for_many_as_for_one(
    world: Any, django_assert_num_queries: Any, name: str, statements: int
) -> None:
    many = [world.initiative, *(world.add_page(f"No. {number}") for number in range(5))]

    for initiatives in ([world.initiative], many):
        with django_assert_num_queries(statements):
            found = verdicts(world.person(name), initiatives)
        assert len(found) == len(initiatives)


def test_verdicts_for_a_superuser_need_one_statement(world: Any, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        verdicts(world.people["admin"], [world.initiative])


def test_verdicts_on_nothing(world: Any) -> None:
    assert verdicts(world.people["team"], []) == {}
