"""Followers through the real schema: numbers for everybody, one's own follows for oneself."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from stedskaping_core.models import InitiativePage
from stedskaping_core.services.plugins import plugin_disable, plugin_enable
from stedskaping_mobilisation.blocks import FollowBlock
from stedskaping_mobilisation.models import Follow
from stedskaping_mobilisation.services import follow

PUBLIC = "{ initiatives(first: 100, orderBy: TITLE) { nodes { title mobilisation { followerCount } } } }"
MINE = (
    "{ initiatives(first: 100, orderBy: TITLE) { nodes { mobilisation { followerCount viewerFollows } } } }"
)
VIEWER = "{ viewer { mobilisation { follows { title mobilisation { followerCount } } } } }"


def test_everybody_sees_how_many_follow(larvik: Any, initiative: Any, make_person: Any, ask: Any) -> None:
    benk = initiative(larvik)
    initiative(larvik, "Scene")
    for name in ("Ada", "Bo"):
        follow(initiative=benk, user=make_person(name))
    long_ago = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    Follow.objects.create(initiative=benk, user=make_person("Siv"), created_at=long_ago, ended_at=long_ago)

    answer = ask(PUBLIC)

    assert answer["initiatives"]["nodes"] == [
        {"title": "Benk", "mobilisation": {"followerCount": 2}},
        {"title": "Scene", "mobilisation": {"followerCount": 0}},
    ]
    assert answer["private"] is False


def test_whether_the_viewer_follows_is_private(
    larvik: Any, initiative: Any, make_person: Any, ask: Any
) -> None:
    ada = make_person("Ada")
    follow(initiative=initiative(larvik), user=ada)
    initiative(larvik, "Scene")

    def follows(answer: Any) -> list[bool]:
        return [node["mobilisation"]["viewerFollows"] for node in answer["initiatives"]["nodes"]]

    mine, others, visitor = ask(MINE, user=ada), ask(MINE, user=make_person("Bo")), ask(MINE)

    assert (follows(mine), follows(others), follows(visitor)) == (
        [True, False],
        [False, False],
        [False, False],
    )
    assert (mine["private"], visitor["private"]) == (True, True)


def test_statements_do_not_grow_with_the_list(
    larvik: Any, initiative: Any, make_person: Any, ask: Any
) -> None:
    ada = make_person("Ada")
    numbers: dict[str, set[int]] = {MINE: set(), VIEWER: set()}
    for wanted in (1, 20, 100):
        for n in range(InitiativePage.objects.count(), wanted):
            follow(initiative=initiative(larvik, f"Prosjekt {n:03}"), user=ada)
        for query, counted in numbers.items():
            with CaptureQueriesContext(connection) as statements:
                answer = ask(query, user=ada)
            counted.add(len(statements))
            assert json.dumps(answer).count('"followerCount": 1') == wanted
            assert sum("mobilisation_follow" in entry["sql"] for entry in statements) == 2

    assert {query: len(counted) for query, counted in numbers.items()} == {MINE: 1, VIEWER: 1}


def test_viewer_sees_what_they_follow_the_latest_first(
    larvik: Any, voss: Any, initiative: Any, make_person: Any, ask: Any
) -> None:
    ada, bo = make_person("Ada"), make_person("Bo")
    for page in (initiative(larvik), initiative(voss, "Bru"), initiative(larvik, "Scene")):
        follow(initiative=page, user=ada)
    withdrawn, left = initiative(larvik, "Trukket"), initiative(larvik, "Forlatt")
    for page in (withdrawn, left):
        follow(initiative=page, user=ada)
    withdrawn.unpublish()
    Follow.objects.filter(initiative=left).update(ended_at=timezone.now())
    follow(initiative=left, user=bo)

    def titles() -> list[str]:
        answer = ask(VIEWER, user=ada)
        assert answer["private"] is True
        return [node["title"] for node in answer["viewer"]["mobilisation"]["follows"]]

    assert titles() == ["Scene", "Bru", "Benk"]
    assert ask(VIEWER)["viewer"] is None
    plugin_disable(site=voss.site, slug="mobilisation")
    assert titles() == ["Scene", "Benk"]
    plugin_disable(site=larvik.site, slug="mobilisation")
    assert titles() == []


def test_site_that_has_mobilisation_off_answers_null_and_loses_nothing(
    larvik: Any, initiative: Any, make_person: Any, ask: Any
) -> None:
    follow(initiative=initiative(larvik), user=make_person("Ada"))
    plugin_disable(site=larvik.site, slug="mobilisation")
    assert ask(PUBLIC)["initiatives"]["nodes"] == [{"title": "Benk", "mobilisation": None}]

    plugin_enable(site=larvik.site, slug="mobilisation")
    assert ask(PUBLIC)["initiatives"]["nodes"] == [{"title": "Benk", "mobilisation": {"followerCount": 1}}]


# ------------------------------------------------------------------ the block

STORY = """{ site(key: "larvik") { initiative(slug: "benk") { story { blockType
  ... on MobilisationFollowBlock { text initiative { title mobilisation { followerCount } } }
} } } }"""


@pytest.fixture
def told(larvik: Any, initiative: Any, make_person: Any) -> InitiativePage:
    """An initiative whose story invites to follow another one, and a draft."""
    scene, hidden = initiative(larvik, "Scene"), initiative(larvik, "Utkast", live=False)
    follow(initiative=scene, user=make_person("Ada"))
    page: InitiativePage = initiative(larvik)
    page.story = json.dumps(
        [
            {"type": "mobilisation_follow", "id": "a", "value": {"initiative": scene.pk, "text": "Bli med!"}},
            {"type": "mobilisation_follow", "id": "b", "value": {"initiative": hidden.pk, "text": ""}},
            {"type": "mobilisation_follow", "id": "c", "value": {"initiative": None}},
        ]
    )
    page.save()
    return page


def test_block_leads_to_the_chosen_project(told: InitiativePage, ask: Any) -> None:
    blocks = ask(STORY)["site"]["initiative"]["story"]

    assert [(block["text"], block["initiative"]) for block in blocks] == [
        ("Bli med!", {"title": "Scene", "mobilisation": {"followerCount": 1}}),
        ("", None),
        ("", None),
    ]


def test_block_is_not_delivered_where_mobilisation_is_off(
    told: InitiativePage, larvik: Any, ask: Any
) -> None:
    plugin_disable(site=larvik.site, slug="mobilisation")

    assert ask(STORY)["site"]["initiative"]["story"] == []


def test_block_in_the_editor(told: InitiativePage, make_person: Any) -> None:
    scene = InitiativePage.objects.get(slug="scene")
    block = FollowBlock()
    with translation.override("en"):
        example = block.render(block.get_preview_value(), context=block.get_preview_context(None, {}))
        one = block.render(block.to_python({"initiative": scene.pk, "text": "Bli med!"}))
        empty = block.render(block.to_python({"initiative": None, "text": ""}))
        follow(initiative=scene, user=make_person("Bo"))
        two = block.render(block.to_python({"initiative": scene.pk, "text": ""}))

    assert "Hear when the next working evening is." in example
    assert "<strong>The project</strong> · 64 people follow" in example
    assert "<p>Bli med!</p><p><strong>Scene</strong> · 1 person follows</p>" in one
    assert "Choose a project." in empty
    assert "<strong>Scene</strong> · 2 people follow" in two
