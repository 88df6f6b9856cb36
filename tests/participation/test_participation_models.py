"""What the database itself refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import RestrictedError
from django.utils import timezone

from stedskaping_core.models import InitiativePage, User
from stedskaping_core.services.pilots import Pilot
from stedskaping_participation.choices import AnswerState, ProposalState
from stedskaping_participation.models import ParticipationSettings, Proposal, ProposalCategory, Support

NOW = timezone.now()


def refused(constraint: str, **changes: Any) -> None:
    """Assert that the only proposal can't be changed like this, because of `constraint`."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Proposal.objects.filter(title="Tak").update(**changes)
    assert constraint in str(caught.value)


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("participation_proposal_state", {"state": "gone"}),
        ("participation_proposal_has_words", {"title": ""}),
        ("participation_proposal_has_words", {"body": ""}),
        ("participation_proposal_merged_leads_on", {"state": ProposalState.MERGED}),
        ("participation_proposal_answer_complete", {"answer_state": "maybe"}),
        ("participation_proposal_answer_complete", {"answer_text": "Ja."}),
        ("participation_proposal_answer_complete", {"answer_published": True}),
        ("participation_proposal_answer_complete", {"answered_at": NOW}),
        (
            "participation_proposal_answer_complete",
            {"answer_state": AnswerState.ACCEPTED, "answer_text": "Ja.", "answer_published": True},
        ),
        (
            "participation_proposal_answer_complete",
            {"answer_state": AnswerState.ACCEPTED, "answer_published": True, "answered_at": NOW},
        ),
        ("participation_proposal_answer_complete", {"answer_state": "accepted", "answered_at": NOW}),
        ("participation_proposal_chosen_is_public", {"chosen": True, "state": ProposalState.HIDDEN}),
        ("participation_proposal_place_on_earth", {"latitude": 59.0}),
        ("participation_proposal_place_on_earth", {"latitude": 91.0, "longitude": 10.0}),
    ],
)
def test_a_proposal_that_makes_no_sense_is_refused(
    propose: Callable[..., Proposal], constraint: str, changes: dict[str, Any]
) -> None:
    propose("Tak")
    refused(constraint, **changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"answer_state": AnswerState.EVALUATING},
        {"answer_state": AnswerState.EVALUATING, "answer_text": "Vi ser på det."},
        {"answer_state": "accepted", "answer_text": "Ja.", "answer_published": True, "answered_at": NOW},
        {"latitude": 59.05, "longitude": 10.03},
        {"chosen": True},
    ],
)
def test_drafts_published_answers_and_places_are_taken(
    propose: Callable[..., Proposal], changes: dict[str, Any]
) -> None:
    proposal = propose("Tak")
    assert Proposal.objects.filter(pk=proposal.pk).update(**changes) == 1


def test_merged_and_leading_on_belong_together(propose: Callable[..., Proposal]) -> None:
    roof, other = propose("Tak"), propose("Bord")
    refused("participation_proposal_merged_leads_on", merged_into=other)
    refused("participation_proposal_not_into_itself", state=ProposalState.MERGED, merged_into=roof)
    assert Proposal.objects.filter(pk=roof.pk).update(state=ProposalState.MERGED, merged_into=other) == 1


def test_what_an_old_address_leads_to_stays_until_the_initiative_goes(
    propose: Callable[..., Proposal], bench: InitiativePage
) -> None:
    target = propose("Bord")
    propose("Tak", state=ProposalState.MERGED, merged_into=target)
    with pytest.raises(RestrictedError):
        target.delete()
    bench.delete()
    assert Proposal.objects.count() == 0


def test_one_concept_per_initiative(
    propose: Callable[..., Proposal],
    make_initiative: Callable[..., InitiativePage],
    larvik: Pilot,
    mats: User,
) -> None:
    propose("Bord", chosen=True)
    propose("Sauna", chosen=True, initiative=make_initiative(larvik, "Badetrapp", author=mats))
    propose("Tak")
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(title="Tak").update(chosen=True)


def test_one_support_per_person(propose: Callable[..., Proposal], ola: User) -> None:
    proposal = propose("Tak", supporters=[ola])
    with pytest.raises(IntegrityError), transaction.atomic():
        Support.objects.create(proposal=proposal, user=ola)
    assert Support.objects.count() == 1


def test_a_person_who_goes_leaves_the_proposal(propose: Callable[..., Proposal], kari: User) -> None:
    proposal = propose("Tak", supporters=[kari])
    kari.delete()
    proposal.refresh_from_db()
    assert (proposal.author, proposal.supports.count()) == (None, 0)


def test_a_category_once_per_site(larvik: Pilot, voss: Pilot) -> None:
    settings = ParticipationSettings.objects.get(site=larvik.site)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProposalCategory.objects.create(settings=settings, key="play", name="Leik")
    other = ParticipationSettings.objects.create(site=voss.site)
    assert ProposalCategory.objects.create(settings=other, key="play", name="Leik").pk


def test_the_new_words_read_well() -> None:
    assert str(Proposal(title="Tak")) == "Tak"
    assert str(ProposalCategory(key="play", name="Lek")) == "Lek"
    assert str(Support(proposal_id=1, user_id=2)) == "1: 2"
