"""The dummy's block, with a nested stream to make its stored form interesting."""

from __future__ import annotations

from wagtail import blocks

from stedskaping_core.plugins import BlockType


class NoteBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=120)
    parts = blocks.StreamBlock([("line", blocks.CharBlock()), ("rule", blocks.StaticBlock())], required=False)

    class Meta:
        icon = "edit"
        label = "Dummy note"


BLOCKS = (BlockType("dummy_note", NoteBlock, ("body", "footer", "guidance", "story")),)
