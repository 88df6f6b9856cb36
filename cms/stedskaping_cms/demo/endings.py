"""How a journey stands at the end of its story: paused, ended, built, or handed over."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from stedskaping_cms.demo import texts
from stedskaping_cms.demo.moments import office
from stedskaping_core.choices import InitiativeStatus
from stedskaping_core.models import InitiativePage, Journey
from stedskaping_core.services.initiatives import (
    initiative_discontinue,
    initiative_hand_over,
    initiative_realise,
)
from stedskaping_core.services.journeys import journey_pause

if TYPE_CHECKING:
    from stedskaping_cms.demo.journeys import Run

# Days from the end of the camp to the day on which somebody else takes over.
HANDED_OVER = 69


def end(run: Run) -> None:
    """Bring the initiative into the status that the content says, on its day."""
    status = run.entry["status"]
    if status == InitiativeStatus.PAUSED:
        journey_pause(initiative=run.page, actor=run.initiator, reason=run.entry["paused_reason"])
        at = run.until
        Journey.objects.filter(pk=run.journey.pk).update(paused_on=at.date())
    elif status == InitiativeStatus.DISCONTINUED:
        reason = run.entry["discontinued_reason"]
        initiative_discontinue(initiative=run.page, actor=run.initiator, reason=reason)
        at = run.until
    elif status in (InitiativeStatus.REALISED, InitiativeStatus.IN_STEWARDSHIP):
        initiative_realise(initiative=run.page, actor=run.initiator)
        at = run.moments.settle(texts.at(run.journey.realisation_ends_on, 22, 30))
        if status == InitiativeStatus.IN_STEWARDSHIP:
            initiative_hand_over(initiative=run.page, actor=run.facilitator)
            at = office(run.journey.realisation_ends_on + dt.timedelta(days=HANDED_OVER), run.page.pk)
    else:
        return
    run.moments.settle(at)
    InitiativePage.objects.filter(pk=run.page.pk).update(status_changed_at=at)
