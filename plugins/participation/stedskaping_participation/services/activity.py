"""Keep what the activity list says about proposals true when a proposal changes or goes."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from stedskaping_core.models import Activity, Event
from stedskaping_participation import events
from stedskaping_participation.models import Proposal


def retitle_activity(proposal: Proposal) -> None:
    """Show the proposal's new title in the line about its beginning. The event keeps what it said."""
    for line in Activity.objects.filter(
        initiative=proposal.initiative_id, kind=events.CREATED, params__proposal=str(proposal.uuid)
    ):
        line.params = {**line.params, "title": proposal.title}
        line.save(update_fields=["params"])


def forget_activity(proposals: Sequence[Proposal]) -> None:
    """Take the lines that name these proposals out of the activity lists."""
    keys = [str(proposal.uuid) for proposal in proposals]
    lines = Activity.objects.filter(initiative__in={proposal.initiative_id for proposal in proposals})
    lines.filter(Q(params__proposal__in=keys) | Q(params__into__in=keys)).delete()


def forget_events(proposals: Sequence[Proposal]) -> None:
    """Delete the events about these proposals for good, because their authors and texts were erased."""
    forget_activity(proposals)
    found = Event.objects.filter(initiative__in={proposal.initiative_id for proposal in proposals})
    found.filter(payload__proposal__in=[str(proposal.uuid) for proposal in proposals]).delete()
