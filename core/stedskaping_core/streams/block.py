"""A stream block that keeps what it doesn't know.

Wagtail's own StreamBlock drops items of an unknown type when it reads them, so the next save deletes them.
Here such an item is held by a `KeptBlock`, which writes the raw value back as it was. A block counts as
unknown when its plugin isn't installed, and in a form also when it is switched off for the site at hand.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register
from wagtail.blocks import Block, FieldBlock, StreamBlock, StreamValue
from wagtail.blocks.stream_block import StreamBlockAdapter

# The type name under which kept items travel through the editing form; never stored.
FORM_TYPE = "stedskaping_kept"


class KeptInput(forms.HiddenInput):
    """Shows that an item is kept, and carries it through the form untouched."""

    template_name = "stedskaping_core/widgets/kept_input.html"
    # A hidden widget would lose its label and help text in the form.
    input_type = "hidden"

    @property
    def is_hidden(self) -> bool:
        return False


class KeptBlock(Block):
    """Stands for one item whose type isn't offered here. The value is the stored JSON value, unread."""

    class Meta:
        icon = "lock"
        label = _("Block of a plugin that is off or not installed")

    def to_python(self, value: Any) -> Any:
        return value

    def bulk_to_python(self, values: Iterable[Any]) -> list[Any]:
        return list(values)

    def get_prep_value(self, value: Any) -> Any:
        return value

    def get_api_representation(self, value: Any, context: Any = None) -> Any:
        return None

    def render_basic(self, value: Any, context: Any = None) -> str:
        return ""

    def get_comparison_class(self) -> type:
        """How two revisions are compared in the admin: by the stored text."""
        from stedskaping_core.streams.comparison import KeptBlockComparison

        return KeptBlockComparison

    def get_translatable_segments(self, value: Any) -> list[Any]:
        """For wagtail-localize: nothing of it can be translated …"""
        return []

    def restore_translated_segments(self, value: Any, segments: Any) -> Any:
        """… and what was translated before stays as it is."""
        return value


class KeptFormBlock(FieldBlock):
    """The editing form's picture of a kept item: its JSON in a hidden input."""

    def __init__(self, **kwargs: Any) -> None:
        self.field = forms.CharField(required=False, widget=KeptInput())
        super().__init__(**kwargs)

    class Meta:
        icon = "lock"
        label = _("Kept as it is")


class ChildBlocks(dict[str, Block]):
    """The child blocks by name: any other name is answered with a `KeptBlock`.

    Iterating gives only the real ones, so nothing unknown is ever offered, checked or migrated.
    """

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        # Wagtail remembers every block that was ever made, so there is one for each name and no more.
        self._kept: dict[str, Block] = {}

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str)

    def __missing__(self, name: str) -> Block:
        if name not in self._kept:
            kept = KeptBlock()
            kept.set_name(name)
            self._kept[name] = kept
        return self._kept[name]

    def offers(self, name: str) -> bool:
        """Whether `name` is a block that editors can choose here."""
        return super().__contains__(name)

    def narrowed(self, names: Collection[str]) -> ChildBlocks:
        """Copies of those among `names`, without making new blocks for Wagtail to remember.

        A copy keeps the number by which the editor asks for the block's preview, from whichever process.
        """
        found = ChildBlocks({name: copy.deepcopy(block) for name, block in self.items() if name in names})
        found._kept = self._kept
        return found


class SlotStreamBlock(StreamBlock):
    """The top-level block of one slot. `child_blocks[name]` always answers; see `ChildBlocks`.

    `installed` knows all blocks of the slot where this one offers only some, for an editing form.
    """

    child_blocks: ChildBlocks

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        super().__init__(local_blocks, **kwargs)
        self.child_blocks = ChildBlocks(self.child_blocks)
        self.installed = self
        self.kept_form_block = KeptFormBlock()
        self.kept_form_block.set_name(FORM_TYPE)

    def narrowed(self, names: Collection[str]) -> SlotStreamBlock:
        """The same block offering only `names`, with children of its own."""
        block = copy.copy(self)
        block.child_blocks = self.child_blocks.narrowed(names)
        return block

    def get_form_state(self, value: Any) -> list[dict[str, Any]]:
        states = []
        for child in value or ():
            if isinstance(child.block, KeptBlock):
                raw = json.dumps({"type": child.block_type, "value": child.value}, ensure_ascii=False)
                states.append({"type": FORM_TYPE, "value": raw, "id": child.id})
            else:
                states.append(
                    {
                        "type": child.block.name,
                        "value": child.block.get_form_state(child.value),
                        "id": child.id,
                    }
                )
        return states

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> StreamValue:
        items = []
        for index in range(int(data[f"{prefix}-count"])):
            item = f"{prefix}-{index}"
            if data[f"{item}-deleted"]:
                continue
            name = data[f"{item}-type"]
            if name == FORM_TYPE:
                name, value = self._kept_from_form(data.get(f"{item}-value", ""))
            else:
                value = self._value_from_form(name, data, files, f"{item}-value")
            items.append((int(data[f"{item}-order"]), name, value, data.get(f"{item}-id")))
        items.sort(key=lambda entry: entry[0])
        return StreamValue(self, [entry[1:] for entry in items])

    def _kept_from_form(self, text: str) -> tuple[str, Any]:
        """A kept item's type and value. The plugin may have been switched on while the form was open."""
        try:
            raw = json.loads(text)
            name, value = raw["type"], raw["value"]
        except (ValueError, KeyError, TypeError) as error:
            # Only a tampered or cut-off form gets here; answering with nothing would delete the item.
            raise BadRequest("A kept block came back damaged. Reload the page and save again.") from error
        return name, self.child_blocks[name].to_python(value)

    def _value_from_form(self, name: str, data: Any, files: Any, prefix: str) -> Any:
        """An edited item's value. The plugin may have been switched off while the form was open: then the
        item is read with the plugin's own block and kept."""
        if self.child_blocks.offers(name):
            return self.child_blocks[name].value_from_datadict(data, files, prefix)
        if not self.installed.child_blocks.offers(name):
            raise BadRequest(f"There is no block “{name}” any more. Reload the page and save again.")
        block = self.installed.child_blocks[name]
        return block.get_prep_value(block.value_from_datadict(data, files, prefix))


class SlotStreamBlockAdapter(StreamBlockAdapter):
    """Tells the editor's script how to draw kept items without offering them in the menu."""

    js_constructor = "stedskaping.SlotStreamBlock"

    def js_args(self, block: SlotStreamBlock) -> list[Any]:
        return [*super().js_args(block), block.kept_form_block]

    @property
    def media(self) -> forms.Media:
        script = versioned_static("stedskaping_core/slot-stream-block.js")
        return super().media + forms.Media(js=[script])


register(SlotStreamBlockAdapter(), SlotStreamBlock)
