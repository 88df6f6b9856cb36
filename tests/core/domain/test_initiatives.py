"""An initiative's life: every transition, who makes it, what it writes, and every refusal by its code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from stedskaping_core.choices import JourneyPhaseState
from stedskaping_core.errors import Refusal
from stedskaping_core.models import InitiativePage, Journey, Outcome
from stedskaping_core.plugins.facade import Hooks
from stedskaping_core.services.initiatives import (
    initiative_approve,
    initiative_create,
    initiative_discontinue,
    initiative_hand_over,
    initiative_realise,
    initiative_send_back,
    initiative_submit,
)
from stedskaping_core.services.journeys import journey_pause, journey_resume

Act = Callable[..., Any]
REASON = {"reason": "Vi ble for få."}

# transition: service, its further arguments, from, to, who may, event
TRANSITIONS: dict[str, tuple[Act, dict[str, str], str, str, str, str]] = {
    "submit": (initiative_submit, {}, "draft", "submitted", "team", "core.initiative_submitted"),
    "approve": (initiative_approve, {}, "submitted", "active", "facilitator", "core.initiative_approved"),
    "send_back": (
        initiative_send_back,
        REASON,
        "submitted",
        "draft",
        "facilitator",
        "core.initiative_sent_back",
    ),
    "realise": (initiative_realise, {}, "active", "realised", "team", "core.initiative_realised"),
    "hand_over": (
        initiative_hand_over,
        {},
        "realised",
        "in_stewardship",
        "facilitator",
        "core.initiative_handed_over",
    ),
    "discontinue": (
        initiative_discontinue,
        REASON,
        "active",
        "discontinued",
        "team",
        "core.initiative_discontinued",
    ),
    "pause": (journey_pause, REASON, "active", "paused", "team", "core.initiative_paused"),
    "resume": (journey_resume, {}, "paused", "active", "team", "core.initiative_resumed"),
}
STATUSES = ("draft", "submitted", "active", "paused", "realised", "in_stewardship", "discontinued")
# Beside those in the table above.
MORE_WAYS = {("discontinue", "paused"), ("discontinue", "realised")}


def ready(world: Any, status: str) -> InitiativePage:
    """The world's initiative in this status, with all that any transition asks for."""
    page: InitiativePage = world.initiative
    InitiativePage.objects.filter(pk=page.pk).update(status=status)
    if status == "paused":
        Journey.objects.update(state="paused", paused_on=world.journey.starts_on)
    camp = world.phase("Camp")
    camp.state, camp.completed_at = JourneyPhaseState.COMPLETED, timezone.now()
    camp.save()
    Outcome.objects.create(initiative=page, title="Benk", steward="Velforeningen")
    return page


def status_of(page: InitiativePage) -> str:
    return str(InitiativePage.objects.get(pk=page.pk).status)


# ------------------------------------------------------------------ all transitions


@pytest.mark.parametrize("name", TRANSITIONS)
def test_a_transition_writes_the_status_and_one_event(
    world: Any, one_event: Callable[..., Any], name: str
) -> None:
    service, extra, before, after, who, key = TRANSITIONS[name]
    page, actor = ready(world, before), world.people[who]
    since = timezone.now()

    activity = one_event(lambda: service(initiative=page, actor=actor, **extra), key)

    fresh = InitiativePage.objects.get(pk=page.pk)
    assert fresh.status == after
    assert fresh.status_changed_at >= since
    assert fresh.status_reason == (extra.get("reason", "") if after != "active" else "")
    assert (activity.actor, activity.initiative) == (actor, page)
    assert activity.params == extra


@pytest.mark.parametrize("name", TRANSITIONS)
def test_a_transition_is_refused_in_every_other_status(
    world: Any, refused: Callable[..., Refusal], name: str
) -> None:
    service, extra, allowed, _after, _who, _key = TRANSITIONS[name]
    page = world.initiative
    for status in STATUSES:
        if status != allowed and (name, status) not in MORE_WAYS:
            InitiativePage.objects.filter(pk=page.pk).update(status=status)

            refusal = refused(lambda: service(initiative=page, actor=None, **extra))

            assert (refusal.code, status_of(page)) == ("WRONG_STATUS", status)


@pytest.mark.parametrize("name", TRANSITIONS)
@pytest.mark.parametrize(
    "who",
    ["visitor", "resident", "initiator", "team", "facilitator", "moderator", "manager", "stranger", "admin"],
)
def test_a_transition_is_for_those_whom_it_concerns(
    world: Any, refused: Callable[..., Refusal], name: str, who: str
) -> None:
    service, extra, before, after, whose, _key = TRANSITIONS[name]
    page, actor = ready(world, before), world.person(who)
    decides = ("facilitator", "moderator", "manager", "admin")
    may = (*decides, "initiator", "team") if whose == "team" else decides
    if name == "submit":
        may = ("initiator", "team")

    if who in may:
        service(initiative=page, actor=actor, **extra)
        assert status_of(page) == after
    else:
        code = "NOT_SIGNED_IN" if who == "visitor" else "NOT_MEMBER" if whose == "team" else "NOT_FACILITATOR"
        assert refused(lambda: service(initiative=page, actor=actor, **extra)).code == code
        assert status_of(page) == before


@pytest.mark.parametrize("name", ["send_back", "discontinue", "pause"])
def test_a_reason_is_more_than_blanks(world: Any, refused: Callable[..., Refusal], name: str) -> None:
    service, _extra, before, _after, _who, _key = TRANSITIONS[name]
    page = ready(world, before)

    refusal = refused(lambda: service(initiative=page, actor=None, reason=" \n "))

    assert (refusal.code, refusal.path, status_of(page)) == ("BLANK", ("reason",), before)


@pytest.mark.parametrize("name", TRANSITIONS)
def test_an_initiative_that_was_deleted_is_refused(
    world: Any, refused: Callable[..., Refusal], name: str
) -> None:
    service, extra, *_rest = TRANSITIONS[name]
    page = InitiativePage.objects.get(pk=world.initiative.pk)
    world.initiative.delete()

    assert refused(lambda: service(initiative=page, actor=None, **extra)).code == "NOT_FOUND"


# ------------------------------------------------------------------ submitting


def bare_draft(world: Any, **fields: Any) -> InitiativePage:
    """A draft with nothing but title and summary, of a resident."""
    resident = world.people["resident"]
    return initiative_create(
        index=world.larvik.index, actor=resident, title="Broen", summary="En bro.", **fields
    )


def test_what_is_missing_is_said_all_at_once(world: Any, refused: Callable[..., Refusal]) -> None:
    page = bare_draft(world)
    InitiativePage.objects.filter(pk=page.pk).update(summary=" ")

    refusal = refused(lambda: initiative_submit(initiative=page, actor=world.people["resident"]))

    assert refusal.code == "INCOMPLETE"
    assert [str(detail) for detail in refusal.details] == [
        "Write a summary.",
        "Say where it is.",
        "Tell the story: what, where, for whom.",
    ]
    assert status_of(page) == "draft"


@pytest.mark.parametrize(
    "place", [{"place_name": "Torget"}, {"address": "Storgata 1"}, {"latitude": 59.0, "longitude": 10.0}]
)
def test_any_kind_of_place_will_do(world: Any, place: dict[str, Any]) -> None:
    page = bare_draft(world, story=[("paragraph", "<p>Hei</p>")], **place)

    assert initiative_submit(initiative=page, actor=None).status == "submitted"


def test_plugins_may_refuse_a_submission(
    world: Any, refused: Callable[..., Refusal], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = world.add_initiative("Broen", status="draft")
    asked: list[Any] = []

    def refuse(hooks: Hooks, initiative: InitiativePage, actor: Any) -> None:
        asked.append((initiative, actor))
        raise Refusal("PLUGIN_SAYS_NO", "No.")

    monkeypatch.setattr(Hooks, "validate_initiative_submission", refuse)

    assert refused(lambda: initiative_submit(initiative=page, actor=None)).code == "PLUGIN_SAYS_NO"
    assert (asked, status_of(page)) == ([(page, None)], "draft")


def test_sent_back_and_submitted_again(world: Any) -> None:
    page = world.add_initiative("Broen", status="submitted")

    initiative_send_back(initiative=page, actor=world.people["manager"], reason=" Hvor er den? ")
    assert InitiativePage.objects.get(pk=page.pk).status_reason == "Hvor er den?"
    initiative_submit(initiative=page, actor=world.people["team"])

    fresh = InitiativePage.objects.get(pk=page.pk)
    assert (fresh.status, fresh.status_reason, fresh.live) == ("submitted", "", False)


# ------------------------------------------------------------------ approving


def test_approval_publishes_the_latest_draft(world: Any) -> None:
    page = world.add_initiative("Broen", status="submitted")
    draft = page.get_latest_revision_as_object()
    draft.summary = "En bedre bro."
    draft.save_revision(user=world.people["team"])

    approved = initiative_approve(initiative=page, actor=world.people["manager"])

    assert (approved.live, approved.has_unpublished_changes) == (True, False)
    assert (approved.status, approved.summary) == ("active", "En bedre bro.")
    assert approved.first_published_at is not None


def test_a_facilitator_without_permissions_in_the_page_tree_approves(world: Any) -> None:
    page = world.add_initiative("Broen", status="submitted")
    assert not page.permissions_for_user(world.people["facilitator"]).can_publish()

    assert initiative_approve(initiative=page, actor=world.people["facilitator"]).live


def test_a_page_without_a_revision_is_published_as_it_is(world: Any) -> None:
    page = world.add_initiative("Broen", status="submitted")
    page.latest_revision.delete()

    assert initiative_approve(initiative=page, actor=None).live


def test_a_page_that_can_not_be_published_stays_submitted(
    world: Any, refused: Callable[..., Refusal]
) -> None:
    page = world.add_initiative("Broen", status="submitted")
    draft = page.get_latest_revision_as_object()
    draft.latitude = 59.0
    draft.save_revision(clean=False)

    refusal = refused(lambda: initiative_approve(initiative=page, actor=None))

    assert (refusal.code, refusal.details) == ("INVALID", ("Give both latitude and longitude, or neither.",))
    fresh = InitiativePage.objects.get(pk=page.pk)
    assert (fresh.status, fresh.live) == ("submitted", False)


# ------------------------------------------------------------------ built, handed over, ended


def test_nothing_is_built_before_its_realisation(world: Any, refused: Callable[..., Refusal]) -> None:
    assert refused(lambda: initiative_realise(initiative=world.initiative, actor=None)).code == "NOT_BUILT"


def test_nothing_is_built_without_a_journey(world: Any, refused: Callable[..., Refusal]) -> None:
    page = world.add_initiative("Broen")

    assert refused(lambda: initiative_realise(initiative=page, actor=None)).code == "NO_JOURNEY"


def test_nobody_takes_over_what_is_not_there(world: Any, refused: Callable[..., Refusal]) -> None:
    page = ready(world, "realised")
    page.outcomes.all().delete()

    refusal = refused(lambda: initiative_hand_over(initiative=page, actor=None))

    assert (refusal.code, str(refusal), refusal.details) == ("NO_STEWARD", "Add what was built first.", ())


def test_every_outcome_needs_somebody_who_looks_after_it(world: Any, refused: Callable[..., Refusal]) -> None:
    page = ready(world, "realised")
    Outcome.objects.create(initiative=page, title="Grill")

    refusal = refused(lambda: initiative_hand_over(initiative=page, actor=None))

    assert (refusal.code, refusal.details) == ("NO_STEWARD", ("Grill",))


@pytest.mark.parametrize(
    ("status", "state", "expected"),
    [
        ("active", "running", "stopped"),
        ("paused", "paused", "stopped"),
        ("realised", "running", "stopped"),
        ("active", "completed", "completed"),
    ],
)
def test_an_end_stops_the_journey(world: Any, status: str, state: str, expected: str) -> None:
    page = ready(world, status)
    Journey.objects.update(state=state, paused_on=dt.date(2026, 3, 2) if state == "paused" else None)

    initiative_discontinue(initiative=page, actor=None, reason="Vi flyttet.")

    journey = Journey.objects.get()
    assert (journey.state, journey.paused_on) == (expected, None)
    assert InitiativePage.objects.get().status_reason == "Vi flyttet."


def test_an_end_needs_no_journey(world: Any) -> None:
    page = world.add_initiative("Broen")

    assert initiative_discontinue(initiative=page, actor=None, reason="Nei.").status == "discontinued"
