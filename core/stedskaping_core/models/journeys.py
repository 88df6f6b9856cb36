"""A running project's own copy of the guide: its dates, tasks and requirements."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stedskaping_core.choices import (
    FINISHED_STATES,
    PERMIT_STATES,
    PLAIN_STATES,
    Comparison,
    JourneyPhaseState,
    JourneyState,
    PhaseKind,
    TaskKind,
    TaskState,
)
from stedskaping_core.models.base import one_of


class Journey(models.Model):
    """One initiative's way through a guide. Dates are the pilot's local dates."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    initiative = models.OneToOneField("core.InitiativePage", on_delete=models.CASCADE, related_name="journey")
    guide = models.ForeignKey("core.GuidePage", null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=20, choices=JourneyState, default=JourneyState.RUNNING)
    time_zone = models.CharField(max_length=60, default="Europe/Oslo")
    starts_on = models.DateField()
    realisation_starts_on = models.DateField()
    realisation_ends_on = models.DateField()
    paused_on = models.DateField(null=True, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("journey")
        verbose_name_plural = _("journeys")
        constraints = (
            one_of("state", JourneyState, "core_journey_state"),
            models.CheckConstraint(
                condition=Q(realisation_starts_on__gte=F("starts_on"))
                & Q(realisation_ends_on__gte=F("realisation_starts_on")),
                name="core_journey_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(state=JourneyState.PAUSED, paused_on__isnull=False)
                | (~Q(state=JourneyState.PAUSED) & Q(paused_on__isnull=True)),
                name="core_journey_paused_since",
            ),
        )
        indexes = (models.Index(fields=["realisation_starts_on"], name="core_journey_realisation_idx"),)

    def __str__(self) -> str:
        return f"{self.initiative_id}: {self.starts_on} – {self.realisation_ends_on}"


class JourneyPhase(models.Model):
    """A phase as it was in the guide when the journey started, with this project's dates."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="phases")
    source = models.ForeignKey(
        "core.PhasePage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=255)
    kind = models.CharField(max_length=20, choices=PhaseKind)
    state = models.CharField(max_length=20, choices=JourneyPhaseState, default=JourneyPhaseState.UPCOMING)
    planned_start = models.DateField()
    planned_end = models.DateField()
    started_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("phase of a journey")
        verbose_name_plural = _("phases of journeys")
        ordering = ("journey", "position")
        constraints = (
            one_of("kind", PhaseKind, "core_journeyphase_kind"),
            one_of("state", JourneyPhaseState, "core_journeyphase_state"),
            models.UniqueConstraint(fields=["journey", "position"], name="core_journeyphase_position_once"),
            models.UniqueConstraint(
                fields=["journey"],
                condition=Q(state=JourneyPhaseState.ACTIVE),
                name="core_journeyphase_one_active",
            ),
            models.CheckConstraint(
                condition=Q(planned_end__gte=F("planned_start")), name="core_journeyphase_dates_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(state=JourneyPhaseState.COMPLETED) | Q(completed_at__isnull=False),
                name="core_journeyphase_completed_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=JourneyPhaseState.ACTIVE) | Q(started_at__isnull=False),
                name="core_journeyphase_started_when",
            ),
            models.UniqueConstraint(
                fields=["journey"],
                condition=Q(kind=PhaseKind.REALISATION),
                name="core_journeyphase_one_realisation",
            ),
        )

    def __str__(self) -> str:
        return self.title


class JourneyTask(models.Model):
    """A task of one project. Permits have their own states and a due date from their lead time."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    phase = models.ForeignKey(JourneyPhase, on_delete=models.CASCADE, related_name="tasks")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    required = models.BooleanField(default=True)
    kind = models.CharField(max_length=20, choices=TaskKind)
    permit_key = models.SlugField(max_length=60, blank=True)
    lead_weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=20, choices=TaskState)
    due_on = models.DateField(null=True, blank=True)
    applied_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="assigned_tasks",
    )
    note = models.TextField(blank=True)

    class Meta:
        verbose_name = _("task of a journey")
        verbose_name_plural = _("tasks of journeys")
        ordering = ("phase", "position")
        constraints = (
            one_of("kind", TaskKind, "core_journeytask_kind"),
            models.UniqueConstraint(fields=["phase", "position"], name="core_journeytask_position_once"),
            models.CheckConstraint(
                condition=Q(kind=TaskKind.PERMIT, state__in=PERMIT_STATES, lead_weeks__isnull=False)
                | (~Q(kind=TaskKind.PERMIT) & Q(state__in=PLAIN_STATES)),
                name="core_journeytask_state_of_kind",
            ),
            models.CheckConstraint(
                condition=Q(state__in=FINISHED_STATES, done_at__isnull=False)
                | (~Q(state__in=FINISHED_STATES) & Q(done_at__isnull=True)),
                name="core_journeytask_done_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=TaskState.APPLIED) | Q(applied_on__isnull=False),
                name="core_journeytask_applied_when",
            ),
        )

    def __str__(self) -> str:
        return self.title


class JourneyRequirement(models.Model):
    """A requirement as it was in the guide when the journey started."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    phase = models.ForeignKey(JourneyPhase, on_delete=models.CASCADE, related_name="requirements")
    position = models.PositiveSmallIntegerField()
    metric = models.CharField(max_length=100)
    comparison = models.CharField(max_length=2, choices=Comparison, default=Comparison.AT_LEAST)
    target = models.DecimalField(max_digits=14, decimal_places=2)
    blocking = models.BooleanField(default=True)
    label = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("requirement of a journey")
        verbose_name_plural = _("requirements of journeys")
        ordering = ("phase", "position")
        constraints = (
            one_of("comparison", Comparison, "core_journeyrequirement_comparison"),
            models.UniqueConstraint(
                fields=["phase", "position"], name="core_journeyrequirement_position_once"
            ),
        )

    def __str__(self) -> str:
        return self.label


class Waiver(models.Model):
    """A facilitator let a requirement go, and said why. It stays on record."""

    requirement = models.OneToOneField(JourneyRequirement, on_delete=models.CASCADE, related_name="waiver")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = models.TextField()

    class Meta:
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        constraints = (models.CheckConstraint(condition=~Q(reason=""), name="core_waiver_has_reason"),)

    def __str__(self) -> str:
        return self.reason


class Reschedule(models.Model):
    """The realisation was moved: from when, to when, why and by whom. Rows are only ever added."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="reschedules")
    from_date = models.DateField()
    to_date = models.DateField()
    reason = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("rescheduling")
        verbose_name_plural = _("reschedulings")
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(from_date=F("to_date")), name="core_reschedule_moves"),
            models.CheckConstraint(condition=~Q(reason=""), name="core_reschedule_has_reason"),
        )

    def __str__(self) -> str:
        return f"{self.from_date} → {self.to_date}"


class CampDayReport(models.Model):
    """What was done on one day of the realisation."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="camp_days")
    day = models.DateField()
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("report of a camp day")
        verbose_name_plural = _("reports of camp days")
        ordering = ("journey", "day")
        constraints = (
            models.UniqueConstraint(fields=["journey", "day"], name="core_campdayreport_once"),
            models.CheckConstraint(condition=~Q(text=""), name="core_campdayreport_has_text"),
        )

    def __str__(self) -> str:
        return f"{self.day}"
