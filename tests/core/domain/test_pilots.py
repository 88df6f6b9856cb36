"""Setting up a pilot: everything or nothing, and staff who reach their own pilot only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Collection, GroupSitePermission, Locale, Page, Site
from wagtail.permission_policies.sites import SitePermissionPolicy
from wagtail.permissions import policy_registry

from stedskaping_core.errors import Refusal
from stedskaping_core.models import (
    Document,
    Event,
    Image,
    InitiativeIndexPage,
    PilotPage,
    PluginActivation,
    SiteProfile,
)
from stedskaping_core.plugins.activation import enabled_slugs
from stedskaping_core.plugins.registry import get_registry
from stedskaping_core.services import pilots
from stedskaping_core.services.pilot_staff import GROUPS, pilot_groups_ensure
from stedskaping_core.services.pilots import Pilot, pilot_create
from stedskaping_core.services.plugins import plugin_disable
from stedskaping_core.sites import SiteMap


def make(**fields: Any) -> Pilot:
    values = {
        "key": "oslo",
        "name": "Grünerløkka",
        "municipality": "Oslo",
        "municipality_number": "0301",
        "hostname": "oslo.example.org",
        "origin": "https://oslo.example.org/",
        "locale": "nb",
        **fields,
    }
    return pilot_create(**values)


def counts() -> dict[str, int]:
    models = (
        Page,
        PilotPage,
        Site,
        SiteProfile,
        Collection,
        Group,
        GroupSitePermission,
        PluginActivation,
        Event,
    )
    return {model.__name__: model._base_manager.count() for model in models}


# ------------------------------------------------------------------ everything …


def test_a_pilot_is_complete(world: Any) -> None:
    admin = world.people["admin"]

    made = make(guide=world.guide, actor=admin, starts_on=dt.date(2026, 1, 1), place_name="Grünerløkka")

    page = PilotPage.objects.get(pk=made.page.pk)
    assert (page.title, page.slug, page.municipality, page.municipality_number) == (
        "Grünerløkka",
        "oslo",
        "Oslo",
        "0301",
    )
    assert (page.live, page.owner, page.guide, page.starts_on) == (
        True,
        admin,
        world.guide,
        dt.date(2026, 1, 1),
    )
    assert (page.get_parent(), page.place.name) == (Page.get_first_root_node(), "Grünerløkka")
    index = InitiativeIndexPage.objects.get(pk=made.index.pk)
    assert (index.get_parent().specific, index.live, index.show_in_menus) == (page, True, True)
    assert (index.title, index.slug) == ("Initiatives", "initiatives")
    assert (made.site.hostname, made.site.port, made.site.root_page.specific) == (
        "oslo.example.org",
        80,
        page,
    )
    assert SiteProfile.for_site(made.site).origin == "https://oslo.example.org"
    facts = SiteMap().by_key("oslo")
    assert facts is not None
    assert (facts.id, facts.name, facts.default_locale) == (made.site.pk, "Grünerløkka", "nb")
    assert made.collection.get_parent() == Collection.get_first_root_node()
    assert {role: group.name for role, group in made.groups.items()} == {
        role: f"oslo: {role}" for role in ("editors", "moderators", "managers")
    }


def test_names_of_the_pages_may_be_chosen(world: Any) -> None:
    made = make(slug="lokka", index_title="Prosjekter", index_slug="prosjekter")

    assert (made.page.url_path, made.index.url_path) == ("/lokka/", "/lokka/prosjekter/")
    assert made.index.title == "Prosjekter"


def test_whoever_makes_a_pilot_needs_no_permissions_in_the_page_tree(world: Any) -> None:
    assert make(actor=world.people["resident"]).page.live


def test_two_pilots_may_have_the_same_name(world: Any) -> None:
    first, second = make(), make(key="oslo2", hostname="oslo2.example.org")

    assert (first.collection.name, second.collection.name) == ("Grünerløkka", "Grünerløkka (oslo2)")
    assert not {group.pk for group in first.groups.values()} & {group.pk for group in second.groups.values()}


def test_every_installed_plugin_gets_a_switch(world: Any) -> None:
    made = make(actor=world.people["admin"], plugins={"mobilisation": True, "funding": False})

    switches = dict(PluginActivation.objects.filter(site=made.site).values_list("slug", "enabled"))
    installed = get_registry().plugins
    assert switches == {
        slug: {"mobilisation": True, "funding": False}.get(slug, config.default_enabled)
        for slug, config in installed.items()
    }
    assert enabled_slugs(made.site.pk) == {slug for slug, enabled in switches.items() if enabled}
    events = Event.objects.filter(site=made.site, key="core.plugin_enabled")
    assert {event.payload["slug"] for event in events} == enabled_slugs(made.site.pk)
    assert {event.actor for event in events} == {world.people["admin"]}


def test_plugins_are_switched_on_after_those_they_need(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    configs = {
        slug: FakeConfig(requires) for slug, requires in {"a": ["b"], "b": ["c"], "c": [], "d": []}.items()
    }
    monkeypatch.setattr(pilots, "get_registry", lambda: FakeRegistry(configs))

    assert pilots._needs_first(["a", "b", "c", "d"]) == ["c", "d", "b", "a"]
    assert pilots._needs_first(["a"]) == ["a"]
    assert pilots._needs_first(["nothing", "c"]) == ["c", "nothing"]


def test_plugins_that_wait_for_each_other_are_tried(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    configs = {"a": FakeConfig(["b"]), "b": FakeConfig(["a"])}
    monkeypatch.setattr(pilots, "get_registry", lambda: FakeRegistry(configs))

    assert pilots._needs_first(["b", "a"]) == ["a", "b"]


class FakeConfig:
    def __init__(self, requires: list[str]) -> None:
        self.requires_plugins = requires


class FakeRegistry:
    def __init__(self, plugins: dict[str, FakeConfig]) -> None:
        self.plugins = plugins


# ------------------------------------------------------------------ … or nothing


@pytest.mark.parametrize(
    ("fields", "code", "path"),
    [
        ({"key": "larvik"}, "KEY_TAKEN", ("key",)),
        ({"hostname": "larvik.example.org"}, "HOST_TAKEN", ("hostname",)),
        ({"key": "Not a key"}, "INVALID", ("key",)),
        ({"slug": "larvik"}, "INVALID", ("slug",)),
        ({"origin": "oslo"}, "INVALID", ("origin",)),
        ({"origin": ""}, "INVALID", ("origin",)),
        ({"locale": "fr"}, "INVALID", ("locale",)),
        ({"name": ""}, "INVALID", ("title",)),
        ({"municipality": ""}, "INVALID", ("municipality",)),
        ({"municipality_number": "301"}, "INVALID", ("municipalityNumber",)),
        ({"time_zone": "Europe/Bergen"}, "INVALID", ("timeZone",)),
        ({"status": "maybe"}, "INVALID", ("status",)),
        ({"latitude": 59.9}, "INVALID", ()),
        ({"starts_on": dt.date(2026, 2, 1), "ends_on": dt.date(2026, 1, 1)}, "INVALID", ()),
        ({"plugins": {"weather": True}}, "NOT_INSTALLED", ()),
    ],
)
def test_a_mistake_leaves_nothing(
    world: Any, refused: Callable[..., Refusal], fields: dict[str, Any], code: str, path: tuple[str, ...]
) -> None:
    before = counts()

    refusal = refused(lambda: make(**fields))

    assert (refusal.code, refusal.path, counts()) == (code, path, before)


def test_a_fault_in_the_last_step_leaves_nothing(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    before = counts()

    def fail(**kwargs: Any) -> bool:
        assert counts() != before
        raise RuntimeError("the power went")

    monkeypatch.setattr(pilots, "plugin_enable", fail)

    with pytest.raises(RuntimeError, match="the power went"):
        make(plugins={"mobilisation": True})
    assert counts() == before
    assert SiteMap().by_key("oslo") is None


def test_the_same_host_on_another_port_is_another_site(world: Any) -> None:
    assert make(hostname="larvik.example.org", port=8000).site.port == 8000


def test_a_pilot_that_failed_can_be_made_again(world: Any, refused: Callable[..., Refusal]) -> None:
    refused(lambda: make(origin="oslo"))

    assert make().page.slug == "oslo"


# ------------------------------------------------------------------ the staff


@pytest.fixture
def media(world: Any) -> dict[str, Any]:
    """A picture and a document in each pilot's collection, owned by nobody."""
    found = {}
    for pilot in (world.larvik, world.voss):
        for model, extra in ((Image, {"width": 1, "height": 1}), (Document, {})):
            row = model(title=pilot.page.title, file="file.png", collection=pilot.collection, **extra)
            model.objects.bulk_create([row])
            found[f"{pilot.page.slug} {model.__name__.lower()}"] = model.objects.get(
                collection=pilot.collection
            )
    return found


@pytest.mark.parametrize(
    ("who", "rights"),
    [
        ("editor", "add edit"),
        ("moderator", "add edit publish lock"),
        ("manager", "add edit publish lock unlock delete"),
        ("stranger", ""),
        ("facilitator", ""),
        ("resident", ""),
        ("admin", "add edit publish lock unlock delete"),
    ],
)
def test_what_staff_may_do_with_the_pilots_pages(world: Any, who: str, rights: str) -> None:
    other = world.people["initiator"]
    page = world.larvik.index
    Page.objects.filter(pk=page.pk).update(locked=False, owner=other)

    may = Page.objects.get(pk=page.pk).specific.permissions_for_user(world.people[who])

    found = {
        "add": may.can_add_subpage(),
        "edit": may.can_edit(),
        "publish": may.can_publish(),
        "lock": may.can_lock(),
        "unlock": may.can_unlock(),
        "delete": may.can_delete(),
    }
    assert " ".join(name for name, allowed in found.items() if allowed) == rights


@pytest.mark.parametrize("who", ["editor", "moderator", "manager"])
def test_staff_may_nothing_with_other_pages(world: Any, who: str) -> None:
    user = world.people[who]
    for page in (world.voss.page, world.voss.index, world.guide, world.national.root_page):
        may = page.permissions_for_user(user)
        assert not any(
            (may.can_add_subpage(), may.can_edit(), may.can_publish(), may.can_delete(), may.can_lock())
        )
        assert not may.can_copy_to(page)
        assert not may.can_move_to(page)


@pytest.mark.parametrize("who", ["editor", "moderator", "manager"])
@pytest.mark.parametrize("model", [Image, Document])
def test_staff_change_media_of_their_own_collection(
    world: Any, media: dict[str, Any], who: str, model: type[Image | Document]
) -> None:
    user, kind = world.people[who], model.__name__.lower()
    policy = policy_registry.get_by_type(model)
    own, other = media[f"larvik {kind}"], media[f"voss {kind}"]

    assert policy.user_has_permission_for_instance(user, "change", own)
    assert policy.user_has_permission_for_instance(user, "choose", own)
    assert list(policy.instances_user_has_permission_for(user, "change")) == [own]
    for action in ("change", "choose", "delete"):
        assert not policy.user_has_permission_for_instance(user, action, other)
        assert other not in policy.instances_user_has_permission_for(user, action)
    assert list(policy.collections_user_has_permission_for(user, "add")) == [world.larvik.collection]


@pytest.mark.parametrize(
    ("who", "may"), [("manager", True), ("moderator", False), ("editor", False), ("stranger", False)]
)
def test_managers_change_their_own_sites_settings(world: Any, who: str, may: bool) -> None:
    policy = SitePermissionPolicy(SiteProfile)

    assert policy.user_has_permission_for_instance(world.people[who], "change", world.larvik.site) == may
    assert not policy.user_has_permission_for_instance(world.people[who], "change", world.national)


def test_managers_have_what_is_given_per_site(world: Any) -> None:
    given = GroupSitePermission.objects.filter(group=world.larvik.groups["managers"])
    codenames = set(given.values_list("permission__codename", flat=True))

    settings = [config.settings_model for config in get_registry().plugins.values() if config.settings_model]
    assert {site.pk for site in Site.objects.filter(group_permissions__in=given)} == {world.larvik.site.pk}
    assert {"change_pluginactivation", "change_siteprofile"} <= codenames
    assert {f"change_{name.split('.')[1].lower()}" for name in settings} <= codenames
    for role in ("editors", "moderators"):
        assert not GroupSitePermission.objects.filter(group=world.larvik.groups[role]).exists()


def test_each_role_may_what_the_one_before_may() -> None:
    pages, media = zip(*GROUPS.values(), strict=True)

    assert all(set(few) < set(more) for few, more in pairwise(pages))
    assert all(set(few) <= set(more) for few, more in pairwise(media))


def test_all_staff_reach_the_admin(world: Any) -> None:
    assert {
        who: world.people[who].has_perm("wagtailadmin.access_admin") for who in ("editor", "manager", "team")
    } == {
        "editor": True,
        "manager": True,
        "team": False,
    }


def test_the_groups_are_made_once_and_follow_new_languages(world: Any) -> None:
    before = counts()
    groups, collection = pilot_groups_ensure(site=world.larvik.site)
    assert (groups, collection, counts()) == (dict(world.larvik.groups), world.larvik.collection, before)
    nynorsk = world.larvik.page.copy_for_translation(Locale.objects.get_or_create(language_code="nn")[0])
    assert not nynorsk.permissions_for_user(world.people["editor"]).can_edit()

    pilot_groups_ensure(site=world.larvik.site)

    fresh = type(world.people["editor"]).objects.get(pk=world.people["editor"].pk)
    assert Page.objects.get(pk=nynorsk.pk).permissions_for_user(fresh).can_edit()


def test_a_renamed_collection_stays_the_pilots(world: Any) -> None:
    Collection.objects.filter(pk=world.larvik.collection.pk).update(name="Bilder")

    _groups, collection = pilot_groups_ensure(site=world.larvik.site)

    assert collection == world.larvik.collection


def test_switching_off_is_not_undone_by_a_default(world: Any) -> None:
    made = make(plugins={"mobilisation": True})
    plugin_disable(site=made.site, slug="mobilisation")

    assert "mobilisation" not in enabled_slugs(made.site.pk)
