"""Checks of what plugins say about themselves in their `PluginConfig` and their entry point."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.apps import AppConfig, apps
from wagtail.contrib.settings.models import BaseSiteSetting

from stedskaping_core.plugins.config import PluginConfig, is_slug
from stedskaping_core.plugins.problems import Problem

# First words of names that belong to the platform.
RESERVED = frozenset({"cms", "core", "graphql", "stedskaping"})


def metadata_problems(configs: Sequence[AppConfig], points: Mapping[str, str]) -> list[Problem]:
    """Everything wrong with the metadata of the plugins among `configs`. `points` maps the slugs of entry
    points to the modules that they name."""
    plugins = sorted((c for c in configs if isinstance(c, PluginConfig)), key=lambda c: c.slug)
    found = [*_entry_points(configs, points)]
    for slug in sorted({c.slug for c in plugins}):
        holders = [c.name for c in plugins if c.slug == slug]
        if len(holders) > 1:
            names = " and ".join(sorted(holders))
            found.append(Problem(slug, "", f"{names} both have this slug.", "Uninstall one of them."))
    by_slug = {c.slug: c for c in plugins}
    for config in plugins:
        found += _own(config)
        found += _required(config, by_slug)
    return found


def _entry_points(configs: Sequence[AppConfig], points: Mapping[str, str]) -> Iterator[Problem]:
    by_module = {c.name: c for c in configs}
    for slug, module in points.items():
        config = by_module.get(module)
        if not isinstance(config, PluginConfig):
            yield Problem(
                slug,
                "",
                f"its app {module} has no PluginConfig.",
                "Derive the class in its apps.py from stedskaping_core.plugins.PluginConfig.",
            )
        elif config.slug != slug:
            yield Problem(
                slug,
                "",
                f"its entry point is called “{slug}”, but its PluginConfig has the slug “{config.slug}”.",
                "Make them the same.",
            )


def _own(config: PluginConfig) -> Iterator[Problem]:
    slug = config.slug or config.name
    if not is_slug(config.slug):
        yield Problem(
            slug,
            "",
            f"its slug “{config.slug}” is not valid.",
            "Use at most 30 lower-case letters and digits, with single “_” between words.",
        )
    elif config.slug in RESERVED:
        yield Problem(slug, "", "its slug belongs to the platform.", "Choose another one.")
    elif config.label != config.slug:
        yield Problem(slug, "", f"its app label is “{config.label}”.", "It must be the same as the slug.")
    for attribute, advice in (
        ("verbose_name", "Name it as editors see it."),
        ("description", "Say in a sentence what it does, for editors."),
        ("data_policy", "Say what stays stored when it is switched off."),
    ):
        if not str(getattr(config, attribute)).strip():
            yield Problem(slug, "", f"its {attribute} is empty.", advice)
    yield from _settings_model(slug, config)


def _settings_model(slug: str, config: PluginConfig) -> Iterator[Problem]:
    name = config.settings_model
    if not name:
        return
    app_label, _dot, model_name = name.partition(".")
    if app_label != config.label:
        yield Problem(
            slug, "", f"its settings_model “{name}” belongs to another app.", "Name a model of its own."
        )
        return
    try:
        model = apps.get_model(app_label, model_name)
    except (LookupError, ValueError):
        yield Problem(
            slug, "", f"its settings_model “{name}” doesn't exist.", "Write it as “app_label.Model”."
        )
        return
    if not issubclass(model, BaseSiteSetting):
        yield Problem(
            slug,
            "",
            f"its settings_model “{name}” is no BaseSiteSetting.",
            "Settings of a plugin are per site.",
        )


def _required(config: PluginConfig, by_slug: Mapping[str, PluginConfig]) -> Iterator[Problem]:
    slug = config.slug or config.name
    if isinstance(config.requires_plugins, str):
        yield Problem(
            slug,
            "",
            f"its requires_plugins is the text “{config.requires_plugins}”.",
            f"Write a tuple: (“{config.requires_plugins}”,).",
        )
        return
    for other in config.requires_plugins:
        if other not in by_slug:
            yield Problem(
                slug,
                "",
                f"it needs the plugin “{other}”, which isn't installed.",
                f"Install “{other}” as well.",
            )
        elif _reaches(other, config.slug, by_slug):
            yield Problem(
                slug,
                "",
                f"it needs “{other}”, which needs it in turn.",
                "Neither could ever be switched on. Drop one of the two.",
            )
        elif config.default_enabled and not by_slug[other].default_enabled:
            yield Problem(
                slug,
                "",
                f"it is on by default, but needs “{other}”, which is not.",
                "Set default_enabled to False.",
            )


def _reaches(start: str, goal: str, by_slug: Mapping[str, PluginConfig]) -> bool:
    """Whether `start` needs `goal`, itself or through others."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        slug = waiting.pop()
        if slug == goal:
            return True
        if slug in by_slug and slug not in seen:
            seen.add(slug)
            waiting += by_slug[slug].requires_plugins
    return False
