"""Followers of initiatives, and the milestones that their number has reached."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Follow(models.Model):
    """A person follows an initiative; with `notify` they want to hear from it.

    Members follow by themselves. One who stops keeps the row with `ended_at`, so that catching up never
    brings back somebody who chose to leave. Anybody else's row is deleted.
    """

    initiative = models.ForeignKey(
        "core.InitiativePage", on_delete=models.CASCADE, related_name="mobilisation_follows"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mobilisation_follows"
    )
    notify = models.BooleanField(_("wants messages"), default=True)
    created_at = models.DateTimeField(_("since"), default=timezone.now)
    ended_at = models.DateTimeField(_("until"), null=True, blank=True)

    # Who follows what is nobody's business: it never shows under "usage" of a page.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("follower")
        verbose_name_plural = _("followers")
        ordering = ("-created_at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=["initiative", "user"], name="mobilisation_follow_once"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("created_at")),
                name="mobilisation_follow_ends_after_start",
            ),
        )
        indexes = (
            models.Index(
                fields=["initiative"], condition=Q(ended_at__isnull=True), name="mobilisation_follow_now_idx"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} → {self.initiative_id}"


class FollowerMilestone(models.Model):
    """An initiative had this many followers once. It is written down one time, whatever happens later."""

    initiative = models.ForeignKey(
        "core.InitiativePage", on_delete=models.CASCADE, related_name="mobilisation_milestones"
    )
    count = models.PositiveIntegerField(_("followers"))
    reached_at = models.DateTimeField(_("reached"), default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ("initiative", "count")
        constraints = (
            models.UniqueConstraint(fields=["initiative", "count"], name="mobilisation_milestone_once"),
            models.CheckConstraint(condition=Q(count__gt=0), name="mobilisation_milestone_positive"),
        )

    def __str__(self) -> str:
        return str(self.count)
