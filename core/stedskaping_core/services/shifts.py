"""Move the dates of a journey: by a decision, or because it was paused. The locks are the caller's."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from stedskaping_core import clock
from stedskaping_core.choices import JourneyPhaseState, PhaseKind
from stedskaping_core.errors import Refusal
from stedskaping_core.models import Journey, JourneyPhase, JourneyTask, Reschedule, User
from stedskaping_core.services.guide_copies import due_on


def realisation_is_ahead(journey: Journey, today: dt.date) -> bool:
    """Whether the first day of the realisation can still be moved.

    A team that is done with planning early waits for the day with the realisation as its active phase; one
    that is late has the day behind it with the realisation still to come.
    """
    camp = journey.phases.get(kind=PhaseKind.REALISATION)
    if camp.state == JourneyPhaseState.ACTIVE:
        return journey.realisation_starts_on > today
    return bool(camp.state == JourneyPhaseState.UPCOMING)


def shift(journey: Journey, days: int, *, actor: User | None, reason: str) -> None:
    """Move what is ahead by `days`: phases, due dates, and the realisation, whose old date stays on record.

    Of what is going on only the end moves. A realisation that has begun gets longer, and one that is over
    stays where it was. Raises `Refusal` TOO_EARLY when the active phase would have to be over already.
    """
    today = clock.local_today(journey.time_zone)
    delta = dt.timedelta(days=days)
    whole = realisation_is_ahead(journey, today)
    phases = list(journey.phases.select_for_update(of=("self",)))
    for phase in phases:
        _shift_phase(phase, delta, today, whole=whole)
    JourneyPhase.objects.bulk_update(phases, ["planned_start", "planned_end"])
    camp = next(phase for phase in phases if phase.kind == PhaseKind.REALISATION)
    if whole:
        Reschedule.objects.create(
            journey=journey,
            from_date=journey.realisation_starts_on,
            to_date=journey.realisation_starts_on + delta,
            reason=reason,
            by=actor,
        )
        journey.realisation_starts_on += delta
        # In a guide without planning the realisation is the start.
        journey.starts_on = min(journey.starts_on, journey.realisation_starts_on)
    if whole or camp.state == JourneyPhaseState.ACTIVE:
        journey.realisation_ends_on += delta
    journey.save(update_fields=["starts_on", "realisation_starts_on", "realisation_ends_on"])
    _shift_due_dates(journey, phases)


def _shift_phase(phase: JourneyPhase, delta: dt.timedelta, today: dt.date, *, whole: bool) -> None:
    if phase.state == JourneyPhaseState.UPCOMING or (
        phase.state == JourneyPhaseState.ACTIVE and phase.kind == PhaseKind.REALISATION and whole
    ):
        phase.planned_start += delta
        phase.planned_end += delta
    elif phase.state == JourneyPhaseState.ACTIVE:
        phase.planned_end += delta
        if delta < dt.timedelta(0) and phase.planned_end < max(phase.planned_start, today):
            message = _("Then “%(title)s” would have to be over already. Choose a later day.")
            raise Refusal("TOO_EARLY", message % {"title": phase.title}, path=("realisationStartsOn",))


def _shift_due_dates(journey: Journey, phases: list[JourneyPhase]) -> None:
    by_pk = {phase.pk: phase for phase in phases}
    tasks = list(JourneyTask.objects.select_for_update(of=("self",)).filter(phase__in=phases))
    for task in tasks:
        task.due_on = due_on(journey, by_pk[task.phase_id], task.lead_weeks)
    JourneyTask.objects.bulk_update(tasks, ["due_on"])
