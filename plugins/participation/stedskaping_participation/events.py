"""What happens in participation. Types without a text never show in an activity list."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from stedskaping_core.plugins import EventType

CREATED = "participation.proposal_created"
WITHDRAWN = "participation.proposal_withdrawn"
SUPPORT_CHANGED = "participation.support_changed"
ANSWERED = "participation.proposal_answered"
MERGED = "participation.proposals_merged"
CHOSEN = "participation.concept_chosen"
RELEASED = "participation.concept_released"
OPENED = "participation.participation_opened"
CLOSED = "participation.participation_closed"

EVENTS = (
    EventType(CREATED, _("Proposal created"), _("New proposal: %(title)s")),
    EventType(WITHDRAWN, _("Proposal withdrawn")),
    EventType(SUPPORT_CHANGED, _("Support given or withdrawn")),
    EventType(ANSWERED, _("Proposal answered"), _("The team answered the proposal “%(title)s”.")),
    EventType(MERGED, _("Proposals merged"), _("The proposal “%(title)s” became part of “%(into_title)s”.")),
    EventType(CHOSEN, _("Concept chosen"), _("The concept is chosen: %(title)s")),
    EventType(RELEASED, _("Choice of concept withdrawn"), _("The choice of a concept is open again.")),
    EventType(OPENED, _("Participation opened"), _("Participation is open.")),
    EventType(CLOSED, _("Participation closed"), _("Participation is closed for now.")),
)
