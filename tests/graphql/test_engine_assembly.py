"""Assembling a schema: what plugins may add, what is refused, that graphene's classes stay as they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import graphene
import pytest
from django.test import RequestFactory
from graphql import GraphQLSchema, graphql_sync

from stedskaping_core.plugins.contributions import GraphQLContribution
from stedskaping_graphql.engine.assembly import block_conflicts, build_schema, print_sdl
from stedskaping_graphql.engine.batching import batched
from stedskaping_graphql.engine.context import Context
from stedskaping_graphql.engine.fields import argument, field, non_null_list
from stedskaping_graphql.engine.ids import to_global_id
from stedskaping_graphql.engine.nodes import Node, NodeQueries
from stedskaping_graphql.engine.ownership import ContributionError
from stedskaping_graphql.engine.scalars import Decimal
from stedskaping_graphql.engine.typetable import type_table


class Place:
    def __init__(self, pk: int) -> None:
        self.id = to_global_id("Initiative", pk)
        self.pk = pk


class SpecialPlace(Place):
    pass


PLACES = [Place(1), SpecialPlace(2), Place(3)]


class Block(graphene.Interface):
    id = field(graphene.ID)
    block_type = field(graphene.String)


class TextBlock(graphene.ObjectType):
    class Meta:
        interfaces = (Block,)

    text = field(graphene.String)


class UnknownBlock(graphene.ObjectType):
    class Meta:
        interfaces = (Block,)


class Initiative(graphene.ObjectType):
    class Meta:
        interfaces = (Node,)
        possible_types = (Place,)


class Site(graphene.ObjectType):
    key = field(graphene.String)


class Viewer(graphene.ObjectType):
    email = field(graphene.String)


class CoreQueries(NodeQueries):
    initiatives = field(non_null_list(Initiative))
    blocks = field(non_null_list(Block))
    site = field(Site, required=False)
    viewer = field(Viewer, required=False)

    @staticmethod
    @batched
    def resolve_initiatives(parents: Any, info: Any) -> Any:
        return [PLACES]

    @staticmethod
    def resolve_blocks(parent: Any, info: Any) -> Any:
        class Value:
            def __init__(self, block_type: str) -> None:
                self.id, self.block_type, self.text = "1", block_type, "Hello"

        return [Value("text"), Value("gone")]


class Payload(graphene.ObjectType):
    ok = field(graphene.Boolean)


def load_places(keys: Sequence[str], context: Any) -> dict[str, Any]:
    return {str(place.pk): place for place in PLACES if str(place.pk) in keys and place.pk != 3}


def core(**more: Any) -> tuple[str, bool, GraphQLContribution]:
    return (
        "core",
        True,
        GraphQLContribution(
            **{
                "extend": {"Query": CoreQueries},
                "blocks": {"text": TextBlock},
                "types": (UnknownBlock,),
                "nodes": {"Initiative": load_places},
                **more,
            }
        ),
    )


class InitiativeMarket(graphene.ObjectType):
    stalls = field(graphene.Int)
    turnover = field(Decimal)

    @staticmethod
    @batched
    def resolve_stalls(places: Any, info: Any) -> list[int]:
        CALLS.append([place.pk for place in places])
        return [place.pk * 10 for place in places]


class QueryMarket(graphene.ObjectType):
    parent = field(graphene.String)

    @staticmethod
    def resolve_parent(parent: Any, info: Any) -> str:
        return repr(parent)


CALLS: list[list[int]] = []
GUARDED: list[tuple[str, str, int]] = []


class SwitchedOff(Exception):
    pass


def market(**more: Any) -> tuple[str, bool, GraphQLContribution]:
    return ("market", False, GraphQLContribution(**more))


def guard(context: Context, slug: str, owner: str, parents: Sequence[Any]) -> Sequence[bool]:
    GUARDED.append((slug, owner, len(parents)))
    return [getattr(parent, "pk", 1) != 2 for parent in parents]


def build(*contributions: Any) -> GraphQLSchema:
    CALLS.clear()
    GUARDED.clear()
    return build_schema(contributions, guard=guard, disabled=(SwitchedOff,))


def run(schema: GraphQLSchema, document: str, **variables: Any) -> Any:
    context = Context(RequestFactory().get("/graphql"))
    return graphql_sync(schema, document, context_value=context, variable_values=variables)


def test_a_plugin_gets_one_guarded_field_per_owner() -> None:
    schema = build(core(), market(initiative=InitiativeMarket))
    assert str(schema.get_type("Initiative").fields["market"].type) == "InitiativeMarket"
    result = run(schema, "{ initiatives { market { stalls } } }")
    assert result.errors is None
    assert result.data == {
        "initiatives": [{"market": {"stalls": 10}}, {"market": None}, {"market": {"stalls": 30}}]
    }
    # One call for each Python class, and none for the initiative where the plugin is off.
    assert GUARDED == [("market", "Initiative", 2), ("market", "Initiative", 1)]
    assert CALLS == [[1, 3]]


def test_barred_siblings_of_the_same_class_are_not_asked_for() -> None:
    mixed: list[Any] = [Place(1), Place(2), Place(3)]

    class Other(graphene.ObjectType):
        initiatives = field(non_null_list(Initiative))

        @staticmethod
        @batched
        def resolve_initiatives(parents: Any, info: Any) -> Any:
            return [mixed]

    schema = build(core(extend={"Query": Other}), market(initiative=InitiativeMarket))
    assert run(schema, "{ initiatives { market { stalls } } }").errors is None
    assert GUARDED == [("market", "Initiative", 3)]
    assert CALLS == [[1, 3]]


def test_a_plugins_query_resolvers_get_none_as_parent() -> None:
    result = run(build(core(), market(query=QueryMarket)), "{ market { parent } }")
    assert result.errors is None
    assert result.data == {"market": {"parent": "None"}}


def test_graphene_classes_stay_as_they_are() -> None:
    with_plugin = build(core(), market(initiative=InitiativeMarket))
    without = build(core())
    assert "market" in with_plugin.get_type("Initiative").fields
    assert "market" not in without.get_type("Initiative").fields
    assert "market" not in Initiative._meta.fields
    assert without.get_type("InitiativeMarket") is None


def test_the_platforms_own_entries_join_the_types_directly() -> None:
    class MoreSite(graphene.ObjectType):
        name = field(graphene.String)

    schema = build(core(), ("cms", True, GraphQLContribution(site=MoreSite, extend={"Viewer": MoreSite})))
    assert sorted(schema.get_type("Site").fields) == ["key", "name"]
    assert sorted(schema.get_type("Viewer").fields) == ["email", "name"]
    assert schema.get_type("MoreSite") is None


def test_two_that_add_the_same_field_are_refused() -> None:
    class MoreSite(graphene.ObjectType):
        key = field(graphene.String)

    with pytest.raises(TypeError, match="MoreSite adds key to Site, which has it already"):
        build(core(), ("cms", True, GraphQLContribution(site=MoreSite)))


def test_fields_for_a_type_that_is_not_there_are_refused() -> None:
    class More(graphene.ObjectType):
        key = field(graphene.String)

    with pytest.raises(
        ContributionError, match=r'of "cms": it adds fields to Nowhere\. There is no such type'
    ):
        build(core(), ("cms", True, GraphQLContribution(extend={"Nowhere": More})))


def test_a_mutation_of_a_plugin_that_is_off_says_so() -> None:
    def join(parent: Any, info: Any, off: bool) -> Any:
        info.context.cache["seen"] = True
        if off:
            raise SwitchedOff("internal words")
        return Payload(ok="seen" in info.context.cache)

    def look(parent: Any, info: Any) -> Any:
        return Payload(ok="seen" in info.context.cache)

    class MarketPayload(Payload):
        pass

    switch = argument(graphene.Boolean, required=True)
    schema = build(
        core(),
        market(
            mutations={
                "marketJoin": field(MarketPayload, required=False, off=switch, resolver=join),
                "marketLook": field(MarketPayload, resolver=look),
            }
        ),
    )
    result = run(schema, "mutation { marketJoin(off: true) { ok } }")
    assert result.data == {"marketJoin": None}
    assert result.errors is not None
    assert result.errors[0].message == "This part of the platform is switched off for the site."
    assert result.errors[0].extensions == {"code": "PLUGIN_DISABLED"}
    result = run(schema, "mutation { marketJoin(off: false) { ok } marketLook { ok } }")
    assert result.errors is None
    # Each mutation starts without what the one before it had read.
    assert result.data == {"marketJoin": {"ok": True}, "marketLook": {"ok": False}}


def test_interfaces_are_resolved_by_the_tables() -> None:
    schema = build(core())
    ids = [to_global_id("Initiative", key) for key in (2, 1, 3, 9)] + [to_global_id("Nothing", 1)]
    result = run(schema, "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", ids=ids)
    assert result.errors is None
    assert result.data == {
        "nodes": [
            {"__typename": "Initiative", "id": ids[0]},
            {"__typename": "Initiative", "id": ids[1]},
            None,
            None,
            None,
        ]
    }
    result = run(schema, '{ node(id: "x") { id } }')
    assert result.errors[0].message == 'The argument "id" is not an id that this API has given out.'
    result = run(schema, "{ blocks { __typename blockType ... on TextBlock { text } } }")
    assert result.data == {
        "blocks": [
            {"__typename": "TextBlock", "blockType": "text", "text": "Hello"},
            {"__typename": "UnknownBlock", "blockType": "gone"},
        ]
    }
    assert schema.get_type("Initiative").is_type_of is None


def test_page_models_are_looked_up_with_their_base_classes() -> None:
    table = type_table(build(core(pages={Place: Initiative})))
    assert table.page_type(SpecialPlace) == "Initiative"
    assert table.page_type(str) is None


def test_two_types_of_one_interface_for_the_same_class_are_refused() -> None:
    class Twin(graphene.ObjectType):
        class Meta:
            interfaces = (Node,)
            possible_types = (Place,)

    with pytest.raises(TypeError, match=r"Node can't tell Initiative from Twin: both stand for .*Place\."):
        build(core(types=(Twin, UnknownBlock)))


class MarketTextBlock(graphene.ObjectType):
    class Meta:
        interfaces = (Block,)

    text = field(graphene.String, required=False)


def test_blocks_with_differing_fields_are_refused_by_name() -> None:
    with pytest.raises(ContributionError) as caught:
        build(core(), market(blocks={"market_text": MarketTextBlock}))
    assert caught.value.slug == "core, market"
    assert caught.value.problem == "MarketTextBlock.text is String, but TextBlock.text is String!."
    assert block_conflicts(build(core())) == []


def test_an_invalid_schema_names_the_problem() -> None:
    class __Wrong(graphene.ObjectType):
        name = field(graphene.String)

    with pytest.raises(TypeError, match=r"must not begin with '__'"):
        build(core(types=(__Wrong, UnknownBlock)))


def test_the_printed_schema_is_sorted_and_the_same_every_time() -> None:
    one = print_sdl(build(core(), market(initiative=InitiativeMarket)))
    other = print_sdl(build(core(), market(initiative=InitiativeMarket)))
    assert one == other
    assert one.endswith("}\n")
    assert one.index("interface Block") < one.index("scalar Decimal") < one.index("type Initiative ")
    assert '"""The plugin "market". Null where it is off."""\n  market: InitiativeMarket\n' in one
