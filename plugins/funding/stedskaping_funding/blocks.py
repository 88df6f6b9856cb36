"""The block that shows an initiative's budget inside a text."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from stedskaping_core.plugins import BlockType
from stedskaping_core.values import Money
from stedskaping_funding.formatting import kroner
from stedskaping_funding.selectors import BudgetTotals, budgets


class BudgetBlock(blocks.StructBlock):
    """How far an initiative is with its money."""

    initiative = blocks.PageChooserBlock(label=_("Project"), page_type="core.InitiativePage")
    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)

    class Meta:
        icon = "funding-coins"
        label = _("Budget of a project")
        group = _("Projects")
        template = "stedskaping_funding/blocks/budget.html"
        preview_value = {"heading": _("What we have, and what is missing")}
        description = _("How much of a project's budget is secured, as a line that fills up")

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """The template's values: the project's own numbers, or those that the preview brings along."""
        page = value.get("initiative")
        totals = budgets([page])[page.pk].totals if page else (parent_context or {}).get("funding_totals")
        return {
            **super().get_context(value, parent_context),
            "percent": totals.percent_of_minimum if totals else None,
            "secured": kroner(totals.secured.amount) if totals else "",
            "minimum": kroner(totals.minimum.amount) if totals else "",
        }

    def get_preview_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """In the menu of blocks there is no project yet, so example numbers stand in."""
        return {**(parent_context or {}), "funding_totals": _EXAMPLE}


_EXAMPLE = BudgetTotals(
    minimum=Money(Decimal(118000)),
    optimum=Money(Decimal(141500)),
    secured=Money(Decimal(87000)),
    minimum_secured=Money(Decimal(82000)),
)
BLOCKS = (BlockType("funding_budget", BudgetBlock, ("body", "guidance", "story")),)
