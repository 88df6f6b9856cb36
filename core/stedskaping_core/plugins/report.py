"""What is installed, and what is wrong with it: the facts behind `stedskaping plugins`.

Works without a registry, so that it can show the plugins that prevent one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType

from django.apps import AppConfig, apps
from django.core.checks import run_checks
from django.db import DatabaseError
from wagtail.models import Site

from stedskaping_core.plugins.activation import table_of
from stedskaping_core.plugins.checks import TAG
from stedskaping_core.plugins.config import PluginConfig
from stedskaping_core.plugins.manager import hooks_module, implemented_hooks


@dataclass(frozen=True)
class PluginReport:
    """One installed plugin. `sites` are the names of the sites where it is on; None when the database
    couldn't be asked."""

    slug: str
    name: str
    version: str
    distribution: str
    module: str
    requires: tuple[str, ...]
    default_enabled: bool
    settings_model: str
    hooks: tuple[str, ...]
    tables: tuple[str, ...]
    sites: tuple[str, ...] | None
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """All installed plugins by slug, and problems that can't be put down to one of them."""

    plugins: tuple[PluginReport, ...]
    problems: tuple[str, ...]


def report() -> Report:
    """Look at everything that is installed. Runs the system checks of plugins; two statements."""
    configs = sorted((c for c in apps.get_app_configs() if isinstance(c, PluginConfig)), key=lambda c: c.slug)
    found = [" ".join(filter(None, (message.msg, message.hint))) for message in run_checks(tags=[TAG])]
    sites = _sites(configs)
    plugins = tuple(_report(config, found, sites) for config in configs)
    blamed = {problem for plugin in plugins for problem in plugin.problems}
    others = [problem for problem in found if problem not in blamed]
    if sites is None:
        others.append(
            "The database has no tables yet, so nothing is known about sites. Run “stedskaping migrate”."
        )
    return Report(plugins, tuple(others))


def _report(
    config: PluginConfig, problems: Sequence[str], sites: dict[str, tuple[str, ...]] | None
) -> PluginReport:
    return PluginReport(
        slug=config.slug,
        name=str(config.verbose_name),
        version=config.plugin_version,
        distribution=config.distribution,
        module=config.name,
        requires=tuple(config.requires_plugins),
        default_enabled=config.default_enabled,
        settings_model=config.settings_model,
        hooks=hooks_of(config),
        tables=tables_of(config),
        sites=None if sites is None else sites[config.slug],
        problems=tuple(p for p in problems if p.startswith(f"Plugin “{config.slug or config.name}”")),
    )


def hooks_of(config: AppConfig) -> tuple[str, ...]:
    """The hooks that an app implements, by name; none when its module can't be imported."""
    module = hooks_module(config)
    if not isinstance(module, ModuleType):
        return ()
    return tuple(sorted({hook for hook, _function, _options in implemented_hooks(module)}))


def tables_of(config: AppConfig) -> tuple[str, ...]:
    """The tables of an app's models, with those of many-to-many fields."""
    models = config.get_models(include_auto_created=True)
    return tuple(sorted(model._meta.db_table for model in models if model._meta.managed))


def _sites(configs: Sequence[PluginConfig]) -> dict[str, tuple[str, ...]] | None:
    try:
        table = table_of({config.slug: config for config in configs})
        names = {site.pk: site.site_name or site.hostname for site in Site.objects.order_by("pk")}
    except DatabaseError:
        return None
    return {slug: tuple(name for pk, name in names.items() if pk in on) for slug, on in table.items()}
