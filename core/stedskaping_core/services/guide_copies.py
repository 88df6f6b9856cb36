"""Copy a guide's phases into a journey, so that later edits of the guide don't move a running project."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stedskaping_core import clock
from stedskaping_core.choices import JourneyPhaseState, PhaseKind, TaskKind, TaskState
from stedskaping_core.errors import Refusal
from stedskaping_core.models import (
    GuidePage,
    InitiativePage,
    Journey,
    JourneyPhase,
    JourneyRequirement,
    JourneyTask,
    PhasePage,
    PilotPage,
    User,
)
from stedskaping_core.selectors import phases_of

ORDER = (PhaseKind.PLANNING, PhaseKind.REALISATION, PhaseKind.AFTERCARE)


def complete_phases(guide: GuidePage) -> list[PhasePage]:
    """The guide's phases in order.

    Raises `Refusal` GUIDE_INCOMPLETE unless it is planning, then exactly one realisation, then aftercare.
    """
    phases = phases_of(guide)
    places = [ORDER.index(PhaseKind(phase.kind)) for phase in phases]
    if places != sorted(places) or places.count(ORDER.index(PhaseKind.REALISATION)) != 1:
        message = _("The guide must be planning, one realisation, then aftercare. Ask the municipality.")
        raise Refusal("GUIDE_INCOMPLETE", message)
    return phases


def copy_guide(
    *, initiative: InitiativePage, pilot: PilotPage, guide: GuidePage, starts_on: dt.date, actor: User | None
) -> Journey:
    """A journey with the guide's phases, tasks and requirements, planned from `starts_on`. The first phase is
    active. Raises `Refusal` GUIDE_INCOMPLETE."""
    sources = complete_phases(guide)
    lengths = [clock.Length(source.kind, source.duration, source.duration_unit) for source in sources]
    periods = clock.plan(starts_on, lengths)
    camp = periods[[source.kind for source in sources].index(PhaseKind.REALISATION)]
    journey = Journey.objects.create(
        initiative=initiative,
        guide=guide,
        time_zone=pilot.time_zone,
        starts_on=starts_on,
        realisation_starts_on=camp.start,
        realisation_ends_on=camp.end,
        started_by=actor,
    )
    phases = [
        JourneyPhase(
            journey=journey,
            source=source,
            position=position,
            title=source.title,
            kind=source.kind,
            planned_start=period.start,
            planned_end=period.end,
        )
        for position, (source, period) in enumerate(zip(sources, periods, strict=True), start=1)
    ]
    phases[0].state, phases[0].started_at = JourneyPhaseState.ACTIVE, timezone.now()
    JourneyPhase.objects.bulk_create(phases)
    tasks: list[JourneyTask] = []
    requirements: list[JourneyRequirement] = []
    for phase, source in zip(phases, sources, strict=True):
        tasks += _tasks(journey, phase, source, pilot)
        requirements += _requirements(phase, source)
    JourneyTask.objects.bulk_create(tasks)
    JourneyRequirement.objects.bulk_create(requirements)
    return journey


def due_on(journey: Journey, phase: JourneyPhase, lead_weeks: int | None) -> dt.date:
    """When a task is due: a permit its lead time before the realisation, another task with its phase."""
    if lead_weeks is None:
        return phase.planned_end
    return clock.permit_due(journey.realisation_starts_on, lead_weeks)


def _tasks(
    journey: Journey, phase: JourneyPhase, source: PhasePage, pilot: PilotPage
) -> Sequence[JourneyTask]:
    tasks = []
    for number, task in enumerate(source.tasks.select_related("permit_kind"), start=1):
        permit = task.kind == TaskKind.PERMIT
        lead_weeks = pilot.lead_weeks_for(task.permit_kind) if permit else None
        tasks.append(
            JourneyTask(
                phase=phase,
                position=number,
                title=task.title,
                required=task.required,
                kind=task.kind,
                permit_key=task.permit_kind.key if permit else "",
                lead_weeks=lead_weeks,
                state=TaskState.NOT_ASSESSED if permit else TaskState.OPEN,
                due_on=due_on(journey, phase, lead_weeks),
            )
        )
    return tasks


def _requirements(phase: JourneyPhase, source: PhasePage) -> Sequence[JourneyRequirement]:
    return [
        JourneyRequirement(
            phase=phase,
            position=number,
            metric=requirement.metric,
            comparison=requirement.comparison,
            target=requirement.target,
            blocking=requirement.blocking,
            label=requirement.label,
        )
        for number, requirement in enumerate(source.requirements.all(), start=1)
    ]
