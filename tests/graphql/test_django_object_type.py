"""A plugin may write plain types with graphene-django's `DjangoObjectType`; the engine takes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import graphene
import pytest
from django.test import RequestFactory
from graphene_django import DjangoObjectType
from graphql import GraphQLResolveInfo, graphql_sync

from stedskaping_core.models import PermitKind
from stedskaping_core.plugins.contributions import GraphQLContribution
from stedskaping_graphql.engine.assembly import build_schema
from stedskaping_graphql.engine.batching import batched
from stedskaping_graphql.engine.context import Context
from stedskaping_graphql.engine.fields import field, non_null_list


class PermitsKind(DjangoObjectType):
    class Meta:
        model = PermitKind
        fields = ("key", "name", "lead_weeks")


class QueryPermits(graphene.ObjectType):
    kinds = field(non_null_list(PermitsKind))

    @staticmethod
    @batched
    def resolve_kinds(parents: Sequence[Any], info: GraphQLResolveInfo) -> list[list[PermitKind]]:
        return [list(PermitKind.objects.order_by("key")) for _parent in parents]


@pytest.mark.django_db
def test_a_type_of_plain_columns_is_read_from_the_rows(world: Any) -> None:
    root = type("Query", (graphene.ObjectType,), {"ping": graphene.String()})
    schema = build_schema(
        [
            ("core", True, GraphQLContribution(query=root)),
            ("permits", False, GraphQLContribution(query=QueryPermits)),
        ],
        guard=lambda context, slug, owner, parents: [True] * len(parents),
    )

    answer = graphql_sync(
        schema,
        "{ permits { kinds { key name leadWeeks } } }",
        context_value=Context(RequestFactory().get("/graphql")),
    )

    assert answer.errors is None
    assert answer.data == {"permits": {"kinds": [{"key": "building", "name": "Building", "leadWeeks": 3}]}}
