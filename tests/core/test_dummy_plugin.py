"""The dummy uses every extension point; each answers where it is on and is silent where it is off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from importlib import import_module
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from stedskaping_dummy import models

from stedskaping_core.models import Event, InitiativePage
from stedskaping_core.plugins.config import PluginConfig
from stedskaping_core.plugins.contributions import DemoContext, GraphQLContribution
from stedskaping_core.plugins.facade import hooks_for
from stedskaping_core.plugins.manager import HOOKS, implemented_hooks
from stedskaping_core.plugins.registry import get_registry
from stedskaping_core.services.plugins import plugin_disable

# For the platform itself only.
NOT_FOR_PLUGINS = {"extend"}
EVERYTHING = """
query Everything($note: ID!, $page: ID!) {
  dummy { numbers { __typename count } }
  site(key: "larvik") {
    dummy { greeting }
    initiatives {
      nodes { title dummy { notes { text } } story { __typename ... on DummyNoteBlock { text } } }
    }
  }
  viewer { dummy { noteCount } }
  note: node(id: $note) { __typename ... on DummyNote { id text } }
  page: node(id: $page) { __typename ... on DummyPage { title body { __typename } } }
}
"""
WRITE = """
mutation Write($input: DummyNoteWriteInput!) {
  dummyNoteWrite(input: $input) { note { text } errors { code message } }
}
"""
BLOCK = {
    "type": "dummy_note",
    "value": {"text": "I teksten", "parts": []},
    "id": "00000000-0000-4000-8000-000000000001",
}


def test_it_implements_every_hook(dummy: PluginConfig) -> None:
    """A new hook comes with an implementation here."""
    module = import_module("stedskaping_dummy.hooks")
    implemented = {hook for hook, _function, _options in implemented_hooks(module)}

    assert sorted(implemented) == sorted(HOOKS)


def test_it_uses_every_part_of_a_graphql_contribution(dummy: PluginConfig) -> None:
    contribution = next(c for slug, _own, c in get_registry().graphql_contributions() if slug == "dummy")
    unused = {field.name for field in fields(GraphQLContribution) if not getattr(contribution, field.name)}

    assert unused == NOT_FOR_PLUGINS


def test_it_uses_every_part_of_its_config(dummy: PluginConfig) -> None:
    own = {name for name in vars(type(dummy)) if name in PluginConfig.__annotations__}

    assert own == set(PluginConfig.__annotations__)
    assert dummy.default_enabled is False


@pytest.fixture
def written(platform: Any, dummy_at: Callable[[Any], Any]) -> dict[str, str]:
    """Something to read everywhere; the ids to find it by."""
    site = dummy_at(platform.larvik.site)
    note = models.Note.objects.create(
        initiative=platform.initiative, author=platform.people["resident"], text="Et notat"
    )
    models.DummySettings.objects.create(site=site, greeting="Hei")
    InitiativePage.objects.filter(pk=platform.initiative.pk).update(story=[BLOCK])
    index = platform.larvik.page
    index.refresh_from_db()
    page = index.add_child(instance=models.DummyPage(title="Dummy", slug="dummy", locale=index.locale))
    from stedskaping_graphql.engine.ids import to_global_id

    return {
        "note": to_global_id("DummyNote", note.uuid),
        "page": to_global_id("DummyPage", f"{page.translation_key}.nb"),
    }


def test_where_it_is_on_everything_answers(written: dict[str, str], platform: Any, graphql: Any) -> None:
    data = graphql(EVERYTHING, written, user=platform.people["resident"])["data"]

    assert data == {
        "dummy": {"numbers": {"__typename": "DummyTotals", "count": 1}},
        "site": {
            "dummy": {"greeting": "Hei"},
            "initiatives": {
                "nodes": [
                    {
                        "title": "Benken",
                        "dummy": {"notes": [{"text": "Et notat"}]},
                        "story": [{"__typename": "DummyNoteBlock", "text": "I teksten"}],
                    }
                ]
            },
        },
        "viewer": {"dummy": {"noteCount": 1}},
        "note": {"__typename": "DummyNote", "id": written["note"], "text": "Et notat"},
        "page": {"__typename": "DummyPage", "title": "Dummy", "body": []},
    }


def test_where_it_is_off_nothing_answers(written: dict[str, str], platform: Any, graphql: Any) -> None:
    plugin_disable(site=platform.larvik.site, slug="dummy")
    data = graphql(EVERYTHING, written, user=platform.people["resident"])["data"]

    assert data == {
        "dummy": None,
        "site": {
            "dummy": None,
            "initiatives": {"nodes": [{"title": "Benken", "dummy": None, "story": []}]},
        },
        "viewer": {"dummy": None},
        "note": None,
        "page": None,
    }


def test_on_at_another_site_is_off_here(
    written: dict[str, str], platform: Any, graphql: Any, dummy_at: Callable[[Any], Any]
) -> None:
    plugin_disable(site=platform.larvik.site, slug="dummy")
    dummy_at(platform.voss.site)
    data = graphql(EVERYTHING, written, user=platform.people["resident"])["data"]

    assert data["site"]["dummy"] is None
    assert data["site"]["initiatives"]["nodes"] == [{"title": "Benken", "dummy": None, "story": []}]
    assert (data["note"], data["page"]) == (None, None)
    # These two belong to no site.
    assert data["dummy"] == {"numbers": {"__typename": "DummyTotals", "count": 1}}
    assert data["viewer"] == {"dummy": {"noteCount": 1}}


def test_on_again_everything_is_back(
    written: dict[str, str], platform: Any, graphql: Any, dummy_at: Callable[[Any], Any]
) -> None:
    before = graphql(EVERYTHING, written, user=platform.people["resident"])
    plugin_disable(site=platform.larvik.site, slug="dummy")
    dummy_at(platform.larvik.site)

    assert graphql(EVERYTHING, written, user=platform.people["resident"]) == before


def test_its_mutation(written: dict[str, str], platform: Any, graphql: Any) -> None:
    benken = graphql('{ site(key: "larvik") { initiatives { nodes { id } } } }')
    initiative = benken["data"]["site"]["initiatives"]["nodes"][0]["id"]
    resident = platform.people["resident"]

    def write(text: str, **more: Any) -> Any:
        return graphql(WRITE, {"input": {"initiative": initiative, "text": text}}, **more)

    assert write("Nytt", user=resident)["data"]["dummyNoteWrite"] == {"note": {"text": "Nytt"}, "errors": []}
    refused = write("  ", user=resident)["data"]["dummyNoteWrite"]
    assert (refused["note"], [error["code"] for error in refused["errors"]]) == (None, ["BLANK"])
    assert write("Nytt", errors=True)["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"

    plugin_disable(site=platform.larvik.site, slug="dummy")
    answer = write("Nytt", user=resident, errors=True)
    assert answer["errors"][0]["extensions"]["code"] == "PLUGIN_DISABLED"
    assert models.Note.objects.filter(text="Nytt").count() == 1


def test_its_events_reach_the_activity_list(written: dict[str, str], platform: Any, graphql: Any) -> None:
    from stedskaping_dummy.services import note_write

    note_write(initiative=platform.initiative, author=platform.people["resident"], text="Nytt")
    event = Event.objects.order_by("pk").last()

    assert event is not None
    assert (event.key, event.payload) == ("dummy.note_written", {"name": "Resident"})
    assert event.activity.initiative_id == platform.initiative.pk


def test_its_list_in_the_admin(written: dict[str, str], platform: Any, client: Any) -> None:
    client.force_login(platform.people["manager"])
    assert "Et notat" in client.get("/admin/dummy/notes/").content.decode()
    assert "Dummy notes" in client.get("/admin/").content.decode()

    plugin_disable(site=platform.larvik.site, slug="dummy")
    # Wagtail sends people who may not see a page back to the home page.
    assert client.get("/admin/dummy/notes/").status_code == 302
    assert "Dummy notes" not in client.get("/admin/").content.decode()


def test_its_settings_in_the_admin(written: dict[str, str], platform: Any, client: Any) -> None:
    client.force_login(platform.people["admin"])
    body = client.get(f"/admin/settings/dummy/dummysettings/{platform.larvik.site.pk}/").content.decode()

    assert "Hei" in body


def test_its_demo_data_can_be_loaded_twice(platform: Any, dummy: PluginConfig) -> None:
    demo = DemoContext(
        sites={"larvik": platform.larvik.site},
        people={},
        initiatives={"benken": platform.initiative},
        content={},
        extra_people=lambda key, number: [],
    )
    registry = get_registry()
    from stedskaping_core.plugins.registry import implementations

    for _time in range(2):
        for _slug, load in implementations(registry.manager, ("dummy",), "load_demo_data"):
            load(demo=demo)

    assert [note.text for note in platform.initiative.dummy_notes.all()] == ["A note for the demo."]


def test_its_migrations_are_complete(dummy: PluginConfig, db: None) -> None:
    out = StringIO()
    call_command("makemigrations", "dummy", check=True, dry_run=True, stdout=out)

    assert out.getvalue() == "No changes detected in app 'dummy'\n"


def test_every_answer_of_the_facade_has_a_hook() -> None:
    """`hooks_for` has a method for each hook that isn't called at start."""
    methods = {name for name in vars(type(hooks_for(None))) if not name.startswith("_")}
    expected = {
        hook.removeprefix("provide_").removeprefix("on_")
        for hook in HOOKS
        if not hook.startswith("register_")
    }

    assert methods == expected
