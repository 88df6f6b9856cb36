"""StreamField content whose block types come from installed plugins."""

from stedskaping_core.streams.field import SlotStreamField, prepare_blocks
from stedskaping_core.streams.forms import SlotPageForm, SlotSettingForm

__all__ = ["SlotPageForm", "SlotSettingForm", "SlotStreamField", "prepare_blocks"]
