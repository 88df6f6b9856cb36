"""What operations cost, with and without variables; and what the sample operations ask for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import RequestFactory
from graphql import GraphQLArgument, GraphQLInt, build_schema

from stedskaping_graphql.engine.context import Context
from stedskaping_graphql.engine.documents import cache_of, prepare
from stedskaping_graphql.engine.execute import execute
from stedskaping_graphql.engine.limits.tables import ANONYMOUS, described
from stedskaping_graphql.schema import fresh_schema

SAMPLES = sorted(
    path.stem
    for path in (Path(__file__).parents[3] / "examples" / "queries").glob("*.graphql")
    if path.stem != "fragments"
)
SCHEMA = build_schema(
    """
    type Query {
      number: Int
      me: Person!
      people(first: Int, after: String): PersonConnection!
      top(first: Int = 3): [Person!]!
      some(ids: [ID!]!): [Person]!
      things: [Thing!]!
      either: [Either!]!
      numbers: [Int!]!
    }
    type Mutation { change: Person }
    type PersonConnection { nodes: [Person!]! edges: [PersonEdge!]! pageInfo: PageInfo! totalCount: Int! }
    type PersonEdge { cursor: String! node: Person! }
    type PageInfo { hasNextPage: Boolean! }
    interface Thing { id: ID! owner: Person! }
    type Person implements Thing {
      id: ID! owner: Person! friends: [Person!]! people(first: Int): PersonConnection!
    }
    type Car implements Thing { id: ID! owner: Person! wheels: [Wheel!]! }
    type Wheel { id: ID! car: Car! }
    union Either = Person | Car
    """
)


def cost(text: str, variables: dict[str, Any] | None = None, name: str | None = None) -> int:
    return prepare(SCHEMA, text, name, introspection=True).cost(variables)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{ number numbers __typename }", 0),
        ("{ me { id } }", 1),
        ("{ me { owner { owner { id } } } }", 3),
        ("{ a: me { id } b: me { id } }", 2),
        ("mutation { change { id owner { id } } }", 2),
        # the connection, and twenty people
        ("{ people { nodes { id } } }", 1 + 20),
        ("{ people(first: null) { nodes { id } } }", 1 + 20),
        ("{ people(first: 7) { nodes { id owner { id } } pageInfo { hasNextPage } } }", 1 + 7 * 2 + 1),
        ("{ people(first: 7) { edges { cursor node { id } } totalCount } }", 1 + 7 * 2),
        ("{ people(first: 7) { nodes { id } edges { node { id } } } }", 1 + 7 + 7 * 2),
        ("{ people(first: 0) { nodes { id } } }", 1),
        ("{ people(first: -5) { nodes { id } } }", 1),
        ("{ people(first: 10) { nodes { people(first: 10) { nodes { id } } } } }", 1 + 10 * (1 + 1 + 10)),
        # a list with `first`, and its default
        ("{ top { id } }", 3),
        ("{ top(first: 8) { id } }", 8),
        # other lists
        ("{ things { id } }", 5),
        ("{ things { owner { friends { id } } } }", 5 * (1 + 1 + 5)),
        ('{ some(ids: ["a"]) { id } }', 5),
        ('{ some(ids: ["a", "b", "c", "d", "e", "f", "g"]) { id } }', 7),
        ('{ some(ids: "a") { id } }', 5),
        # fragments: an object has one type only
        (
            "{ things { ... on Person { friends { id } } ... on Car { wheels { id } owner { id } } } }",
            5 * (1 + 6),
        ),
        ("{ things { owner { id } ... on Person { friends { id } } } }", 5 * (1 + 1 + 5)),
        ("{ things { ... on Thing { owner { id } } ...C ...C } } fragment C on Car { owner { id } }", 5 * 4),
        (
            "{ either { ... on Thing { ... on Car { owner { id } } ... on Person { friends { id } } } } }",
            5 * 6,
        ),
        (
            "{ me { ... on Person { owner { id } } ... { owner { id } } ...P } } "
            "fragment P on Person { friends { id } }",
            1 + 1 + 1 + 5,
        ),
        ("{ people(first: 3) { ...C } } fragment C on PersonConnection { nodes { id } }", 1 + 3),
        # what may be left out counts
        ("{ me @skip(if: true) { id } }", 1),
        # the schema
        ("{ __schema { types { fields { name } } } }", 2500),
        ('{ __type(name: "Car") { name } number }', 250),
    ],
)
def test_the_price_of_a_document(text: str, expected: int) -> None:
    assert cost(text) == expected


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        (None, 1 + 4),
        ({}, 1 + 4),
        ({"n": 9}, 1 + 9),
        ({"n": 9.0}, 1 + 9),
        ({"n": None}, 1 + 20),
        ({"n": 100_000}, 1 + 100_000),
        ({"n": -1}, 1),
        # Values that an Int doesn't take: the operation is refused for them when it is run.
        ({"n": "many"}, 1 + 20),
        ({"n": True}, 1 + 20),
        ({"n": [1]}, 1 + 20),
    ],
)
def test_a_page_size_from_a_variable(variables: dict[str, Any] | None, expected: int) -> None:
    assert cost("query ($n: Int = 4) { people(first: $n) { nodes { id } } }", variables) == expected


def test_a_variable_without_default_is_the_fields_default() -> None:
    assert cost("query ($n: Int) { people(first: $n) { nodes { id } } }", {}) == 1 + 20
    assert cost("query ($n: Int) { top(first: $n) { id } }", {}) == 3
    assert cost("query ($n: Int) { top(first: $n) { id } }", {"n": 6}) == 6


def test_variables_in_each_other_and_in_alternatives() -> None:
    text = (
        "query ($n: Int, $m: Int) { people(first: $n) { nodes { people(first: $m) { nodes { id } } } } "
        "either { ... on Person { people(first: $m) { nodes { id } } } ... on Car { owner { id } } } }"
    )
    assert cost(text, {"n": 3, "m": 4}) == 1 + 3 * (1 + 1 + 4) + 5 * (1 + 5)
    assert cost(text, {"n": 3, "m": 0}) == 1 + 3 * (1 + 1) + 5 * (1 + 1)


def test_a_list_from_a_variable() -> None:
    text = "query ($ids: [ID!]!) { some(ids: $ids) { owner { id } } }"
    assert cost(text, {"ids": ["a"] * 300}) == 600
    assert cost(text, {"ids": "a"}) == 10
    assert cost(text, {}) == 10


def test_operations_of_one_document_have_prices_of_their_own() -> None:
    text = "query A { me { id } } query B { things { id } }"
    assert [cost(text, name=name) for name in "ABA"] == [1, 5, 1]


def test_defaults_that_are_no_numbers_count_as_a_page() -> None:
    schema = build_schema("type Query { l(first: Int): [Query!]! a: Int }")
    assert schema.query_type is not None
    schema.query_type.fields["l"].args["first"] = GraphQLArgument(GraphQLInt, default_value=None)
    assert prepare(schema, "{ l { a } }", introspection=False).cost(None) == 20


@pytest.mark.parametrize("name", SAMPLES)
def test_sample_operations_stay_well_inside_the_limits_of_strangers(
    name: str, sample: Callable[[str], str]
) -> None:
    schema = fresh_schema()

    operation = prepare(schema, sample(name), introspection=False, limits=ANONYMOUS)

    (entry,) = cache_of(schema)._documents.values()
    assert operation.cost({}) <= ANONYMOUS.cost / 2
    for limit, share in {
        "characters": 2,
        "tokens": 2,
        "fields": 2,
        "aliases": 2,
        "query_root_fields": 2,
        "same_key": 2,
        "directives": 2,
        "depth": 1.5,
    }.items():
        assert getattr(entry.counts, limit) <= getattr(ANONYMOUS, limit) / share, limit


def test_the_longest_list_still_fits(sample: Callable[[str], str]) -> None:
    operation = prepare(fresh_schema(), sample("initiatives"), introspection=False, limits=ANONYMOUS)
    assert operation.cost({"first": 100}) <= ANONYMOUS.cost


def test_the_api_shows_the_numbers_in_force(settings: Any) -> None:
    settings.STEDSKAPING_RATE_LIMIT_ANONYMOUS = 7
    settings.STEDSKAPING_RATE_LIMIT_SIGNED_IN = 8
    context = Context(RequestFactory().get("/graphql"))

    result = execute(fresh_schema(), "{ meta { limits } }", None, None, context)

    assert result.data == {
        "meta": {
            "limits": {
                "pageDefault": 20,
                "pageMaximum": 100,
                **described(),
                "costPerMinute": {"anonymous": 7, "signedIn": 8, "request": 50, "document": 500},
            }
        }
    }
