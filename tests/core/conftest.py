"""Plugins for the tests of the contract: the installed dummy, and broken ones that are never installed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.apps import AppConfig, apps
from django.utils import translation
from django_tasks import task_backends
from django_tasks_db.models import DBTaskResult
from wagtail.models import Site

from stedskaping_core.plugins.problems import PluginError
from stedskaping_core.plugins.registry import Registry, build_registry
from stedskaping_core.services.plugins import plugin_enable

BROKEN = Path(__file__).parent.parent / "broken_plugins"
PLATFORM = ("core", "stedskaping_graphql", "cms")
DATABASE_TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}


@pytest.fixture
def english() -> Iterator[None]:
    """Messages as they stand in the code, whatever translations there are."""
    with translation.override("en"):
        yield


@pytest.fixture
def registry_of(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Registry]:
    """`registry_of("unknown_hook")` builds a registry of the platform and broken plugins, by their names.

    The plugins aren't installed: their folder is on the path for the time of the test.
    """
    monkeypatch.syspath_prepend(str(BROKEN))

    def build(*names: str, points: Mapping[str, str] | None = None) -> Registry:
        platform = [apps.get_app_config(label) for label in PLATFORM]
        return build_registry(
            [*platform, *(AppConfig.create(f"stedskaping_{name}") for name in names)], points
        )

    return build


@pytest.fixture
def problems_of(registry_of: Callable[..., Registry]) -> Callable[..., list[str]]:
    """The problems that building such a registry meets, as people read them."""

    def problems(*names: str, points: Mapping[str, str] | None = None) -> list[str]:
        with pytest.raises(PluginError) as caught:
            registry_of(*names, points=points)
        return [str(problem) for problem in caught.value.problems]

    return problems


@pytest.fixture
def dummy() -> Any:
    """The dummy plugin's config. It is a distribution of its own, installed by `make test`."""
    assert apps.is_installed("stedskaping_dummy"), (
        "Install it: pip install --no-deps --no-build-isolation -e tests/dummy_plugin"
    )
    return apps.get_app_config("dummy")


@pytest.fixture
def dummy_at(dummy: Any) -> Callable[[Site], Site]:
    """Switch the dummy on for a site."""

    def switch_on(site: Site) -> Site:
        plugin_enable(site=site, slug="dummy")
        return site

    return switch_on


@pytest.fixture
def background(settings: Any) -> Callable[[], list[str]]:
    """Tasks wait in the database. Calling the fixture runs those that are due and answers with what they
    returned, in order; a task that raises answers with the exception's name."""
    settings.TASKS = DATABASE_TASKS
    assert type(task_backends["default"]).__name__ == "DatabaseBackend"

    def run() -> list[str]:
        answers = []
        for row in DBTaskResult.objects.ready().order_by("enqueued_at"):
            try:
                answers.append(row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"]))
            except Exception as error:
                answers.append(type(error).__name__)
            row.delete()
        return answers

    return run
