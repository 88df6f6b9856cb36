"""Tests make hooks fail by naming them: `with failing("on_event"): …`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

FAILING: set[str] = set()


class DummyTrouble(Exception):
    """What a hook raises that a test has named."""


def pass_or_fail(hook: str) -> None:
    """Raise `DummyTrouble` when a test wants this hook to fail."""
    if hook in FAILING:
        raise DummyTrouble(f"{hook} was told to fail")


@contextmanager
def failing(*hooks: str) -> Iterator[None]:
    """Make these hooks fail."""
    FAILING.update(hooks)
    try:
        yield
    finally:
        FAILING.difference_update(hooks)
