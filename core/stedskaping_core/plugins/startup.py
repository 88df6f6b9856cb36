"""Start Django, and when a plugin's code prevents it, say which plugin it is and what to do.

Imports nothing that needs a started Django.
"""

from __future__ import annotations

from importlib.util import find_spec
from traceback import walk_tb

import django
from django.core.exceptions import ImproperlyConfigured

from stedskaping_core.plugins.discovery import origin_of, points_in_use
from stedskaping_core.plugins.problems import PluginError, Problem, leave_out


def set_up() -> None:
    """`django.setup()`. Raises `PluginError` where a plugin's app is to blame for its failure."""
    try:
        django.setup()
    except Exception as error:
        problem = blame(error, points_in_use())
        if problem is None:
            raise
        raise PluginError([problem]) from error


def refuse_misfits() -> None:
    """For servers that start without Django's system checks: raises `PluginError` when plugins don't fit."""
    from stedskaping_core.plugins.registry import get_registry

    get_registry()


def blame(error: Exception, points: dict[str, str]) -> Problem | None:
    """The plugin, out of entry points from slug to module, that `error` at the start of Django comes from."""
    for slug, module in points.items():
        if _comes_from(error, module):
            message = f"its app {module} can't be loaded: {type(error).__name__}: {str(error).rstrip('.')}."
            return Problem(slug, "", message, leave_out(slug))
    if isinstance(error, ImproperlyConfigured) and "labels aren't unique" in str(error):
        label = str(error).rpartition(" ")[2]
        for slug in points:
            if slug == label:
                return Problem(slug, "", "another app has this slug as its label.", "Choose another slug.")
    return None


def _comes_from(error: Exception, module: str) -> bool:
    """Whether a frame of the plugin's own code is on the way to the error. A module that is missing or
    doesn't compile leaves no frame."""
    names = [str(frame.f_globals.get("__name__", "")) for frame, _line in walk_tb(error.__traceback__)]
    if any(_is_part(name, module) for name in names):
        return True
    if isinstance(error, ModuleNotFoundError):
        return _is_part(module, error.name or "?")
    if isinstance(error, SyntaxError):
        spec = find_spec(module)
        folders = (spec.submodule_search_locations or ()) if spec else ()
        return any(str(error.filename).startswith(str(folder)) for folder in folders)
    return False


def _is_part(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def listing() -> str:
    """A line for each installed plugin, from its metadata alone: slug, module, distribution, version."""
    lines = []
    for slug, module in points_in_use().items():
        origin = origin_of(module)
        installed = f"{origin.distribution} {origin.version}" if origin else "not installed"
        lines.append(f"{slug}  ({module}, {installed})\n")
    return "".join(lines)
