"""The states and kinds of the domain. GraphQL shows the member names, the database keeps the values."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PilotStatus(models.TextChoices):
    PLANNED = "planned", _("Planned")
    RUNNING = "running", _("Running")
    COMPLETED = "completed", _("Completed")
    STOPPED = "stopped", _("Stopped")


class PhaseKind(models.TextChoices):
    PLANNING = "planning", _("Planning")
    REALISATION = "realisation", _("Realisation")
    AFTERCARE = "aftercare", _("Aftercare")


class DurationUnit(models.TextChoices):
    DAYS = "days", _("days")
    WEEKS = "weeks", _("weeks")
    MONTHS = "months", _("months")


class TaskKind(models.TextChoices):
    TODO = "todo", _("To do")
    PERMIT = "permit", _("Permit")
    AGREEMENT = "agreement", _("Agreement")


class TaskState(models.TextChoices):
    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    NOT_ASSESSED = "not_assessed", _("Not assessed")
    NOT_NEEDED = "not_needed", _("Not needed")
    TO_APPLY = "to_apply", _("To be applied for")
    APPLIED = "applied", _("Applied for")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")


PERMIT_STATES = (
    TaskState.NOT_ASSESSED,
    TaskState.NOT_NEEDED,
    TaskState.TO_APPLY,
    TaskState.APPLIED,
    TaskState.GRANTED,
    TaskState.REFUSED,
)
PLAIN_STATES = (TaskState.OPEN, TaskState.DONE)
FINISHED_STATES = (TaskState.DONE, TaskState.NOT_NEEDED, TaskState.GRANTED)


class Comparison(models.TextChoices):
    AT_LEAST = ">=", _("at least")
    AT_MOST = "<=", _("at most")
    EXACTLY = "=", _("exactly")


class InitiativeStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")
    REALISED = "realised", _("Realised")
    IN_STEWARDSHIP = "in_stewardship", _("In stewardship")
    DISCONTINUED = "discontinued", _("Discontinued")


class MemberRole(models.TextChoices):
    INITIATOR = "initiator", _("Initiator")
    TEAM = "team", _("Team")
    FACILITATOR = "facilitator", _("Facilitator")


class JourneyState(models.TextChoices):
    RUNNING = "running", _("Running")
    PAUSED = "paused", _("Paused")
    COMPLETED = "completed", _("Completed")
    STOPPED = "stopped", _("Stopped")


class JourneyPhaseState(models.TextChoices):
    UPCOMING = "upcoming", _("Upcoming")
    ACTIVE = "active", _("Active")
    COMPLETED = "completed", _("Completed")
    SKIPPED = "skipped", _("Skipped")
