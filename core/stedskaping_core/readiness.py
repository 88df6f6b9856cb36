"""How far a phase is, what is missing, and what to do next. Reads only; many journeys at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from stedskaping_core import clock
from stedskaping_core.choices import (
    FINISHED_STATES,
    Comparison,
    JourneyPhaseState,
    JourneyState,
    PhaseKind,
    TaskKind,
    TaskState,
)
from stedskaping_core.metrics import evaluate
from stedskaping_core.models import InitiativePage, Journey, JourneyPhase, JourneyRequirement, JourneyTask
from stedskaping_core.sites import SiteMap

AHEAD = (JourneyPhaseState.UPCOMING, JourneyPhaseState.ACTIVE)


@dataclass(frozen=True)
class RequirementStatus:
    """A requirement with its number now; `current` is None when the metric doesn't apply to this site.

    What doesn't apply can't be asked for: it counts as met.
    """

    requirement: JourneyRequirement
    current: Decimal | None

    @property
    def waived(self) -> bool:
        return hasattr(self.requirement, "waiver")

    @property
    def met(self) -> bool:
        if self.current is None:
            return True
        target = self.requirement.target
        if self.requirement.comparison == Comparison.AT_LEAST:
            return self.current >= target
        if self.requirement.comparison == Comparison.AT_MOST:
            return self.current <= target
        return self.current == target

    @property
    def blocks(self) -> bool:
        return self.requirement.blocking and not self.met and not self.waived


@dataclass(frozen=True)
class Step:
    """Something to do next: an open task or an unmet requirement. `kind` is task, permit, agreement or
    requirement."""

    kind: str
    title: str
    due_on: dt.date | None
    overdue: bool
    phase: JourneyPhase


@dataclass(frozen=True)
class JourneyStatus:
    """A journey with all that is computed from its phases, tasks and requirements on `today`."""

    journey: Journey
    today: dt.date
    phases: tuple[JourneyPhase, ...]
    tasks: Mapping[int, tuple[JourneyTask, ...]]
    requirements: Mapping[int, tuple[RequirementStatus, ...]]

    @property
    def current_phase(self) -> JourneyPhase | None:
        return next((phase for phase in self.phases if phase.state == JourneyPhaseState.ACTIVE), None)

    def open_required_tasks(self, phase: JourneyPhase) -> list[JourneyTask]:
        return [task for task in self.tasks[phase.pk] if task.required and task.state not in FINISHED_STATES]

    def blocking_requirements(self, phase: JourneyPhase) -> list[RequirementStatus]:
        return [status for status in self.requirements[phase.pk] if status.blocks]

    def is_ready(self, phase: JourneyPhase) -> bool:
        """Required tasks done and blocking requirements met or waived."""
        return not self.open_required_tasks(phase) and not self.blocking_requirements(phase)

    @property
    def days_left(self) -> int:
        """See the function of the same name."""
        return days_left(self.journey, self.today)

    @property
    def progress(self) -> float:
        """Between 0 and 1: the share of required tasks and blocking requirements that are settled.

        Everything in a phase that is completed or skipped counts as settled.
        """
        done = whole = 0
        for phase in self.phases:
            tasks = [task for task in self.tasks[phase.pk] if task.required]
            gates = [status for status in self.requirements[phase.pk] if status.requirement.blocking]
            whole += len(tasks) + len(gates)
            if phase.state in (JourneyPhaseState.COMPLETED, JourneyPhaseState.SKIPPED):
                done += len(tasks) + len(gates)
            else:
                done += sum(task.state in FINISHED_STATES for task in tasks)
                # A gate of a phase that hasn't begun says nothing yet.
                done += sum(not status.blocks for status in gates if phase.state == JourneyPhaseState.ACTIVE)
        if self.journey.state == JourneyState.COMPLETED:
            return 1.0
        return round(done / whole, 3) if whole else 0.0

    @property
    def open_permits(self) -> list[clock.OpenPermit]:
        """Permits without an answer that lets the work begin. A refused one has to be applied for again."""
        return [
            clock.OpenPermit(
                task.due_on, task.lead_weeks, task.applied_on if task.state == TaskState.APPLIED else None
            )
            for phase in self.phases
            for task in self.tasks[phase.pk]
            if task.kind == TaskKind.PERMIT
            and phase.state != JourneyPhaseState.SKIPPED
            and task.state not in FINISHED_STATES
            and task.due_on is not None
            and task.lead_weeks is not None
        ]

    @property
    def at_risk(self) -> bool:
        """A permit is late for a realisation that isn't over yet."""
        return (
            self.journey.state == JourneyState.RUNNING
            and any(phase.kind == PhaseKind.REALISATION and phase.state in AHEAD for phase in self.phases)
            and clock.at_risk(self.open_permits, self.today)
        )

    @property
    def earliest_safe_realisation(self) -> dt.date | None:
        """Only when the journey is at risk."""
        if not self.at_risk:
            return None
        return clock.earliest_safe_realisation(
            self.open_permits, self.journey.realisation_starts_on, self.today
        )

    @property
    def next_steps(self) -> list[Step]:
        """Overdue and required first, then by date: of the active phase, and permits of any phase whose time
        has come."""
        current = self.current_phase
        if current is None or self.journey.state != JourneyState.RUNNING:
            return []
        steps: list[tuple[tuple[object, ...], Step]] = []
        for phase in self.phases:
            if phase.state not in AHEAD:
                continue
            for task in self.tasks[phase.pk]:
                urgent = (
                    task.kind == TaskKind.PERMIT and task.due_on is not None and task.due_on <= self.today
                )
                if task.state not in FINISHED_STATES and (phase == current or urgent):
                    overdue = task.due_on is not None and task.due_on < self.today
                    kind = "task" if task.kind == TaskKind.TODO else task.kind
                    step = Step(kind, task.title, task.due_on, overdue, phase)
                    steps.append(
                        ((not overdue, not task.required, task.due_on or dt.date.max, task.position), step)
                    )
        for position, status in enumerate(self.requirements[current.pk]):
            if not status.met and not status.waived:
                overdue = current.planned_end < self.today
                step = Step("requirement", status.requirement.label, current.planned_end, overdue, current)
                order = (not overdue, not status.requirement.blocking, current.planned_end, 100 + position)
                steps.append((order, step))
        return [step for _order, step in sorted(steps, key=lambda pair: pair[0])]


def days_left(journey: Journey, today: dt.date | None = None) -> int:
    """Days from today to the last day of the realisation, 0 when it is over."""
    today = today or clock.local_today(journey.time_zone)
    return max(0, (journey.realisation_ends_on - today).days)


def phases_of_journeys(journeys: Sequence[Journey]) -> dict[int, list[JourneyPhase]]:
    """The phases of each journey in order, by the journey's primary key. One statement."""
    phases: dict[int, list[JourneyPhase]] = {journey.pk: [] for journey in journeys}
    by_pk = {journey.pk: journey for journey in journeys}
    for phase in JourneyPhase.objects.filter(journey__in=by_pk).order_by("position"):
        phase.journey = by_pk[phase.journey_id]
        phases[phase.journey_id].append(phase)
    return phases


def journey_statuses(
    journeys: Sequence[Journey],
    now: dt.datetime | None = None,
    site_map: SiteMap | None = None,
    phases: Mapping[int, Sequence[JourneyPhase]] | None = None,
) -> dict[int, JourneyStatus]:
    """The status of each journey by primary key: three statements, plus those of the metrics they ask for.

    `journey.initiative` must be loaded. `phases` may be handed in when they have been read already.
    """
    if phases is None:
        phases = phases_of_journeys(journeys)
    by_pk = {phase.pk: phase for journey in journeys for phase in phases[journey.pk]}
    tasks: dict[int, list[JourneyTask]] = {pk: [] for pk in by_pk}
    for task in JourneyTask.objects.filter(phase__in=by_pk.values()).order_by("position"):
        tasks[task.phase_id].append(task)
    requirements: dict[int, list[JourneyRequirement]] = {pk: [] for pk in by_pk}
    found = JourneyRequirement.objects.filter(phase__in=by_pk.values()).select_related("waiver", "waiver__by")
    for requirement in found.order_by("position"):
        requirements[requirement.phase_id].append(requirement)
    initiatives = {journey.pk: journey.initiative for journey in journeys}
    numbers = _numbers(initiatives.values(), requirements, site_map)
    return {
        journey.pk: JourneyStatus(
            journey=journey,
            today=clock.local_today(journey.time_zone, now),
            phases=tuple(phases[journey.pk]),
            tasks={phase.pk: tuple(tasks[phase.pk]) for phase in phases[journey.pk]},
            requirements={
                phase.pk: tuple(
                    RequirementStatus(r, numbers[r.metric][journey.initiative_id])
                    for r in requirements[phase.pk]
                )
                for phase in phases[journey.pk]
            },
        )
        for journey in journeys
    }


def _numbers(
    initiatives: Iterable[InitiativePage],
    requirements: Mapping[int, Sequence[JourneyRequirement]],
    site_map: SiteMap | None,
) -> dict[str, dict[int, Decimal | None]]:
    keys = {requirement.metric for group in requirements.values() for requirement in group}
    return evaluate(keys, list(initiatives), site_map)


def journey_status(journey: Journey, now: dt.datetime | None = None) -> JourneyStatus:
    """The status of one journey."""
    return journey_statuses([journey], now)[journey.pk]
