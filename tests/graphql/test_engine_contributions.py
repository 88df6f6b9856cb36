"""What a plugin may not contribute to the schema: each refusal names the plugin and says what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import graphene
import pytest
from graphql import GraphQLSchema

from stedskaping_core.plugins.contributions import GraphQLContribution
from stedskaping_graphql.engine.assembly import build_schema
from stedskaping_graphql.engine.context import Context
from stedskaping_graphql.engine.fields import field, non_null_list
from stedskaping_graphql.engine.ownership import ContributionError, camel, field_name


class Place:
    pass


class Initiative(graphene.ObjectType):
    name = field(graphene.String)


class Site(graphene.ObjectType):
    name = field(graphene.String)


class Viewer(graphene.ObjectType):
    name = field(graphene.String)


class CoreQueries(graphene.ObjectType):
    site = field(Site)
    initiative = field(Initiative)
    viewer = field(Viewer)


CORE = ("core", True, GraphQLContribution(extend={"Query": CoreQueries}, pages={Place: Initiative}))


def load_places(keys: Sequence[str], context: Any) -> dict[str, Any]:
    return {}


def everywhere(context: Context, slug: str, owner: str, parents: Sequence[Any]) -> Sequence[bool]:
    return [True] * len(parents)


def build(*contributions: Any) -> GraphQLSchema:
    return build_schema([CORE, *contributions], guard=everywhere)


class MarketThing(graphene.ObjectType):
    name = field(graphene.String)


class Stall(graphene.ObjectType):
    name = field(graphene.String)


class MarketStalls(graphene.ObjectType):
    stalls = field(non_null_list(Stall))


class SiteMarket(graphene.ObjectType):
    name = field(graphene.String)


class MarketAgain(graphene.ObjectType):
    class Meta:
        name = "SiteMarket"

    name = field(graphene.String)


class FakeInitiative(graphene.ObjectType):
    class Meta:
        name = "Initiative"

    id = field(graphene.ID)


@pytest.mark.parametrize(
    ("contribution", "message"),
    [
        (
            {"site": graphene.NonNull(SiteMarket)},
            '"site" is SiteMarket!, but the field on Site has to be null where the plugin is off.'
            " Give the object type itself, without NonNull or List.",
        ),
        (
            {"viewer": graphene.List(SiteMarket)},
            '"viewer" is [SiteMarket], but the field on Viewer has to be null where the plugin is off.'
            " Give the object type itself, without NonNull or List.",
        ),
        (
            {"query": graphene.String},
            "\"query\" is <String meta=<ScalarOptions name='String'>>, which is no object type."
            " Give a graphene ObjectType class.",
        ),
        (
            {"query": MarketStalls},
            'the type Stall doesn\'t start with "Market".'
            " Names that a plugin owns start with its slug; rename it.",
        ),
        (
            {"initiative": SiteMarket},
            'the type SiteMarket doesn\'t start with "Market".'
            " Names that a plugin owns start with its slug; rename it.",
        ),
        (
            {"mutations": {"joinMarket": graphene.Field(MarketThing)}},
            'the mutation joinMarket doesn\'t start with "market".'
            " Names that a plugin owns start with its slug; rename it.",
        ),
        (
            {"blocks": {"stall": MarketThing}},
            'the block stall doesn\'t start with "market_".'
            " Names that a plugin owns start with its slug; rename it.",
        ),
        (
            {"nodes": {"Stall": load_places}},
            'the node loader Stall doesn\'t start with "Market".'
            " Names that a plugin owns start with its slug; rename it.",
        ),
        (
            {"extend": {"Site": MarketThing}},
            'it extends Site. Only the platform may do that. Put the fields under "market",'
            " where they are off when the plugin is.",
        ),
        (
            {"pages": {Place: MarketThing}},
            'the page model Place belongs to "core". Choose another one.',
        ),
        (
            {"types": (FakeInitiative,)},
            f"the type Initiative ({__name__}.FakeInitiative) has the name of a type of"
            f' "core" ({__name__}.Initiative). Rename it, or use the other one.',
        ),
        (
            {"site": SiteMarket, "types": (MarketAgain,)},
            f"the type SiteMarket ({__name__}.MarketAgain) has the name of a type of"
            f' "market" ({__name__}.SiteMarket). Rename it, or use the other one.',
        ),
    ],
)
def test_what_a_plugin_may_not_do_is_refused_with_advice(contribution: dict[str, Any], message: str) -> None:
    with pytest.raises(ContributionError) as caught:
        build(("market", False, GraphQLContribution(**contribution)))
    assert str(caught.value) == f'GraphQL contribution of "market": {message}'
    assert caught.value.slug == "market"


def test_names_of_two_plugins_that_start_alike_are_told_apart() -> None:
    class MarketHallThing(graphene.ObjectType):
        name = field(graphene.String)

    market = ("market", False, GraphQLContribution(types=(MarketThing,)))
    hall = ("market_hall", False, GraphQLContribution(types=(MarketHallThing,)))
    assert build(market, hall).get_type("MarketHallThing") is not None

    taking = ("market", False, GraphQLContribution(nodes={"MarketHallThing": load_places}))
    robbed = ("market_hall", False, GraphQLContribution(nodes={"MarketHallThing": load_places}))
    with pytest.raises(ContributionError) as caught:
        build(taking, robbed)
    assert caught.value.slug == "market_hall"
    assert caught.value.problem == 'the node loader MarketHallThing belongs to "market".'


def test_names_of_a_slug_with_several_words() -> None:
    class SiteLocalFood(graphene.ObjectType):
        name = field(graphene.String)

    contribution = GraphQLContribution(
        site=SiteLocalFood, mutations={"localFoodOrder": graphene.Field(SiteLocalFood)}
    )
    schema = build(("local_food", False, contribution))
    assert "localFood" in schema.get_type("Site").fields


def test_slugs_in_names() -> None:
    assert (camel("funding"), field_name("funding")) == ("Funding", "funding")
    assert (camel("local-food_market"), field_name("local-food_market")) == (
        "LocalFoodMarket",
        "localFoodMarket",
    )
