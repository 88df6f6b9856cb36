"""Find installed plugins from entry-point metadata alone, so that settings can use it without imports."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points

GROUP = "stedskaping.plugins"


class DiscoveryError(Exception):
    """Two distributions claim one slug, or an entry point is malformed. Lists all that is wrong."""


@dataclass(frozen=True)
class Origin:
    """The installed distribution that a plugin comes from."""

    distribution: str
    version: str


def discover(exclude: Collection[str] = (), points: Iterable[EntryPoint] | None = None) -> dict[str, str]:
    """Map each installed plugin's slug to the dotted module of its Django app, sorted by slug.

    Slugs in `exclude` are left out. Nothing is imported. Raises `DiscoveryError` for what can't be used.
    """
    found: dict[str, str] = {}
    problems: list[str] = []
    for point in _installed() if points is None else points:
        if point.name in exclude:
            continue
        problem = _malformed(point)
        known = found.get(point.name)
        if problem:
            problems.append(problem)
        elif known is not None and known != point.value:
            first, second = sorted((known, point.value))
            problems.append(
                f"Two installed distributions offer a plugin “{point.name}”: {first} and {second}. "
                f"Uninstall one of them, or leave both out with STEDSKAPING_PLUGINS_EXCLUDE={point.name}."
            )
        else:
            found[point.name] = point.value
    if problems:
        raise DiscoveryError("\n".join(problems))
    return {slug: found[slug] for slug in sorted(found)}


def _malformed(point: EntryPoint) -> str:
    shown = f"The plugin entry point “{point.name} = {point.value}”"
    if not point.name.isidentifier() or point.name != point.name.lower():
        return (
            f"{shown} is named badly. Use a lower-case Python identifier, for example “treasure_hunt”; "
            f"it becomes the plugin's slug."
        )
    if not all(part.isidentifier() for part in point.value.split(".")):
        return f"{shown} must name a module, without “:” or extras."
    return ""


def plugin_apps(exclude: Collection[str] = ()) -> list[str]:
    """The plugins' Django apps for `INSTALLED_APPS`, in the order of their slugs."""
    return list(discover(exclude).values())


def points_in_use() -> dict[str, str]:
    """The entry points that the running settings take plugins from: slug to module."""
    from django.conf import settings

    return discover(getattr(settings, "STEDSKAPING_PLUGINS_EXCLUDE", ()))


@lru_cache(maxsize=64)
def origin_of(module: str) -> Origin | None:
    """The distribution whose entry point names `module`; None for code that isn't installed as a plugin."""
    for point in _installed():
        if point.value == module and point.dist is not None:
            return Origin(point.dist.name, point.dist.version)
    return None


def _installed() -> Iterable[EntryPoint]:
    return entry_points(group=GROUP)
