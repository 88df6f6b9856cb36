"""The process's schema: built once, from what the installed apps contribute."""

from __future__ import annotations

import threading

from graphql import GraphQLSchema

_lock = threading.Lock()
_schema: GraphQLSchema | None = None


def get_schema() -> GraphQLSchema:
    """The schema of this process, built when it is asked for the first time.

    Raises what `build_schema` raises when the contributions don't fit together.
    """
    global _schema
    if _schema is None:
        with _lock:
            if _schema is None:
                _schema = fresh_schema()
    return _schema


def fresh_schema() -> GraphQLSchema:
    """A newly built schema. The registry and the plugins' types are imported here, not with this module,
    since they need all apps to be ready."""
    from stedskaping_core.errors import PluginDisabled
    from stedskaping_core.plugins.registry import get_registry

    from .engine.assembly import build_schema
    from .guard import plugin_is_on

    contributions = get_registry().graphql_contributions()
    return build_schema(contributions, guard=plugin_is_on, disabled=(PluginDisabled,))
