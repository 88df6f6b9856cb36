"""What the API shows of followers: numbers, and to each person what they follow themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from stedskaping_core.models import InitiativePage, User
from stedskaping_graphql.engine.batching import batched
from stedskaping_graphql.engine.context import context_of
from stedskaping_graphql.engine.fields import field, non_null_list
from stedskaping_graphql.guard import plugin_is_on
from stedskaping_mobilisation import selectors


def initiative_type() -> Any:
    """Imported when the schema is built, because types refer to each other."""
    from stedskaping_graphql.types.initiatives import Initiative

    return Initiative


class InitiativeMobilisation(graphene.ObjectType):
    """The people around a project."""

    follower_count = field(graphene.Int, description="How many people follow the project now.")
    viewer_follows = field(graphene.Boolean, description="False for somebody who isn't signed in.")

    @staticmethod
    @batched
    def resolve_follower_count(initiatives: Sequence[InitiativePage], info: GraphQLResolveInfo) -> list[int]:
        """One statement for all of them."""
        counts = selectors.follower_counts(initiatives)
        return [counts.get(page.pk, 0) for page in initiatives]

    @staticmethod
    @batched
    def resolve_viewer_follows(initiatives: Sequence[InitiativePage], info: GraphQLResolveInfo) -> list[bool]:
        """One statement for all of them; none without a viewer."""
        context = context_of(info)
        context.mark_private()
        user = context.user
        mine = selectors.followed_by(user, initiatives) if isinstance(user, User) else set()
        return [page.pk in mine for page in initiatives]


class ViewerMobilisation(graphene.ObjectType):
    """What the viewer takes part in."""

    follows = field(non_null_list(initiative_type), description="The latest first.")

    @staticmethod
    @batched
    def resolve_follows(users: Sequence[User], info: GraphQLResolveInfo) -> list[list[InitiativePage]]:
        """Of sites where mobilisation is on."""
        context = context_of(info)
        context.mark_private()
        found = selectors.follows_of(users, context.request)
        return [_where_on(found[user.pk], info) for user in users]


def _where_on(initiatives: list[InitiativePage], info: GraphQLResolveInfo) -> list[InitiativePage]:
    allowed = plugin_is_on(context_of(info), "mobilisation", "Initiative", initiatives)
    return [page for page, on in zip(initiatives, allowed, strict=True) if on]
