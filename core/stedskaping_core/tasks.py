"""Background work of core."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task
from django_tasks_db.backend import DatabaseBackend
from wagtail.models import Site

from stedskaping_core.models import Event
from stedskaping_core.plugins.activation import enabled_slugs
from stedskaping_core.plugins.collector import implementations
from stedskaping_core.plugins.registry import get_registry

logger = logging.getLogger("stedskaping.plugins")

# Waiting times before the second, third, … attempt: together a little over a day.
BACK_OFF = (
    dt.timedelta(seconds=30),
    dt.timedelta(minutes=5),
    dt.timedelta(minutes=30),
    dt.timedelta(hours=4),
    dt.timedelta(hours=20),
)


def enqueue_hook(slug: str, hook: str, reference: dict[str, int]) -> None:
    """Have one plugin's `on_…` hook called in the background once the running transaction is committed.

    `reference` is {"event": pk} or {"site": pk}. A task in the database joins the transaction, so that it is
    neither lost nor seen too early. Other queues are told after the commit; when they can't be reached that
    is logged, because the change itself has been made.
    """
    if isinstance(run_hook.get_backend(), DatabaseBackend):
        run_hook.enqueue(slug, hook, reference)
        return

    def tell_queue() -> None:
        run_hook.enqueue(slug, hook, reference)

    # Not a partial: when it fails, Django logs the function's name.
    transaction.on_commit(tell_queue, robust=True)


@task()
def run_hook(slug: str, hook: str, reference: dict[str, int], attempt: int = 1) -> str:
    """Call one plugin's `on_…` hook. A failure runs it again later, up to `len(BACK_OFF)` times.

    Answers with what became of it: done, retried, gone (the event, the site or the plugin) or outdated (the
    plugin's switch was turned while the task waited).
    """
    kwargs, site_id = _load(reference)
    registry = get_registry()
    if kwargs is None or slug not in registry.slugs:
        return "gone"
    if slug in registry.plugins and (slug in enabled_slugs(site_id)) != (hook != "on_disabled"):
        return "outdated"
    for _slug, function in implementations(registry.manager, (slug,), hook):
        try:
            function(**kwargs)
        except Exception:
            if attempt > len(BACK_OFF) or not run_hook.get_backend().supports_defer:
                raise
            logger.exception(
                "plugin %s: hook %s failed at attempt %d and is tried again", slug, hook, attempt
            )
            later = timezone.now() + BACK_OFF[attempt - 1]
            run_hook.using(run_after=later).enqueue(slug, hook, reference, attempt + 1)
            return "retried"
    return "done"


def _load(reference: dict[str, int]) -> tuple[dict[str, Any] | None, int | None]:
    """The hook's arguments, read again, because time has passed since the task was enqueued."""
    if "event" in reference:
        event = (
            Event.objects.select_related("site", "initiative", "actor").filter(pk=reference["event"]).first()
        )
        return (None, None) if event is None else ({"event": event}, event.site_id)
    site = Site.objects.filter(pk=reference["site"]).first()
    return (None, None) if site is None else ({"site": site}, site.pk)
