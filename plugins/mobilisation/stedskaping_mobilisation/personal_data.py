"""What this plugin holds about people: which projects they follow."""

from __future__ import annotations

from stedskaping_core.models import User
from stedskaping_core.plugins import Erasure, PersonalData
from stedskaping_mobilisation.models import Follow


def export(user: User) -> list[PersonalData]:
    """What the person follows, and what they stopped following as a member."""
    records = [
        {
            "initiative": row.initiative.title,
            "since": row.created_at.isoformat(),
            "until": row.ended_at.isoformat() if row.ended_at else None,
            "wants_messages": row.notify,
        }
        for row in Follow.objects.filter(user=user).select_related("initiative").order_by("pk")
    ]
    return [PersonalData("follows", records)] if records else []


def erase(user: User, *, dry_run: bool) -> list[Erasure]:
    """All of it goes; milestones are numbers and stay."""
    rows = Follow.objects.filter(user=user)
    number = rows.count()
    if not dry_run:
        rows.delete()
    return [Erasure("follows", erased=number)] if number else []
