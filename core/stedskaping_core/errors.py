"""Refusals: what a service answers when a person may not, or can not yet, do a thing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class Refusal(Exception):
    """An expected "no". `code` is stable and meant for programs, `message` for people.

    `path` names the input that caused it, from the outside in. `details` are further sentences, for
    example each thing that is still missing. Raising it inside a transaction undoes the change.
    """

    def __init__(
        self, code: str, message: Any, *, path: Sequence[str] = (), details: Sequence[Any] = ()
    ) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.path = tuple(path)
        self.details = tuple(details)

    def __str__(self) -> str:
        return " ".join(str(part) for part in (self.message, *self.details))


class PluginDisabled(Exception):
    """The plugin is installed but switched off for this site."""

    def __init__(self, slug: str, site: object) -> None:
        super().__init__(f"the plugin {slug} is switched off for {site}")
        self.slug = slug
