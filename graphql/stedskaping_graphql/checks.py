"""System check: what apps contribute to the schema fits together, or the start-up stops and names the app."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, register

from stedskaping_core.plugins.checks import TAG, problem_messages
from stedskaping_core.plugins.problems import PluginError, Problem, leave_out
from stedskaping_core.plugins.registry import Registry, get_registry

from .engine.assembly import build_schema
from .engine.ownership import ContributionError, Contributions
from .guard import plugin_is_on
from .schema import get_schema

HOOK = "register_graphql"


@register(TAG)
def check_schema(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Build the schema of this process and report what prevents it."""
    try:
        registry = get_registry()
    except PluginError:
        # Reported by the check of the plugins themselves.
        return []
    try:
        get_schema()
    except Exception:
        return problem_messages(schema_problems(registry))
    return []


def schema_problems(registry: Registry) -> list[Problem]:
    """Why no schema can be built from what the registry's apps contribute; empty when it can."""
    contributions: Contributions = ()
    try:
        contributions = registry.graphql_contributions()
        build_schema(contributions, guard=plugin_is_on)
    except PluginError as error:
        return list(error.problems)
    except ContributionError as error:
        return [Problem(error.slug, HOOK, error.problem, error.advice)]
    except Exception as error:
        slug = _culprit(contributions)
        message = f"the schema can't be built: {type(error).__name__}: {str(error).rstrip('.')}."
        return [Problem(slug, HOOK, message, leave_out(slug))]
    return []


def _culprit(contributions: Contributions) -> str:
    """The first app, in calling order, with which the schema can't be built any more."""
    # The platform's own apps come first and need each other.
    start = max(sum(own for _slug, own, _contribution in contributions), 1)
    for taken in range(start, len(contributions) + 1):
        try:
            build_schema(contributions[:taken], guard=plugin_is_on)
        except Exception:
            return contributions[taken - 1][0]
    return "graphql"
