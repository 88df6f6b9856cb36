"""Creating an initiative: a draft of its author, with a readable address; what can't be stored is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from stedskaping_core.choices import MemberRole
from stedskaping_core.errors import Refusal
from stedskaping_core.models import InitiativeMember, InitiativePage
from stedskaping_core.services.initiatives import initiative_create


def create(world: Any, **fields: Any) -> InitiativePage:
    values = {"title": "Broen over bekken", "summary": "En bro.", "actor": world.people["resident"], **fields}
    return initiative_create(index=world.larvik.index, **values)


def test_an_initiative_begins_as_a_draft_of_its_author(world: Any, one_event: Callable[..., Any]) -> None:
    activity = one_event(
        lambda: create(world, title="  Broen ", summary=" En bro. "), "core.initiative_created"
    )

    page = activity.initiative
    assert (page.title, page.summary, page.slug) == ("Broen", "En bro.", "broen")
    assert (page.status, page.live, page.has_unpublished_changes) == ("draft", False, True)
    assert page.owner == world.people["resident"]
    assert page.get_parent().specific == world.larvik.index
    assert page.locale == world.larvik.index.locale
    assert page.latest_revision.user == world.people["resident"]
    member = InitiativeMember.objects.get(initiative=page)
    assert (member.user, member.role) == (world.people["resident"], MemberRole.INITIATOR)


def test_further_columns_are_stored(world: Any) -> None:
    page = create(
        world, place_name="Bekken", latitude=59.05, longitude=10.03, story=[("quote", {"quote": "Ja!"})]
    )

    page.refresh_from_db()
    assert (page.place.name, page.place.latitude, page.place.longitude) == ("Bekken", 59.05, 10.03)
    assert page.story[0].block_type == "quote"
    assert page.get_latest_revision_as_object().place_name == "Bekken"


def test_visitors_create_nothing(world: Any, refused: Callable[..., Refusal]) -> None:
    assert refused(lambda: create(world, actor=world.person("visitor"))).code == "NOT_SIGNED_IN"


@pytest.mark.parametrize("name", ["title", "summary"])
def test_title_and_summary_are_needed(world: Any, refused: Callable[..., Refusal], name: str) -> None:
    refusal = refused(lambda: create(world, **{name: "  "}))

    assert (refusal.code, refusal.path) == ("BLANK", (name,))


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"title": "x" * 256}, ("title",)),
        ({"summary": "x" * 251}, ("summary",)),
        ({"place_name": "x" * 121}, ("placeName",)),
        ({"latitude": 91.0, "longitude": 10.0}, ("latitude",)),
        ({"latitude": 59.0}, ()),
        ({"summary": "x" * 251, "seo_title": "x" * 256}, ("seoTitle",)),
    ],
)
def test_what_can_not_be_stored_is_refused(
    world: Any, refused: Callable[..., Refusal], fields: dict[str, Any], path: tuple[str, ...]
) -> None:
    count = InitiativePage.objects.count()

    refusal = refused(lambda: create(world, **fields))

    assert (refusal.code, refusal.path) == ("INVALID", path)
    assert len(refusal.details) == max(1, len(fields.keys() - {"longitude"}))
    assert InitiativePage.objects.count() == count


@pytest.mark.parametrize(
    ("title", "slugs"),
    [
        ("Bøkkerfjellet på Ærøy", ["bokkerfjellet-pa-aeroy", "bokkerfjellet-pa-aeroy-2"]),
        ("Benken", ["benken-2", "benken-3"]),
        ("…", ["initiative", "initiative-2"]),
        ("Åpen grill & bål", ["apen-grill-bal", "apen-grill-bal-2"]),
        ("Gáivuotna", ["gaivuotna", "gaivuotna-2"]),
    ],
)
def test_addresses_are_readable_and_free(world: Any, title: str, slugs: list[str]) -> None:
    assert [create(world, title=title).slug for _number in slugs] == slugs


def test_an_address_may_be_asked_for(world: Any) -> None:
    assert create(world, slug="bru").slug == "bru"
    assert create(world, slug="bru").slug == "bru-2"


def test_long_titles_have_shorter_addresses(world: Any) -> None:
    page = create(world, title="a" * 255)

    assert page.slug == "a" * 200
