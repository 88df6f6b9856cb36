"""People who do the same thing at the same moment, with real threads on a database of their own.

SQLite takes part as a file in WAL mode, the way it runs outside of tests; PostgreSQL with a copy of the test
database. What is written here is committed, and thrown away with the database.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection, connections
from pytest_django import DjangoDbBlocker
from wagtail.models import Page, Site

from stedskaping_core.errors import Refusal
from stedskaping_core.models import (
    Event,
    InitiativeMember,
    InitiativePage,
    Journey,
    JourneyPhase,
    PilotPage,
    Reschedule,
    Waiver,
)
from stedskaping_core.plugins.activation import enabled_slugs
from stedskaping_core.services.initiatives import (
    initiative_approve,
    initiative_create,
    initiative_send_back,
)
from stedskaping_core.services.journeys import (
    journey_pause,
    journey_phase_complete,
    journey_reschedule,
    journey_resume,
    journey_start,
    journey_task_update,
    requirement_waive,
)
from stedskaping_core.services.members import member_add, member_remove
from stedskaping_core.services.pilots import pilot_create
from stedskaping_core.services.plugins import plugin_disable, plugin_enable

START = dt.date(2026, 3, 2)


@pytest.fixture(scope="module")
def db(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """A copy of the migrated test database, in place of pytest-django's `db`, in whose transaction no other
    thread could see what is written."""
    settings, name = connection.settings_dict, connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            copy = str(tmp_path_factory.mktemp("database") / "db.sqlite3")
            connection.ensure_connection()
            file = sqlite3.connect(copy)
            connection.connection.backup(file)
            file.close()
            memory, connection.connection = connection.connection, None
        else:
            copy, memory = f"{name}_threads", None
            connection.close()
            administer(f'DROP DATABASE IF EXISTS "{copy}"', f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')
        settings["NAME"] = copy
        yield
        connection.close()
        settings["NAME"] = name
        connection.connection = memory
        if memory is None:
            administer(f'DROP DATABASE "{copy}"')


def administer(*statements: str) -> None:
    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture(scope="module")
def made_world(db: None, new_world: Callable[[], Any]) -> Any:
    return new_world()


@pytest.fixture
def committed(made_world: Any, set_today: Callable[[dt.date], None]) -> Any:
    """The world of the other tests, with a new running initiative for each test."""
    title = f"Benk {InitiativePage.objects.count()}"
    made_world.initiative = made_world.add_initiative(title)
    made_world.journey = journey_start(initiative=made_world.initiative, actor=None, starts_on=START)
    return made_world


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each of these answered or raised, all begun at the same moment in threads of their own."""
    ready = threading.Barrier(len(acts), timeout=30)

    def run(act: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            ready.wait()
            return act()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as threads:
        return [future.result(timeout=60) for future in [threads.submit(run, act) for act in acts]]


def outcomes(answers: list[Any]) -> Counter[str]:
    """How often each thing came back: the code of a refusal, or `done`. Anything else fails."""
    codes = []
    for answer in answers:
        if isinstance(answer, Exception) and not isinstance(answer, Refusal):
            raise answer
        codes.append(answer.code if isinstance(answer, Refusal) else "done")
    return Counter(codes)


def events(world: Any, key: str) -> int:
    return Event.objects.filter(initiative=world.initiative, key=key).count()


# ------------------------------------------------------------------ the page tree


def test_sixteen_threads_add_two_hundred_pages_below_one_parent(committed: Any) -> None:
    parent = Page.objects.get(pk=committed.voss.page.pk)
    before = parent.get_children().count()
    threads, number = 16, 200

    def add(thread: int) -> int:
        own = Page.objects.get(pk=parent.pk)
        for count in range(thread, number, threads):
            own.add_child(instance=Page(title=f"Side {count}", locale_id=own.locale_id))
        return thread

    answers = at_once(*(lambda thread=thread: add(thread) for thread in range(threads)))

    assert answers == list(range(threads))
    parent = Page.objects.get(pk=parent.pk)
    children = list(parent.get_children())
    assert (len(children), parent.numchild) == (before + number, before + number)
    assert len({page.path for page in children}) == len({page.slug for page in children}) == before + number
    assert Page.find_problems() == ([], [], [], [], [])


def test_the_same_title_at_once_gets_different_addresses(committed: Any) -> None:
    index, author = committed.larvik.index, committed.people["resident"]

    answers = at_once(
        *(lambda: initiative_create(index=index, actor=author, title="Grillplass", summary="En grill."),) * 8
    )

    slugs = {page.slug for page in answers}
    assert slugs == {"grillplass", *(f"grillplass-{number}" for number in range(2, 9))}
    assert Page.find_problems() == ([], [], [], [], [])


def test_the_same_pilot_is_made_once(committed: Any) -> None:
    def make() -> Any:
        return pilot_create(
            key="oslo",
            name="Oslo",
            municipality="Oslo",
            municipality_number="0301",
            hostname="oslo.example.org",
            origin="https://oslo.example.org",
            locale="nb",
        )

    assert outcomes(at_once(*(make,) * 4)) == {"done": 1, "KEY_TAKEN": 3}
    assert (
        PilotPage.objects.filter(slug="oslo").count()
        == Site.objects.filter(hostname="oslo.example.org").count()
        == 1
    )


# ------------------------------------------------------------------ decisions


def test_two_complete_the_same_phase(committed: Any) -> None:
    phase = committed.phase("Idé")
    for task in phase.tasks.all():
        journey_task_update(task=task, actor=None, state="granted" if task.kind == "permit" else "done")

    answers = at_once(
        *(
            lambda who=who: journey_phase_complete(phase=phase, actor=committed.people[who])
            for who in ("initiator", "team")
        )
    )

    assert outcomes(answers) == {"done": 1, "PHASE_NOT_ACTIVE": 1}
    states = (
        JourneyPhase.objects.filter(journey=committed.journey)
        .order_by("position")
        .values_list("state", flat=True)
    )
    assert list(states) == ["completed", "active", "upcoming", "upcoming"]
    assert events(committed, "core.phase_completed") == 1


def test_two_start_the_same_journey(committed: Any) -> None:
    page = committed.add_initiative("To starter")

    answers = at_once(*(lambda: journey_start(initiative=page, actor=None, starts_on=START),) * 2)

    assert outcomes(answers) == {"done": 1, "ALREADY_STARTED": 1}
    assert JourneyPhase.objects.filter(journey__initiative=page).count() == 4


def test_two_reschedule_to_different_days(committed: Any) -> None:
    days = [dt.date(2026, 5, 14), dt.date(2026, 6, 1)]

    answers = at_once(
        *(
            lambda day=day: journey_reschedule(
                initiative=committed.initiative, actor=None, realisation_starts_on=day, reason="Regn."
            )
            for day in days
        )
    )

    assert outcomes(answers) == {"done": 2}
    first, second = Reschedule.objects.filter(journey=committed.journey).order_by("pk")
    journey = Journey.objects.get(pk=committed.journey.pk)
    assert (first.from_date, second.from_date) == (dt.date(2026, 4, 30), first.to_date)
    assert {first.to_date, second.to_date} == set(days)
    assert journey.realisation_starts_on == second.to_date == committed.phase("Camp").planned_start
    assert (
        journey.realisation_ends_on
        == second.to_date + dt.timedelta(days=5)
        == committed.phase("Camp").planned_end
    )


def test_two_reschedule_to_the_same_day(committed: Any) -> None:
    day = dt.date(2026, 5, 14)

    answers = at_once(
        *(
            lambda: journey_reschedule(
                initiative=committed.initiative, actor=None, realisation_starts_on=day, reason="Regn."
            ),
        )
        * 2
    )

    assert outcomes(answers) == {"done": 1, "SAME_DATE": 1}
    assert Reschedule.objects.filter(journey=committed.journey).count() == 1


def test_two_waive_the_same_requirement(committed: Any) -> None:
    requirement = committed.requirement("core.members")

    answers = at_once(*(lambda: requirement_waive(requirement=requirement, actor=None, reason="Ja."),) * 2)

    assert outcomes(answers) == {"done": 1, "ALREADY_WAIVED": 1}
    assert Waiver.objects.filter(requirement=requirement).count() == 1


def test_one_approves_while_the_other_sends_back(committed: Any) -> None:
    page = committed.add_initiative("To meninger", status="submitted")

    answers = at_once(
        lambda: initiative_approve(initiative=page, actor=None),
        lambda: initiative_send_back(initiative=page, actor=None, reason="Hvor?"),
    )

    assert outcomes(answers) == {"done": 1, "WRONG_STATUS": 1}
    page = InitiativePage.objects.get(pk=page.pk)
    assert (page.status, page.live) in (("active", True), ("draft", False))


def test_the_last_two_initiators_leave(committed: Any) -> None:
    page, team = committed.initiative, committed.people["team"]
    member_add(initiative=page, user=team, role="initiator")

    answers = at_once(
        *(
            lambda who=who: member_remove(
                initiative=page, user=committed.people[who], actor=committed.people[who]
            )
            for who in ("initiator", "team")
        )
    )

    assert outcomes(answers) == {"done": 1, "LAST_INITIATOR": 1}
    assert InitiativeMember.objects.filter(initiative=page, role="initiator").count() == 1


def test_a_page_is_published_while_its_status_changes(committed: Any) -> None:
    page = committed.initiative
    old = InitiativePage.objects.get(pk=page.pk)
    revisions = [old.save_revision() for _number in range(4)]

    answers = at_once(
        lambda: journey_pause(initiative=page, actor=None, reason="Regn."),
        *(lambda revision=revision: revision.publish() for revision in revisions),
    )

    assert outcomes(answers) == {"done": 5}
    assert InitiativePage.objects.get(pk=page.pk).status == "paused"


def test_a_plugin_is_switched_on_twice_and_off_twice(committed: Any) -> None:
    site = committed.larvik.site
    plugin_disable(site=site, slug="mobilisation")
    before = Event.objects.filter(site=site, key="core.plugin_enabled").count()

    assert sorted(at_once(*(lambda: plugin_enable(site=site, slug="mobilisation"),) * 4)) == [False] * 3 + [
        True
    ]
    assert Event.objects.filter(site=site, key="core.plugin_enabled").count() == before + 1
    assert sorted(at_once(*(lambda: plugin_disable(site=site, slug="mobilisation"),) * 4)) == [False] * 3 + [
        True
    ]
    assert "mobilisation" not in enabled_slugs(site.pk)


def test_nobody_waits_in_a_circle(committed: Any) -> None:
    """Everything that happens in one journey, all at once: some is refused, nothing fails."""
    page, journey = committed.initiative, committed.journey
    tasks = [committed.task(title) for title in ("Finn folk", "Grunneiers ja", "Budsjett")]
    days = [dt.date(2026, 5, 4) + dt.timedelta(days=number) for number in range(3)]

    answers = at_once(
        *(lambda task=task: journey_task_update(task=task, actor=None, state="done") for task in tasks),
        *(
            lambda day=day: journey_reschedule(
                initiative=page, actor=None, realisation_starts_on=day, reason="Regn."
            )
            for day in days
        ),
        lambda: requirement_waive(
            requirement=committed.requirement("core.members"), actor=None, reason="Ja."
        ),
        lambda: journey_phase_complete(phase=committed.phase("Idé"), actor=None),
        lambda: journey_pause(initiative=page, actor=None, reason="Regn."),
        lambda: journey_resume(initiative=page, actor=None),
        lambda: member_add(initiative=page, user=committed.people["resident"]),
    )

    assert set(outcomes(answers)) <= {"done", "WRONG_STATUS", "PHASE_NOT_READY", "SAME_DATE"}
    phases = list(JourneyPhase.objects.filter(journey=journey).order_by("position"))
    journey.refresh_from_db()
    assert [phase.state for phase in phases].count("active") == 1
    assert phases[2].planned_start == journey.realisation_starts_on
    assert all(b.planned_start == a.planned_end + dt.timedelta(days=1) for a, b in pairwise(phases))
