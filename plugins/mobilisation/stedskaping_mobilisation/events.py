"""The events of this plugin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from stedskaping_core.plugins import EventType

MILESTONE_REACHED = EventType(
    "mobilisation.milestone_reached", _("Milestone reached"), _("%(count)s people follow the project.")
)

EVENTS = (MILESTONE_REACHED,)
