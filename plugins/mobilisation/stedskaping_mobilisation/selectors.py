"""Reads: who follows what. Names are never part of it, only numbers and the caller's own follows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest

from stedskaping_core.choices import InitiativeStatus
from stedskaping_core.models import InitiativePage, User
from stedskaping_core.selectors import visible_initiatives
from stedskaping_core.sites import SiteMap
from stedskaping_mobilisation.models import Follow

# In these an initiative can't gain followers by itself: not public yet, or over.
RESTING = (InitiativeStatus.DRAFT, InitiativeStatus.SUBMITTED, InitiativeStatus.DISCONTINUED)
# What staff are told of as new.
RECENTLY = timedelta(days=30)


def current_follows() -> QuerySet[Follow]:
    """Follows that go on."""
    return Follow.objects.filter(ended_at__isnull=True)


def follower_counts(initiatives: Iterable[InitiativePage]) -> dict[int, int]:
    """The number of followers by primary key; who has none is left out. One statement."""
    rows = current_follows().filter(initiative__in=list(initiatives)).order_by().values_list("initiative_id")
    return dict(rows.annotate(number=Count("pk")))


def followed_by(user: User, initiatives: Sequence[InitiativePage]) -> set[int]:
    """Which of the initiatives the person follows. One statement."""
    mine = current_follows().filter(user=user, initiative__in=[page.pk for page in initiatives])
    return set(mine.values_list("initiative_id", flat=True))


def follows_of(users: Sequence[User], request: HttpRequest) -> dict[int, list[InitiativePage]]:
    """What each person follows and the caller may see, the latest first, by the person's primary key.

    One statement, and one for the page restrictions the first time in a request.
    """
    visible = visible_initiatives(request).values("pk")
    rows = current_follows().filter(user__in=[user.pk for user in users], initiative__in=visible)
    found: dict[int, list[InitiativePage]] = {user.pk: [] for user in users}
    for row in rows.select_related("initiative").order_by("-created_at", "-pk"):
        found[row.user_id].append(row.initiative)
    return found


def running_initiatives(site_id: int) -> QuerySet[InitiativePage]:
    """The site's published initiatives that have begun and aren't ended."""
    return InitiativePage.objects.filter(SiteMap().within({site_id}), live=True).exclude(status__in=RESTING)


def with_follower_numbers(initiatives: QuerySet[InitiativePage], since: datetime) -> QuerySet[InitiativePage]:
    """Annotate `follower_count`, and `new_followers` since a moment."""
    now = Q(mobilisation_follows__ended_at__isnull=True)
    return initiatives.annotate(
        follower_count=Count("mobilisation_follows", filter=now),
        new_followers=Count(
            "mobilisation_follows", filter=now & Q(mobilisation_follows__created_at__gte=since)
        ),
    )
