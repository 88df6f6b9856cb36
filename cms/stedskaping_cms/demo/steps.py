"""A step of a project's story."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """Something that happens at a moment; `act` is told the moment."""

    at: dt.datetime
    act: Callable[[dt.datetime], None]
