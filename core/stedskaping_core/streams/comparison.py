"""How the admin shows the difference between two revisions of a kept item."""

from __future__ import annotations

import json
from typing import Any

from django.utils.html import escape
from wagtail.admin.compare import BlockComparison, diff_text


class KeptBlockComparison(BlockComparison):
    """Compares what is stored, since the block that could show it isn't there."""

    def htmlvalue(self, val: Any) -> str:
        return escape(_text(val))

    def htmldiff(self) -> str:
        before = _text(self.val_a) if self.exists_a else ""
        after = _text(self.val_b) if self.exists_b else ""
        return str(diff_text(before, after).to_html())


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
