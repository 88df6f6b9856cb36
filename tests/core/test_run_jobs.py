"""Recurring jobs: when they are due, where they run, and that no two runners do the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from stedskaping_dummy import trouble

from stedskaping_core.models import JobRun
from stedskaping_core.plugins.contributions import Job
from stedskaping_core.plugins.registry import get_registry
from stedskaping_core.services import jobs
from stedskaping_core.services.plugins import plugin_disable

JOB: Job = get_registry().jobs["dummy.tidy"].record


@pytest.fixture
def sites(national_site: Any, make_pilot: Any, dummy_at: Callable[[Any], Any]) -> list[Any]:
    """Larvik and Voss, with the dummy on; there is a national site too."""
    return [dummy_at(make_pilot(key).site) for key in ("larvik", "voss")]


def run_jobs(*arguments: str) -> list[str]:
    """What the command says about the dummy's job, without the seconds."""
    out = StringIO()
    call_command("run_jobs", "--job", "dummy.tidy", *arguments, stdout=out)
    return [line.partition(" (")[0] for line in out.getvalue().splitlines()]


def started(ago: dt.timedelta, finished: bool = True) -> None:
    """Pretend that all runs started a while ago."""
    then = timezone.now() - ago
    JobRun.objects.update(last_started_at=then, last_finished_at=then if finished else None)


def test_each_site_where_the_plugin_is_on_gets_its_run(sites: list[Any]) -> None:
    assert run_jobs() == ["dummy.tidy for Larvik: tidied", "dummy.tidy for Voss: tidied"]

    run = JobRun.objects.get(key="dummy.tidy", site=sites[0])
    assert (run.last_message, run.last_failed) == ("tidied", False)
    assert run.last_started_at <= run.last_finished_at  # type: ignore[operator]


def test_the_second_run_has_nothing_to_do(sites: list[Any]) -> None:
    run_jobs()

    assert run_jobs() == []


def test_it_is_due_again_after_its_time(sites: list[Any]) -> None:
    run_jobs()
    started(JOB.every)

    assert len(run_jobs()) == 2


def test_an_hourly_cron_that_is_a_little_early_counts(sites: list[Any]) -> None:
    run_jobs()
    started(JOB.every - jobs.EARLIEST - dt.timedelta(minutes=1))
    assert run_jobs() == []

    started(JOB.every - jobs.EARLIEST)
    assert len(run_jobs()) == 2


def test_sites_where_the_plugin_is_off_are_skipped(sites: list[Any]) -> None:
    plugin_disable(site=sites[0], slug="dummy")

    assert run_jobs() == ["dummy.tidy for Voss: tidied"]


def test_switching_off_counts_at_once(sites: list[Any]) -> None:
    """A plugin may be switched off while the jobs before are running."""
    results = []
    for job, site in jobs.due_jobs(keys=["dummy.tidy"]):
        results.append(jobs.job_run(job, site))
        plugin_disable(site=sites[1], slug="dummy")

    assert [result.site.site_name if result else None for result in results] == ["Larvik", None]


def test_one_site_only(sites: list[Any]) -> None:
    assert run_jobs("--site", "voss") == ["dummy.tidy for Voss: tidied"]


def test_a_dry_run_runs_nothing(sites: list[Any]) -> None:
    assert run_jobs("--dry-run") == [
        "dummy.tidy for Larvik would run",
        "dummy.tidy for Voss would run",
    ]
    assert not JobRun.objects.exists()


def test_force_runs_what_ran_a_moment_ago(sites: list[Any]) -> None:
    run_jobs()

    assert len(run_jobs("--force")) == 2


def test_a_runner_leaves_alone_what_another_one_is_running(sites: list[Any]) -> None:
    run_jobs()
    started(JOB.at_most - dt.timedelta(minutes=1), finished=False)
    assert run_jobs("--force") == []

    # The other one must have died.
    started(JOB.at_most, finished=False)
    assert len(run_jobs()) == 2


def test_of_two_runners_that_see_the_same_job_one_gets_it(sites: list[Any]) -> None:
    seen_by_one = list(jobs.due_jobs(keys=["dummy.tidy"]))
    seen_by_other = list(jobs.due_jobs(keys=["dummy.tidy"]))
    one = [jobs.job_run(job, site) for job, site in seen_by_one]
    other = [jobs.job_run(job, site) for job, site in seen_by_other]

    assert [result.message for result in one if result] == ["tidied", "tidied"]
    assert other == [None, None]


def test_a_job_that_starts_itself_runs_once(sites: list[Any]) -> None:
    answers = []

    def again(site: Any) -> str:
        answers.append(jobs.job_run(job, site, force=True))
        return "done"

    job = Job("dummy.again", again, dt.timedelta(hours=1))

    result = jobs.job_run(job, sites[0])
    assert result is not None
    assert result.message == "done"
    assert answers == [None]


def test_a_run_that_took_too_long_does_not_speak_for_the_next_one(sites: list[Any]) -> None:
    def slow(site: Any) -> str:
        # Meanwhile another runner has taken over.
        JobRun.objects.update(last_started_at=timezone.now() + dt.timedelta(hours=2))
        return "late"

    result = jobs.job_run(Job("dummy.slow", slow, dt.timedelta(hours=1)), sites[0])

    assert result is not None
    run = JobRun.objects.get(key="dummy.slow")
    assert (run.last_message, run.last_finished_at) == ("", None)


def test_a_failure_is_kept_and_the_others_go_on(sites: list[Any], caplog: pytest.LogCaptureFixture) -> None:
    out = StringIO()
    with trouble.failing("tidy"), pytest.raises(CommandError) as failed:
        call_command("run_jobs", "--job", "dummy.tidy", stdout=out)

    assert str(failed.value) == "2 failed: dummy.tidy, dummy.tidy. The log says why."
    assert failed.value.returncode == 1
    assert [line.partition(" (")[0] for line in out.getvalue().splitlines()] == [
        "dummy.tidy for Larvik: DummyTrouble: tidy was told to fail",
        "dummy.tidy for Voss: DummyTrouble: tidy was told to fail",
    ]
    run = JobRun.objects.get(key="dummy.tidy", site=sites[0])
    assert (run.last_failed, run.last_message) == (True, "DummyTrouble: tidy was told to fail")
    assert [record.getMessage() for record in caplog.records] == [
        "job dummy.tidy failed for Larvik",
        "job dummy.tidy failed for Voss",
    ]

    # It has ended, so it is tried again when its time has come.
    assert run_jobs() == []
    started(JOB.every)
    assert len(run_jobs()) == 2
    assert JobRun.objects.get(pk=run.pk).last_failed is False


def test_all_jobs_run_when_none_is_named(sites: list[Any]) -> None:
    out = StringIO()
    call_command("run_jobs", stdout=out)

    keys = {line.partition(" ")[0] for line in out.getvalue().splitlines()}
    assert keys == set(get_registry().jobs)


def test_names_that_do_not_exist(sites: list[Any]) -> None:
    with pytest.raises(CommandError, match=r"There is no job “dummy\.party”\. The jobs are: .*dummy\.tidy"):
        call_command("run_jobs", "--job", "dummy.party")
    with pytest.raises(CommandError) as failed:
        call_command("run_jobs", "--site", "oslo")
    assert str(failed.value) == (
        "There is no site with the key “oslo”. The keys are: larvik, national, voss."
    )


def test_jobs_of_the_platform_run_everywhere(sites: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    registry = get_registry()
    job = Job("core.count", lambda site: None, dt.timedelta(hours=1))
    record = SimpleNamespace(slug="core", record=job)
    own = SimpleNamespace(jobs={job.key: record}, builtins=registry.builtins)
    monkeypatch.setattr(jobs, "get_registry", lambda: own)

    assert [site.site_name for _job, site in jobs.due_jobs()] == ["Norge", "Larvik", "Voss"]
