"""Form widgets for fields that hold a key: people choose what is there, and what is gone stays chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

Choices = list[tuple[str, str]]


class KeySelect(forms.Select):
    """A select whose choices are read when it is drawn. `find` answers with (group or "", its choices).

    A value that isn't among them stays selectable, marked with `unknown`.
    """

    def __init__(
        self, find: Callable[[], Iterable[tuple[str, Choices]]], unknown: Any, attrs: Any = None
    ) -> None:
        super().__init__(attrs)
        self.find = find
        self.unknown = unknown

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> Any:
        groups = list(self.find())
        known = {key for _group, choices in groups for key, _label in choices}
        found: list[Any] = [("", "---------")]
        for group, choices in groups:
            found += [(group, choices)] if group else choices
        found += [(key, self.unknown % {"key": key}) for key in value if key and key not in known]
        self.choices = found
        return super().optgroups(name, value, attrs)


def metric_choices() -> list[tuple[str, Choices]]:
    """All installed metrics, grouped by the app that publishes them."""
    from stedskaping_core.plugins.registry import get_registry

    registry = get_registry()
    groups: dict[str, Choices] = {}
    for key, registered in registry.metrics.items():
        groups.setdefault(registered.slug, []).append((key, f"{registered.record.label} ({key})"))
    platform = _("The platform")
    return [
        (str(registry.plugins[slug].verbose_name) if slug in registry.plugins else platform, choices)
        for slug, choices in groups.items()
    ]
