"""Core's own contributions, through the same hooks that plugins use."""

from __future__ import annotations

import datetime as dt

from wagtail.models import Site

from stedskaping_core.blocks import CONTENT_BLOCKS
from stedskaping_core.events import EVENTS
from stedskaping_core.metrics import METRICS
from stedskaping_core.models import User
from stedskaping_core.plugins.contributions import BlockType, Erasure, EventType, Job, Metric, PersonalData
from stedskaping_core.plugins.hookspecs import hookimpl


@hookimpl
def register_blocks() -> list[BlockType]:
    return list(CONTENT_BLOCKS)


@hookimpl
def register_metrics() -> list[Metric]:
    return list(METRICS)


@hookimpl
def register_events() -> list[EventType]:
    return list(EVENTS)


@hookimpl
def register_jobs() -> list[Job]:
    return [Job("core.previews_forget", _previews_forget, every=dt.timedelta(hours=1))]


def _previews_forget(site: Site) -> str:
    # Imported here: services need the registry, which is made from this module.
    from stedskaping_core.services.previews import previews_forget

    return previews_forget(site)


@hookimpl
def export_personal_data(user: User) -> list[PersonalData]:
    from stedskaping_core.services.personal_data import personal_data_export

    return personal_data_export(user)


@hookimpl
def erase_personal_data(user: User) -> list[Erasure]:
    from stedskaping_core.services.personal_data import personal_data_erase

    return personal_data_erase(user)
