"""The demo's secret key: made at the first start, kept in the data folder."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.management.utils import get_random_secret_key


def kept_secret_key(path: Path) -> str:
    """The key in `path`; the first caller makes it, readable for the owner only."""
    new = path.with_name(f"{path.name}.{os.getpid()}")
    if not path.exists():
        new.touch(mode=0o600)
        new.write_text(get_random_secret_key())
        try:
            # A link fails when the file is there already, so of several processes one wins.
            path.hardlink_to(new)
        except FileExistsError:
            return path.read_text()
        finally:
            new.unlink()
    return path.read_text()
