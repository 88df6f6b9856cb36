"""Set pluggy up: load each app's `hooks` module, register in our order, report what doesn't fit."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from importlib import import_module
from types import ModuleType
from typing import Any

import pluggy
from django.apps import AppConfig
from django.utils.module_loading import module_has_submodule

from stedskaping_core.plugins import hookspecs
from stedskaping_core.plugins.config import PluginConfig
from stedskaping_core.plugins.metadata import RESERVED, metadata_problems
from stedskaping_core.plugins.problems import Problem, leave_out


def _specified() -> dict[str, tuple[str, ...]]:
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    return {
        name: tuple(inspect.signature(function).parameters)
        for name, function in vars(hookspecs).items()
        if inspect.isfunction(function) and manager.parse_hookspec_opts(hookspecs, name) is not None
    }


# Every hook with the names of its parameters.
HOOKS: Mapping[str, tuple[str, ...]] = _specified()


def build_manager(
    configs: Sequence[AppConfig], builtin_apps: Mapping[str, str], points: Mapping[str, str] | None = None
) -> tuple[pluggy.PluginManager, list[Problem]]:
    """A manager with the hooks of the platform's own apps and of all plugins, and the problems met.

    An app with a problem in its hooks isn't registered. `points` are the entry points, slug to module.
    """
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    problems = metadata_problems(configs, points or {})
    owners = [(slug, c) for name, slug in builtin_apps.items() for c in configs if c.name == name]
    plugins = sorted((c for c in configs if isinstance(c, PluginConfig)), key=lambda c: c.slug)
    # A slug of the platform or one that is taken has been reported with the metadata.
    owners += [(c.slug, c) for c in plugins if c.slug not in RESERVED]
    for slug, config in owners:
        if not manager.has_plugin(slug):
            problems += _register(manager, slug, config)
    return manager, problems


def _register(manager: pluggy.PluginManager, slug: str, config: AppConfig) -> list[Problem]:
    module = hooks_module(config)
    if isinstance(module, Exception):
        message = f"its module {config.name}.hooks can't be imported: {type(module).__name__}: {module}"
        return [Problem(slug, "", _sentence(message), leave_out(slug))]
    if module is None:
        return []
    problems = [*_hook_problems(manager, slug, module)]
    if not problems:
        manager.register(module, name=slug)
    return problems


def hooks_module(config: AppConfig) -> ModuleType | Exception | None:
    """The app's module `hooks`; None when it has none, the exception when it can't be imported."""
    if not module_has_submodule(config.module, "hooks"):
        return None
    try:
        return import_module(f"{config.name}.hooks")
    except Exception as error:
        return error


def implemented_hooks(module: ModuleType) -> list[tuple[str, Any, Mapping[str, Any]]]:
    """(hook, function, pluggy's options) of everything in `module` that is marked with `@hookimpl`."""
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    found: list[tuple[str, Any, Mapping[str, Any]]] = []
    for name in dir(module):
        options = manager.parse_hookimpl_opts(module, name)
        if options is not None:
            found.append((options.get("specname") or name, getattr(module, name), {**options}))
    return found


def _hook_problems(manager: pluggy.PluginManager, slug: str, module: ModuleType) -> Iterator[Problem]:
    """Our own look at each implementation: it says more than pluggy's, and covers what pluggy lets pass."""
    seen: set[str] = set()
    for hook, function, options in implemented_hooks(module):
        if hook not in HOOKS:
            if not options.get("optionalhook"):
                close = get_close_matches(hook, HOOKS, n=1)
                guess = f"Did you mean {close[0]}? " if close else ""
                yield Problem(
                    slug, hook, "there is no such hook.", f"{guess}The hooks are: {', '.join(HOOKS)}."
                )
            continue
        if hook in seen:
            yield Problem(slug, hook, "is implemented twice.", "Put both into one function.")
        seen.add(hook)
        if options.get("wrapper") or options.get("hookwrapper"):
            yield Problem(
                slug, hook, "is a wrapper.", "A plugin answers for itself only: use plain @hookimpl."
            )
        if inspect.iscoroutinefunction(function):
            yield Problem(slug, hook, "is an async function.", "Write it with “def”; hooks are synchronous.")
        yield from _parameter_problems(slug, hook, function)


def _parameter_problems(slug: str, hook: str, function: Any) -> Iterator[Problem]:
    allowed = HOOKS[hook]
    known = f"Its parameters are: {', '.join(allowed)}." if allowed else "It has none."
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind is not inspect.Parameter.POSITIONAL_OR_KEYWORD:
            yield Problem(
                slug, hook, f"takes “{parameter}”, which is never filled.", f"Name plain parameters. {known}"
            )
        elif parameter.name not in allowed:
            yield Problem(
                slug, hook, f"takes the parameter “{parameter.name}”, which it doesn't have.", known
            )
        elif parameter.default is not inspect.Parameter.empty:
            yield Problem(
                slug,
                hook,
                f"gives the parameter “{parameter.name}” a default.",
                "Take the default away: the platform fills every parameter that you name.",
            )


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
