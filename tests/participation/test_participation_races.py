"""Many people at the same moment. Only PostgreSQL lets them; SQLite takes one writer after the other."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from stedskaping_core.errors import Refusal
from stedskaping_core.models import Event, User
from stedskaping_participation.choices import ProposalState
from stedskaping_participation.models import Proposal, Support
from stedskaping_participation.services.decisions import proposal_choose, proposal_merge
from stedskaping_participation.services.proposals import proposal_support, proposal_withdraw

Propose = Callable[..., Proposal]

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


def at_once(*calls: Callable[[], object]) -> list[str]:
    """Run all calls in threads that start together; the code of each refusal, empty where it went well."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], object]) -> str:
        try:
            barrier.wait(timeout=10)
            call()
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_support_from_many_windows_counts_once(propose: Propose, ola: User) -> None:
    proposal = propose("Tak")
    codes = at_once(*[lambda: proposal_support(proposal=proposal, actor=ola, support=True)] * 8)
    assert codes == [""] * 8
    assert Support.objects.count() == 1
    assert Event.objects.filter(key="participation.support_changed").count() == 1


def test_opposite_merges_wait_for_each_other(propose: Propose, mats: User, ola: User) -> None:
    roof, table = propose("Tak", supporters=[ola]), propose("Bord", supporters=[mats, ola])
    codes = at_once(
        lambda: proposal_merge(proposal=roof, into=table, actor=mats),
        lambda: proposal_merge(proposal=table, into=roof, actor=mats),
    )
    assert sorted(codes) == ["", "WRONG_STATE"]
    left = Proposal.objects.get(state=ProposalState.PUBLISHED)
    assert left.supports.count() == Support.objects.count() == 2


def test_nobody_supports_what_is_being_merged(
    propose: Propose, mats: User, crowd: Callable[[int], list[User]]
) -> None:
    roof, table = propose("Tak"), propose("Bord")
    people = crowd(7)
    codes = at_once(
        lambda: proposal_merge(proposal=roof, into=table, actor=mats),
        *(
            lambda person=person: proposal_support(proposal=roof, actor=person, support=True)
            for person in people
        ),
    )
    # Who came before the merge is counted on the other side, who came after it hears so.
    assert roof.supports.count() == 0
    assert table.supports.count() + codes.count("WRONG_STATE") == 7


def test_two_concepts_at_once_leave_one(propose: Propose, mats: User) -> None:
    proposals = [propose(f"Forslag {number}") for number in range(6)]
    codes = at_once(
        *(lambda proposal=proposal: proposal_choose(proposal=proposal, actor=mats) for proposal in proposals)
    )
    assert codes == [""] * 6
    assert Proposal.objects.filter(chosen=True).count() == 1


def test_withdrawing_and_choosing_do_not_both_happen(propose: Propose, mats: User, kari: User) -> None:
    proposal = propose("Tak")
    codes = at_once(
        lambda: proposal_withdraw(proposal=proposal, actor=kari),
        lambda: proposal_choose(proposal=proposal, actor=mats),
    )
    proposal.refresh_from_db()
    assert sorted(codes) in (["", "IS_CHOSEN"], ["", "WRONG_STATE"])
    assert proposal.chosen is (proposal.state == ProposalState.PUBLISHED)
