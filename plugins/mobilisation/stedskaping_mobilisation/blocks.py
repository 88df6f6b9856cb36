"""The block that invites people to follow a project."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from stedskaping_core.plugins import BlockType
from stedskaping_mobilisation.selectors import follower_counts


class FollowBlock(blocks.StructBlock):
    """An invitation with the number of those who follow already."""

    initiative = blocks.PageChooserBlock(label=_("Project"), page_type="core.InitiativePage")
    text = blocks.CharBlock(
        label=_("Text"),
        required=False,
        max_length=250,
        help_text=_("Why should somebody follow this project?"),
    )

    class Meta:
        icon = "group"
        label = _("Follow a project")
        group = _("Projects")
        template = "stedskaping_mobilisation/blocks/follow.html"
        preview_value = {"text": _("Hear when the next working evening is.")}
        description = _("An invitation to follow a project, with the number of followers")

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """The template's values: the project's own number, or the one that the preview brings along."""
        page = value.get("initiative")
        number = follower_counts([page]).get(page.pk, 0) if page else (parent_context or {}).get("followers")
        return {**super().get_context(value, parent_context), "followers": number}

    def get_preview_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """In the menu of blocks there is no project yet, so an example number stands in."""
        return {**(parent_context or {}), "followers": 64}


BLOCKS = (BlockType("mobilisation_follow", FollowBlock, ("body", "guidance", "story")),)
