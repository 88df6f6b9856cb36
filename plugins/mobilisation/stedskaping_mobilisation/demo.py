"""The demo's followers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from stedskaping_core.models import Activity, Event, InitiativeMember, InitiativePage, User
from stedskaping_core.plugins import DemoContext
from stedskaping_core.plugins.activation import enabled_sites
from stedskaping_core.sites import SiteMap
from stedskaping_mobilisation.models import Follow
from stedskaping_mobilisation.selectors import current_follows
from stedskaping_mobilisation.services import milestones_reach, milestones_up_to

# How long followers have been coming when a project's journey hasn't a start date yet.
FIRST_DAYS = 14


def load(demo: DemoContext) -> None:
    """Let members, named people and extra people follow the published projects.

    They come over the time since the journey began. Running it again adds nobody.
    """
    sites = SiteMap()
    on = enabled_sites("mobilisation")
    for key, initiative in demo.initiatives.items():
        if not initiative.live:
            # A draft has no followers yet, whoever is waiting for it.
            continue
        content = demo.content["initiatives"][key]
        named = [demo.people[content["pilot"], person] for person in content.get("followers", ())]
        extra = demo.extra_people(content["pilot"], content.get("extra_followers", 0))
        members = [
            m.user for m in InitiativeMember.objects.filter(initiative=initiative).select_related("user")
        ]
        _follow(initiative, list(dict.fromkeys([*members, *named, *extra])))
        site = sites.site_of(initiative.url_path)
        if site is not None and site.id in on:
            _tell(initiative)


def _follow(initiative: InitiativePage, people: Sequence[User]) -> None:
    start = _start(initiative)
    step = (timezone.now() - start) / (len(people) + 1)
    # Existing follows stay as they are, so that the dates don't move from one run to the next.
    Follow.objects.bulk_create(
        (
            Follow(initiative=initiative, user=person, created_at=start + step * number)
            for number, person in enumerate(people)
        ),
        ignore_conflicts=True,
    )


def _start(initiative: InitiativePage) -> dt.datetime:
    journey = getattr(initiative, "journey", None)
    if journey is None:
        return timezone.now() - dt.timedelta(days=FIRST_DAYS)
    return timezone.make_aware(dt.datetime.combine(journey.starts_on, dt.time(18)))


def _tell(initiative: InitiativePage) -> None:
    """The milestones on the days when they were reached, as the job would have told them."""
    days = list(
        current_follows()
        .filter(initiative=initiative)
        .order_by("created_at")
        .values_list("created_at", flat=True)
    )
    for milestone in milestones_up_to(len(days)):
        at = days[milestone - 1]
        activity = milestones_reach(initiative=initiative, followers=milestone, at=at)
        if activity is not None:
            Event.objects.filter(pk=activity.event_id).update(at=at)
            Activity.objects.filter(pk=activity.pk).update(at=at)
