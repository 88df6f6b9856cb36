"""A journey's transitions: start, tasks, phases, waivers, camp days, pause, resume, reschedule."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from stedskaping_core import clock
from stedskaping_core.choices import (
    FINISHED_STATES,
    PERMIT_STATES,
    PLAIN_STATES,
    InitiativeStatus,
    JourneyPhaseState,
    JourneyState,
    PhaseKind,
    TaskKind,
    TaskState,
)
from stedskaping_core.errors import Refusal
from stedskaping_core.events import record
from stedskaping_core.models import (
    CampDayReport,
    InitiativePage,
    Journey,
    JourneyPhase,
    JourneyRequirement,
    JourneyTask,
    User,
    Waiver,
)
from stedskaping_core.permissions import require
from stedskaping_core.plugins.facade import hooks_for
from stedskaping_core.readiness import journey_status
from stedskaping_core.selectors import guide_for, pilot_of
from stedskaping_core.services.guide_copies import copy_guide
from stedskaping_core.services.initiatives import set_status
from stedskaping_core.services.locking import lock_initiative, lock_journey
from stedskaping_core.services.shifts import realisation_is_ahead, shift
from stedskaping_core.services.validation import plausible_day, required_reason, required_text
from stedskaping_core.sites import site_of_page

# From which state a permit may go to which; the others are mistakes.
PERMIT_STEPS = {
    TaskState.NOT_ASSESSED: {TaskState.NOT_NEEDED, TaskState.TO_APPLY, TaskState.APPLIED, TaskState.GRANTED},
    TaskState.NOT_NEEDED: {TaskState.NOT_ASSESSED, TaskState.TO_APPLY},
    TaskState.TO_APPLY: {TaskState.NOT_NEEDED, TaskState.APPLIED, TaskState.NOT_ASSESSED},
    TaskState.APPLIED: {TaskState.GRANTED, TaskState.REFUSED, TaskState.TO_APPLY},
    TaskState.GRANTED: {TaskState.APPLIED},
    TaskState.REFUSED: {TaskState.TO_APPLY, TaskState.NOT_NEEDED},
}


@transaction.atomic
def journey_start(*, initiative: InitiativePage, actor: User | None, starts_on: dt.date) -> Journey:
    """Copy the pilot's guide into a journey of the initiative's own, with dates from `starts_on`.

    Raises `Refusal`: ALREADY_STARTED, OUT_OF_RANGE, NO_GUIDE, or GUIDE_INCOMPLETE (see `complete_phases`).
    """
    page = lock_initiative(initiative)
    require("startJourney", actor, page)
    plausible_day(starts_on, "startsOn")
    pilot = pilot_of(page)
    guide = guide_for(pilot, page.locale)
    if guide is None:
        raise Refusal("NO_GUIDE", _("The pilot has no published guide yet. Ask the municipality."))
    journey = copy_guide(initiative=page, pilot=pilot, guide=guide, starts_on=starts_on, actor=actor)
    record("core.journey_started", page, actor=actor, date=starts_on.isoformat())
    return journey


@transaction.atomic
def journey_task_update(
    *,
    task: JourneyTask,
    actor: User | None,
    state: str,
    note: str | None = None,
    assignee: User | None = None,
    applied_on: dt.date | None = None,
) -> JourneyTask:
    """Set a task's state; None for `note` or `assignee` leaves what is there.

    Permits go step by step; `applied_on` (default: today) is kept for the clock. Raises `Refusal`:
    WRONG_STATE for a state of another kind of task, WRONG_STEP, IN_THE_FUTURE for `applied_on`, or
    NOT_MEMBER for an assignee who isn't one.
    """
    page, journey = _lock("updateTask", task.phase.journey.initiative, actor)
    task = JourneyTask.objects.select_for_update(of=("self",)).get(pk=task.pk)
    _check_step(task, state)
    today = clock.local_today(journey.time_zone)
    if applied_on and applied_on > today:
        raise Refusal("IN_THE_FUTURE", _("This day hasn't come yet."), path=("appliedOn",))
    if assignee and not page.members.filter(user=assignee).exists():
        raise Refusal("NOT_MEMBER", _("This person isn't a member."), path=("assignee",))
    changed = state != task.state
    task.state = state
    if state == TaskState.APPLIED:
        task.applied_on = applied_on or task.applied_on or today
    elif state in (TaskState.NOT_ASSESSED, TaskState.NOT_NEEDED, TaskState.TO_APPLY):
        task.applied_on = None
    if state not in FINISHED_STATES:
        task.done_at = task.done_by = None
    elif changed:
        task.done_at, task.done_by = timezone.now(), actor
    task.note = task.note if note is None else note
    task.assignee = assignee or task.assignee
    task.save()
    if changed:
        record("core.task_updated", page, actor=actor, title=task.title, state=task.state)
    return task


def _check_step(task: JourneyTask, state: str) -> None:
    permit = task.kind == TaskKind.PERMIT
    allowed = PERMIT_STATES if permit else PLAIN_STATES
    if state not in allowed:
        names = ", ".join(str(TaskState(value).label) for value in allowed)
        raise Refusal("WRONG_STATE", _("This task can be: %(names)s.") % {"names": names}, path=("state",))
    if permit and state != task.state and state not in PERMIT_STEPS[TaskState(task.state)]:
        message = _("A permit can't go from “%(old)s” to “%(new)s”.")
        labels = {"old": task.get_state_display(), "new": TaskState(state).label}
        raise Refusal("WRONG_STEP", message % labels, path=("state",))


@transaction.atomic
def journey_phase_complete(*, phase: JourneyPhase, actor: User | None) -> JourneyPhase:
    """Complete the active phase and begin the next one.

    Raises `Refusal`: PHASE_NOT_ACTIVE, or PHASE_NOT_READY with one sentence per thing that is missing;
    plugins may refuse as well (`validate_phase_completion`).
    """
    page, journey = _lock("completePhase", phase.journey.initiative, actor)
    phase = JourneyPhase.objects.select_for_update(of=("self",)).get(pk=phase.pk)
    phase.journey = journey
    if phase.state != JourneyPhaseState.ACTIVE:
        raise Refusal("PHASE_NOT_ACTIVE", _("Only the phase that is going on can be completed."))
    status = journey_status(journey)
    missing = [task.title for task in status.open_required_tasks(phase)]
    missing += [blocker.requirement.label for blocker in status.blocking_requirements(phase)]
    if missing:
        raise Refusal("PHASE_NOT_READY", _("The phase isn't ready yet. Missing:"), details=missing)
    hooks_for(site_of_page(page)).validate_phase_completion(phase, actor)
    phase.state, phase.completed_at = JourneyPhaseState.COMPLETED, timezone.now()
    phase.save(update_fields=["state", "completed_at"])
    _begin_next(journey, phase, phase.completed_at)
    record("core.phase_completed", page, actor=actor, title=phase.title, kind=phase.kind)
    return phase


@transaction.atomic
def journey_phase_skip(*, phase: JourneyPhase, actor: User | None, reason: str) -> JourneyPhase:
    """A facilitator leaves a phase out that this project doesn't need; the reason stays in the activity list.

    Raises `Refusal`: PHASE_OVER for one that is completed or skipped, NOT_SKIPPABLE for the realisation.
    """
    page, journey = _lock("skipPhase", phase.journey.initiative, actor)
    phase = JourneyPhase.objects.select_for_update(of=("self",)).get(pk=phase.pk)
    phase.journey = journey
    if phase.state not in (JourneyPhaseState.ACTIVE, JourneyPhaseState.UPCOMING):
        raise Refusal("PHASE_OVER", _("This phase is over already."))
    if phase.kind == PhaseKind.REALISATION:
        raise Refusal("NOT_SKIPPABLE", _("Without its realisation a project is ended, not skipped."))
    reason = required_reason(reason)
    active = phase.state == JourneyPhaseState.ACTIVE
    phase.state = JourneyPhaseState.SKIPPED
    phase.save(update_fields=["state"])
    if active:
        _begin_next(journey, phase, timezone.now())
    record("core.phase_skipped", page, actor=actor, title=phase.title, reason=reason)
    return phase


def _begin_next(journey: Journey, phase: JourneyPhase, now: dt.datetime) -> None:
    """Begin the phase after `phase`; without one the journey is completed."""
    following = journey.phases.filter(position__gt=phase.position, state=JourneyPhaseState.UPCOMING).first()
    if following:
        following.state, following.started_at = JourneyPhaseState.ACTIVE, now
        following.save(update_fields=["state", "started_at"])
    else:
        journey.state = JourneyState.COMPLETED
        journey.save(update_fields=["state"])


@transaction.atomic
def requirement_waive(*, requirement: JourneyRequirement, actor: User | None, reason: str) -> Waiver:
    """A facilitator lets a requirement go, for a reason that stays on record. `Refusal` ALREADY_WAIVED."""
    page, _journey = _lock("waiveRequirement", requirement.phase.journey.initiative, actor)
    waiver, created = Waiver.objects.get_or_create(
        requirement=requirement, defaults={"by": actor, "reason": required_reason(reason)}
    )
    if not created:
        raise Refusal("ALREADY_WAIVED", _("This requirement has been waived already."))
    record("core.requirement_waived", page, actor=actor, label=requirement.label, reason=waiver.reason)
    return waiver


@transaction.atomic
def camp_day_report(*, journey: Journey, actor: User | None, day: dt.date, text: str) -> CampDayReport:
    """What was done on one day of the realisation; reporting a day again replaces the text.

    Raises `Refusal`: NOT_A_CAMP_DAY, TOO_EARLY for a day that hasn't come, BLANK.
    """
    page, journey = _lock("reportCampDay", journey.initiative, actor)
    if not journey.realisation_starts_on <= day <= journey.realisation_ends_on:
        message = _("The camp is from %(start)s to %(end)s.")
        dates = {
            "start": date_format(journey.realisation_starts_on, "DATE_FORMAT"),
            "end": date_format(journey.realisation_ends_on, "DATE_FORMAT"),
        }
        raise Refusal("NOT_A_CAMP_DAY", message % dates, path=("day",))
    if day > clock.local_today(journey.time_zone):
        raise Refusal("TOO_EARLY", _("This day hasn't come yet."), path=("day",))
    text = required_text(text, "text")
    report, _created = CampDayReport.objects.update_or_create(
        journey=journey, day=day, defaults={"text": text, "by": actor, "at": timezone.now()}
    )
    number = (day - journey.realisation_starts_on).days + 1
    record("core.camp_day_reported", page, actor=actor, day=number, text=report.text)
    return report


@transaction.atomic
def journey_pause(*, initiative: InitiativePage, actor: User | None, reason: str) -> Journey:
    """Stop the clock. The initiative is paused until it is resumed."""
    page, journey = _lock("pause", initiative, actor)
    reason = required_reason(reason)
    journey.state, journey.paused_on = JourneyState.PAUSED, clock.local_today(journey.time_zone)
    journey.save(update_fields=["state", "paused_on"])
    set_status(page, InitiativeStatus.PAUSED, reason)
    record("core.initiative_paused", page, actor=actor, reason=reason)
    return journey


@transaction.atomic
def journey_resume(*, initiative: InitiativePage, actor: User | None) -> Journey:
    """Go on. What hasn't been completed moves by as many days as the pause lasted."""
    page, journey = _lock("resume", initiative, actor)
    days = (clock.local_today(journey.time_zone) - journey.paused_on).days if journey.paused_on else 0
    journey.state, journey.paused_on = JourneyState.RUNNING, None
    journey.save(update_fields=["state", "paused_on"])
    if days > 0:
        # The reason is stored, so it is written in the project's language and not in the caller's.
        with translation.override(page.locale.language_code):
            reason = ngettext(
                "The project was paused for %(days)d day.", "The project was paused for %(days)d days.", days
            )
        shift(journey, days, actor=actor, reason=reason % {"days": days})
    set_status(page, InitiativeStatus.ACTIVE)
    record("core.initiative_resumed", page, actor=actor)
    return journey


@transaction.atomic
def journey_reschedule(
    *, initiative: InitiativePage, actor: User | None, realisation_starts_on: dt.date, reason: str
) -> Journey:
    """Move the realisation. The end of the active phase and everything later move by the same days.

    Raises `Refusal`: BLANK for an empty reason, SAME_DATE, IN_THE_PAST, OUT_OF_RANGE, REALISATION_BEGUN, or
    TOO_EARLY when the active phase would have to be over already.
    """
    page, journey = _lock("reschedule", initiative, actor)
    today = clock.local_today(journey.time_zone)
    old = journey.realisation_starts_on
    reason = required_reason(reason)
    name = "realisationStartsOn"
    if realisation_starts_on == old:
        raise Refusal("SAME_DATE", _("The realisation starts on this day already."), path=(name,))
    if realisation_starts_on < today:
        raise Refusal("IN_THE_PAST", _("Choose a day that hasn't passed."), path=(name,))
    plausible_day(realisation_starts_on, name)
    if not realisation_is_ahead(journey, today):
        raise Refusal("REALISATION_BEGUN", _("The realisation has begun; its days can't be moved any more."))
    shift(journey, (realisation_starts_on - old).days, actor=actor, reason=reason)
    record(
        "core.journey_rescheduled",
        page,
        actor=actor,
        reason=reason,
        **{"from": old.isoformat(), "to": realisation_starts_on.isoformat()},
    )
    return journey


def _lock(action: str, initiative: InitiativePage, actor: User | None) -> tuple[InitiativePage, Journey]:
    """The initiative and its journey, locked in this order everywhere, so that nobody waits in a circle."""
    page = lock_initiative(initiative)
    require(action, actor, page)
    return page, lock_journey(page)
