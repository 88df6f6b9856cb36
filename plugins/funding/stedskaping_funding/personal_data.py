"""What this plugin holds about people: who wrote which budget line."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from stedskaping_core.models import User
from stedskaping_core.plugins import Erasure, PersonalData
from stedskaping_funding.models import BudgetLine


def export(user: User) -> list[PersonalData]:
    """The lines that the person added, and those that they changed last."""
    lines = BudgetLine.objects.filter(Q(created_by=user) | Q(changed_by=user)).select_related("initiative")
    records = [
        {
            "initiative": line.initiative.title,
            "title": line.title,
            "amount": str(line.amount),
            "currency": line.currency,
            "secured": str(line.secured),
            "secured_note": line.secured_note,
            "added_by_you_at": line.created_at.isoformat() if line.created_by_id == user.pk else None,
            "last_changed_by_you_at": line.changed_at.isoformat() if line.changed_by_id == user.pk else None,
        }
        for line in lines.order_by("pk")
    ]
    return [PersonalData("budget_lines", records)] if records else []


def erase(user: User, *, dry_run: bool) -> list[Erasure]:
    """The lines stay, because they are the project's budget; who wrote them is forgotten."""
    lines = BudgetLine.objects.filter(Q(created_by=user) | Q(changed_by=user))
    number = lines.count()
    if not dry_run:
        BudgetLine.objects.filter(created_by=user).update(created_by=None)
        BudgetLine.objects.filter(changed_by=user).update(changed_by=None)
    reason = _("The lines belong to the project's budget.")
    return [Erasure("budget_lines", anonymised=number, reason=reason)] if number else []
