"""Documents that are made to hurt: each is refused, with a code, before it costs anything worth mentioning.

None of them touches the database, so these tests have none.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

CPU_SECONDS = 0.1


class Hostile(NamedTuple):
    """A document, the code that it is refused with, and variables as an object or as JSON."""

    document: str
    code: str
    variables: Any = None
    status: int = 200


def nested(levels: int, around: str = "ancestors", inside: str = "id") -> str:
    return f"{around} {{ " * levels + inside + " }" * levels


def in_page(selection: str) -> str:
    return f'{{ site {{ page(path: "/") {{ {selection} }} }} }}'


def fan_out(levels: int, last: str = "title", times: int = 2, on: str = "Page") -> str:
    """Fragments that each spread the next one several times."""
    lines = [f"fragment F{level} on {on} {{ {f'...F{level + 1} ' * times}}}" for level in range(levels)]
    return " ".join([*lines, f"fragment F{levels} on {on} {{ {last} }}"])


def deep_fan_out(levels: int) -> str:
    """The same with fields in between, so that every spread is in a selection set of its own."""
    both = "a: ancestors {{ ...F{0} }} translations {{ ...F{0} }}"
    lines = [f"fragment F{level} on Page {{ {both.format(level + 1)} }}" for level in range(levels)]
    return " ".join([in_page("...F0"), *lines, f"fragment F{levels} on Page {{ title }}"])


def overlapping(fields: int) -> str:
    """Fragments with the same fields: each pair has to be compared with each other."""
    names = [f"F{number}" for number in range(fields)]
    selection = "seo { title description image { alt width height } } title slug path"
    fragments = " ".join(f"fragment {name} on Page {{ {selection} }}" for name in names)
    return f"{in_page(' '.join(f'...{name}' for name in names))} {fragments}"


def overlapping_deep(levels: int) -> str:
    """Two chains of fragments that meet on every level with different bodies."""
    parts = []
    for level in range(levels):
        inner = f"...A{level + 1} ...B{level + 1}" if level + 1 < levels else "title"
        parts += [
            f"fragment {letter}{level} on Page {{ ancestors {{ {inner} }} translations {{ {inner} }} }}"
            for letter in "AB"
        ]
    return f"{in_page('...A0 ...B0')} {' '.join(parts)}"


BIG_LIST = "[" + ",".join(["1"] * 5_000) + "]"
TYPES = ("ArticlePage", "HomePage", "PilotPage", "CoursePage", "GuidePage", "PhasePage", "InitiativePage")

HOSTILE: dict[str, Hostile] = {
    # --- depth
    "deep nesting": Hostile(in_page(nested(20)), "LIMIT_DEPTH"),
    "nesting deeper than the parser goes": Hostile(in_page(nested(400)), "LIMIT_DEPTH"),
    "deep nesting in inline fragments": Hostile(in_page(nested(250, "... on Page")), "LIMIT_DEPTH"),
    "deep nesting through fragments": Hostile(
        f"{in_page('...F0')} "
        + " ".join(f"fragment F{n} on Page {{ ancestors {{ ...F{n + 1} }} }}" for n in range(20))
        + " fragment F20 on Page { id }",
        "LIMIT_DEPTH",
    ),
    "deep input objects": Hostile(
        "{ initiatives(where: " + "{ within: " * 30 + "1" + " }" * 30 + ") { totalCount } }", "LIMIT_DEPTH"
    ),
    "deep lists": Hostile("{ nodes(ids: " + "[" * 60 + '"x"' + "]" * 60 + ") { id } }", "LIMIT_DEPTH"),
    "lists deeper than the parser goes": Hostile("{ nodes(ids: " + "[" * 900, "LIMIT_DEPTH"),
    "deep default of a variable": Hostile(
        "query ($w: InitiativeWhere = " + "{ within: " * 30 + "1" + " }" * 30 + ") "
        "{ initiatives(where: $w) { totalCount } }",
        "LIMIT_DEPTH",
    ),
    "deep type of a variable": Hostile(
        "query ($i: " + "[" * 150 + "ID!" + "]" * 150 + ") { nodes(ids: $i) { id } }", "LIMIT_DEPTH"
    ),
    "deep values in directives": Hostile(
        "{ meta @include(if: " + "[" * 50 + "true" + "]" * 50 + ") { version } }", "LIMIT_DEPTH"
    ),
    # --- circles
    "a fragment that spreads itself": Hostile(
        in_page("...A") + " fragment A on Page { id ...A }", "LIMIT_DEPTH"
    ),
    "a circle of fragments": Hostile(
        in_page("...A")
        + " fragment A on Page { ancestors { ...B } } fragment B on Page { ...C }"
        + " fragment C on Page { ...A }",
        "LIMIT_DEPTH",
    ),
    "a circle of 100 fragments that nobody uses": Hostile(
        "{ meta { version } } "
        + " ".join(f"fragment F{n} on Page {{ ...F{(n + 1) % 100} }}" for n in range(100)),
        "LIMIT_DEPTH",
    ),
    "many circles": Hostile(
        in_page("...F0 ...F1")
        + " ".join(
            f" fragment F{n} on Page {{ {' '.join(f'...F{m}' for m in range(20))} }}" for n in range(20)
        ),
        "LIMIT_DEPTH",
    ),
    # --- fields
    "fragment fan-out of 2^20": Hostile(f"{in_page('...F0')} {fan_out(20)}", "LIMIT_FIELDS"),
    "fragment fan-out of 3^60": Hostile(f"{in_page('...F0')} {fan_out(60, times=3)}", "LIMIT_FIELDS"),
    "fragment fan-out of 2^20 that nobody uses": Hostile(
        "{ meta { version } } " + fan_out(20), "LIMIT_FIELDS"
    ),
    "fan-out on an interface": Hostile(
        "{ site { page { ... on HomePage { body { ...F0 } } } } } "
        + fan_out(15, "... on HeadingBlock { text }", on="Block"),
        "LIMIT_FIELDS",
    ),
    "fan-out with fields in between": Hostile(deep_fan_out(11), "LIMIT_FIELDS"),
    "fan-out over all types of an interface": Hostile(
        in_page("...F0")
        + "".join(
            f" fragment F{n} on Page {{ "
            + " ".join(f"... on {name} {{ ...F{n + 1} }}" for name in TYPES)
            + " }"
            for n in range(6)
        )
        + " fragment F6 on Page { title }",
        "LIMIT_FIELDS",
    ),
    "repeated fields": Hostile("{ meta { " + "version " * 900 + "} }", "LIMIT_FIELDS"),
    "repeated fields in inline fragments": Hostile(in_page("... on Page { title } " * 200), "LIMIT_FIELDS"),
    "repeated spreads": Hostile(in_page("...A " * 300) + " fragment A on Page { title }", "LIMIT_FIELDS"),
    "many root fields": Hostile(
        "{ " + " ".join(f"pilots(first: {n}) {{ totalCount }}" for n in range(1, 30)) + " }", "LIMIT_FIELDS"
    ),
    "many root fields through fragments": Hostile(
        "{ ...A } fragment A on Query { "
        + " ".join(["...B"] * 3)
        + " } fragment B on Query { "
        + " ".join(["__typename"] * 10)
        + " }",
        "LIMIT_FIELDS",
    ),
    "several mutations at once": Hostile("mutation { __typename a: __typename }", "LIMIT_FIELDS"),
    "many operations": Hostile(
        " ".join(f"query Q{n} {{ ...A }}" for n in range(150))
        + " fragment A on Query { meta { version limits plugins { slug name version description } } }",
        "LIMIT_FIELDS",
    ),
    "overlapping fields": Hostile(overlapping(70), "LIMIT_FIELDS"),
    "overlapping fields on every level": Hostile(overlapping_deep(7), "LIMIT_FIELDS"),
    # --- aliases and directives
    "10,000 aliases": Hostile(
        "{ " + " ".join(f"a{n}: __typename" for n in range(10_000)) + " }", "LIMIT_TOKENS", None, 413
    ),
    "as many aliases as fit": Hostile(
        "{ meta { " + " ".join(f"a{n}: version" for n in range(600)) + " } }", "LIMIT_ALIASES"
    ),
    "aliases of a costly field": Hostile(
        "{ " + " ".join(f"a{n}: pilots(first: 100) {{ totalCount }}" for n in range(100)) + " }",
        "LIMIT_ALIASES",
    ),
    "directive overload at one field": Hostile(
        "{ meta { version " + "@include(if: true) " * 200 + "} }", "LIMIT_FIELDS"
    ),
    "unknown directives": Hostile("{ meta { version " + "@a " * 900 + "} }", "LIMIT_FIELDS"),
    "directives at many fields": Hostile(
        "{ meta "
        + "{ version @skip(if: false) } meta " * 9
        + "{ plugins "
        + "{ slug @include(if: true) } plugins " * 9
        + "{ name "
        + "@skip(if: false) " * 20
        + "} } }",
        "LIMIT_FIELDS",
    ),
    "directives on operations and variables": Hostile(
        "query ($a: Int " + "@x " * 4 + ") " + "@y " * 40 + "{ meta { version } }", "LIMIT_FIELDS"
    ),
    # --- tokens
    "a huge list": Hostile(f"{{ nodes(ids: {BIG_LIST}) {{ id }} }}", "LIMIT_TOKENS"),
    "a document of commas": Hostile("," * 60_000 + "{ meta { version } }", "LIMIT_TOKENS"),
    "many comments": Hostile("#\n" * 7_000 + "{ meta { version } }", "LIMIT_TOKENS"),
    "a long string": Hostile('{ node(id: "' + "x" * 40_000 + '") { id } }', "LIMIT_TOKENS"),
    "a long block string": Hostile('{ node(id: """' + "\n  x" * 10_000 + '""") { id } }', "LIMIT_TOKENS"),
    "escapes": Hostile('{ node(id: "' + "\\u{1F600}" * 4_000 + '") { id } }', "LIMIT_TOKENS"),
    "an open string of surrogates": Hostile('{ node(id: "' + "\\uD83D" * 2_000, "BAD_USER_INPUT"),
    "many brackets": Hostile("{" * 14_000, "BAD_USER_INPUT"),
    "open selection sets": Hostile("{ a" * 4_000, "LIMIT_DEPTH"),
    "punctuation": Hostile("{ a" + "!" * 14_000, "BAD_USER_INPUT"),
    "control characters": Hostile("{ meta { ver\x00\ufeffsion } }", "BAD_USER_INPUT"),
    "a body that is too long": Hostile("{ meta { version } }", "LIMIT_TOKENS", {"x": "y" * 70_000}, 413),
    # --- introspection
    "introspection in circles": Hostile(
        "{ __schema { types { " + nested(4, "fields { type", "name").replace("}", "} }") + " } } }",
        "LIMIT_DEPTH",
    ),
    "introspection in deep circles": Hostile(
        '{ __type(name: "Query") { ' + nested(40, "fields { type", "name").replace("}", "} }") + " } }",
        "LIMIT_DEPTH",
    ),
    "introspection in circles through fragments": Hostile(
        "{ __schema { types { ...A } } } fragment A on __Type { fields { type { ...B } } } "
        "fragment B on __Type { fields { type { ...C } } } fragment C on __Type { fields { name } }",
        "LIMIT_DEPTH",
    ),
    "deep types": Hostile(
        '{ __type(name: "Query") { ' + nested(60, "ofType", "name") + " } }", "LIMIT_DEPTH"
    ),
    "the schema, many times": Hostile(
        "{ " + " ".join(f"s{n}: __schema {{ types {{ name }} }}" for n in range(15)) + " }", "LIMIT_COST"
    ),
    # --- cost
    "connections in connections": Hostile(
        "{ pilots(first: 100) { nodes { initiatives(first: 100) { nodes { id } } } } }", "LIMIT_COST"
    ),
    "nodes and edges of the same connection": Hostile(
        "{ pilots { nodes { initiatives { nodes { activity { nodes { id } edges { node { id } } } } } } } }",
        "LIMIT_COST",
    ),
    "a huge page": Hostile("{ pilots(first: 2147483647) { nodes { id } } }", "LIMIT_COST"),
    "a huge page in a variable": Hostile(
        "query ($n: Int!) { pilots(first: $n) { nodes { id } } }", "LIMIT_COST", {"n": 2_000_000_000}
    ),
    "a huge page as the default of a variable": Hostile(
        "query ($n: Int = 90000) { pilots(first: $n) { nodes { id } } }", "LIMIT_COST"
    ),
    "lists in lists": Hostile(in_page(nested(7)), "LIMIT_COST"),
    "a huge list in a variable": Hostile(
        "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", "LIMIT_COST", {"ids": ["a"] * 6_000}
    ),
    "what is left out counts too": Hostile(
        "query ($no: Boolean!) { pilots(first: 100) @include(if: $no) @skip(if: true) "
        "{ nodes { initiatives(first: 100) { nodes { id } } } } }",
        "LIMIT_COST",
        {"no": True},
    ),
    # --- simply wrong
    "many variables of unknown types": Hostile(
        "query (" + " ".join(f"$v{n}: T{n}" for n in range(300)) + ") { meta { version } }", "BAD_USER_INPUT"
    ),
    "many unknown fields": Hostile(
        "{ meta { " + " ".join(f"field{n}" for n in range(900)) + " } }", "BAD_USER_INPUT"
    ),
    "many similar arguments": Hostile(
        "{ pilots(" + " ".join(f"afterr{n}: 1" for n in range(300)) + ") { totalCount } }", "BAD_USER_INPUT"
    ),
    "a variable of deep JSON": Hostile(
        "query ($w: InitiativeWhere) { initiatives(where: $w) { totalCount } }",
        "BAD_USER_INPUT",
        "[" * 30_000 + "]" * 30_000,
        400,
    ),
    "many wrong values in a variable": Hostile(
        "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", "BAD_USER_INPUT", {"ids": [None] * 2_000}
    ),
    "definitions of types": Hostile(
        " ".join(f"type T{n} {{ f: Int }}" for n in range(150)), "BAD_USER_INPUT"
    ),
    "a subscription": Hostile("subscription { x }", "BAD_USER_INPUT"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_and_cheap(name: str, attack: Callable[..., Any]) -> None:
    hostile = HOSTILE[name]

    refusal = attack(hostile.document, hostile.variables)

    assert set(refusal.codes) == {hostile.code}, refusal.body
    assert len(refusal.codes) <= 5
    assert "data" not in refusal.body
    assert refusal.status == hostile.status
    assert refusal.seconds < CPU_SECONDS
