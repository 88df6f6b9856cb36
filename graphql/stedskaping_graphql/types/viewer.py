"""The caller: who is signed in, and what is theirs."""

from __future__ import annotations

from collections.abc import Sequence

import graphene
from graphql import GraphQLResolveInfo

from stedskaping_core.models import InitiativeMember as MemberModel
from stedskaping_core.models import InitiativePage as InitiativeModel
from stedskaping_core.models import User
from stedskaping_core.selectors import visible_initiatives
from stedskaping_graphql.engine.batching import batched
from stedskaping_graphql.engine.context import context_of
from stedskaping_graphql.engine.fields import field, non_null_list
from stedskaping_graphql.engine.ids import to_global_id
from stedskaping_graphql.types.initiatives import Initiative, InitiativeMember


class Viewer(graphene.ObjectType):
    """The signed-in person."""

    class Meta:
        possible_types = (User,)

    id = field(graphene.ID)
    email = field(graphene.String)
    display_name = field(graphene.String)
    locale = field(graphene.String)
    initiatives = field(
        non_null_list(Initiative), description="The ones the viewer is a member of, drafts included."
    )
    memberships = field(non_null_list(InitiativeMember))

    @staticmethod
    def resolve_id(user: User, info: GraphQLResolveInfo) -> str:
        """From the key that can't be counted up."""
        return to_global_id("Viewer", user.uuid)

    @staticmethod
    def resolve_display_name(user: User, info: GraphQLResolveInfo) -> str:
        """As others see it."""
        return user.public_name

    @staticmethod
    @batched
    def resolve_initiatives(users: Sequence[User], info: GraphQLResolveInfo) -> list[list[InitiativeModel]]:
        """By title. There is only ever one viewer."""
        visible = visible_initiatives(context_of(info).request)
        return [list(visible.filter(members__user=user).order_by("title")) for user in users]

    @staticmethod
    @batched
    def resolve_memberships(users: Sequence[User], info: GraphQLResolveInfo) -> list[list[MemberModel]]:
        """Oldest first."""
        return [list(MemberModel.objects.filter(user=user)) for user in users]
