"""What people may see: published, unrestricted, approved, or their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, Locale, Page, PageViewRestriction

from stedskaping_core.models import Document, Image, InitiativeIndexPage, InitiativePage, PilotPage
from stedskaping_core.selectors import (
    guide_for,
    locale_order,
    phases_of,
    pilot_of,
    restriction_of,
    site_ids_of,
    visible_documents,
    visible_images,
    visible_initiatives,
    visible_pages,
)
from stedskaping_core.sites import SiteMap

RequestOf = Callable[[Any], Any]


def restrict(page: Page, kind: str, *groups: Any) -> PageViewRestriction:
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="hemmelig")
    restriction.groups.set(groups)
    return restriction


def restrict_collection(collection: Collection, kind: str, *groups: Any) -> None:
    restriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=kind, password="hemmelig"
    )
    restriction.groups.set(groups)


@pytest.fixture
def seen(world: Any, request_of: RequestOf) -> Callable[[str, Page], bool]:
    """`seen("team", page)`: whether a person sees a page, asked of all selectors of pages alike."""

    def see(who: str, page: Page) -> bool:
        request = request_of(world.person(who))
        found = visible_pages(request).filter(pk=page.pk).exists()
        if isinstance(page, InitiativePage) and who not in ("initiator", "team", "facilitator"):
            assert visible_initiatives(request).filter(pk=page.pk).exists() == found
        if page.live and getattr(page, "status", "active") not in ("draft", "submitted"):
            assert (restriction_of(request, page) is None) == found
        return found

    return see


# ------------------------------------------------------------------ published or not


def test_everybody_sees_what_is_published(world: Any, seen: Callable[..., bool]) -> None:
    for page in (world.larvik.page, world.larvik.index, world.initiative, world.guide, world.source("Idé")):
        assert {who: seen(who, page) for who in ("visitor", "resident", "team", "manager", "admin")} == {
            "visitor": True,
            "resident": True,
            "team": True,
            "manager": True,
            "admin": True,
        }


def test_nobody_sees_a_draft(world: Any, seen: Callable[..., bool]) -> None:
    draft = Page(title="Utkast", slug="utkast", live=False, locale=world.larvik.page.locale)
    world.larvik.page.add_child(instance=draft)

    assert not any(seen(who, draft) for who in ("visitor", "manager", "admin"))


def test_nobody_sees_what_was_unpublished(world: Any, seen: Callable[..., bool]) -> None:
    world.initiative.unpublish()

    assert not any(
        seen(who, InitiativePage.objects.get(pk=world.initiative.pk)) for who in ("visitor", "admin")
    )


def test_nobody_sees_what_is_scheduled(world: Any, seen: Callable[..., bool]) -> None:
    page = Page(title="Snart", slug="snart", live=False, locale=world.larvik.page.locale)
    world.larvik.page.add_child(instance=page)
    page.go_live_at = timezone.now() + dt.timedelta(days=1)
    page.save_revision().publish()

    assert not seen("visitor", Page.objects.get(pk=page.pk))


def test_a_new_draft_of_a_published_page_changes_nothing(world: Any, request_of: RequestOf) -> None:
    page = world.larvik.page
    page.title = "Hemmelig plan"
    page.save_revision()

    assert visible_pages(request_of(world.person("visitor"))).get(pk=page.pk).title == "Larvik"


@pytest.mark.parametrize(
    ("status", "visible"), [("draft", False), ("submitted", False), ("active", True), ("discontinued", True)]
)
def test_what_is_not_approved_is_not_shown_even_when_somebody_published_it(
    world: Any, seen: Callable[..., bool], status: str, visible: bool
) -> None:
    page = world.add_page("Broen", status=status)
    assert page.live

    assert [seen(who, page) for who in ("visitor", "manager", "admin")] == [visible] * 3


def test_a_copy_of_a_published_initiative_is_not_shown(world: Any, seen: Callable[..., bool]) -> None:
    copied = world.initiative.copy(update_attrs={"slug": "kopi"})

    assert copied.live
    assert not seen("visitor", copied)


# ------------------------------------------------------------------ restricted


@pytest.mark.parametrize(
    ("kind", "who", "sees"),
    [
        ("login", "visitor", False),
        ("login", "resident", True),
        ("login", "admin", True),
        ("groups", "visitor", False),
        ("groups", "resident", False),
        ("groups", "stranger", False),
        ("groups", "editor", True),
        ("groups", "admin", True),
        ("password", "visitor", False),
        ("password", "editor", False),
        ("password", "admin", True),
        ("none", "visitor", True),
    ],
)
def test_a_restriction_holds_for_a_page_and_all_below(
    world: Any, seen: Callable[..., bool], kind: str, who: str, sees: bool
) -> None:
    restrict(world.larvik.page, kind, world.larvik.groups["editors"])

    for page in (world.larvik.page, world.larvik.index, world.initiative):
        assert seen(who, page) == sees
    for page in (world.voss.page, world.voss.index, world.guide):
        assert seen(who, page)


def test_the_innermost_restriction_does_not_open_the_outer_one(world: Any, seen: Callable[..., bool]) -> None:
    restrict(world.larvik.page, "groups", world.larvik.groups["managers"])
    restrict(world.larvik.index, "login")

    assert not seen("editor", world.initiative)
    assert seen("manager", world.initiative)


def test_a_page_beside_a_restricted_one_is_open(world: Any, seen: Callable[..., bool]) -> None:
    restrict(world.larvik.index, "login")

    assert seen("visitor", world.larvik.page)
    assert not seen("visitor", world.larvik.index)


@pytest.mark.parametrize("kind", ["login", "groups", "password"])
def test_a_refusal_says_why(world: Any, request_of: RequestOf, kind: str) -> None:
    restrict(world.larvik.page, kind, world.larvik.groups["editors"])

    assert restriction_of(request_of(world.person("visitor")), world.initiative) == kind
    assert restriction_of(request_of(world.person("visitor")), world.guide) is None
    assert restriction_of(request_of(world.people["admin"]), world.initiative) is None


def test_a_request_without_a_person_is_a_visitors(world: Any, rf: Any) -> None:
    restrict(world.larvik.page, "login")
    request = rf.get("/")

    assert not visible_pages(request).filter(pk=world.initiative.pk).exists()
    assert not visible_initiatives(request).filter(pk=world.initiative.pk).exists()
    assert visible_pages(request).filter(pk=world.guide.pk).exists()


@pytest.mark.parametrize(
    ("who", "restrictions", "statements"), [("visitor", 0, 3), ("visitor", 3, 4), ("resident", 3, 5)]
)
def test_restrictions_are_read_once_per_request(
    world: Any,
    request_of: RequestOf,
    django_assert_num_queries: Any,
    who: str,
    restrictions: int,
    statements: int,
) -> None:
    for page in (world.larvik.page, world.larvik.index, world.voss.page)[:restrictions]:
        restrict(page, "groups", world.voss.groups["editors"])
    request = request_of(world.person(who))

    with django_assert_num_queries(statements):
        list(visible_pages(request))
        list(visible_pages(request).filter(depth=2))
        assert restriction_of(request, world.guide) is None


def test_visible_pages_can_be_searched(world: Any, request_of: RequestOf) -> None:
    restrict(world.voss.page, "login")

    found = visible_pages(request_of(world.person("visitor"))).search("Larvik")

    assert [page.title for page in found] == ["Larvik"]


# ------------------------------------------------------------------ initiatives


@pytest.mark.parametrize("status", ["draft", "submitted", "active"])
def test_members_see_their_own_whatever_its_status(world: Any, request_of: RequestOf, status: str) -> None:
    page = world.add_initiative("Broen", status=status)
    people = ("visitor", "resident", "initiator", "team", "facilitator", "manager")

    seers = {
        who
        for who in people
        if visible_initiatives(request_of(world.person(who))).filter(pk=page.pk).exists()
    }

    assert seers == ({*people} if status == "active" else {"initiator", "team", "facilitator"})


def test_members_see_their_own_behind_a_restriction(world: Any, request_of: RequestOf) -> None:
    restrict(world.larvik.page, "groups", world.larvik.groups["managers"])
    people = ("visitor", "resident", "team", "manager", "editor")

    seers = {who for who in people if world.initiative in visible_initiatives(request_of(world.person(who)))}

    assert seers == {"team", "manager"}


def test_who_left_sees_no_more_than_others(world: Any, request_of: RequestOf) -> None:
    page = world.add_initiative("Broen", status="draft")
    request = request_of(world.people["team"])
    assert page in visible_initiatives(request)

    page.members.filter(user=world.people["team"]).delete()

    assert page not in visible_initiatives(request)


def test_nobody_is_listed_twice(world: Any, request_of: RequestOf, django_assert_num_queries: Any) -> None:
    request = request_of(world.people["team"])

    with django_assert_num_queries(2):
        assert list(visible_initiatives(request)) == [world.initiative]


# ------------------------------------------------------------------ images and documents


@pytest.fixture
def files(world: Any) -> dict[str, Collection]:
    """A picture and a document in each of three collections, one inside the other, and in the root."""
    inner = world.larvik.collection.add_child(instance=Collection(name="Styret"))
    collections = {
        "root": Collection.get_first_root_node(),
        "larvik": world.larvik.collection,
        "inner": inner,
        "voss": world.voss.collection,
    }
    Image.objects.bulk_create(
        Image(title=name, file=f"{name}.png", width=1, height=1, collection=collection)
        for name, collection in collections.items()
    )
    Document.objects.bulk_create(
        Document(title=name, file=f"{name}.pdf", collection=collection)
        for name, collection in collections.items()
    )
    return collections


def seen_files(request: Any) -> set[str]:
    images = {image.title for image in visible_images(request)}
    assert {document.title for document in visible_documents(request)} == images
    return images


@pytest.mark.parametrize(
    ("kind", "who", "sees_private"),
    [
        ("login", "visitor", False),
        ("login", "resident", True),
        ("groups", "resident", False),
        ("groups", "editor", True),
        ("groups", "stranger", False),
        ("password", "editor", False),
        ("password", "admin", True),
    ],
)
def test_a_private_collection_closes_those_inside(
    world: Any, files: Any, request_of: RequestOf, kind: str, who: str, sees_private: bool
) -> None:
    restrict_collection(files["larvik"], kind, world.larvik.groups["editors"])

    private = {"larvik", "inner"} if sees_private else set()
    assert seen_files(request_of(world.person(who))) == {"root", "voss"} | private


def test_a_private_inner_collection_leaves_the_outer_one_open(
    world: Any, files: Any, request_of: RequestOf
) -> None:
    restrict_collection(files["inner"], "login")

    assert seen_files(request_of(world.person("visitor"))) == {"root", "larvik", "voss"}


def test_a_private_root_closes_everything(world: Any, files: Any, request_of: RequestOf) -> None:
    restrict_collection(files["root"], "login")

    assert seen_files(request_of(world.person("visitor"))) == set()
    assert seen_files(request_of(world.people["resident"])) == {"root", "larvik", "inner", "voss"}


def test_open_collections_need_one_statement_more(
    world: Any, files: Any, request_of: RequestOf, django_assert_num_queries: Any
) -> None:
    request = request_of(world.person("visitor"))

    with django_assert_num_queries(3):
        list(visible_images(request))
        list(visible_documents(request))


# ------------------------------------------------------------------ languages, pilots and guides


@pytest.mark.parametrize(
    ("wanted", "default", "order"),
    [
        ("nb", "en", ["nb", "nn", "en"]),
        ("nn", "nb", ["nn", "nb"]),
        ("en", "nn", ["en", "nn"]),
        ("nb", "nb", ["nb", "nn"]),
        ("se", "nb", ["se", "nb"]),
    ],
)
def test_languages_are_tried_from_near_to_far(wanted: str, default: str, order: list[str]) -> None:
    assert locale_order(wanted, default) == order


def test_a_page_belongs_to_the_pilot_of_its_site_in_any_language(world: Any) -> None:
    nynorsk = world.larvik.page.copy_for_translation(Locale.objects.get_or_create(language_code="nn")[0])

    for page in (world.initiative, world.larvik.page, nynorsk):
        assert pilot_of(page) == world.larvik.page
    assert pilot_of(world.voss.index) == world.voss.page


def test_a_page_of_the_national_site_has_no_pilot(world: Any) -> None:
    with pytest.raises(PilotPage.DoesNotExist):
        pilot_of(world.guide)


def test_the_phases_of_a_guide_are_published_and_in_order(world: Any) -> None:
    world.source("Camp").move(world.source("Idé"), "left")
    world.source("Plan").unpublish()

    assert [phase.title for phase in phases_of(world.guide)] == ["Camp", "Idé", "Etterpå"]


def test_a_pilot_without_a_guide(world: Any) -> None:
    pilot = PilotPage.objects.get(pk=world.larvik.page.pk)
    pilot.guide = None

    assert guide_for(pilot, pilot.locale) is None


def test_the_sites_of_many_pages(world: Any, django_assert_num_queries: Any) -> None:
    pages = [world.initiative, world.voss.page, Page.get_first_root_node(), world.guide]
    sites = SiteMap()

    with django_assert_num_queries(0):
        found = site_ids_of(pages, sites)

    assert found == [world.larvik.site.pk, world.voss.site.pk, None, world.national.pk]
    assert site_ids_of(pages) == found


def test_the_list_of_initiatives_is_one_per_pilot(world: Any) -> None:
    assert not InitiativeIndexPage.can_create_at(world.larvik.page)
    assert InitiativePage.can_create_at(world.larvik.index)
    assert not InitiativePage.can_create_at(world.larvik.page)
