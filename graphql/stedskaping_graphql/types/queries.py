"""The fields of `Query`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from stedskaping_core.models import User
from stedskaping_core.plugins.config import PluginConfig
from stedskaping_core.plugins.registry import get_registry
from stedskaping_core.sites import SiteFacts
from stedskaping_graphql.engine.batching import batched
from stedskaping_graphql.engine.connections import (
    DEFAULT_PAGE,
    LARGEST_PAGE,
    Connection,
    connection_field,
)
from stedskaping_graphql.engine.context import context_of
from stedskaping_graphql.engine.fields import argument, field, non_null_list
from stedskaping_graphql.engine.limits.rates import rates
from stedskaping_graphql.engine.limits.tables import described
from stedskaping_graphql.engine.nodes import NodeQueries
from stedskaping_graphql.engine.scalars import JSON
from stedskaping_graphql.types.initiatives import InitiativeConnection, InitiativeList, list_arguments
from stedskaping_graphql.types.pilots import PilotConnection, PilotWhere, pilot_connection
from stedskaping_graphql.types.previews import Preview, PreviewValue, preview_of
from stedskaping_graphql.types.sites import Site, find_site
from stedskaping_graphql.types.viewer import Viewer


class PluginInfo(graphene.ObjectType):
    """An installed plugin."""

    class Meta:
        possible_types = (PluginConfig,)

    slug = field(graphene.String)
    name = field(graphene.String)
    version = field(graphene.String)
    description = field(graphene.String)

    @staticmethod
    def resolve_name(config: PluginConfig, info: GraphQLResolveInfo) -> str:
        """In the caller's language."""
        return str(config.verbose_name)

    @staticmethod
    def resolve_version(config: PluginConfig, info: GraphQLResolveInfo) -> str:
        """Of the distribution that holds the plugin."""
        return config.plugin_version


class Meta(graphene.ObjectType):
    """About this installation."""

    version = field(graphene.String)
    plugins = field(non_null_list(PluginInfo))
    limits = field(JSON, description="What a request may ask for.")

    @staticmethod
    def resolve_version(_parent: Any, info: GraphQLResolveInfo) -> str:
        """Of the platform."""
        return version("stedskaping")

    @staticmethod
    @batched
    def resolve_plugins(parents: Sequence[Any], info: GraphQLResolveInfo) -> list[list[PluginConfig]]:
        """By slug."""
        return [list(get_registry().plugins.values()) for _parent in parents]

    @staticmethod
    def resolve_limits(_parent: Any, info: GraphQLResolveInfo) -> dict[str, Any]:
        """The numbers that are in force, for anonymous callers and for the rest."""
        pages = {"pageDefault": DEFAULT_PAGE, "pageMaximum": LARGEST_PAGE}
        return {**pages, **described(), "costPerMinute": rates()}


class Query(NodeQueries):
    """Where every reading starts."""

    site = field(
        Site,
        required=False,
        host=argument(graphene.String),
        key=argument(graphene.String),
        description="By host name or key; without arguments the default site. Null when there is none.",
    )
    pilots = connection_field(PilotConnection, where=argument(PilotWhere))
    initiatives = connection_field(InitiativeConnection, description="Across all pilots.", **list_arguments())
    viewer = field(
        Viewer, required=False, description="Null for anonymous callers; an answer that reads it is private."
    )
    preview = field(
        Preview,
        required=False,
        description="Needs the header X-Preview-Token; null for a token that doesn't count.",
    )
    meta = field(Meta)

    @staticmethod
    @batched
    def resolve_site(
        parents: Sequence[None], info: GraphQLResolveInfo, host: str | None = None, key: str | None = None
    ) -> list[SiteFacts | None]:
        """One site."""
        return [find_site(context_of(info), host, key) for _parent in parents]

    @staticmethod
    @batched
    def resolve_pilots(
        parents: Sequence[None],
        info: GraphQLResolveInfo,
        first: int | None = None,
        after: str | None = None,
        where: Mapping[str, Any] | None = None,
    ) -> list[Connection[Any]]:
        """By name."""
        return [pilot_connection(info, first, after, where) for _parent in parents]

    @staticmethod
    @batched
    def resolve_initiatives(
        parents: Sequence[None], info: GraphQLResolveInfo, **arguments: Any
    ) -> list[Connection[Any]]:
        """Published ones."""
        return [InitiativeList(**arguments).read(context_of(info)) for _parent in parents]

    @staticmethod
    @batched
    def resolve_viewer(parents: Sequence[None], info: GraphQLResolveInfo) -> list[User | None]:
        """Who is signed in."""
        context = context_of(info)
        context.mark_private()
        return [context.user if isinstance(context.user, User) else None for _parent in parents]

    @staticmethod
    @batched
    def resolve_preview(parents: Sequence[None], info: GraphQLResolveInfo) -> list[PreviewValue | None]:
        """By the token in the request's header."""
        return [preview_of(context_of(info)) for _parent in parents]

    @staticmethod
    def resolve_meta(_parent: None, info: GraphQLResolveInfo) -> dict[str, Any]:
        """Its fields look the facts up themselves."""
        return {"about": "this installation"}
