"""Milestones: told once, however often and beside whom the job runs."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.utils import translation
from wagtail.models import Page, Site

from stedskaping_core.choices import InitiativeStatus
from stedskaping_core.events import sentence
from stedskaping_core.models import Activity, InitiativePage, User
from stedskaping_core.plugins.registry import get_registry
from stedskaping_mobilisation.jobs import tell_milestones
from stedskaping_mobilisation.models import Follow, FollowerMilestone
from stedskaping_mobilisation.services import milestones_reach, milestones_up_to

KIND = "mobilisation.milestone_reached"


@pytest.fixture
def gain(db: None) -> Callable[[InitiativePage, int], None]:
    """Let so many new people follow."""

    def add(page: InitiativePage, number: int) -> None:
        first = User.objects.count()
        people = User.objects.bulk_create(
            User(email=f"f{n}@example.org") for n in range(first, first + number)
        )
        Follow.objects.bulk_create(Follow(initiative=page, user=user) for user in people)

    return add


def told(page: InitiativePage) -> list[int]:
    activities = Activity.objects.filter(initiative=page, kind=KIND).order_by("pk")
    return [activity.params["count"] for activity in activities]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, []),
        (9, []),
        (10, [10]),
        (99, [10, 25, 50]),
        (250, [10, 25, 50, 100, 250]),
        (12000, [10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000]),
    ],
)
def test_milestones(number: int, expected: list[int]) -> None:
    assert list(milestones_up_to(number)) == expected


def test_milestone_is_told_once(larvik: Any, initiative: Any, gain: Any) -> None:
    page, quiet = initiative(larvik), initiative(larvik, "Scene")
    gain(quiet, 9)
    gain(page, 9)
    assert tell_milestones(larvik.site) is None
    assert told(page) == []

    gain(page, 1)
    assert tell_milestones(larvik.site) == "milestones told: 1"
    assert tell_milestones(larvik.site) is None
    assert told(page) == [10]

    gain(page, 15)
    tell_milestones(larvik.site)
    assert told(page) == [10, 25]
    assert told(quiet) == []


def test_number_that_falls_and_rises_again_is_not_told_again(larvik: Any, initiative: Any, gain: Any) -> None:
    page = initiative(larvik)
    gain(page, 10)
    tell_milestones(larvik.site)
    Follow.objects.filter(initiative=page).first().delete()  # type: ignore[union-attr]
    assert tell_milestones(larvik.site) is None

    gain(page, 1)
    assert tell_milestones(larvik.site) is None
    assert told(page) == [10]


def test_several_passed_at_once_are_one_sentence(larvik: Any, initiative: Any, gain: Any) -> None:
    page = initiative(larvik)
    gain(page, 60)

    tell_milestones(larvik.site)

    assert told(page) == [50]
    assert list(FollowerMilestone.objects.values_list("count", flat=True)) == [10, 25, 50]
    activity = Activity.objects.get(kind=KIND)
    with translation.override("en"):
        assert sentence(activity) == "50 people follow the project."
    assert (activity.event.key, activity.event.site, activity.actor) == (KIND, larvik.site, None)


def test_job_keeps_to_its_site_and_to_running_initiatives(
    larvik: Any, voss: Any, initiative: Any, gain: Any
) -> None:
    here, there = initiative(larvik), initiative(voss)
    ended = initiative(larvik, "Slutt", status=InitiativeStatus.DISCONTINUED)
    for page in (here, there, ended):
        gain(page, 10)

    tell_milestones(larvik.site)

    assert (told(here), told(there), told(ended)) == ([10], [], [])


def test_second_runner_with_an_old_look_tells_nothing(larvik: Any, initiative: Any, gain: Any) -> None:
    """Both runners have counted before either has written; the second one finds it written."""
    page = initiative(larvik)
    gain(page, 25)
    stale = InitiativePage.objects.get(pk=page.pk)

    first = milestones_reach(initiative=page, followers=25)
    second = milestones_reach(initiative=stale, followers=25)
    third = milestones_reach(initiative=stale, followers=10)

    assert first is not None
    assert (second, third) == (None, None)
    assert told(page) == [25]


@pytest.mark.parametrize("number", [1, 20, 100])
def test_job_costs_the_same_for_any_number_when_nothing_is_new(
    larvik: Any, initiative: Any, gain: Any, django_assert_num_queries: Any, number: int
) -> None:
    for n in range(number):
        page = initiative(larvik, f"Prosjekt {n}")
        if n < 3:
            gain(page, 10)
    tell_milestones(larvik.site)

    # Two for the sites, then initiatives, numbers and milestones.
    with django_assert_num_queries(5):
        assert tell_milestones(larvik.site) is None


def test_job_is_registered() -> None:
    job = get_registry().jobs["mobilisation.milestones"]

    assert (job.slug, job.record.run, job.record.every.total_seconds()) == (
        "mobilisation",
        tell_milestones,
        900,
    )


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="a SQLite database in memory has one writer for all threads"
)
def test_many_runners_beside_each_other_tell_once(make_pilot: Any, initiative: Any, gain: Any) -> None:
    pilot = make_pilot("larvik")
    page = initiative(pilot)
    gain(page, 60)
    barrier = threading.Barrier(8)
    faults: list[BaseException] = []

    def run() -> None:
        try:
            barrier.wait(timeout=10)
            tell_milestones(Site.objects.get(pk=pilot.site.pk))
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert faults == []
    assert told(page) == [50]
    assert Page.objects.filter(pk=page.pk).exists()
