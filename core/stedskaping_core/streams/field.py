"""The field: migrations know its slot, the frozen plugin registry knows its blocks."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error
from wagtail.fields import StreamField

from stedskaping_core.plugins.contributions import BlockType
from stedskaping_core.streams.block import SlotStreamBlock


class SlotStreamField(StreamField):
    """A StreamField whose blocks are whatever is registered for `slot`.

    Installing or removing a plugin changes no migration, because only the slot's name is recorded. Items of
    unknown types survive load, edit, save, publish and copy unchanged.
    """

    def __init__(self, slot: str, **kwargs: Any) -> None:
        self.slot = slot
        kwargs.pop("block_types", None)
        super().__init__([], **kwargs)

    @cached_property
    def stream_block(self) -> SlotStreamBlock:
        block = SlotStreamBlock([(kind.name, kind.factory()) for kind in self._offered(None)])
        # min_num, required and the like belong to this field.
        block.set_meta_options(self.block_opts)
        return block

    def block_for(self, slugs: Collection[str]) -> SlotStreamBlock:
        """A stream block with what a site with these plugins enabled may edit.

        Each form gets its own: saving a draft changes the blocks of its form for a moment.
        """
        return self.stream_block.narrowed({kind.name for kind in self._offered(slugs)})

    def _offered(self, slugs: Collection[str] | None) -> list[BlockType]:
        from stedskaping_core.plugins.problems import PluginError
        from stedskaping_core.plugins.registry import get_registry

        try:
            return get_registry().blocks_for(self.slot, slugs)
        except PluginError:
            # The system check stops the start and says why. Until it does, every item is kept as it is.
            return []

    def deconstruct(self) -> Any:
        name, path, _args, kwargs = super(StreamField, self).deconstruct()
        return name, path, [self.slot], kwargs

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        from stedskaping_core.plugins.registry import SLOTS

        if self.slot not in SLOTS:
            message = f"There is no slot “{self.slot}”."
            return [
                Error(message, hint=f"Choose one of {', '.join(SLOTS)}.", obj=self, id="stedskaping.E002")
            ]
        return list(super().check(**kwargs))


def prepare_blocks() -> None:
    """Make the blocks of all slots now, in the same order in every process.

    The editor asks for a block's preview by the number that it got when it was made. A process that made its
    blocks later, after others, would answer with another block's preview.
    """
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, SlotStreamField):
                _ = field.stream_block
