"""Switch plugins on and off for a site."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from stedskaping_core.errors import Refusal
from stedskaping_core.events import emit
from stedskaping_core.models import PluginActivation, User
from stedskaping_core.plugins.activation import enabled_slugs
from stedskaping_core.plugins.config import PluginConfig
from stedskaping_core.plugins.facade import hooks_for
from stedskaping_core.plugins.registry import get_registry


@transaction.atomic
def plugin_enable(*, site: Site, slug: str, actor: User | None = None) -> bool:
    """Switch a plugin on; True when it was off. Raises `Refusal`:

    NOT_INSTALLED, or REQUIRES_PLUGIN when one that it builds on is off for this site.
    """
    config = _config(slug)
    on = _lock(site)
    if slug in on:
        return False
    missing = [
        get_registry().plugins[other].verbose_name for other in config.requires_plugins if other not in on
    ]
    if missing:
        message = _("Switch these on first: %(names)s.") % {"names": ", ".join(map(str, missing))}
        raise Refusal("REQUIRES_PLUGIN", message)
    _write(site, slug, True, actor)
    hooks_for(None).enabled(slug, site)
    return True


@transaction.atomic
def plugin_disable(*, site: Site, slug: str, actor: User | None = None) -> bool:
    """Switch a plugin off; True when it was on. Its data stays. Raises `Refusal`:

    NOT_INSTALLED, or REQUIRED_BY when another plugin that is on builds on it.
    """
    _config(slug)
    on = _lock(site)
    if slug not in on:
        return False
    dependants = [
        c.verbose_name for s, c in get_registry().plugins.items() if s in on and slug in c.requires_plugins
    ]
    if dependants:
        message = _("Switch these off first: %(names)s.") % {"names": ", ".join(map(str, dependants))}
        raise Refusal("REQUIRED_BY", message)
    _write(site, slug, False, actor)
    hooks_for(None).disabled(slug, site)
    return True


def _config(slug: str) -> PluginConfig:
    config = get_registry().plugins.get(slug)
    if config is None:
        raise Refusal("NOT_INSTALLED", _("There is no installed plugin “%(slug)s”.") % {"slug": slug})
    return config


def _lock(site: Site) -> frozenset[str]:
    """The site's plugins that are on. Its row is locked, so that switches of one site wait for each other."""
    Site.objects.select_for_update().order_by().get(pk=site.pk)
    return enabled_slugs(site.pk)


def _write(site: Site, slug: str, enabled: bool, actor: User | None) -> None:
    PluginActivation.objects.update_or_create(
        site=site, slug=slug, defaults={"enabled": enabled, "changed_at": timezone.now(), "changed_by": actor}
    )
    emit(
        "core.plugin_enabled" if enabled else "core.plugin_disabled",
        site=site,
        actor=actor,
        payload={"slug": slug},
    )
