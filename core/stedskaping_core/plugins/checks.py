"""System checks: a plugin that doesn't fit stops the start-up and is named."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.checks import CheckMessage, Error, register

from stedskaping_core.plugins.problems import PluginError, Problem
from stedskaping_core.plugins.registry import get_registry

TAG = "plugins"


@register(TAG)
def check_plugins(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Build the registry and report every problem of it."""
    try:
        get_registry()
    except PluginError as error:
        return problem_messages(error.problems)
    return []


def problem_messages(problems: Iterable[Problem]) -> list[CheckMessage]:
    """Problems of plugins as Django's check messages."""
    return [
        Error(problem.statement, hint=problem.hint or None, id="stedskaping.E001") for problem in problems
    ]
