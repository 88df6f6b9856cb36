"""Batched resolvers: one call for all siblings, whatever the shape of the answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import graphene
import pytest
from django.test import RequestFactory
from graphql import graphql_sync

from stedskaping_graphql.engine.batching import batched, freeze, load_by_id, register_siblings
from stedskaping_graphql.engine.context import Context
from stedskaping_graphql.engine.errors import NotFound
from stedskaping_graphql.engine.lookahead import ReferenceLoader


@dataclass(eq=False)
class Person:
    name: str
    friends: list[Person] = field(default_factory=list)


class Employee(Person):
    pass


@pytest.fixture
def context() -> Context:
    return Context(RequestFactory().get("/graphql"))


class World:
    """A toy schema over people, with a record of what its loaders were asked."""

    def __init__(self, people: list[Person], *, across: bool = False) -> None:
        self.calls: list[tuple[str, list[str], dict[str, Any]]] = []
        calls = self.calls

        def record(name: str, parents: Any, **arguments: Any) -> None:
            calls.append((name, [parent.name for parent in parents], arguments))

        class PersonType(graphene.ObjectType):
            class Meta:
                name = "Person"

            name = graphene.String()
            greeting = graphene.String(word=graphene.String())
            friends = graphene.List(lambda: PersonType)
            boss = graphene.Field(lambda: PersonType)
            fragile = graphene.String()
            broken = graphene.String()
            short = graphene.String()

            @staticmethod
            @batched(across=across)
            def resolve_greeting(parents: Any, info: Any, **arguments: Any) -> list[str]:
                record("greeting", parents, **arguments)
                return [f"{arguments.get('word', 'Hello')} {parent.name}" for parent in parents]

            @staticmethod
            @batched
            def resolve_friends(parents: Any, info: Any) -> list[list[Person]]:
                record("friends", parents)
                return [parent.friends for parent in parents]

            @staticmethod
            @batched
            def resolve_boss(parents: Any, info: Any) -> list[Person | None]:
                record("boss", parents)
                return [parent.friends[0] if parent.friends else None for parent in parents]

            @staticmethod
            @batched
            def resolve_fragile(parents: Any, info: Any) -> list[str | Exception]:
                record("fragile", parents)
                return [NotFound(f"no {p.name}") if p.name == "Bo" else p.name.upper() for p in parents]

            @staticmethod
            @batched
            def resolve_broken(parents: Any, info: Any) -> list[str]:
                record("broken", parents)
                raise RuntimeError("the database is on fire")

            @staticmethod
            @batched
            def resolve_short(parents: Any, info: Any) -> list[str]:
                return ["only one"]

        class Query(graphene.ObjectType):
            people = graphene.List(PersonType)
            again = graphene.List(PersonType)

            @staticmethod
            @batched
            def resolve_people(parents: Any, info: Any) -> list[list[Person]]:
                assert parents == [None]
                return [people]

            @staticmethod
            def resolve_again(parent: Any, info: Any) -> list[Person]:
                return list(reversed(people))

        self.schema = graphene.Schema(query=Query).graphql_schema

    def run(self, document: str, context: Context) -> tuple[Any, list[str]]:
        result = graphql_sync(self.schema, document, context_value=context)
        return result.data, [error.message for error in result.errors or []]


@pytest.fixture
def people() -> list[Person]:
    cleo, dan, eve = Person("Cleo"), Person("Dan"), Person("Eve")
    return [Person("Ada", [cleo, dan]), Person("Bo", [dan, eve])]


def test_loader_is_called_once_for_all_siblings(people: list[Person], context: Context) -> None:
    world = World(people)
    data, errors = world.run("{ people { greeting } }", context)
    assert errors == []
    assert data == {"people": [{"greeting": "Hello Ada"}, {"greeting": "Hello Bo"}]}
    assert world.calls == [("greeting", ["Ada", "Bo"], {})]


def test_nested_lists_become_one_group_with_each_object_once(people: list[Person], context: Context) -> None:
    world = World(people)
    data, errors = world.run("{ people { friends { greeting friends { greeting } } } }", context)
    assert errors == []
    assert data["people"][1]["friends"] == [
        {"greeting": "Hello Dan", "friends": []},
        {"greeting": "Hello Eve", "friends": []},
    ]
    assert world.calls == [
        ("friends", ["Ada", "Bo"], {}),
        ("greeting", ["Cleo", "Dan", "Eve"], {}),
        ("friends", ["Cleo", "Dan", "Eve"], {}),
    ]


def test_single_objects_of_all_parents_are_siblings_and_none_is_skipped(context: Context) -> None:
    boss, other = Person("Boss"), Person("Other")
    world = World([Person("Ada", [boss]), Person("Bo"), Person("Cy", [other])])
    data, errors = world.run("{ people { boss { greeting } } }", context)
    assert errors == []
    assert [row["boss"] for row in data["people"]] == [
        {"greeting": "Hello Boss"},
        None,
        {"greeting": "Hello Other"},
    ]
    assert world.calls[1:] == [("greeting", ["Boss", "Other"], {})]


def test_each_set_of_arguments_is_one_call(people: list[Person], context: Context) -> None:
    world = World(people)
    data, errors = world.run(
        '{ people { a: greeting(word: "Hi") b: greeting c: greeting(word: "Hi") } }', context
    )
    assert errors == []
    assert data["people"][0] == {"a": "Hi Ada", "b": "Hello Ada", "c": "Hi Ada"}
    assert world.calls == [("greeting", ["Ada", "Bo"], {"word": "Hi"}), ("greeting", ["Ada", "Bo"], {})]


def test_an_object_in_two_lists_stays_in_its_first_group(people: list[Person], context: Context) -> None:
    world = World(people)
    data, errors = world.run("{ people { greeting } again { greeting } }", context)
    assert errors == []
    assert data["again"] == [{"greeting": "Hello Bo"}, {"greeting": "Hello Ada"}]
    assert world.calls == [("greeting", ["Ada", "Bo"], {})]


def test_a_list_from_another_resolver_can_be_registered(people: list[Person], context: Context) -> None:
    world = World(people)
    assert world.run("{ again { greeting } }", context)[1] == []
    assert [call[1] for call in world.calls] == [["Bo"], ["Ada"]]

    world.calls.clear()
    fresh = Context(context.request)
    register_siblings(fresh, [[people[0]], [people[1]], None, "text", 5])
    assert world.run("{ again { greeting } }", fresh)[1] == []
    assert [call[1] for call in world.calls] == [["Ada", "Bo"]]


def test_siblings_of_other_classes_are_left_out_unless_the_loader_takes_them(context: Context) -> None:
    mixed = [Person("Ada"), Employee("Bo"), Person("Cy")]
    world = World(mixed)
    assert world.run("{ people { greeting } }", context)[1] == []
    assert [call[1] for call in world.calls] == [["Ada", "Cy"], ["Bo"]]

    world = World(mixed, across=True)
    assert world.run("{ people { greeting } }", Context(context.request))[1] == []
    assert [call[1] for call in world.calls] == [["Ada", "Bo", "Cy"]]


def test_barred_siblings_are_left_out(people: list[Person], context: Context) -> None:
    world = World(people)
    context.siblings.register(people)
    context.siblings.bar("Person", [people[0]])
    assert world.run("{ again { greeting } }", context)[1] == []
    assert [call[1] for call in world.calls] == [["Bo"], ["Ada"]]


def test_what_a_loader_raises_reaches_all_siblings_without_another_attempt(
    people: list[Person], context: Context
) -> None:
    world = World(people)
    data, errors = world.run("{ people { name broken } }", context)
    assert data == {"people": [{"name": "Ada", "broken": None}, {"name": "Bo", "broken": None}]}
    assert errors == ["the database is on fire", "the database is on fire"]
    assert world.calls == [("broken", ["Ada", "Bo"], {})]


def test_an_exception_in_the_results_is_raised_for_its_parent_only(
    people: list[Person], context: Context
) -> None:
    world = World(people)
    data, errors = world.run("{ people { fragile } }", context)
    assert data == {"people": [{"fragile": "ADA"}, {"fragile": None}]}
    assert errors == ["no Bo"]
    assert len(world.calls) == 1


def test_a_result_of_another_length_names_the_loader(people: list[Person], context: Context) -> None:
    _, errors = World(people).run("{ people { short } }", context)
    assert len(errors) == 2
    assert "resolve_short answered 1 results for 2 parents" in errors[0]


def test_after_start_over_nothing_is_answered_from_before(people: list[Person], context: Context) -> None:
    world = World(people)
    world.run("{ people { greeting } }", context)
    context.start_over()
    world.run("{ people { greeting } }", context)
    assert len(world.calls) == 2


class Colour(Enum):
    RED = 1


@pytest.mark.parametrize(
    ("one", "other"),
    [({"a": 1}, {"a": True}), ({"a": [1]}, {"a": [1, 1]}), ({"a": Colour.RED}, {"a": 1}), ({"a": None}, {})],
)
def test_frozen_arguments_tell_different_values_apart(one: Any, other: Any) -> None:
    assert freeze(one) != freeze(other)
    assert hash(freeze(one)) == hash(freeze(dict(one)))


def test_frozen_arguments_ignore_the_order_of_names() -> None:
    assert freeze({"a": {"x": [1, {"y": 2}]}, "b": 1}) == freeze({"b": 1, "a": {"x": [1, {"y": 2}]}})


def test_load_by_id_asks_once_and_keeps_the_order() -> None:
    asked: list[set[int]] = []

    def fetch(ids: set[int]) -> dict[int, str]:
        asked.append(ids)
        return {1: "one", 2: "two"}

    assert load_by_id([2, None, 1, 2, 3], fetch) == ["two", None, "one", "two", None]
    assert asked == [{1, 2, 3}]
    assert load_by_id([None, None], fetch) == [None, None]
    assert asked == [{1, 2, 3}]


def test_reference_loader_fetches_all_that_is_needed_at_once(context: Context) -> None:
    asked: list[set[int]] = []

    def fetch(ids: set[int]) -> dict[int, Person]:
        asked.append(ids)
        return {key: Person(str(key)) for key in ids if key < 10}

    images = ReferenceLoader.of(context, "image", fetch)
    assert ReferenceLoader.of(context, "image", fetch) is images
    images.need([1, 2, None, 11])
    one = images.get(1)
    assert one is not None
    assert images.get(11) is None
    assert images.get(None) is None
    images.need([2, 3])
    assert images.get(2) is not None
    assert asked == [{1, 2, 11}]
    assert images.get(4) is not None
    assert asked == [{1, 2, 11}, {3, 4}]
    assert context.siblings.group_of(one).members == [one, images.get(2)]
