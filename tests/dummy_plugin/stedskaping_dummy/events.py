"""The dummy's events."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from stedskaping_core.plugins import EventType

EVENTS = (EventType("dummy.note_written", _("Note written"), _("%(name)s wrote a note.")),)
