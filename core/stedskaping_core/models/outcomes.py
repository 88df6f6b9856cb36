"""What was built, and who looks after it."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stedskaping_core.models.base import PlaceMixin


class Outcome(PlaceMixin):
    """A thing that stands after the realisation: temporary until a date, or permanent."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    initiative = models.ForeignKey("core.InitiativePage", on_delete=models.CASCADE, related_name="outcomes")
    title = models.CharField(_("title"), max_length=160)
    description = models.TextField(_("description"), blank=True)
    image = models.ForeignKey(
        "core.Image",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("image"),
    )
    steward = models.CharField(
        _("steward"),
        max_length=160,
        blank=True,
        help_text=_("Who runs and repairs it: an organisation or a group."),
    )
    temporary_until = models.DateField(
        _("temporary until"), null=True, blank=True, help_text=_("Empty means permanent.")
    )
    agreement = models.ForeignKey(
        "core.Document",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("agreement"),
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = ("created_at", "pk")
        constraints = (*PlaceMixin.Meta.constraints,)

    def __str__(self) -> str:
        return self.title
