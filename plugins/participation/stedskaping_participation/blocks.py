"""The block with which editors show proposals inside a page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from stedskaping_core.plugins import BlockType


class ProposalsBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    number = blocks.IntegerBlock(label=_("How many"), min_value=1, max_value=12, default=3)
    initiative = blocks.PageChooserBlock(
        label=_("Initiative"),
        required=False,
        page_type="core.InitiativePage",
        help_text=_("Empty: proposals of all initiatives on this site."),
    )

    class Meta:
        icon = "participation-voices"
        label = _("Proposals")
        group = _("Projects")
        template = "stedskaping_participation/blocks/proposals.html"
        preview_value = {"heading": _("What people propose"), "number": 3, "initiative": None}
        description = _("The proposals that most people support")


BLOCKS = (BlockType("participation_proposals", ProposalsBlock, ("body", "guidance", "story")),)
