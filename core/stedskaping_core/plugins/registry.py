"""The frozen registry: everything that installed apps registered at start, checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import pluggy
from django.apps import AppConfig, apps

from stedskaping_core.plugins.collector import (
    SLOTS,
    UNITS,
    Collector,
    Registered,
    graphql_contribution,
    implementations,
)
from stedskaping_core.plugins.config import PluginConfig
from stedskaping_core.plugins.contributions import BlockType, GraphQLContribution
from stedskaping_core.plugins.discovery import points_in_use
from stedskaping_core.plugins.manager import build_manager
from stedskaping_core.plugins.problems import PluginError, Problem

__all__ = [
    "BUILTIN_APPS",
    "SLOTS",
    "UNITS",
    "PluginError",
    "Problem",
    "Registered",
    "Registry",
    "build_registry",
    "call_each",
    "get_registry",
    "implementations",
]

# Apps of the platform itself that use the same hooks as plugins and can't be switched off, in calling order.
BUILTIN_APPS = {
    "stedskaping_core": "core",
    "stedskaping_graphql": "graphql",
    "stedskaping_cms": "cms",
}


@dataclass(frozen=True)
class Registry:
    """What was registered. `plugins` are the switchable ones by slug, `builtins` the platform's own slugs."""

    manager: pluggy.PluginManager
    plugins: Mapping[str, PluginConfig]
    builtins: tuple[str, ...]
    metrics: Mapping[str, Registered]
    blocks: tuple[Registered, ...]
    jobs: Mapping[str, Registered]
    events: Mapping[str, Registered]

    @property
    def slugs(self) -> tuple[str, ...]:
        """All hook owners in calling order: the platform's own first, then plugins by slug."""
        return (*self.builtins, *self.plugins)

    def blocks_for(self, slot: str, slugs: Iterable[str] | None) -> list[BlockType]:
        """The blocks of `slot` from the platform and from plugins in `slugs` (None: from all installed)."""
        allowed = set(self.slugs) if slugs is None else {*self.builtins, *slugs}
        return [item.record for item in self.blocks if item.slug in allowed and slot in item.record.slots]

    def graphql_contributions(self) -> list[tuple[str, bool, GraphQLContribution]]:
        """(slug, whether it is the platform's own, contribution), in calling order.

        Raises `PluginError` with every contribution that can't be had.
        """
        found: list[tuple[str, bool, GraphQLContribution]] = []
        problems: list[Problem] = []
        for slug, function in implementations(self.manager, self.slugs, "register_graphql"):
            answer = graphql_contribution(slug, function)
            if isinstance(answer, Problem):
                problems.append(answer)
            else:
                found.append((slug, slug in self.builtins, answer))
        if problems:
            raise PluginError(problems)
        return found


@lru_cache(maxsize=1)
def get_registry() -> Registry:
    """The process's registry, built once when all apps are ready. Raises `PluginError`."""
    apps.check_models_ready()
    return build_registry(apps.get_app_configs(), points_in_use())


def build_registry(configs: Iterable[AppConfig], points: Mapping[str, str] | None = None) -> Registry:
    """Register the hooks of `configs`, call every `register_…` hook but GraphQL, check and freeze.

    `points` are entry points, slug to module, that must match the configs. Raises `PluginError` with every
    problem found, not only the first.
    """
    configs = list(configs)
    plugins = {c.slug: c for c in configs if isinstance(c, PluginConfig)}
    plugins = {slug: plugins[slug] for slug in sorted(plugins)}
    installed = {c.name for c in configs}
    builtins = tuple(slug for name, slug in BUILTIN_APPS.items() if name in installed)
    manager, problems = build_manager(configs, BUILTIN_APPS, points)
    collect = Collector(manager, (*builtins, *plugins), builtins, problems)
    metrics, events, jobs, blocks = collect.metrics(), collect.events(), collect.jobs(), collect.blocks()
    if problems:
        raise PluginError(problems)
    return Registry(
        manager=manager,
        plugins=MappingProxyType(plugins),
        builtins=builtins,
        metrics=MappingProxyType(metrics),
        blocks=blocks,
        jobs=MappingProxyType(jobs),
        events=MappingProxyType(events),
    )


def call_each(
    manager: pluggy.PluginManager, slugs: Sequence[str], hook: str, **kwargs: Any
) -> Iterator[tuple[str, Callable[..., Any], Any]]:
    """Call one hook of one plugin after the other, in the order of `slugs`: (slug, function, answer)."""
    for slug, function in implementations(manager, slugs, hook):
        yield slug, function, function(**kwargs)
