"""Export and erasure of what participation holds about a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q

from stedskaping_core.models import User
from stedskaping_core.plugins import Erasure, PersonalData
from stedskaping_participation.models import Proposal, Support
from stedskaping_participation.services.activity import forget_events


def export(user: User) -> list[PersonalData]:
    """The person's proposals, in every state, what they support, and the answers they gave for a team."""
    written = Proposal.objects.filter(author=user).select_related("initiative").order_by("created_at", "pk")
    supported = (
        Support.objects.filter(user=user).select_related("proposal__initiative").order_by("created_at", "pk")
    )
    answered = Proposal.objects.filter(answered_by=user).select_related("initiative").order_by("pk")
    return [
        PersonalData("participation_proposals", [_proposal(row) for row in written]),
        PersonalData(
            "participation_support",
            [{**_which(row.proposal), "supported_at": row.created_at.isoformat()} for row in supported],
        ),
        PersonalData(
            "participation_answers",
            [
                {
                    **_which(row),
                    "state": row.answer_state,
                    "text": row.answer_text,
                    "published_at": row.answered_at.isoformat() if row.answered_at else None,
                }
                for row in answered
            ],
        ),
    ]


def _which(proposal: Proposal) -> dict[str, Any]:
    return {
        "proposal": str(proposal.uuid),
        "title": proposal.title,
        "initiative": proposal.initiative.title,
    }


def _proposal(proposal: Proposal) -> dict[str, Any]:
    return {
        **_which(proposal),
        "body": proposal.body,
        "category": proposal.category,
        "place_name": proposal.place_name,
        "address": proposal.address,
        "latitude": proposal.latitude,
        "longitude": proposal.longitude,
        "state": proposal.state,
        "created_at": proposal.created_at.isoformat(),
        "edited_at": proposal.edited_at.isoformat() if proposal.edited_at else None,
    }


def erase(user: User, *, dry_run: bool) -> Sequence[Erasure]:
    """Delete the person's support, and those of their proposals that nobody else has a part in.

    A proposal stays, without its author, when others support it, when the team has answered it, when it is
    the chosen concept or when other proposals became part of it. So do answers the person gave for a team.
    """
    written = Proposal.objects.filter(author=user)
    others = Support.objects.filter(proposal=OuterRef("pk")).exclude(user=user)
    merged = Proposal.objects.filter(merged_into=OuterRef("pk")).exclude(author=user)
    shared = Q(answer_published=True) | Q(chosen=True) | Q(Exists(others)) | Q(Exists(merged))
    staying = list(written.filter(shared).values_list("pk", flat=True))
    going = list(written.exclude(pk__in=staying).order_by("pk"))
    support = Support.objects.filter(user=user)
    answered = Proposal.objects.filter(answered_by=user)
    report = [
        Erasure(
            "participation_proposals",
            erased=len(going),
            anonymised=len(staying),
        ),
        Erasure("participation_support", erased=support.count()),
        Erasure("participation_answers", anonymised=answered.count()),
    ]
    if not dry_run:
        support.delete()
        answered.update(answered_by=None)
        written.filter(pk__in=staying).update(author=None)
        if going:
            forget_events(going)
            Proposal.objects.filter(pk__in=[row.pk for row in going]).delete()
    return report
