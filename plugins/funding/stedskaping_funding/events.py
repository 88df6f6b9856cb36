"""The events of this plugin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from stedskaping_core.plugins import EventType

# Without a text: a team that writes its budget of twenty lines doesn't fill the activity list with them.
BUDGET_CHANGED = EventType("funding.budget_changed", _("Budget changed"))

EVENTS = (BUDGET_CHANGED,)
