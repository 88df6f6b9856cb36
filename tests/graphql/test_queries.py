"""The sample operations: each is valid, answers, and costs the same however long its lists are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from graphql import parse, validate

from stedskaping_graphql.schema import get_schema

QUERIES = Path(__file__).parents[2] / "examples" / "queries"
NAMES = (
    "guide",
    "home",
    "initiative",
    "initiatives",
    "map",
    "node",
    "pilots",
    "route",
    "search",
    "sitemap",
    "viewer",
)
BOX = {"west": 5, "south": 55, "east": 15, "north": 65}
VARIABLES: dict[str, dict[str, Any]] = {
    "guide": {"key": "stedskaping"},
    "home": {"key": "larvik"},
    "initiative": {"key": "larvik", "slug": "project-001"},
    "initiatives": {"first": 100},
    "map": {"key": "larvik", "within": BOX},
    "node": {"ids": []},
    "pilots": {},
    "route": {"key": "stedskaping", "path": "/news/article/"},
    "search": {"key": "larvik", "query": "Project", "first": 100},
    "sitemap": {"key": "larvik"},
    "viewer": {},
}
# How many statements each takes, however long the lists are: an anonymous caller's, and the viewer's own.
STATEMENTS = {
    "guide": 15,
    "home": 15,
    "initiative": 32,
    "initiatives": 14,
    "map": 6,
    "node": 8,
    "pilots": 12,
    "route": 12,
    "search": 8,
    "sitemap": 7,
    "viewer": 17,
}


def test_every_sample_is_tested() -> None:
    found = {path.stem for path in QUERIES.glob("*.graphql")} - {"fragments"}

    assert found == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_sample_is_valid(name: str, sample: Callable[[str], str]) -> None:
    assert validate(get_schema(), parse(sample(name))) == []


def test_samples_cost_the_same_for_1_20_and_100_items(
    world: Any, ask: Callable[..., Any], sample: Callable[[str], str]
) -> None:
    counts: dict[str, list[int]] = {name: [] for name in NAMES}
    for wanted in (1, 20, 100):
        world.add_initiatives(wanted - len(world.initiatives))
        for name in NAMES:
            user = world.people[0] if name == "viewer" else None
            if name == "node":
                listed = ask("{ initiatives(first: 100) { nodes { id image { id } pilot { id } } } }").data
                nodes = listed["initiatives"]["nodes"]
                VARIABLES["node"]["ids"] = [
                    *(node["id"] for node in nodes[:98]),
                    nodes[0]["image"]["id"],
                    nodes[0]["pilot"]["id"],
                ]
            # Once before counting: content types are read once per process.
            ask(sample(name), VARIABLES[name], user)

            answer = ask(sample(name), VARIABLES[name], user)

            assert answer.status == 200
            assert answer.data is not None
            counts[name].append(len(answer.statements))
            answer.client.logout()
    assert {name: found for name, found in counts.items() if len(set(found)) > 1} == {}
    assert {name: found[0] for name, found in counts.items()} == STATEMENTS
