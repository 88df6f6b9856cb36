"""The journeys: every step goes through the services, in the order and at the moments of its story.

A step whose moment hasn't come isn't taken, so a project is always as far as its start date says.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial

from django.core.management.base import CommandError

from stedskaping_cms.demo import texts
from stedskaping_cms.demo.endings import end
from stedskaping_cms.demo.moments import Moments, evening, latest_event, office
from stedskaping_cms.demo.permits import PermitPlan
from stedskaping_cms.demo.state import Demo
from stedskaping_cms.demo.steps import Step
from stedskaping_core.choices import FINISHED_STATES, InitiativeStatus, PhaseKind, TaskKind, TaskState
from stedskaping_core.models import (
    CampDayReport,
    InitiativePage,
    JourneyPhase,
    JourneyTask,
    Outcome,
    Reschedule,
    User,
    Waiver,
)
from stedskaping_core.readiness import journey_status
from stedskaping_core.services.guides import shipped
from stedskaping_core.services.journeys import (
    camp_day_report,
    journey_phase_complete,
    journey_reschedule,
    journey_task_update,
    requirement_waive,
)
from stedskaping_core.services.outcomes import outcome_add

# How long the tasks of an open-ended phase are spread over, and when it is completed.
AFTERCARE_DAYS, AFTERCARE_COMPLETED = 56, 63
# These are done when the phase is over, not when their turn in the list comes.
LAST_DAY_TASKS = ("report_each_day",)


def journeys_waiting(demo: Demo, pilot: str) -> dict[str, InitiativePage]:
    """A pilot's initiatives with a journey, by key; none when something has been done in one of them."""
    pages = {key: page for key, page in demo.initiatives(pilot).items() if hasattr(page, "journey")}
    tasks = JourneyTask.objects.filter(phase__journey__initiative__in=pages.values())
    return {} if tasks.filter(done_at__isnull=False).exists() else pages


def journeys_run(demo: Demo, pilot: str) -> int:
    """Let a pilot's journeys come as far as they are, when nobody has begun; how many that were."""
    pages = journeys_waiting(demo, pilot)
    for key, page in pages.items():
        Run(demo, key, page).go()
    return len(pages)


class Run:
    """One journey, from its start to where it is today."""

    def __init__(self, demo: Demo, key: str, page: InitiativePage) -> None:
        self.demo = demo
        self.key = key
        self.page = page
        self.entry = texts.initiatives()[key]
        self.journey = page.journey
        people, pilot = demo.people, self.entry["pilot"]
        self.initiator = people[pilot, self.entry["initiator"]]
        self.team = [self.initiator, *(people[pilot, person] for person in self.entry["team"])]
        self.facilitator = people[pilot, "facilitator"]
        self.moments = Moments(page, demo.now, latest_event())
        self.phases = list(self.journey.phases.order_by("position"))
        self.keys = [phase["key"] for phase in shipped("structure")["phases"]]
        self.tasks = {phase.pk: _tasks_by_key(phase) for phase in self.phases}
        # How many phases are completed today.
        self.completed = self._phases_behind()

    def _phases_behind(self) -> int:
        if self.entry["status"] == InitiativeStatus.IN_STEWARDSHIP:
            return len(self.phases)
        return self.keys.index(self.entry.get("phase", self.keys[-1]))

    @property
    def until(self) -> dt.datetime:
        """When the story stops for now."""
        for name in ("paused", "discontinued"):
            if name in self.entry:
                return self.demo.calendar.moment(self.entry[name])
        return self.demo.now

    def member(self, number: int) -> User:
        return self.team[number % len(self.team)]

    def go(self) -> None:
        for step in sorted(self._steps(), key=lambda step: step.at):
            if step.at <= self.until:
                step.act(step.at)
                self.moments.settle(step.at)
        self._assign()
        end(self)
        self.moments.write()

    def _steps(self) -> Iterator[Step]:
        for number, phase in enumerate(self.phases[: self.completed + 1]):
            yield from self._task_steps(phase, open_ones=number == self.completed)
            if number < self.completed:
                yield self._completion(phase)
        yield from PermitPlan(self).steps()
        yield from self._camp_steps()
        for entry in self.entry.get("reschedules", ()):
            moment = self.demo.calendar.moment(entry["at"])
            yield Step(moment, partial(self._reschedule, entry))

    # ---------------------------------------------------------------- tasks and phases

    def _task_steps(self, phase: JourneyPhase, *, open_ones: bool) -> Iterator[Step]:
        plain = [(key, task) for key, task in self.tasks[phase.pk].items() if task.kind != TaskKind.PERMIT]
        days = (phase.planned_end - phase.planned_start).days
        if phase.kind == PhaseKind.AFTERCARE:
            days = AFTERCARE_DAYS
        for number, (key, task) in enumerate(plain, start=1):
            if open_ones and key in self.entry.get("open_tasks", ()):
                continue
            day = phase.planned_start + dt.timedelta(days=days * number // (len(plain) + 1))
            if key in LAST_DAY_TASKS:
                day = phase.planned_end
            actor = self.member(number + phase.position)
            yield Step(evening(day, task.pk), partial(self._done, task, actor))

    def _done(self, task: JourneyTask, actor: User, at: dt.datetime) -> None:
        journey_task_update(task=task, actor=actor, state=TaskState.DONE, assignee=actor)
        JourneyTask.objects.filter(pk=task.pk).update(done_at=at)

    def _completion(self, phase: JourneyPhase) -> Step:
        day = phase.planned_end
        if phase.kind == PhaseKind.AFTERCARE:
            day = phase.planned_start + dt.timedelta(days=AFTERCARE_COMPLETED)
        return Step(texts.at(day, 21, 15), partial(self.complete, phase))

    def complete(self, phase: JourneyPhase, at: dt.datetime) -> None:
        self._waive(phase, at)
        journey_phase_complete(phase=phase, actor=self.initiator)
        JourneyPhase.objects.filter(pk=phase.pk).update(completed_at=at)
        following = JourneyPhase.objects.filter(journey=self.journey, position=phase.position + 1)
        following.update(started_at=at)

    def _waive(self, phase: JourneyPhase, at: dt.datetime) -> None:
        """Let go of gates that aren't met, for the reasons that the content gives."""
        status = journey_status(self.journey)
        for blocker in status.blocking_requirements(phase):
            requirement = blocker.requirement
            reason = self.entry.get("waivers", {}).get(requirement.metric)
            if reason is None:
                raise CommandError(
                    f"The demo's project “{self.key}” can't complete “{phase.title}”: {requirement.metric} "
                    f"is {blocker.current}. Write why it may under `waivers` in initiatives.toml."
                )
            waiver = requirement_waive(requirement=requirement, actor=self.facilitator, reason=reason)
            decided = office(at.date() - dt.timedelta(days=1), requirement.pk)
            Waiver.objects.filter(pk=waiver.pk).update(at=self.moments.settle(decided))

    def _assign(self) -> None:
        """Give the open tasks of the current phase to people, with a note where there is one."""
        notes = self.entry.get("notes", {})
        current = self.completed if self.completed < len(self.phases) else None
        for number, phase in enumerate(self.phases):
            for position, (key, task) in enumerate(self.tasks[phase.pk].items()):
                task.refresh_from_db()
                is_open = task.state not in FINISHED_STATES
                if is_open and (number == current or key in notes):
                    journey_task_update(
                        task=task,
                        actor=self.initiator,
                        state=task.state,
                        note=notes.get(key),
                        assignee=task.assignee or self.member(position),
                    )

    # ---------------------------------------------------------------- the camp, and moving it

    def _camp_steps(self) -> Iterator[Step]:
        first = self.journey.realisation_starts_on
        for number, text in enumerate(self.entry.get("camp_days", ())):
            day = first + dt.timedelta(days=number)
            yield Step(texts.at(day, 20, 20 + number * 3), partial(self._report, text))
        for number, entry in enumerate(self.entry.get("outcomes", ())):
            day = self.journey.realisation_ends_on + dt.timedelta(days=2 + number)
            yield Step(evening(day, number), partial(self._outcome, entry))

    def _report(self, text: str, at: dt.datetime) -> None:
        actor = self.member(at.day)
        report = camp_day_report(journey=self.journey, actor=actor, day=at.date(), text=text)
        CampDayReport.objects.filter(pk=report.pk).update(at=at)

    def _outcome(self, entry: texts.Entry, at: dt.datetime) -> None:
        until = entry.get("temporary_until")
        outcome = outcome_add(
            initiative=self.page,
            actor=self.initiator,
            title=entry["title"],
            description=entry["description"],
            steward=entry["steward"],
            place=self.page.place,
            temporary_until=self.demo.calendar.day(until) if until else None,
        )
        image_id = self.demo.image(entry["picture"])
        Outcome.objects.filter(pk=outcome.pk).update(created_at=at, image_id=image_id)

    def _reschedule(self, entry: texts.Entry, at: dt.datetime) -> None:
        journey_reschedule(
            initiative=self.page,
            actor=self.initiator,
            realisation_starts_on=self.journey.realisation_starts_on + dt.timedelta(days=entry["days"]),
            reason=entry["reason"],
        )
        Reschedule.objects.filter(journey=self.journey).order_by("-pk").update(at=at)


def _tasks_by_key(phase: JourneyPhase) -> dict[str, JourneyTask]:
    """A phase's tasks by their keys in the shipped guide, in order."""
    keys = [task["key"] for task in shipped("structure")["phases"][phase.position - 1].get("tasks", ())]
    return dict(zip(keys, phase.tasks.order_by("position"), strict=True))
