"""What the team decides: answers, merges, the concept."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stedskaping_core.choices import InitiativeStatus, MemberRole
from stedskaping_core.models import InitiativePage, User
from stedskaping_core.services.members import member_add
from stedskaping_core.services.pilots import Pilot
from stedskaping_participation.choices import AnswerState, ProposalState
from stedskaping_participation.models import Proposal, Support
from stedskaping_participation.services.decisions import proposal_answer, proposal_choose, proposal_merge

Propose = Callable[..., Proposal]
RefusalOf = Callable[..., tuple[str, tuple[str, ...]]]
Spoken = Callable[[InitiativePage], list[str]]


def supporters(proposal: Proposal) -> set[User]:
    return {row.user for row in Support.objects.filter(proposal=proposal).select_related("user")}


# --- answer


def test_a_draft_stays_with_the_team_until_it_is_published(
    propose: Propose, bench: InitiativePage, mats: User, spoken: Spoken
) -> None:
    proposal = propose("Tak")
    # given a draft without a text
    draft = proposal_answer(
        proposal=proposal, actor=mats, state=AnswerState.EVALUATING, text=" ", publish=False
    )
    assert (draft.answer_state, draft.answer_text) == (AnswerState.EVALUATING, "")
    assert (draft.answer_published, draft.answered_at, draft.answered_by) == (False, None, mats)
    assert spoken(bench) == []
    # when it is published
    answered = proposal_answer(proposal=proposal, actor=mats, state="accepted", text=" Vi bygger det. ")
    # then everybody reads of it
    answered.refresh_from_db()
    assert (answered.answer_state, answered.answer_text) == (AnswerState.ACCEPTED, "Vi bygger det.")
    assert answered.answer_published
    assert answered.answered_at is not None
    assert spoken(bench) == ["The team answered the proposal “Tak”."]


def test_a_public_answer_is_corrected_in_public_only(
    propose: Propose, bench: InitiativePage, mats: User, spoken: Spoken, refusal_of: RefusalOf
) -> None:
    proposal = propose("Tak")
    first = proposal_answer(proposal=proposal, actor=mats, state="evaluating", text="Vi ser på det.")
    same = proposal_answer(proposal=proposal, actor=mats, state="evaluating", text="Vi ser på det.")
    assert same.answered_at == first.answered_at
    refusal = refusal_of(
        proposal_answer, proposal=proposal, actor=mats, state="rejected", text="Nei.", publish=False
    )
    assert refusal == ("ANSWER_IS_PUBLIC", ())
    second = proposal_answer(proposal=proposal, actor=mats, state="rejected", text="Muren er for skjør.")
    assert second.answered_at is not None
    assert first.answered_at is not None
    assert second.answered_at > first.answered_at
    assert len(spoken(bench)) == 2


def test_a_draft_is_taken_away(propose: Propose, mats: User) -> None:
    proposal = propose("Tak")
    proposal_answer(proposal=proposal, actor=mats, state="rejected", text="Nei.", publish=False)
    cleared = proposal_answer(proposal=proposal, actor=mats, state="", text="", publish=False)
    cleared.refresh_from_db()
    assert (cleared.answer_state, cleared.answer_text) == ("", "")


@pytest.mark.parametrize(
    ("state", "text", "publish", "refusal"),
    [
        ("accepted", " ", True, ("BLANK", ("text",))),
        ("accepted", "x" * 5001, True, ("TOO_LONG", ("text",))),
        ("accepted", "x" * 5001, False, ("TOO_LONG", ("text",))),
        ("perhaps", "Ja.", True, ("WRONG_ANSWER", ("state",))),
        ("", "Ja.", False, ("WRONG_ANSWER", ("state",))),
        ("", "", True, ("WRONG_ANSWER", ("state",))),
    ],
)
def test_answers_that_say_nothing_are_refused(
    propose: Propose,
    mats: User,
    refusal_of: RefusalOf,
    state: str,
    text: str,
    publish: bool,
    refusal: tuple[str, tuple[str, ...]],
) -> None:
    proposal = propose("Tak")
    call = {"proposal": proposal, "actor": mats, "state": state, "text": text, "publish": publish}
    assert refusal_of(proposal_answer, **call) == refusal
    proposal.refresh_from_db()
    assert proposal.answer_state == ""


def test_team_facilitator_and_staff_answer_and_nobody_else(
    propose: Propose,
    bench: InitiativePage,
    larvik: Pilot,
    voss: Pilot,
    kari: User,
    make_person: Callable[..., User],
    refusal_of: RefusalOf,
) -> None:
    proposal = propose("Tak")
    facilitator, moderator, stranger = make_person("Ragnhild"), make_person("Samira"), make_person("Per")
    member_add(initiative=bench, user=facilitator, role=MemberRole.FACILITATOR)
    moderator.groups.add(larvik.groups["moderators"])
    stranger.groups.add(voss.groups["managers"])
    for number, actor in enumerate((facilitator, moderator, make_person("Sjef", is_superuser=True), None)):
        answered = proposal_answer(proposal=proposal, actor=actor, state="accepted", text=f"Ja {number}.")
        assert answered.answered_by == actor
    for actor in (kari, stranger):
        refusal = refusal_of(proposal_answer, proposal=proposal, actor=actor, state="accepted", text="Ja.")
        assert refusal == ("NOT_MEMBER", ())


def test_answers_come_late_but_not_after_the_end(
    propose: Propose,
    bench: InitiativePage,
    mats: User,
    refusal_of: RefusalOf,
    set_status: Callable[[InitiativePage, str], None],
) -> None:
    proposal = propose("Tak")
    open_in = (
        InitiativeStatus.ACTIVE,
        InitiativeStatus.PAUSED,
        InitiativeStatus.REALISED,
        InitiativeStatus.IN_STEWARDSHIP,
    )
    for number, status in enumerate(InitiativeStatus):
        set_status(bench, status)
        call = {"proposal": proposal, "actor": mats, "state": "accepted", "text": f"Ja {number}."}
        if status in open_in:
            assert proposal_answer(**call).answer_text == f"Ja {number}."
        else:
            assert refusal_of(proposal_answer, **call) == ("WRONG_STATUS", ())


# --- merge


def test_merging_keeps_support_and_counts_nobody_twice(
    propose: Propose, bench: InitiativePage, mats: User, kari: User, ola: User, spoken: Spoken
) -> None:
    # given two proposals that Ola supports both
    roof, table = propose("Tak", supporters=[ola, kari]), propose("Bord", supporters=[ola, mats])
    # when one becomes part of the other
    into = proposal_merge(proposal=roof, into=table, actor=mats)
    # then three people support it, and the old one leads there
    roof.refresh_from_db()
    assert (into, roof.state, roof.merged_into) == (table, ProposalState.MERGED, table)
    assert supporters(table) == {ola, mats, kari}
    assert Support.objects.count() == 3
    assert spoken(bench) == ["The proposal “Tak” became part of “Bord”."]


def test_what_was_merged_before_leads_to_the_last_one(propose: Propose, mats: User) -> None:
    first, second, third = propose("Tak"), propose("Bord"), propose("Benk")
    proposal_merge(proposal=first, into=second, actor=mats)
    proposal_merge(proposal=second, into=third, actor=mats)
    first.refresh_from_db()
    assert first.merged_into == third


def test_merges_that_make_no_sense_are_refused(
    propose: Propose,
    larvik: Pilot,
    mats: User,
    kari: User,
    make_initiative: Callable[..., InitiativePage],
    refusal_of: RefusalOf,
) -> None:
    roof, hidden = propose("Tak"), propose("Skjult", state=ProposalState.HIDDEN)
    chosen = propose("Bord", chosen=True)
    elsewhere = propose("Sauna", initiative=make_initiative(larvik, "Badetrapp", author=mats))
    assert refusal_of(proposal_merge, proposal=roof, into=roof, actor=mats) == ("SAME_PROPOSAL", ("into",))
    refusal = refusal_of(proposal_merge, proposal=roof, into=elsewhere, actor=mats)
    assert refusal == ("OTHER_INITIATIVE", ("into",))
    assert refusal_of(proposal_merge, proposal=roof, into=hidden, actor=mats) == ("WRONG_STATE", ("into",))
    assert refusal_of(proposal_merge, proposal=hidden, into=roof, actor=mats) == ("WRONG_STATE", ())
    assert refusal_of(proposal_merge, proposal=chosen, into=roof, actor=mats) == ("IS_CHOSEN", ())
    assert refusal_of(proposal_merge, proposal=roof, into=chosen, actor=kari) == ("NOT_MEMBER", ())
    assert Proposal.objects.filter(state=ProposalState.MERGED).count() == 0


def test_others_merge_into_the_chosen_concept(propose: Propose, mats: User, ola: User) -> None:
    roof, chosen = propose("Tak", supporters=[ola]), propose("Bord", chosen=True)
    proposal_merge(proposal=roof, into=chosen, actor=mats)
    assert supporters(chosen) == {ola}


# --- choose


def test_choosing_another_concept_takes_the_place_of_the_first(
    propose: Propose, bench: InitiativePage, mats: User, spoken: Spoken
) -> None:
    roof, table = propose("Tak"), propose("Bord")
    proposal_choose(proposal=roof, actor=mats)
    proposal_choose(proposal=roof, actor=mats)
    proposal_choose(proposal=table, actor=mats)
    assert list(Proposal.objects.filter(chosen=True)) == [table]
    assert spoken(bench) == ["The concept is chosen: Tak", "The concept is chosen: Bord"]


def test_a_concept_is_released(propose: Propose, bench: InitiativePage, mats: User, spoken: Spoken) -> None:
    roof = propose("Tak", chosen=True)
    proposal_choose(proposal=roof, actor=mats, chosen=False)
    assert not Proposal.objects.filter(chosen=True).exists()
    assert spoken(bench) == ["The choice of a concept is open again."]


def test_only_the_team_chooses_and_only_what_is_public(
    propose: Propose, mats: User, kari: User, refusal_of: RefusalOf
) -> None:
    roof, hidden = propose("Tak"), propose("Skjult", state=ProposalState.HIDDEN)
    assert refusal_of(proposal_choose, proposal=roof, actor=kari) == ("NOT_MEMBER", ())
    assert refusal_of(proposal_choose, proposal=hidden, actor=mats) == ("WRONG_STATE", ())
    assert not Proposal.objects.filter(chosen=True).exists()
