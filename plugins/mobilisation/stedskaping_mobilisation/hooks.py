"""Mobilisation's implementations of the plugin contract."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Site

from stedskaping_core.models import Event, InitiativePage, User
from stedskaping_core.plugins import (
    BlockType,
    DashboardCard,
    DemoContext,
    Erasure,
    EventType,
    GraphQLContribution,
    InitiativePanel,
    Job,
    Metric,
    PersonalData,
    hookimpl,
)
from stedskaping_core.sites import SiteMap
from stedskaping_mobilisation import demo as demo_data
from stedskaping_mobilisation import personal_data
from stedskaping_mobilisation.blocks import BLOCKS
from stedskaping_mobilisation.events import EVENTS
from stedskaping_mobilisation.jobs import JOBS
from stedskaping_mobilisation.metrics import METRICS
from stedskaping_mobilisation.selectors import RECENTLY, RESTING, current_follows, running_initiatives
from stedskaping_mobilisation.services import members_follow

# Events after which an initiative's members may be new to it, or new to the public.
MEMBER_EVENTS = ("core.initiative_approved", "core.member_added")


@hookimpl
def register_graphql() -> GraphQLContribution:
    # Imported here: the types need all apps to be ready, and only the API needs them.
    from stedskaping_mobilisation.schema import contribution

    return contribution()


@hookimpl
def register_blocks() -> list[BlockType]:
    return list(BLOCKS)


@hookimpl
def register_metrics() -> list[Metric]:
    return list(METRICS)


@hookimpl
def register_jobs() -> list[Job]:
    return list(JOBS)


@hookimpl
def register_events() -> list[EventType]:
    return list(EVENTS)


@hookimpl
def on_event(event: Event) -> None:
    """Members follow their initiative from the day it is public, and new members from the day they join."""
    page = event.initiative
    if event.key in MEMBER_EVENTS and page is not None and page.live and page.status not in RESTING:
        members_follow([page])


@hookimpl
def on_enabled(site: Site) -> None:
    """Catch up with what happened while the plugin was off."""
    members_follow(running_initiatives(site.pk))


@hookimpl
def provide_dashboard_cards(site: Site, request: HttpRequest) -> list[DashboardCard]:
    published = InitiativePage.objects.filter(SiteMap().within({site.pk}), live=True)
    follows = current_follows().filter(initiative__in=published.values("pk"))
    recent = follows.filter(created_at__gte=timezone.now() - RECENTLY).count()
    detail = ngettext("%(number)s new in the last 30 days", "%(number)s new in the last 30 days", recent)
    return [
        DashboardCard(
            title=_("Followers"),
            value=number_format(follows.count(), force_grouping=True),
            detail=detail % {"number": number_format(recent, force_grouping=True)},
            url=reverse("mobilisation_followers:index"),
            icon="group",
            order=400,
        )
    ]


@hookimpl
def provide_initiative_panels(initiative: InitiativePage, request: HttpRequest) -> list[InitiativePanel]:
    follows = current_follows().filter(initiative=initiative)
    rows = [
        (_("Followers"), number_format(follows.count(), force_grouping=True)),
        (
            _("New in the last 30 days"),
            number_format(
                follows.filter(created_at__gte=timezone.now() - RECENTLY).count(), force_grouping=True
            ),
        ),
        (_("Want messages"), number_format(follows.filter(notify=True).count(), force_grouping=True)),
    ]
    url = reverse("mobilisation_followers:index")
    return [InitiativePanel(title=_("Mobilisation"), rows=rows, url=url, order=400)]


@hookimpl
def export_personal_data(user: User) -> list[PersonalData]:
    return personal_data.export(user)


@hookimpl
def erase_personal_data(user: User, dry_run: bool) -> list[Erasure]:
    return personal_data.erase(user, dry_run=dry_run)


@hookimpl
def load_demo_data(demo: DemoContext) -> None:
    demo_data.load(demo)
