"""The parts of the demo, in the order in which they build on each other."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from django.db.models.signals import post_save
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import ReferenceIndex, Site
from wagtail.signal_handlers import disable_reference_index_auto_update

from stedskaping_cms.demo import texts
from stedskaping_cms.demo.drawings import Drawings
from stedskaping_cms.demo.journeys import journeys_run, journeys_waiting
from stedskaping_cms.demo.menus import menus_add
from stedskaping_cms.demo.national import national_add, stock_site
from stedskaping_cms.demo.people import extra_people, people_add
from stedskaping_cms.demo.pilots import pilots_add
from stedskaping_cms.demo.projects import projects_add
from stedskaping_cms.demo.state import NATIONAL, Demo
from stedskaping_core.plugins import DemoContext
from stedskaping_core.plugins.facade import hooks_for


@dataclass(frozen=True)
class Part:
    """One step: `load` answers with how many things it added, none when all were there.

    With `drain` the background tasks that it caused are run before the next part.
    """

    title: str
    load: Callable[[Demo], int]
    drain: bool = False


def load(demo: Demo) -> bool:
    """Load what is missing, a transaction per part; whether that was anything.

    Raises `CommandError` when the database holds something else, or a plugin couldn't add its data.
    """
    if not demo.site_loaded(NATIONAL):
        stock_site()
    loaded = 0
    with (
        Drawings(demo.size) as drawings,
        _without_indexing(),
        _quiet("wagtail", "django_tasks", "django_tasks_db"),
    ):
        for part in _parts(drawings):
            started = time.monotonic()
            with transaction.atomic():
                number = part.load(demo)
            if number and part.drain:
                drain()
            loaded += number
            what = f"{number} added ({time.monotonic() - started:.1f} s)" if number else "there already"
            demo.tell(f"{part.title}: {what}")
        if loaded:
            started = time.monotonic()
            demo.tell(f"Background tasks: {drain()} done ({time.monotonic() - started:.1f} s)")
    if loaded or not ReferenceIndex.objects.exists():
        started = time.monotonic()
        _index()
        demo.tell(f"Search and references: ready ({time.monotonic() - started:.1f} s)")
    return bool(loaded)


def _parts(drawings: Drawings) -> Iterator[Part]:
    yield Part("People", people_add)
    yield Part("Pictures", drawings.images_add)
    yield Part("National site (pages)", national_add)
    # A plugin that is switched on looks at the projects that are there; here there should be none yet.
    yield Part("Pilots (pages)", pilots_add, drain=True)
    for key, entry in texts.pilots().items():
        yield Part(f"Projects in {entry['name']}", partial(projects_add, pilot=key))
    yield Part("Plugins' data", _plugins)
    for key, entry in texts.pilots().items():
        yield Part(f"Journeys in {entry['name']}", partial(journeys_run, pilot=key))
    yield Part("Menus", menus_add)
    yield Part("Drawings", drawings.files_add)


def _plugins(demo: Demo) -> int:
    """Let plugins add their data, unless the journeys, which build on it, have been run already."""
    waiting = [key for key in texts.pilots() if journeys_waiting(demo, key)]
    if not waiting:
        return 0
    answers = hooks_for(None).load_demo_data(_context(demo))
    if answers.failures:
        failures = "; ".join(f"{failure.slug}: {failure.error!r}" for failure in answers.failures)
        raise CommandError(f"These plugins couldn't add their demo data: {failures}")
    return len(answers.by_slug)


def _context(demo: Demo) -> DemoContext:
    keys = (NATIONAL, *texts.pilots())
    return DemoContext(
        sites={key: Site.objects.get(siteprofile__key=key) for key in keys},
        people=demo.people,
        initiatives={key: page for pilot in texts.pilots() for key, page in demo.initiatives(pilot).items()},
        content={"initiatives": texts.initiatives(), "pilots": texts.pilots(), "pictures": texts.pictures()},
        extra_people=partial(extra_people, demo),
    )


@contextmanager
def _without_indexing() -> Iterator[None]:
    """Each save would enqueue two tasks; `_index` does it once for all."""
    models = [model for model in get_indexed_models() if getattr(model, "search_auto_update", True)]
    with disable_reference_index_auto_update():
        for model in models:
            post_save.disconnect(post_save_signal_handler, sender=model)
        try:
            yield
        finally:
            for model in models:
                post_save.connect(post_save_signal_handler, sender=model)


@contextmanager
def _quiet(*names: str) -> Iterator[None]:
    """A line per page and per task would bury the progress."""
    levels = {logger: logger.level for logger in map(logging.getLogger, names)}
    for logger in levels:
        logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        for logger, level in levels.items():
            logger.setLevel(level)


def _index() -> None:
    call_command("rebuild_references_index", verbosity=0)
    call_command("update_index", verbosity=0)


def drain() -> int:
    """Run what waits in the database's queue, in this process; how many tasks that were.

    The worker's own loop opens the database anew for every task, which on SQLite takes longer than the task.
    """
    if settings.TASKS["default"]["BACKEND"] != "django_tasks_db.DatabaseBackend":
        return 0
    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="stedskaping-demo",
        excluded_queue_names=[],
    )
    number = 0
    while (task := _next_task(worker)) is not None:
        worker.run_task(task)
        number += 1
    return number


def _next_task(worker: Worker) -> DBTaskResult | None:
    """A waiting task, taken so that no other worker runs it as well."""
    ready = DBTaskResult.objects.ready().filter(backend_name=worker.backend_name)
    with exclusive_transaction(ready.db):
        task: DBTaskResult | None = ready.get_locked()
        if task is not None:
            task.claim(worker.worker_id)
    return task
