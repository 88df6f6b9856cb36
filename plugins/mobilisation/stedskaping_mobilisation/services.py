"""Writes: following, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stedskaping_core.errors import Refusal
from stedskaping_core.events import record
from stedskaping_core.models import Activity, InitiativeMember, InitiativePage, User
from stedskaping_core.permissions import NOT_SIGNED_IN, REASONS
from stedskaping_core.plugins.activation import require_enabled
from stedskaping_core.services.locking import lock_initiative
from stedskaping_core.sites import site_of_page
from stedskaping_mobilisation.events import MILESTONE_REACHED
from stedskaping_mobilisation.models import Follow, FollowerMilestone


@transaction.atomic
def follow(*, initiative: InitiativePage, user: User | AnonymousUser, notify: bool = True) -> Follow:
    """Follow a published initiative; `notify` says whether to hear from it. Following again sets `notify`.

    Raises `PluginDisabled` and `Refusal`: NOT_SIGNED_IN, NOT_PUBLISHED.
    """
    person = _begin(initiative, user)
    # Read again: the page at hand may be older than its withdrawal.
    if not InitiativePage.objects.filter(pk=initiative.pk, live=True).exists():
        raise Refusal("NOT_PUBLISHED", _("Only published projects can be followed."))
    row, created = Follow.objects.select_for_update().get_or_create(
        initiative=initiative, user=person, defaults={"notify": notify}
    )
    if not created and row.ended_at is not None:
        row.created_at, row.ended_at = timezone.now(), None
    if not created:
        row.notify = notify
        row.save(update_fields=["created_at", "ended_at", "notify"])
    return row


@transaction.atomic
def unfollow(*, initiative: InitiativePage, user: User | AnonymousUser) -> bool:
    """Stop following, also what isn't published any more; True when the person did follow.

    A member's choice is kept, so that nothing makes a follower of them again but themselves.

    Raises `PluginDisabled` and `Refusal`: NOT_SIGNED_IN.
    """
    person = _begin(initiative, user)
    row = Follow.objects.select_for_update().filter(initiative=initiative, user=person).first()
    if row is None or row.ended_at is not None:
        return False
    if InitiativeMember.objects.filter(initiative=initiative, user=person).exists():
        row.ended_at = max(timezone.now(), row.created_at)
        row.save(update_fields=["ended_at"])
    else:
        row.delete()
    return True


def _begin(initiative: InitiativePage, user: User | AnonymousUser) -> User:
    require_enabled("mobilisation", site_of_page(initiative))
    if not user.is_authenticated or not user.is_active:
        raise Refusal(NOT_SIGNED_IN, REASONS[NOT_SIGNED_IN])
    return user


def members_follow(initiatives: Iterable[InitiativePage]) -> None:
    """Make followers of the members who have never been. Safe to run again, also beside itself.

    Those who stopped following stay away.
    """
    members = InitiativeMember.objects.filter(initiative__in=list(initiatives), user__is_active=True)
    pairs = members.values_list("initiative_id", "user_id")
    # The database leaves alone what is there already.
    Follow.objects.bulk_create(
        (Follow(initiative_id=initiative_id, user_id=user_id) for initiative_id, user_id in pairs),
        ignore_conflicts=True,
    )


def milestones_up_to(number: int) -> Iterator[int]:
    """10, 25, 50, 100, 250, 500, 1000, … as far as `number` goes."""
    step = 10
    while True:
        for milestone in (step, step * 5 // 2, step * 5):
            if milestone > number:
                return
            yield milestone
        step *= 10


@transaction.atomic
def milestones_reach(
    *, initiative: InitiativePage, followers: int, at: datetime | None = None
) -> Activity | None:
    """Write down the milestones up to `followers` that are new, and tell of the highest of them.

    An initiative that passes several at once tells of one. Answers None when there was nothing new: also
    when somebody who runs beside us has told already, since the initiative's row is locked.
    """
    page = lock_initiative(initiative)
    reached = set(FollowerMilestone.objects.filter(initiative=page).values_list("count", flat=True))
    new = [number for number in milestones_up_to(followers) if number not in reached]
    moment = at or timezone.now()
    FollowerMilestone.objects.bulk_create(
        FollowerMilestone(initiative=page, count=number, reached_at=moment) for number in new
    )
    return record(MILESTONE_REACHED.key, page, count=new[-1]) if new else None
