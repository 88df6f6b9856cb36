"""What residents do: propose, improve, withdraw, support; and every "no" with its code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from stedskaping_core.choices import InitiativeStatus
from stedskaping_core.errors import PluginDisabled
from stedskaping_core.models import Event, InitiativePage, PluginActivation, User
from stedskaping_core.services.pilots import Pilot
from stedskaping_core.values import Place
from stedskaping_participation.choices import AnswerState, ProposalState
from stedskaping_participation.models import ParticipationSettings, Proposal, ProposalCategory, Support
from stedskaping_participation.services.proposals import (
    proposal_create,
    proposal_support,
    proposal_update,
    proposal_withdraw,
)

RefusalOf = Callable[..., tuple[str, tuple[str, ...]]]
SetStatus = Callable[[InitiativePage, str], None]
Spoken = Callable[[InitiativePage], list[str]]


def create(initiative: InitiativePage, actor: Any, **fields: Any) -> Proposal:
    return proposal_create(
        initiative=initiative, actor=actor, **{"title": "Tak", "body": "Ett bord.", **fields}
    )


# --- create ------------------------------------------------------------------------------------------------


def test_a_resident_proposes(bench: InitiativePage, kari: User, spoken: Spoken) -> None:
    proposal = create(
        bench,
        kari,
        title="  Tak over et bord ",
        body="\nEtt bord, ikke seks små. ",
        category="play",
        place=Place("Parken", "Øvre gate", 59.05, 10.03),
    )
    proposal.refresh_from_db()
    assert (proposal.title, proposal.body) == ("Tak over et bord", "Ett bord, ikke seks små.")
    assert (proposal.author, proposal.initiative, proposal.state) == (kari, bench, ProposalState.PUBLISHED)
    assert proposal.category == "play"
    assert proposal.place == Place("Parken", "Øvre gate", 59.05, 10.03)
    assert (proposal.edited_at, proposal.chosen, proposal.answer_state) == (None, False, "")
    assert spoken(bench) == ["New proposal: Tak over et bord"]
    event = Event.objects.get(key="participation.proposal_created")
    assert (event.actor, event.payload["proposal"]) == (kari, str(proposal.uuid))


@pytest.mark.parametrize(
    ("fields", "code", "path"),
    [
        ({"title": " "}, "BLANK", ("title",)),
        ({"body": "\n"}, "BLANK", ("body",)),
        ({"title": "x" * 121}, "INVALID", ("title",)),
        ({"body": "x" * 5001}, "INVALID", ("body",)),
        ({"category": "sauna"}, "UNKNOWN_CATEGORY", ("category",)),
        ({"place": Place("Her", latitude=91.0, longitude=10.0)}, "INVALID", ("place",)),
        ({"place": Place("x" * 121)}, "INVALID", ("place",)),
    ],
)
def test_what_can_not_be_proposed(
    bench: InitiativePage,
    kari: User,
    fields: dict[str, Any],
    code: str,
    path: tuple[str, ...],
    refusal_of: RefusalOf,
    spoken: Spoken,
) -> None:
    assert refusal_of(create, bench, kari, **fields) == (code, path)
    assert Proposal.objects.count() == 0
    assert spoken(bench) == []


def test_half_a_place_is_refused(bench: InitiativePage, kari: User, refusal_of: RefusalOf) -> None:
    assert refusal_of(create, bench, kari, place=Place("Her", latitude=59.0))[0] == "INVALID"


def test_nobody_proposes_without_signing_in(bench: InitiativePage, refusal_of: RefusalOf) -> None:
    assert refusal_of(create, bench, AnonymousUser()) == ("NOT_SIGNED_IN", ())


def test_only_active_initiatives_take_proposals(
    bench: InitiativePage, kari: User, refusal_of: RefusalOf, set_status: SetStatus
) -> None:
    for status in InitiativeStatus:
        if status != InitiativeStatus.ACTIVE:
            set_status(bench, status)
            assert refusal_of(create, bench, kari) == ("WRONG_STATUS", ())


def test_a_pilot_closes_proposals(
    bench: InitiativePage, larvik: Pilot, kari: User, refusal_of: RefusalOf
) -> None:
    ParticipationSettings.objects.filter(site=larvik.site).update(proposals_open=False)
    assert refusal_of(create, bench, kari) == ("WINDOW_CLOSED", ())


def test_a_site_that_never_chose_takes_proposals_without_category(
    voss: Pilot, mats: User, kari: User, make_initiative: Callable[..., InitiativePage], refusal_of: RefusalOf
) -> None:
    path = make_initiative(voss, "Elvestien", author=mats)
    assert create(path, kari).category == ""
    assert refusal_of(create, path, kari, category="play") == ("UNKNOWN_CATEGORY", ("category",))


# --- update ------------------------------------------------------------------------------------------------


def test_the_author_improves_a_proposal(bench: InitiativePage, kari: User, spoken: Spoken) -> None:
    proposal = create(bench, kari, category="play", place=Place("Parken"))
    changed = proposal_update(proposal=proposal, actor=kari, title="Et større tak")
    assert (changed.title, changed.body, changed.category) == ("Et større tak", "Ett bord.", "play")
    assert changed.place == Place("Parken")
    assert changed.edited_at is not None
    assert spoken(bench) == ["New proposal: Et større tak"]


def test_category_and_place_are_taken_away(bench: InitiativePage, kari: User) -> None:
    proposal = create(bench, kari, category="play", place=Place("Parken"))
    changed = proposal_update(proposal=proposal, actor=kari, category="", place=Place(""))
    changed.refresh_from_db()
    assert (changed.category, changed.place) == ("", None)


def test_a_category_that_is_offered_no_more_is_kept(bench: InitiativePage, larvik: Pilot, kari: User) -> None:
    proposal = create(bench, kari, category="play")
    ProposalCategory.objects.filter(settings__site=larvik.site).delete()
    changed = proposal_update(proposal=proposal, actor=kari, category="play", body="Seks bord.")
    assert (changed.category, changed.body) == ("play", "Seks bord.")


def test_a_proposal_is_fixed_by_others_support(
    propose: Callable[..., Proposal], kari: User, ola: User, refusal_of: RefusalOf
) -> None:
    # One's own support changes nothing.
    proposal = propose("Tak", supporters=[kari])
    proposal_update(proposal=proposal, actor=kari, title="Tak 2")
    Support.objects.create(proposal=proposal, user=ola)
    assert refusal_of(proposal_update, proposal=proposal, actor=kari, title="Tak 3") == ("HAS_SUPPORT", ())
    proposal.refresh_from_db()
    assert proposal.title == "Tak 2"


def test_a_proposal_is_fixed_by_a_public_answer(
    propose: Callable[..., Proposal], kari: User, mats: User, refusal_of: RefusalOf
) -> None:
    from stedskaping_participation.services.decisions import proposal_answer

    proposal = propose("Tak")
    proposal_answer(proposal=proposal, actor=mats, state="accepted", text="Ja.", publish=False)
    # Authors must not learn from a refusal that a draft is lying there.
    proposal_update(proposal=proposal, actor=kari, title="Tak 2")
    proposal_answer(proposal=proposal, actor=mats, state="accepted", text="Ja.")
    assert refusal_of(proposal_update, proposal=proposal, actor=kari, title="Tak 3") == ("HAS_ANSWER", ())


def test_only_the_author_changes_or_withdraws(
    propose: Callable[..., Proposal], mats: User, refusal_of: RefusalOf
) -> None:
    proposal = propose("Tak")
    for call in (proposal_update, proposal_withdraw):
        assert refusal_of(call, proposal=proposal, actor=mats) == ("NOT_AUTHOR", ())
        assert refusal_of(call, proposal=proposal, actor=AnonymousUser()) == ("NOT_SIGNED_IN", ())


def test_a_proposal_without_author_belongs_to_nobody(
    propose: Callable[..., Proposal], kari: User, refusal_of: RefusalOf
) -> None:
    proposal = propose("Tak", author=None)
    assert refusal_of(proposal_withdraw, proposal=proposal, actor=kari) == ("NOT_AUTHOR", ())
    assert refusal_of(proposal_withdraw, proposal=proposal, actor=AnonymousUser()) == ("NOT_SIGNED_IN", ())


# --- withdraw ----------------------------------------------------------------------------------------------


def test_a_proposal_is_withdrawn(
    bench: InitiativePage, kari: User, ola: User, refusal_of: RefusalOf, spoken: Spoken
) -> None:
    proposal = create(bench, kari)
    kept = create(bench, kari, title="Bord")
    proposal_support(proposal=proposal, actor=ola, support=True)
    withdrawn = proposal_withdraw(proposal=proposal, actor=kari)
    assert withdrawn.state == ProposalState.WITHDRAWN
    assert withdrawn.supports.count() == 1
    assert spoken(bench) == [f"New proposal: {kept.title}"]
    assert Event.objects.get(key="participation.proposal_withdrawn").payload == {
        "proposal": str(proposal.uuid)
    }
    assert refusal_of(proposal_withdraw, proposal=proposal, actor=kari) == ("WRONG_STATE", ())


def test_the_chosen_concept_is_not_withdrawn(
    propose: Callable[..., Proposal], kari: User, refusal_of: RefusalOf
) -> None:
    proposal = propose("Tak", chosen=True)
    assert refusal_of(proposal_withdraw, proposal=proposal, actor=kari) == ("IS_CHOSEN", ())


def test_withdrawing_is_possible_in_every_status(
    propose: Callable[..., Proposal], bench: InitiativePage, kari: User, set_status: SetStatus
) -> None:
    for status in InitiativeStatus:
        proposal = propose(f"Tak {status}")
        set_status(bench, status)
        assert proposal_withdraw(proposal=proposal, actor=kari).state == ProposalState.WITHDRAWN


# --- support -----------------------------------------------------------------------------------------------


def test_support_is_given_once_and_taken_back(
    propose: Callable[..., Proposal], ola: User, kari: User
) -> None:
    proposal = propose("Tak", supporters=[kari])
    for _time in range(2):
        proposal_support(proposal=proposal, actor=ola, support=True)
        assert set(proposal.supports.values_list("user", flat=True)) == {kari.pk, ola.pk}
    for _time in range(2):
        proposal_support(proposal=proposal, actor=ola, support=False)
        assert set(proposal.supports.values_list("user", flat=True)) == {kari.pk}
    events = Event.objects.filter(key="participation.support_changed").order_by("pk")
    assert [event.payload["support"] for event in events] == [True, False]
    # Nobody can read from the events who supports what.
    assert {event.actor for event in events} == {None}


@pytest.mark.parametrize("state", [ProposalState.WITHDRAWN, ProposalState.HIDDEN])
def test_only_a_published_proposal_is_supported(
    propose: Callable[..., Proposal], ola: User, state: str, refusal_of: RefusalOf
) -> None:
    proposal = propose("Tak", state=state, supporters=[ola])
    assert refusal_of(proposal_support, proposal=proposal, actor=ola, support=True) == ("WRONG_STATE", ())
    proposal_support(proposal=proposal, actor=ola, support=False)
    assert proposal.supports.count() == 0


def test_support_waits_for_an_active_initiative(
    propose: Callable[..., Proposal],
    bench: InitiativePage,
    ola: User,
    refusal_of: RefusalOf,
    set_status: SetStatus,
) -> None:
    proposal = propose("Tak", supporters=[ola])
    set_status(bench, InitiativeStatus.PAUSED)
    assert refusal_of(proposal_support, proposal=proposal, actor=ola, support=True) == ("WRONG_STATUS", ())
    proposal_support(proposal=proposal, actor=ola, support=False)
    assert proposal.supports.count() == 0


def test_support_needs_a_person(propose: Callable[..., Proposal], refusal_of: RefusalOf) -> None:
    proposal = propose("Tak")
    for support in (True, False):
        refusal = refusal_of(proposal_support, proposal=proposal, actor=AnonymousUser(), support=support)
        assert refusal == ("NOT_SIGNED_IN", ())


def test_closed_proposals_can_still_be_supported(
    propose: Callable[..., Proposal], larvik: Pilot, ola: User
) -> None:
    proposal = propose("Tak")
    ParticipationSettings.objects.filter(site=larvik.site).update(proposals_open=False)
    proposal_support(proposal=proposal, actor=ola, support=True)
    assert proposal.supports.count() == 1


# --- switched off ------------------------------------------------------------------------------------------


def test_everything_stops_where_participation_is_off(
    propose: Callable[..., Proposal], bench: InitiativePage, larvik: Pilot, kari: User, mats: User
) -> None:
    from stedskaping_participation.services import decisions

    proposal, other = propose("Tak"), propose("Bord")
    PluginActivation.objects.filter(site=larvik.site, slug="participation").update(enabled=False)
    calls: list[Callable[[], object]] = [
        lambda: create(bench, kari),
        lambda: proposal_update(proposal=proposal, actor=kari, title="Nytt"),
        lambda: proposal_withdraw(proposal=proposal, actor=kari),
        lambda: proposal_support(proposal=proposal, actor=kari, support=True),
        lambda: decisions.proposal_answer(
            proposal=proposal, actor=mats, state=AnswerState.ACCEPTED, text="Ja."
        ),
        lambda: decisions.proposal_merge(proposal=proposal, into=other, actor=mats),
        lambda: decisions.proposal_choose(proposal=proposal, actor=mats),
    ]
    for call in calls:
        with pytest.raises(PluginDisabled, match="participation"):
            call()
    proposal.refresh_from_db()
    assert (proposal.title, proposal.state, proposal.chosen) == ("Tak", ProposalState.PUBLISHED, False)
    assert Support.objects.count() == 0
