from wagtail.blocks import CharBlock

from stedskaping_core.plugins import BlockType, hookimpl


@hookimpl
def register_blocks():
    return [BlockType("note", CharBlock, ("body",))]
