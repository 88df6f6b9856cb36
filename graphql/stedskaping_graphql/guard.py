"""The guard in front of every plugin: is it on for the site that this object belongs to?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from stedskaping_core.plugins.activation import activation_table
from stedskaping_core.selectors import site_ids_of
from stedskaping_core.sites import SiteMap

from .engine.context import Context


def site_map(context: Context) -> SiteMap:
    """Which page belongs to which site, read once per request."""
    return context.memo("site_map", SiteMap)


def plugin_is_on(context: Context, slug: str, owner: str, parents: Sequence[Any]) -> Sequence[bool]:
    """For each parent, whether the plugin `slug` is on. `owner` is the GraphQL type of the parents.

    A `Site` and an `Initiative` go by their own site. `Viewer` and `Query` belong to no site: there the
    plugin answers when it is on anywhere. Which plugin is on where is read once per request.
    """
    table = context.memo("activation_table", activation_table)
    sites = table.get(slug, frozenset())
    if owner == "Site":
        return [site.pk in sites for site in parents]
    if owner == "Initiative":
        return [site_id in sites for site_id in site_ids_of(parents, site_map(context))]
    return [bool(sites)] * len(parents)
