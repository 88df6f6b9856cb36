"""When a project finds out which permits it needs, applies and gets its answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from stedskaping_cms.demo.moments import evening, office
from stedskaping_cms.demo.steps import Step
from stedskaping_core.choices import TaskKind, TaskState
from stedskaping_core.models import JourneyTask
from stedskaping_core.services.journeys import journey_task_update

if TYPE_CHECKING:
    from stedskaping_cms.demo.journeys import Run

# The longest lead time of all is looked at in the first days, the others while the place is found.
ASSESSED_FIRST, DAYS_TO_THE_FIRST = "event_county_road", 4
NOT_NEEDED = ("event_county_road", "building_permit")
# From this phase on there are drawings to apply with.
PHASE_WITH_DRAWINGS = 3
# Days before an application is due, or after it for the late one; and before the answer would be overdue.
IN_TIME, TOO_LATE, ANSWERED_EARLY = 14, 14, 4


class PermitPlan:
    """The permit steps of one journey, by the rules that most projects follow."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._place = run.phases[run.keys.index("place")]
        moved = sum(entry["days"] for entry in run.entry.get("reschedules", ()))
        self._moved = dt.timedelta(days=moved)

    def steps(self) -> Iterator[Step]:
        for tasks in self._run.tasks.values():
            for task in tasks.values():
                if task.kind == TaskKind.PERMIT:
                    yield from self._permit(task)

    def _permit(self, task: JourneyTask) -> Iterator[Step]:
        key, run = task.permit_key, self._run
        needed = key not in NOT_NEEDED and run.entry.get("permits", {}).get(key) != TaskState.NOT_NEEDED
        found = TaskState.TO_APPLY if needed else TaskState.NOT_NEEDED
        yield Step(self._assessed(key, task.pk), self._set(task, found))
        if not needed or run.completed < PHASE_WITH_DRAWINGS:
            return
        assert task.due_on is not None
        assert task.lead_weeks is not None
        late = run.entry.get("late_permit") == key
        applied = task.due_on + self._moved + dt.timedelta(days=TOO_LATE if late else -IN_TIME)
        answered = applied + dt.timedelta(weeks=task.lead_weeks, days=-ANSWERED_EARLY)
        yield Step(evening(applied, task.pk), self._set(task, TaskState.APPLIED))
        yield Step(office(answered, task.pk), self._set(task, TaskState.GRANTED))

    def _assessed(self, key: str, salt: int) -> dt.datetime:
        first, place = self._run.phases[0], self._place
        if key == ASSESSED_FIRST:
            return office(first.planned_start + dt.timedelta(days=DAYS_TO_THE_FIRST), salt)
        return office(place.planned_start + (place.planned_end - place.planned_start) * 2 / 3, salt)

    def _set(self, task: JourneyTask, state: str) -> Callable[[dt.datetime], None]:
        run = self._run
        actor = run.member(task.position) if state == TaskState.APPLIED else run.facilitator

        def act(at: dt.datetime) -> None:
            journey_task_update(task=task, actor=actor, state=state, applied_on=at.date())
            if state in (TaskState.GRANTED, TaskState.NOT_NEEDED):
                JourneyTask.objects.filter(pk=task.pk).update(done_at=at)

        return act
