"""What the dummy stores: notes, its settings per site, a page type, and what it has heard of."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from stedskaping_core.models.base import HeadlessPage
from stedskaping_core.streams import SlotStreamField


class Note(models.Model):
    """A person's note about an initiative; `answers` one of theirs."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    initiative = models.ForeignKey(
        "core.InitiativePage", on_delete=models.CASCADE, related_name="dummy_notes"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="dummy_notes"
    )
    answers = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replies")
    readers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="dummy_read_notes")
    text = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("created_at", "pk")

    def __str__(self) -> str:
        return self.text


class Heard(models.Model):
    """An `on_…` hook or a job ran for a site."""

    site = models.ForeignKey("wagtailcore.Site", on_delete=models.CASCADE, related_name="+")
    note = models.ForeignKey(Note, null=True, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=100)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.what


@register_setting
class DummySettings(BaseSiteSetting):
    """What a site may set."""

    greeting = models.CharField(_("greeting"), max_length=80, blank=True)
    panels: ClassVar = [FieldPanel("greeting")]


class DummyPage(HeadlessPage):
    """A page type of a plugin, with a slot of its own."""

    body = SlotStreamField("body", blank=True)

    content_panels: ClassVar = [*HeadlessPage.content_panels, FieldPanel("body")]
