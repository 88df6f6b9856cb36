"""Set up a pilot: its site, pages, groups and switches, all or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection, Locale, Page, Site

from stedskaping_core.errors import Refusal
from stedskaping_core.models import (
    GuidePage,
    InitiativeIndexPage,
    PilotPage,
    PluginActivation,
    SiteProfile,
    User,
)
from stedskaping_core.plugins.registry import get_registry
from stedskaping_core.services.pilot_staff import GROUPS, pilot_groups_ensure
from stedskaping_core.services.plugins import plugin_enable
from stedskaping_core.services.validation import check_fields, refusing

__all__ = ["GROUPS", "Pilot", "pilot_create"]

# What has to be right on a pilot's page, and what has to fit together.
PILOT_FIELDS = frozenset(
    ["title", "slug", "municipality", "municipality_number", "starts_on", "ends_on", "status", "time_zone"]
)


@dataclass(frozen=True)
class Pilot:
    """What `pilot_create` made: the site, its root page and its list of initiatives in the main language."""

    site: Site
    page: PilotPage
    index: InitiativeIndexPage
    groups: Mapping[str, Group]
    collection: Collection


@transaction.atomic
def pilot_create(
    *,
    key: str,
    name: str,
    municipality: str,
    municipality_number: str,
    hostname: str,
    origin: str,
    locale: str,
    slug: str = "",
    port: int = 80,
    index_title: str = "",
    index_slug: str = "",
    guide: GuidePage | None = None,
    plugins: Mapping[str, bool] | None = None,
    actor: User | None = None,
    starts_on: dt.date | None = None,
    **fields: Any,
) -> Pilot:
    """A complete pilot: site, root page, list of initiatives, collection, groups and plugin switches.

    `plugins` says which are on; the others follow their `default_enabled`. `fields` are further columns of
    the page. Raises `Refusal`: KEY_TAKEN, HOST_TAKEN, INVALID with a sentence per wrong field, or what
    `plugin_enable` raises.
    """
    # Two pilots are made one after the other, so that keys, hosts and places in the tree are taken once.
    root = Page.objects.select_for_update(of=("self",)).get(pk=Page.get_first_root_node().pk)
    _check_free(key, hostname, port)
    profile = SiteProfile(key=key, origin=origin.rstrip("/"))
    check_fields(profile, {"key", "origin"})
    language = Locale.objects.filter(language_code=locale).first()
    if language is None:
        message = _("There is no language “%(code)s” here.") % {"code": locale}
        raise Refusal("INVALID", message, path=("locale",))
    page = PilotPage(
        title=name,
        slug=slug or key,
        municipality=municipality,
        municipality_number=municipality_number,
        guide=guide,
        starts_on=starts_on,
        locale=language,
        **{"owner": actor, **fields},
    )
    index = InitiativeIndexPage(
        title=index_title or str(_("Initiatives")),
        slug=index_slug or "initiatives",
        show_in_menus=True,
        locale=language,
        owner=page.owner,
    )
    check_fields(page, PILOT_FIELDS | fields.keys())
    with refusing():
        _publish(root, page, actor)
        _publish(page, index, actor)
        site = Site(hostname=hostname, port=port, site_name=name, root_page=page)
        site.full_clean()
        site.save()
    profile.site = site
    profile.save()
    groups, collection = pilot_groups_ensure(site=site)
    _switch_plugins(site, plugins or {}, actor)
    return Pilot(site, page, index, groups, collection)


def _check_free(key: str, hostname: str, port: int) -> None:
    if SiteProfile.objects.filter(key=key).exists():
        message = _("There is a site with the key “%(key)s” already.") % {"key": key}
        raise Refusal("KEY_TAKEN", message, path=("key",))
    if Site.objects.filter(hostname=hostname, port=port).exists():
        message = _("There is a site at %(host)s already.") % {"host": hostname}
        raise Refusal("HOST_TAKEN", message, path=("hostname",))


def _publish(parent: Page, page: Page, actor: User | None) -> None:
    parent.add_child(instance=page)
    # Nobody can have permissions for a page that is just being made.
    page.save_revision(user=actor).publish(user=actor, skip_permission_checks=True)


def _switch_plugins(site: Site, wanted: Mapping[str, bool], actor: User | None) -> None:
    """A switch for every installed plugin, so that a later change of a default changes no site."""
    installed = get_registry().plugins
    PluginActivation.objects.bulk_create(
        PluginActivation(site=site, slug=slug, enabled=False, changed_by=actor) for slug in installed
    )
    defaults = {slug: config.default_enabled for slug, config in installed.items()}
    for slug in _needs_first(slug for slug, on in {**defaults, **wanted}.items() if on):
        plugin_enable(site=site, slug=slug, actor=actor)


def _needs_first(slugs: Iterable[str]) -> list[str]:
    """The plugins in an order in which each comes after those that it requires."""
    installed = get_registry().plugins
    waiting, order = sorted(slugs), list[str]()
    while waiting:
        ready = [s for s in waiting if s in installed and not set(installed[s].requires_plugins) & {*waiting}]
        # Without anybody ready they wait for each other, or aren't installed: enabling says so.
        order += ready or waiting
        waiting = [slug for slug in waiting if slug not in order]
    return order
