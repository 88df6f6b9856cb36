"""Verdicts: every action with a code, the same as the services', and few statements for many proposals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from stedskaping_core.errors import Refusal
from stedskaping_core.models import InitiativePage, User
from stedskaping_participation.choices import ProposalState
from stedskaping_participation.models import Proposal
from stedskaping_participation.permissions import ACTIONS, may_propose, require, viewer_can

Propose = Callable[..., Proposal]


def codes(user: Any, proposal: Proposal) -> dict[str, str | None]:
    """Each action's code; None where it is allowed."""
    return {verdict.action: verdict.code for verdict in viewer_can(user, [proposal])[proposal.pk]}


def test_a_visitor_signs_in_first(propose: Propose) -> None:
    assert set(codes(AnonymousUser(), propose("Tak")).values()) == {"NOT_SIGNED_IN"}


def test_a_resident_supports(propose: Propose, ola: User) -> None:
    assert codes(ola, propose("Tak")) == {
        "update": "NOT_AUTHOR",
        "withdraw": "NOT_AUTHOR",
        "support": None,
        "unsupport": None,
        "answer": "NOT_MEMBER",
        "merge": "NOT_MEMBER",
        "choose": "NOT_MEMBER",
    }


def test_an_author_changes_until_others_stand_behind_it(propose: Propose, kari: User, ola: User) -> None:
    alone, supported = propose("Tak", supporters=[kari]), propose("Bord", supporters=[ola])
    assert (codes(kari, alone)["update"], codes(kari, alone)["withdraw"]) == (None, None)
    assert (codes(kari, supported)["update"], codes(kari, supported)["withdraw"]) == ("HAS_SUPPORT", None)


def test_the_team_decides(propose: Propose, mats: User) -> None:
    found = codes(mats, propose("Tak"))
    assert (found["answer"], found["merge"], found["choose"], found["update"]) == (
        None,
        None,
        None,
        "NOT_AUTHOR",
    )


def test_the_chosen_concept_is_fixed(propose: Propose, mats: User, kari: User) -> None:
    proposal = propose("Tak", chosen=True)
    assert (codes(kari, proposal)["update"], codes(kari, proposal)["withdraw"]) == ("IS_CHOSEN", "IS_CHOSEN")
    assert (codes(mats, proposal)["merge"], codes(mats, proposal)["choose"]) == ("IS_CHOSEN", None)


def test_a_hidden_proposal_is_closed(propose: Propose, kari: User, mats: User) -> None:
    proposal = propose("Tak", state=ProposalState.HIDDEN)
    assert codes(kari, proposal)["withdraw"] == "WRONG_STATE"
    assert codes(mats, proposal)["answer"] == "WRONG_STATE"


def test_every_verdict_is_what_the_services_ask(
    propose: Propose, mats: User, kari: User, ola: User, make_person: Callable[..., User]
) -> None:
    proposals = [
        propose("Tak"),
        propose("Bord", supporters=[ola]),
        propose("Benk", chosen=True),
        propose("Skjult", state=ProposalState.HIDDEN),
        propose("Borte", author=None),
    ]
    for user in (AnonymousUser(), mats, kari, ola, make_person("Sjef", is_superuser=True)):
        found = viewer_can(user, proposals)
        for proposal in proposals:
            for verdict in found[proposal.pk]:
                code = None
                try:
                    require(verdict.action, user, proposal)  # type: ignore[arg-type]
                except Refusal as refusal:
                    code = refusal.code
                assert (verdict.code, verdict.allowed) == (code, code is None)
                assert bool(verdict.reason) == (code is not None)
    assert list(ACTIONS) == ["update", "withdraw", "support", "unsupport", "answer", "merge", "choose"]


@pytest.mark.parametrize("number", [1, 20, 100])
def test_many_verdicts_cost_as_few_statements_as_one(
    propose: Propose, kari: User, number: int, django_assert_num_queries: Any
) -> None:
    proposals = [propose(f"Forslag {n}") for n in range(number)]
    # Initiatives, memberships, staff, support.
    with django_assert_num_queries(4):
        viewer_can(kari, proposals)
    with django_assert_num_queries(1):
        viewer_can(AnonymousUser(), proposals)


def test_proposing_has_a_verdict_of_its_own(bench: InitiativePage, kari: User) -> None:
    def code(user: Any, is_open: bool) -> str | None:
        return may_propose(user, [bench], {bench.pk: is_open})[bench.pk].code

    assert code(kari, True) is None
    assert code(kari, False) == "WINDOW_CLOSED"
    assert code(AnonymousUser(), True) == "NOT_SIGNED_IN"
    bench.status = "paused"
    assert code(kari, True) == "WRONG_STATUS"
