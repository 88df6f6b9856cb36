"""A pilot with a project, a few people, and proposals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.utils import translation
from wagtail.models import Site

from stedskaping_core.errors import Refusal
from stedskaping_core.events import sentence
from stedskaping_core.models import Activity, InitiativePage, User
from stedskaping_core.services.pilots import Pilot
from stedskaping_participation.models import ParticipationSettings, Proposal, ProposalCategory, Support

Propose = Callable[..., Proposal]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Sentences are compared in the language that they are written in here."""
    with translation.override("en"):
        yield


@pytest.fixture
def larvik(national_site: Site, make_pilot: Callable[..., Pilot]) -> Pilot:
    """A pilot that offers the category `play`."""
    pilot = make_pilot("larvik", "3909")
    settings = ParticipationSettings.objects.create(site=pilot.site)
    ProposalCategory.objects.create(settings=settings, key="play", name="Lek", sort_order=0)
    return pilot


@pytest.fixture
def voss(national_site: Site, make_pilot: Callable[..., Pilot]) -> Pilot:
    """Another pilot, which never chose anything."""
    return make_pilot("voss", "4621")


@pytest.fixture
def mats(make_person: Callable[..., User]) -> User:
    """The initiator of `bench`."""
    return make_person("Mats")


@pytest.fixture
def kari(make_person: Callable[..., User]) -> User:
    """A resident, who writes the proposals."""
    return make_person("Kari")


@pytest.fixture
def ola(make_person: Callable[..., User]) -> User:
    """Another resident."""
    return make_person("Ola")


@pytest.fixture
def bench(larvik: Pilot, mats: User, make_initiative: Callable[..., InitiativePage]) -> InitiativePage:
    """An active project in Larvik."""
    return make_initiative(larvik, "Benken", author=mats)


@pytest.fixture
def propose(bench: InitiativePage, kari: User) -> Propose:
    """`propose("Tak", supporters=[ola])` writes rows, past the services; by Kari for `bench` unless said."""

    def make(title: str, *, supporters: Iterable[User] = (), **fields: Any) -> Proposal:
        values = {"initiative": bench, "author": kari, "body": f"{title} for alle.", **fields}
        proposal = Proposal.objects.create(title=title, **values)
        Support.objects.bulk_create(Support(proposal=proposal, user=user) for user in supporters)
        return proposal

    return make


@pytest.fixture
def crowd(make_person: Callable[..., User]) -> Callable[[int], list[User]]:
    """So many people."""

    def make(number: int) -> list[User]:
        people = [User(email=f"p{n}@example.org", display_name=f"P{n}") for n in range(number)]
        return User.objects.bulk_create(people)

    return make


@pytest.fixture
def refusal_of() -> Callable[..., tuple[str, tuple[str, ...]]]:
    """`refusal_of(service, **arguments)`: the code and the path of the refusal that the call ends with."""

    def call(function: Callable[..., object], *args: Any, **kwargs: Any) -> tuple[str, tuple[str, ...]]:
        with pytest.raises(Refusal) as caught:
            function(*args, **kwargs)
        assert str(caught.value)
        return caught.value.code, caught.value.path

    return call


@pytest.fixture
def set_status() -> Callable[[InitiativePage, str], None]:
    """Put an initiative into a status, past core's services."""

    def change(initiative: InitiativePage, status: str) -> None:
        InitiativePage.objects.filter(pk=initiative.pk).update(status=status)

    return change


@pytest.fixture
def spoken() -> Callable[[InitiativePage], list[str]]:
    """The activity list's sentences about participation, oldest first."""

    def read(initiative: InitiativePage) -> list[str]:
        lines = Activity.objects.filter(initiative=initiative, kind__startswith="participation.")
        return [sentence(line) for line in lines.order_by("pk")]

    return read
