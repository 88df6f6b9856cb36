"""`stedskaping demo` as a command: where it is refused, and the background tasks it leaves behind."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings
from wagtail.models import Page, Site

from stedskaping_cms.demo import load as demo_load
from stedskaping_cms.demo.people import extra_people
from stedskaping_cms.demo.state import Demo
from stedskaping_core.models import Image, User
from stedskaping_core.tasks import run_hook

SIZE = (64, 40)


@pytest.mark.django_db
def test_the_demo_is_refused_in_production(settings: Settings) -> None:
    settings.STEDSKAPING_ENV = "production"

    with pytest.raises(CommandError, match="never loaded in production"):
        call_command("demo")

    assert not User.objects.exists()


@pytest.mark.django_db
def test_somebody_elses_database_is_left_alone() -> None:
    site = Site.objects.get(is_default_site=True)
    site.root_page.add_child(instance=Page(title="Ours", slug="ours"))

    with pytest.raises(CommandError, match="There is a site already"):
        demo_load.load(Demo(size=SIZE))

    assert Page.objects.filter(slug="ours").exists()
    assert not User.objects.exists()
    assert not Image.objects.exists()


@pytest.mark.django_db
def test_the_crowd_is_the_same_every_time_and_cannot_sign_in() -> None:
    first = extra_people(Demo(), "vang", 3)

    assert [person.email for person in first] == [f"x00{number}.vang@example.org" for number in (1, 2, 3)]
    assert len({person.display_name for person in first}) == 3
    assert not any(person.has_usable_password() for person in first)
    assert extra_people(Demo(), "vang", 5)[:3] == first
    assert User.objects.count() == 5


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}})
def test_waiting_tasks_are_run_at_once() -> None:
    waiting = run_hook.enqueue("nobody", "on_event", {"event": 0})
    later = run_hook.using(run_after=timezone.now() + dt.timedelta(days=1)).enqueue(
        "nobody", "on_event", {"event": 0}
    )

    assert demo_load.drain() == 1

    states: dict[Any, str] = dict(DBTaskResult.objects.values_list("pk", "status"))
    assert {str(pk): state for pk, state in states.items()} == {waiting.id: "SUCCESSFUL", later.id: "READY"}
