"""Take the rows that a decision is made on, so that two people can't decide on the same state.

The locks are of the weaker kind (`no_key`): rows that refer to a locked one, such as events, can still be
added by others. With the stronger kind two services that lock in different orders would block each other.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from stedskaping_core.errors import Refusal
from stedskaping_core.models import InitiativePage, Journey
from stedskaping_core.permissions import NO_JOURNEY, REASONS


def lock_initiative(initiative: InitiativePage) -> InitiativePage:
    """The initiative, read again and locked until the transaction ends. `Refusal` NOT_FOUND."""
    page = (
        InitiativePage.objects.select_for_update(of=("self",), no_key=True).filter(pk=initiative.pk).first()
    )
    if page is None:
        raise Refusal("NOT_FOUND", _("The initiative isn't there any more."))
    return page


def lock_journey(initiative: InitiativePage) -> Journey:
    """The initiative's journey, locked. Raises `Refusal` NO_JOURNEY when it hasn't started."""
    journey = (
        Journey.objects.select_for_update(of=("self",), no_key=True)
        .filter(initiative_id=initiative.pk)
        .first()
    )
    if journey is None:
        raise Refusal(NO_JOURNEY, REASONS[NO_JOURNEY])
    journey.initiative = initiative
    return journey
