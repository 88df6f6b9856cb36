"""What can be wrong with a plugin, in words for the person who installed it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with one plugin: `message` says what, `hint` what to do about it."""

    slug: str
    hook: str
    message: str
    hint: str = ""

    @property
    def statement(self) -> str:
        """The plugin, the hook and what is wrong, without the hint."""
        where = f"Plugin “{self.slug}”" + (f", hook {self.hook}" if self.hook else "")
        return f"{where}: {self.message}"

    def __str__(self) -> str:
        return f"{self.statement} {self.hint}".rstrip()


class PluginError(Exception):
    """The installed plugins don't fit together. `problems` names each plugin and hook."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


def leave_out(slug: str) -> str:
    """The hint for a plugin that nobody but its author can mend."""
    return f"Mend it, uninstall it, or leave it out with STEDSKAPING_PLUGINS_EXCLUDE={slug}."
