"""What happened: events for programs, activities for people; and the locks of recurring jobs."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Event(models.Model):
    """A fact about one site, written in the transaction that made it true. Never changed."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    site = models.ForeignKey("wagtailcore.Site", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=100, db_index=True)
    initiative = models.ForeignKey(
        "core.InitiativePage", null=True, blank=True, on_delete=models.CASCADE, related_name="events"
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    payload = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.key} {self.at:%Y-%m-%d %H:%M}"


class Activity(models.Model):
    """A line in an initiative's activity list. The sentence comes from the event type and `params`."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    initiative = models.ForeignKey("core.InitiativePage", on_delete=models.CASCADE, related_name="activities")
    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="activity")
    kind = models.CharField(max_length=100)
    params = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=["initiative", "-at", "-id"], name="core_activity_list_idx"),)

    def __str__(self) -> str:
        return self.kind


class JobRun(models.Model):
    """The lock and the last run of one job for one site."""

    key = models.CharField(max_length=100)
    site = models.ForeignKey("wagtailcore.Site", on_delete=models.CASCADE, related_name="+")
    last_started_at = models.DateTimeField(null=True, blank=True)
    last_finished_at = models.DateTimeField(null=True, blank=True)
    last_message = models.TextField(blank=True)
    last_failed = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("job run")
        verbose_name_plural = _("job runs")
        constraints = (models.UniqueConstraint(fields=["key", "site"], name="core_jobrun_once"),)

    def __str__(self) -> str:
        return self.key
