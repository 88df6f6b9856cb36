"""What was released stays: the schema of the code against that of the newest release.

Every release keeps its schema as `graphql/releases/<version>.graphql`. A change that breaks queries or
clients must stand in the changelog, under "### Breaking" of the version that isn't released yet, in the words
in which graphql-core says it: "- `Query.hello` was removed. Ask for `greeting`."
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from graphql import GraphQLSchema, build_schema, find_breaking_changes, find_dangerous_changes

from stedskaping_graphql.schema import get_schema

REPOSITORY = Path(__file__).parents[2]
RELEASES = REPOSITORY / "graphql" / "releases"
CHANGELOG = REPOSITORY / "CHANGELOG.md"
VERSION = re.compile(r"^## (\d+\.\d+\.\d+), (.+)$", re.MULTILINE)
UNRELEASED = "not released"


@dataclass(frozen=True)
class Section:
    """What the changelog says about one version."""

    version: str
    date: str
    text: str

    @property
    def is_released(self) -> bool:
        return self.date != UNRELEASED

    def declares(self, change: str) -> bool:
        """Whether the change stands under "### Breaking"; backticks and line breaks don't count."""
        part = re.search(r"^### Breaking$(.*?)(?=^### |\Z)", self.text, re.MULTILINE | re.DOTALL)
        # "Size was removed" isn't said by "Query.Size was removed", nor "to Int" by "to Int!".
        said = rf"(?<![\w.]){re.escape(_plain(change))}(?![\w!\]])"
        return part is not None and re.search(said, _plain(part[1])) is not None


def sections(changelog: str) -> list[Section]:
    """The versions of a changelog, as they stand there."""
    heads = list(VERSION.finditer(changelog))
    ends = [head.start() for head in heads[1:]] + [len(changelog)]
    return [
        Section(head[1], head[2], changelog[head.end() : end]) for head, end in zip(heads, ends, strict=True)
    ]


def newest(versions: list[str]) -> str | None:
    """The highest version, by number: 0.10.0 comes after 0.9.0."""
    return max(versions, key=lambda version: [int(part) for part in version.split(".")], default=None)


def undeclared(old: GraphQLSchema, new: GraphQLSchema, changelog: str) -> list[str]:
    """The breaking changes that the changelog doesn't have under the version that isn't released yet."""
    coming = [section for section in sections(changelog) if not section.is_released]
    changes = [change.description for change in find_breaking_changes(old, new)]
    return [change for change in changes if not any(section.declares(change) for section in coming)]


def _plain(text: str) -> str:
    return " ".join(text.replace("`", "").replace("'", "").split()).removesuffix(".")


# ------------------------------------------------------------------ this project


def test_every_released_version_keeps_its_schema() -> None:
    released = {section.version for section in sections(CHANGELOG.read_text()) if section.is_released}

    assert {path.stem for path in RELEASES.glob("*.graphql")} == released


def test_the_changelog_has_one_version_at_most_that_is_not_released_and_it_is_the_newest() -> None:
    found = sections(CHANGELOG.read_text())

    assert found
    assert [section.is_released for section in found[1:]] == [True] * (len(found) - 1)
    assert found[0].version == newest([section.version for section in found])


def test_nothing_that_was_released_breaks_unannounced() -> None:
    version = newest([path.stem for path in RELEASES.glob("*.graphql")])
    # Before the first release nothing is promised: the released schema is the present one.
    old = build_schema((RELEASES / f"{version}.graphql").read_text()) if version else get_schema()

    assert undeclared(old, get_schema(), CHANGELOG.read_text()) == []
    print(
        f"Dangerous since {version}:",
        [change.description for change in find_dangerous_changes(old, get_schema())],
    )


# ------------------------------------------------------------------ the rule, on schemas made up for it

OLD = build_schema("""
type Query { hello(name: String, size: Size): String! old: Int greeting: String count: Int }
enum Size { SMALL LARGE }
""")
HEAD = "# Changes\n\n## 0.2.0, not released\n\n"
FORMER = "\n## 0.1.0, 2026-12-01\n\n- The first.\n"


def schema(query: str, sizes: str = "SMALL LARGE") -> GraphQLSchema:
    return build_schema(f"type Query {{ {query} count: Int }} enum Size {{ {sizes} }}")


SAME = "hello(name: String, size: Size): String! old: Int greeting: String"


def test_the_same_schema_and_additions_need_no_words() -> None:
    more = schema(f"{SAME} added: Int")

    assert undeclared(OLD, OLD, HEAD) == []
    assert undeclared(OLD, more, HEAD) == []


@pytest.mark.parametrize(
    ("new", "change"),
    [
        (schema("hello(name: String, size: Size): String! greeting: String"), "Query.old was removed."),
        (
            schema("hello(name: String, size: Size): String old: Int greeting: String"),
            "Query.hello changed type from String! to String.",
        ),
        (
            schema("hello(name: String!, size: Size): String! old: Int greeting: String"),
            "Query.hello arg name has changed type from String to String!.",
        ),
        (
            schema("hello(name: String, size: Size, more: Int!): String! old: Int greeting: String"),
            "A required arg more on Query.hello was added.",
        ),
        (schema(SAME, "SMALL"), "LARGE was removed from enum type Size."),
    ],
)
def test_a_breaking_change_has_to_be_declared(new: GraphQLSchema, change: str) -> None:
    assert [_plain(found) for found in undeclared(OLD, new, HEAD + FORMER)] == [_plain(change)]
    assert undeclared(OLD, new, f"{HEAD}### Breaking\n\n- {change}\n{FORMER}") == []


def test_a_declaration_may_have_backticks_line_breaks_and_advice() -> None:
    new = schema("hello(name: String, size: Size): String! greeting: String")
    words = "- `Query.old` was\n  removed. Ask for `greeting`.\n"

    assert undeclared(OLD, new, f"{HEAD}### Breaking\n\n{words}\n### Fixed\n\n- A thing.\n{FORMER}") == []


@pytest.mark.parametrize(
    "changelog",
    [
        f"{HEAD}- `Query.old` was removed.\n{FORMER}",
        f"{HEAD}### Breaking\n\n- Something.\n\n### Fixed\n\n- `Query.old` was removed.\n{FORMER}",
        f"{HEAD}{FORMER}\n### Breaking\n\n- `Query.old` was removed.\n",
        f"{HEAD}### Breaking\n\n- `Query.older` was removed.\n{FORMER}",
        f"{HEAD}### Breaking\n\n- `Some.Query.old` was removed.\n{FORMER}",
    ],
)
def test_a_declaration_elsewhere_does_not_count(changelog: str) -> None:
    new = schema("hello(name: String, size: Size): String! greeting: String")

    assert undeclared(OLD, new, changelog) == ["Query.old was removed."]


def test_dangerous_changes_are_told_but_allowed() -> None:
    new = schema(SAME, "SMALL LARGE HUGE")

    assert undeclared(OLD, new, HEAD) == []
    assert [change.description for change in find_dangerous_changes(OLD, new)] == [
        "HUGE was added to enum type Size."
    ]


def test_versions_are_compared_by_number() -> None:
    assert newest(["0.9.0", "0.10.0", "0.2.11"]) == "0.10.0"
    assert newest([]) is None


def test_a_changelog_is_read_by_its_headings() -> None:
    found = sections(f"{HEAD}- New.\n{FORMER}")

    assert [(section.version, section.is_released, section.text.strip()) for section in found] == [
        ("0.2.0", False, "- New."),
        ("0.1.0", True, "- The first."),
    ]
