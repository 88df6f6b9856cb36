"""Which plugins are on for which site. One statement answers for all sites and plugins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from wagtail.models import Site

from stedskaping_core.errors import PluginDisabled
from stedskaping_core.plugins.registry import get_registry

if TYPE_CHECKING:
    from stedskaping_core.plugins.config import PluginConfig


def activation_table() -> Mapping[str, frozenset[int]]:
    """For every installed plugin the ids of the sites where it is on. One statement."""
    return table_of(get_registry().plugins)


def table_of(plugins: Mapping[str, PluginConfig]) -> Mapping[str, frozenset[int]]:
    """The same for given plugins. One that needs another is on only where the other is on too, whatever the
    switches say: they may be older than the need."""
    on: dict[str, set[int]] = {slug: set() for slug in plugins}
    sites: set[int] = set()
    decided: set[tuple[str, int]] = set()
    rows = Site.objects.order_by().values_list(
        "id", "plugin_activations__slug", "plugin_activations__enabled"
    )
    for site_id, slug, enabled in rows:
        sites.add(site_id)
        if slug in on:
            decided.add((slug, site_id))
            if enabled:
                on[slug].add(site_id)
    for slug, config in plugins.items():
        if config.default_enabled:
            on[slug].update(site_id for site_id in sites if (slug, site_id) not in decided)
    _follow_needs(on, plugins)
    return {slug: frozenset(ids) for slug, ids in on.items()}


def _follow_needs(on: dict[str, set[int]], plugins: Mapping[str, PluginConfig]) -> None:
    changed = True
    while changed:
        changed = False
        for slug, config in plugins.items():
            for other in config.requires_plugins:
                if not on[slug] <= on.get(other, set()):
                    on[slug] &= on.get(other, set())
                    changed = True


def enabled_sites(slug: str) -> frozenset[int]:
    """The ids of the sites where the plugin is on; empty for one that isn't installed."""
    return activation_table().get(slug, frozenset())


def enabled_slugs(site_id: int | None) -> frozenset[str]:
    """The plugins that are on for a site. A page outside every site has none."""
    if site_id is None:
        return frozenset()
    return frozenset(slug for slug, ids in activation_table().items() if site_id in ids)


def enabled_configs(site_id: int | None) -> list[PluginConfig]:
    """The same as configs, in calling order."""
    on = enabled_slugs(site_id)
    return [config for slug, config in get_registry().plugins.items() if slug in on]


def require_enabled(slug: str, site: Site) -> None:
    """Raise `PluginDisabled` unless the plugin is on for `site`. The first line of a plugin's services."""
    if slug not in enabled_slugs(site.pk):
        raise PluginDisabled(slug, site)
