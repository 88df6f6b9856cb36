"""What a person gets, and what is left when they go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from stedskaping_core.models import Activity, Event, InitiativePage, User
from stedskaping_core.plugins.contributions import Erasure
from stedskaping_core.plugins.facade import hooks_for
from stedskaping_core.services.pilots import Pilot
from stedskaping_core.services.plugins import plugin_disable
from stedskaping_participation.choices import ProposalState
from stedskaping_participation.models import Proposal, Support
from stedskaping_participation.services.proposals import proposal_create

Propose = Callable[..., Proposal]


def exported(user: User) -> dict[str, list[dict[str, Any]]]:
    files = hooks_for(None).export_personal_data(user).by_slug["participation"]
    return {file.name: list(file.records) for file in files}


def erased(user: User, *, dry_run: bool) -> list[Erasure]:
    return hooks_for(None).erase_personal_data(user, dry_run=dry_run).by_slug["participation"]


def test_the_export_holds_everything_also_where_participation_is_off(
    propose: Propose, larvik: Pilot, kari: User, ola: User, mats: User
) -> None:
    now = timezone.now()
    mine = propose("Tak", category="play", latitude=59.05, longitude=10.03, supporters=[ola])
    hidden = propose("Skjult", state=ProposalState.HIDDEN)
    other = propose(
        "Bord",
        author=ola,
        supporters=[kari],
        answer_state="accepted",
        answer_text="Ja.",
        answer_published=True,
        answered_at=now,
        answered_by=kari,
    )
    plugin_disable(site=larvik.site, slug="participation")
    files = exported(kari)
    assert files["participation_proposals"] == [
        {
            "proposal": str(mine.uuid),
            "title": "Tak",
            "initiative": "Benken",
            "body": "Tak for alle.",
            "category": "play",
            "place_name": "",
            "address": "",
            "latitude": 59.05,
            "longitude": 10.03,
            "state": "published",
            "created_at": mine.created_at.isoformat(),
            "edited_at": None,
        },
        {
            "proposal": str(hidden.uuid),
            "title": "Skjult",
            "initiative": "Benken",
            "body": "Skjult for alle.",
            "category": "",
            "place_name": "",
            "address": "",
            "latitude": None,
            "longitude": None,
            "state": "hidden",
            "created_at": hidden.created_at.isoformat(),
            "edited_at": None,
        },
    ]
    (support,) = files["participation_support"]
    assert (support["proposal"], support["title"]) == (str(other.uuid), "Bord")
    assert files["participation_answers"] == [
        {
            "proposal": str(other.uuid),
            "title": "Bord",
            "initiative": "Benken",
            "state": "accepted",
            "text": "Ja.",
            "published_at": now.isoformat(),
        }
    ]
    assert exported(mats) == {
        "participation_proposals": [],
        "participation_support": [],
        "participation_answers": [],
    }


def test_what_others_have_a_part_in_stays_without_the_name(
    propose: Propose, kari: User, ola: User, mats: User
) -> None:
    now = timezone.now()
    answer = {"answer_state": "accepted", "answer_text": "Ja.", "answer_published": True, "answered_at": now}
    staying = [
        propose("Støttet", supporters=[ola, kari]),
        propose("Besvart", **answer),
        propose("Valgt", chosen=True),
        propose("Mål"),
    ]
    propose("Olas", author=ola, state=ProposalState.MERGED, merged_into=staying[3])
    own_target = propose("Eget mål")
    propose("Alene", supporters=[kari])
    propose("Utkast", answer_state="rejected", answer_text="Nei.")
    propose("Egen inn i egen", state=ProposalState.MERGED, merged_into=own_target)
    theirs = propose("Annens", author=ola, supporters=[kari, mats], answered_by=kari, **answer)
    report = [
        Erasure("participation_proposals", erased=4, anonymised=4),
        Erasure("participation_support", erased=3),
        Erasure("participation_answers", anonymised=1),
    ]
    # A dry run counts and changes nothing.
    before = (Proposal.objects.count(), Support.objects.count())
    assert erased(kari, dry_run=True) == report
    assert (Proposal.objects.count(), Support.objects.count()) == before
    # The real one does what it said.
    assert erased(kari, dry_run=False) == report
    assert list(Proposal.objects.filter(author=None).order_by("pk")) == staying
    assert Proposal.objects.count() == 6
    assert not Support.objects.filter(user=kari).exists()
    assert set(staying[0].supports.values_list("user", flat=True)) == {ola.pk}
    theirs.refresh_from_db()
    assert (theirs.answered_by, theirs.answer_text) == (None, "Ja.")
    # Again there is nothing left to do.
    assert [item.erased + item.anonymised for item in erased(kari, dry_run=False)] == [0, 0, 0]


def test_events_about_an_erased_proposal_go_with_it(bench: InitiativePage, kari: User, ola: User) -> None:
    proposal_create(initiative=bench, actor=kari, title="Hemmelig", body="Tekst.")
    kept = proposal_create(initiative=bench, actor=ola, title="Bord", body="Tekst.")
    assert Event.objects.filter(key="participation.proposal_created").count() == 2
    erased(kari, dry_run=False)
    (event,) = Event.objects.filter(key="participation.proposal_created")
    (line,) = Activity.objects.filter(kind="participation.proposal_created")
    assert event.payload["proposal"] == line.params["proposal"] == str(kept.uuid)
