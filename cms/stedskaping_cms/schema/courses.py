"""The school's courses with their dates."""

from __future__ import annotations

from collections.abc import Sequence

import graphene
from graphql import GraphQLResolveInfo

from stedskaping_cms.models import CoursePage as CourseModel
from stedskaping_cms.models import CourseSession as SessionModel
from stedskaping_cms.selectors import registered_sessions, seats_left, sessions_of
from stedskaping_graphql.engine.batching import batched
from stedskaping_graphql.engine.context import context_of
from stedskaping_graphql.engine.fields import field, non_null_list
from stedskaping_graphql.engine.ids import to_global_id
from stedskaping_graphql.engine.nodes import Node
from stedskaping_graphql.engine.scalars import DateTime
from stedskaping_graphql.types.blocks import Block, stream
from stedskaping_graphql.types.content import RichText, rich_text
from stedskaping_graphql.types.pages import Page


class CourseSession(graphene.ObjectType):
    """One time that a course is held."""

    class Meta:
        possible_types = (SessionModel,)

    id = field(graphene.ID)
    starts_at = field(DateTime)
    ends_at = field(DateTime)
    place = field(graphene.String)
    capacity = field(graphene.Int, required=False, description="Null: there is room for everybody.")
    seats_left = field(graphene.Int, required=False, description="Null: there is room for everybody.")
    viewer_registered = field(
        graphene.Boolean, description="Whether the caller has a seat or waits for one; an answer is private."
    )

    @staticmethod
    def resolve_id(session: SessionModel, info: GraphQLResolveInfo) -> str:
        """From the key that can't be counted up."""
        return to_global_id("CourseSession", session.uuid)

    @staticmethod
    @batched
    def resolve_seats_left(sessions: Sequence[SessionModel], info: GraphQLResolveInfo) -> list[int | None]:
        """Counted from the registrations."""
        free = seats_left(sessions)
        return [free[session.pk] for session in sessions]

    @staticmethod
    @batched
    def resolve_viewer_registered(sessions: Sequence[SessionModel], info: GraphQLResolveInfo) -> list[bool]:
        """Always false for visitors."""
        context = context_of(info)
        context.mark_private()
        mine = registered_sessions(context.user, sessions)
        return [session.pk in mine for session in sessions]


class CoursePage(graphene.ObjectType):
    """The school: courses for those who support residents' projects."""

    class Meta:
        interfaces = (Node, Page)

    intro = field(RichText)
    body = field(non_null_list(Block))
    sessions = field(non_null_list(CourseSession), description="Past ones too, in order of time.")

    resolve_intro = staticmethod(rich_text("intro"))
    resolve_body = staticmethod(stream("body"))

    @staticmethod
    @batched
    def resolve_sessions(
        courses: Sequence[CourseModel], info: GraphQLResolveInfo
    ) -> list[list[SessionModel]]:
        """Those of all language versions."""
        found = sessions_of(courses)
        return [found[course.pk] for course in courses]
