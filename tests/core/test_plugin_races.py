"""Many runners and switches at the same moment. Only PostgreSQL lets them; SQLite takes one at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from stedskaping_core.errors import Refusal
from stedskaping_core.models import JobRun, PluginActivation
from stedskaping_core.plugins.activation import enabled_slugs
from stedskaping_core.plugins.contributions import Job
from stedskaping_core.services.jobs import job_run
from stedskaping_core.services.plugins import plugin_disable, plugin_enable

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """What each call answers when all start together; the code where it is a refusal."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        try:
            barrier.wait(timeout=10)
            return call()
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@pytest.mark.parametrize("ran_before", [False, True])
def test_of_many_runners_one_runs_the_job(
    make_pilot: Any, dummy_at: Callable[[Any], Any], ran_before: bool
) -> None:
    site = dummy_at(make_pilot("larvik").site)
    if ran_before:
        long_ago = timezone.now() - dt.timedelta(days=1)
        JobRun.objects.create(
            key="dummy.count", site=site, last_started_at=long_ago, last_finished_at=long_ago
        )
    ran: list[int] = []
    job = Job("dummy.count", lambda where: ran.append(where.pk), dt.timedelta(hours=1))

    answers = at_once(*[lambda: job_run(job, site)] * 12)

    assert ran == [site.pk]
    assert sum(answer is not None for answer in answers) == 1
    assert JobRun.objects.get(key="dummy.count").last_failed is False


def somebody_waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


def test_a_runner_that_had_to_wait_looks_again(make_pilot: Any, dummy_at: Callable[[Any], Any]) -> None:
    """PostgreSQL would let a subquery answer from before the wait."""
    site = dummy_at(make_pilot("larvik").site)
    job = Job("dummy.count", lambda where: "ran", dt.timedelta(hours=1))
    JobRun.objects.create(key=job.key, site=site)

    def other_runner() -> Any:
        try:
            return job_run(job, site)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first = job_run(job, site)
            other = pool.submit(other_runner)
            patience = Event()
            for _attempt in range(200):
                if somebody_waits_for_a_lock():
                    break
                patience.wait(0.05)
        second = other.result(timeout=10)

    assert first is not None
    assert second is None


def test_switching_on_from_many_windows_counts_once(make_pilot: Any, dummy: Any) -> None:
    site = make_pilot("larvik").site

    answers = at_once(*[lambda: plugin_enable(site=site, slug="dummy")] * 8)

    assert sorted(answers) == [False] * 7 + [True]
    assert PluginActivation.objects.filter(site=site, slug="dummy", enabled=True).count() == 1


def test_what_is_needed_is_not_switched_off_at_the_same_moment(make_pilot: Any, dummy: Any) -> None:
    site = make_pilot("larvik").site

    answers = at_once(
        lambda: plugin_enable(site=site, slug="dummy"),
        lambda: plugin_disable(site=site, slug="participation"),
    )

    on = enabled_slugs(site.pk)
    assert answers in ([True, "REQUIRED_BY"], ["REQUIRES_PLUGIN", True])
    assert ("dummy" in on) == ("participation" in on)
