"""Which site a page belongs to, its public path, and finding sites by host and pages by path."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import Locale, Page, Site

from stedskaping_core.models import SiteProfile
from stedskaping_core.sites import (
    SiteMap,
    in_sites,
    origin_of_path,
    request_site_map,
    site_id_of_path,
    site_of_page,
)


def translate(page: Page, code: str, slug: str) -> Page:
    """A published translation, with this slug."""
    copied = page.copy_for_translation(Locale.objects.get_or_create(language_code=code)[0], copy_parents=True)
    copied.slug, copied.live = slug, True
    copied.save()
    found: Page = Page.objects.get(pk=copied.pk)
    return found


@pytest.fixture
def english(world: Any) -> Page:
    """Larvik's front page in English. Its list of initiatives has no English version."""
    return translate(world.larvik.page, "en", "larvik-en")


def located(url_path: str) -> tuple[str, str, str] | None:
    location = SiteMap().locate(url_path)
    return (location.site.key, location.locale, location.path) if location else None


# ------------------------------------------------------------------ what a site is


def test_a_site_knows_its_facts(world: Any, english: Page) -> None:
    facts = SiteMap().by_key("larvik")

    assert facts is not None
    assert (facts.id, facts.pk, facts.name, facts.origin) == (
        world.larvik.site.pk,
        world.larvik.site.pk,
        "Larvik",
        "https://larvik.example.org",
    )
    assert (facts.hostname, facts.port, facts.is_default, facts.default_locale) == (
        "larvik.example.org",
        80,
        False,
        "nb",
    )
    assert facts.root_paths == {"nb": "/larvik/", "en": "/larvik-en/"}
    assert facts.root_ids == {"nb": world.larvik.page.pk, "en": english.pk}
    assert (facts.default_root_path, facts.default_root_id) == ("/larvik/", world.larvik.page.pk)
    assert set(facts.tree_paths) == {world.larvik.page.path, english.path}


def test_a_site_without_a_profile_has_an_address_all_the_same(world: Any) -> None:
    Site.objects.create(hostname="old.example.org", port=8000, root_page=world.voss.index)

    facts = SiteMap().by_key("old-example-org")

    assert facts is not None
    assert (facts.name, facts.origin) == ("old.example.org", "http://old.example.org:8000")


def test_the_default_site(world: Any) -> None:
    sites = SiteMap()
    assert sites.default is not None
    assert sites.default.key == "national"

    Site.objects.update(is_default_site=False)

    assert SiteMap().default is None


def test_all_sites_cost_two_statements_once(
    world: Any, english: Page, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):
        sites = SiteMap()
    with django_assert_num_queries(0):
        larvik = sites.by_key("larvik")
        assert larvik is not None
        assert sites.locate("/larvik/initiatives/benken/")
        assert sites.by_host("larvik.example.org") is larvik
        assert sites.default
        assert sites.resolve(larvik, "/en/")
        assert sites.within({larvik.id})


def test_no_sites_at_all(world: Any) -> None:
    Site.objects.all().delete()

    sites = SiteMap()

    assert (sites.sites, sites.default, sites.by_host("x"), sites.locate("/larvik/")) == (
        {},
        None,
        None,
        None,
    )
    assert not Page.objects.filter(sites.within({1})).exists()


# ------------------------------------------------------------------ from a page to its address


@pytest.mark.parametrize(
    ("url_path", "expected"),
    [
        ("/larvik/", ("larvik", "nb", "/")),
        ("/larvik/initiatives/benken/", ("larvik", "nb", "/initiatives/benken/")),
        ("/larvik-en/", ("larvik", "en", "/en/")),
        ("/larvik-en/projects/bench/", ("larvik", "en", "/en/projects/bench/")),
        ("/voss/initiatives/", ("voss", "nb", "/initiatives/")),
        ("/norge/veileder/", ("national", "nb", "/veileder/")),
        ("/", None),
        ("/larvi/", None),
        ("/larvikk/", None),
        ("/elsewhere/", None),
    ],
)
def test_a_page_is_shown_below_its_sites_root(
    world: Any, english: Page, url_path: str, expected: tuple[str, str, str] | None
) -> None:
    assert located(url_path) == expected


def test_an_address_is_the_frontends(world: Any) -> None:
    location = SiteMap().locate("/larvik/initiatives/benken/")

    assert location is not None
    assert location.url == "https://larvik.example.org/initiatives/benken/"


@pytest.fixture
def nested(world: Any) -> Site:
    """A site inside Larvik's tree, and a third one inside that."""
    inner = Page(title="Skolen", slug="skolen", locale=world.larvik.page.locale)
    world.larvik.page.add_child(instance=inner)
    innermost = Page(title="Klassen", slug="klassen", locale=inner.locale)
    inner.add_child(instance=innermost)
    for page in (inner, innermost):
        page.add_child(instance=Page(title="Side", slug="side", locale=page.locale))
        Site.objects.create(hostname=f"{page.slug}.example.org", site_name=page.title, root_page=page)
    found: Site = Site.objects.get(hostname="skolen.example.org")
    return found


def test_a_page_belongs_to_the_innermost_site(nested: Site) -> None:
    assert located("/larvik/skolen/side/") == ("skolen-example-org", "nb", "/side/")
    assert located("/larvik/skolen/klassen/side/") == ("klassen-example-org", "nb", "/side/")
    assert located("/larvik/initiatives/") == ("larvik", "nb", "/initiatives/")


@pytest.mark.parametrize(
    "names", [["larvik"], ["skolen"], ["klassen"], ["larvik", "klassen"], ["skolen", "voss"], []]
)
def test_pages_of_sites_in_sql_are_those_in_python(
    world: Any, nested: Site, english: Page, names: list[str]
) -> None:
    sites = SiteMap()
    chosen = {site.id for site in sites.sites.values() if site.hostname.split(".")[0] in names}

    found = Page.objects.filter(sites.within(chosen))

    expected = {
        page.pk for page in Page.objects.all() if (site := sites.site_of(page.url_path)) and site.id in chosen
    }
    assert set(found.values_list("pk", flat=True)) == expected
    assert bool(expected) == bool(names)


def test_the_site_of_each_page_in_one_statement(
    world: Any, nested: Site, english: Page, django_assert_num_queries: Any
) -> None:
    sites = SiteMap()
    with django_assert_num_queries(1):
        found = dict(Page.objects.annotate(site=sites.site_id("url_path")).values_list("pk", "site"))

    for page in Page.objects.all():
        site = sites.site_of(page.url_path)
        assert found[page.pk] == (site.id if site else None)


def test_two_sites_with_the_same_root_are_one_for_its_pages(world: Any) -> None:
    other = Site.objects.create(hostname="also-larvik.example.org", root_page=world.larvik.page)
    sites = SiteMap()

    assert located("/larvik/initiatives/") == ("larvik", "nb", "/initiatives/")
    assert Page.objects.filter(sites.within({world.larvik.site.pk})).exists()
    assert not Page.objects.filter(sites.within({other.pk})).exists()


@pytest.mark.parametrize("names", [["larvik"], ["skolen"], ["larvik", "klassen"], ["skolen", "voss"], []])
def test_branches_of_sites_are_those_in_python(
    world: Any, nested: Site, english: Page, names: list[str]
) -> None:
    sites = SiteMap()
    chosen = [site for site in sites.sites.values() if site.hostname.split(".")[0] in names]

    found = Page.objects.filter(in_sites(chosen))

    expected = {page.pk for page in Page.objects.all() if sites.site_of(page.url_path) in chosen}
    assert set(found.values_list("pk", flat=True)) == expected


def test_a_language_counts_when_its_root_is_published(world: Any, english: Page) -> None:
    sites = SiteMap()
    larvik = sites.by_key("larvik")
    assert larvik is not None
    assert larvik.published == {"nb", "en"}

    english.unpublish()

    sites = SiteMap()
    larvik = sites.by_key("larvik")
    assert larvik is not None
    assert (larvik.published, larvik.root_paths.keys()) == ({"nb"}, {"nb", "en"})
    # Asked for kindly it falls back; the address itself leads to the draft, for those who may see it.
    assert sites.resolve(larvik, "/projects/", "en") == ("nb", "/larvik/projects/")
    assert sites.resolve(larvik, "/en/projects/") == ("en", "/larvik-en/projects/")


def test_branches_of_sites(world: Any, english: Page) -> None:
    sites = SiteMap()
    larvik, voss = sites.by_key("larvik"), sites.by_key("voss")
    assert larvik is not None
    assert voss is not None

    found = set(Page.objects.filter(in_sites([larvik, voss])).values_list("slug", flat=True))

    assert found == {"larvik", "larvik-en", "voss", "initiatives", "benken"}
    assert not Page.objects.filter(in_sites([])).exists()


def test_the_site_of_a_page(world: Any, english: Page) -> None:
    assert site_of_page(world.initiative) == world.larvik.site
    assert site_of_page(english) == world.larvik.site
    assert site_id_of_path("/voss/") == world.voss.site.pk
    assert site_id_of_path("/nowhere/") is None
    with pytest.raises(Site.DoesNotExist, match="is outside every site"):
        site_of_page(Page.get_first_root_node())


def test_a_page_outside_every_site_has_the_default_sites_address(world: Any) -> None:
    assert origin_of_path("/larvik/") == "https://larvik.example.org"
    assert origin_of_path("/nowhere/") == "https://www.example.org"
    Site.objects.all().delete()
    assert origin_of_path("/nowhere/") == ""


def test_outside_of_a_request_sites_are_read_each_time(world: Any, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(4):
        assert request_site_map() is not request_site_map()


# ------------------------------------------------------------------ from an address to a page


@pytest.mark.parametrize(
    ("path", "locale", "expected"),
    [
        ("/", None, ("nb", "/larvik/")),
        ("", None, ("nb", "/larvik/")),
        ("/initiatives/benken", None, ("nb", "/larvik/initiatives/benken/")),
        ("//initiatives//benken//", None, ("nb", "/larvik/initiatives/benken/")),
        ("/en/", None, ("en", "/larvik-en/")),
        ("/en", None, ("en", "/larvik-en/")),
        ("/en/projects/", None, ("en", "/larvik-en/projects/")),
        ("/en/projects/", "nb", ("en", "/larvik-en/projects/")),
        ("/projects/", "en", ("en", "/larvik-en/projects/")),
        ("/projects/", "nn", ("nb", "/larvik/projects/")),
        ("/nn/projects/", None, ("nb", "/larvik/nn/projects/")),
        ("/nb/", None, ("nb", "/larvik/nb/")),
        ("/english/", None, ("nb", "/larvik/english/")),
        ("/initiatives/en/", None, ("nb", "/larvik/initiatives/en/")),
    ],
)
def test_a_path_is_split_into_language_and_page(
    world: Any, english: Page, path: str, locale: str | None, expected: tuple[str, str]
) -> None:
    sites = SiteMap()
    site = sites.by_key("larvik")
    assert site is not None

    assert sites.resolve(site, path, locale) == expected


def test_there_and_back_again(world: Any, english: Page, nested: Site) -> None:
    sites = SiteMap()
    for page in Page.objects.all():
        location = sites.locate(page.url_path)
        if location:
            assert sites.resolve(location.site, location.path) == (location.locale, page.url_path)


@pytest.mark.parametrize(
    ("host", "key"),
    [
        ("larvik.example.org", "larvik"),
        ("LARVIK.example.ORG", "larvik"),
        (" larvik.example.org ", "larvik"),
        ("larvik.example.org:80", "larvik"),
        ("larvik.example.org:443", "larvik"),
        ("larvik.example.org:", "larvik"),
        ("larvik.example.org:http", None),
        # The frontend's address, which isn't Wagtail's host name.
        ("www.example.org", "national"),
        ("example.org", "national"),
        ("www.larvik.example.org", None),
        ("", None),
        (":80", None),
        ("[::1]:8000", None),
        ("larvik.example.org.evil.test", None),
    ],
)
def test_a_site_is_found_by_its_host(world: Any, host: str, key: str | None) -> None:
    site = SiteMap().by_host(host)

    assert (site.key if site else None) == key


@pytest.mark.parametrize(
    ("host", "key"),
    [("localhost:8001", "one"), ("localhost:8002", "two"), ("localhost:9", "one"), ("localhost", "one")],
)
def test_sites_of_the_same_name_differ_by_port(world: Any, host: str, key: str) -> None:
    for name, port, page in (("one", 8001, world.larvik.index), ("two", 8002, world.voss.index)):
        site = Site.objects.create(hostname="localhost", port=port, root_page=page)
        SiteProfile.objects.create(site=site, key=name, origin=f"https://{name}.test")

    found = SiteMap().by_host(host)

    assert found is not None
    assert found.key == key


def test_the_frontends_address_counts_before_the_host_name(world: Any) -> None:
    SiteProfile.objects.filter(site=world.voss.site).update(origin="http://larvik.example.org")

    found = SiteMap().by_host("larvik.example.org")

    # Both claim it; the older site keeps it.
    assert found is not None
    assert found.key == "larvik"
    SiteProfile.objects.filter(site=world.larvik.site).update(origin="https://annet.test")
    found = SiteMap().by_host("larvik.example.org")
    assert found is not None
    assert found.key == "voss"
