"""People as others see them, and what a caller may do."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from stedskaping_core.models import User
from stedskaping_core.permissions import Verdict
from stedskaping_graphql.engine.fields import field
from stedskaping_graphql.engine.ids import to_global_id


class PublicProfile(graphene.ObjectType):
    """A person's public side: never the e-mail address."""

    class Meta:
        possible_types = (User,)

    id = field(graphene.ID)
    display_name = field(graphene.String)

    @staticmethod
    def resolve_id(user: User, info: GraphQLResolveInfo) -> str:
        """From the key that can't be counted up."""
        return to_global_id("PublicProfile", user.uuid)

    @staticmethod
    def resolve_display_name(user: User, info: GraphQLResolveInfo) -> str:
        """What the person chose to be called."""
        return user.public_name


class ViewerPermission(graphene.ObjectType):
    """An action, and whether the caller may do it now. The mutation gives the same code."""

    class Meta:
        possible_types = (Verdict,)

    action = field(graphene.String)
    allowed = field(graphene.Boolean)
    code = field(graphene.String, required=False, description="Stable; null when it is allowed.")
    reason = field(graphene.String, required=False, description="For people.")
