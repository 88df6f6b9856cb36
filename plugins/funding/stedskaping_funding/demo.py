"""The demo's budgets."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from stedskaping_core.models import InitiativePage
from stedskaping_core.plugins import DemoContext
from stedskaping_funding.models import BudgetLine, LineKind


def load(demo: DemoContext) -> None:
    """Write the budgets of the content files. A line is known by its title, so running again adds nothing.

    Written past the services: the demo shows projects in states in which no team may change them any more.
    """
    for key, initiative in demo.initiatives.items():
        for position, entry in enumerate(demo.content["initiatives"][key].get("budget", ())):
            _load_line(initiative, position, entry)


def _load_line(initiative: InitiativePage, position: int, entry: Mapping[str, Any]) -> None:
    BudgetLine.objects.update_or_create(
        initiative=initiative,
        title=entry["title"],
        defaults={
            "kind": LineKind[entry["kind"]],
            "amount": Decimal(entry["amount"]),
            "required": entry["required"],
            "secured": Decimal(entry["secured"]),
            "secured_note": entry.get("secured_note", ""),
            "position": position,
        },
    )
