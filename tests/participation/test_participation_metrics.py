"""The numbers: who counts, who doesn't, and one statement each."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from stedskaping_core.metrics import evaluate
from stedskaping_core.models import InitiativePage, PluginActivation, User
from stedskaping_core.plugins.registry import get_registry
from stedskaping_core.services.pilots import Pilot
from stedskaping_core.sites import SiteMap
from stedskaping_participation.choices import ProposalState
from stedskaping_participation.metrics import METRICS, participants, participants_of_sites, proposals
from stedskaping_participation.models import Proposal

Propose = Callable[..., Proposal]
KEYS = ("participation.participants", "participation.proposals", "participation.concept_chosen")


@pytest.fixture
def bath(larvik: Pilot, mats: User, make_initiative: Callable[..., InitiativePage]) -> InitiativePage:
    """A second project of the same pilot."""
    return make_initiative(larvik, "Badetrapp", author=mats)


def test_they_are_registered() -> None:
    assert [key for key in get_registry().metrics if key.startswith("participation.")] == list(KEYS)


def test_each_person_counts_once_per_initiative(
    propose: Propose, bench: InitiativePage, bath: InitiativePage, kari: User, ola: User, mats: User
) -> None:
    # Kari proposes twice and supports, Ola supports twice: two people in the first, two in the second.
    propose("Tak", supporters=[ola, kari])
    propose("Bord", supporters=[ola])
    propose("Sauna", initiative=bath, author=ola, supporters=[mats])
    assert participants([bench, bath]) == {bench.pk: Decimal(2), bath.pk: Decimal(2)}


def test_hidden_and_erased_count_nowhere_and_withdrawn_still_took_part(
    propose: Propose, bench: InitiativePage, kari: User, ola: User, mats: User
) -> None:
    propose("Skjult", state=ProposalState.HIDDEN, supporters=[ola])
    propose("Uten navn", author=None)
    assert participants([bench]) == {}
    propose("Trukket", state=ProposalState.WITHDRAWN, supporters=[mats])
    assert participants([bench]) == {bench.pk: Decimal(2)}
    assert proposals([bench]) == {bench.pk: Decimal(1)}


def test_a_merged_proposal_counts_as_the_one_it_became(propose: Propose, bench: InitiativePage) -> None:
    into = propose("Bord")
    propose("Tak", state=ProposalState.MERGED, merged_into=into)
    assert proposals([bench]) == {bench.pk: Decimal(1)}


def test_all_numbers_at_once(
    propose: Propose, bench: InitiativePage, bath: InitiativePage, ola: User
) -> None:
    propose("Tak", supporters=[ola], chosen=True)
    found = evaluate(KEYS, [bench, bath])
    assert [found[key][bench.pk] for key in KEYS] == [Decimal(2), Decimal(1), Decimal(1)]
    assert [found[key][bath.pk] for key in KEYS] == [Decimal(0)] * 3


def test_switched_off_they_do_not_apply(propose: Propose, bench: InitiativePage, larvik: Pilot) -> None:
    propose("Tak", chosen=True)
    PluginActivation.objects.filter(site=larvik.site, slug="participation").update(enabled=False)
    found = evaluate(KEYS, [bench])
    assert [found[key][bench.pk] for key in KEYS] == [None] * 3


@pytest.mark.parametrize("number", [1, 20])
def test_one_statement_each_for_many_initiatives(
    larvik: Pilot,
    mats: User,
    propose: Propose,
    make_initiative: Callable[..., InitiativePage],
    number: int,
    django_assert_num_queries: Any,
) -> None:
    pages = [make_initiative(larvik, f"Prosjekt {n}", author=mats) for n in range(number)]
    for page in pages:
        propose("Tak", initiative=page, supporters=[mats], chosen=True)
    for metric, answer in zip(METRICS, (2, 1, 1), strict=True):
        with django_assert_num_queries(1):
            numbers = metric.evaluate(pages)
        assert numbers == {page.pk: Decimal(answer) for page in pages}


def test_nothing_to_ask_is_no_statement(django_assert_num_queries: Any, db: None) -> None:
    with django_assert_num_queries(0):
        assert participants([]) == {}
        assert participants_of_sites([], SiteMap.__new__(SiteMap)) == {}


def test_each_person_counts_once_per_site(
    propose: Propose,
    larvik: Pilot,
    voss: Pilot,
    bath: InitiativePage,
    kari: User,
    ola: User,
    mats: User,
    make_initiative: Callable[..., InitiativePage],
    django_assert_num_queries: Any,
) -> None:
    propose("Tak", supporters=[ola])
    propose("Sauna", initiative=bath, supporters=[ola, mats])
    river = make_initiative(voss, "Elvestien", author=mats)
    propose("Lys", initiative=river, author=ola)
    unpublished = make_initiative(voss, "Skjult", author=mats)
    propose("Bru", initiative=unpublished, author=mats)
    unpublished.unpublish()
    site_map = SiteMap()
    sites = [larvik.site.pk, voss.site.pk]
    with django_assert_num_queries(1):
        assert participants_of_sites(sites, site_map) == {larvik.site.pk: 3, voss.site.pk: 1}
    assert participants_of_sites([voss.site.pk], site_map) == {voss.site.pk: 1}
