"""Participation's part in the plugin contract."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.http import HttpRequest
from wagtail.models import Site

from stedskaping_core.choices import InitiativeStatus
from stedskaping_core.events import record
from stedskaping_core.models import InitiativePage, User
from stedskaping_core.plugins import (
    BlockType,
    DashboardCard,
    DemoContext,
    Erasure,
    EventType,
    GraphQLContribution,
    InitiativePanel,
    Metric,
    PersonalData,
    hookimpl,
)
from stedskaping_core.sites import SiteMap
from stedskaping_participation import demo as demo_content
from stedskaping_participation import overview, personal_data
from stedskaping_participation.blocks import BLOCKS
from stedskaping_participation.events import CLOSED, EVENTS, OPENED
from stedskaping_participation.metrics import METRICS


@hookimpl
def register_graphql() -> GraphQLContribution:
    # Imported when the schema is built: the types refer to the platform's, which need all apps to be ready.
    from stedskaping_participation.schema import contribution

    return contribution()


@hookimpl
def register_metrics() -> list[Metric]:
    return list(METRICS)


@hookimpl
def register_events() -> list[EventType]:
    return list(EVENTS)


@hookimpl
def register_blocks() -> list[BlockType]:
    return list(BLOCKS)


@hookimpl
def provide_dashboard_cards(site: Site, request: HttpRequest) -> list[DashboardCard]:
    return overview.dashboard_cards(site, request)


@hookimpl
def provide_initiative_panels(initiative: InitiativePage, request: HttpRequest) -> list[InitiativePanel]:
    return overview.initiative_panels(initiative, request)


@hookimpl
def on_enabled(site: Site) -> None:
    _tell_everybody(site, OPENED)


@hookimpl
def on_disabled(site: Site) -> None:
    _tell_everybody(site, CLOSED)


def _tell_everybody(site: Site, event: str) -> None:
    """A line in the activity list of each active initiative: all of them or, when the task is run again after
    a failure, none twice."""
    with transaction.atomic():
        active = InitiativePage.objects.filter(SiteMap().within({site.pk}), status=InitiativeStatus.ACTIVE)
        for initiative in active.order_by("pk"):
            record(event, initiative)


@hookimpl
def export_personal_data(user: User) -> Sequence[PersonalData]:
    return personal_data.export(user)


@hookimpl
def erase_personal_data(user: User, dry_run: bool) -> Sequence[Erasure]:
    return personal_data.erase(user, dry_run=dry_run)


@hookimpl
def load_demo_data(demo: DemoContext) -> None:
    demo_content.load(demo)
