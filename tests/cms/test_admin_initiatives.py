"""The list of initiatives in the admin: what is in it, for whom, and what it costs."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stedskaping_core.choices import MemberRole, TaskKind, TaskState
from stedskaping_core.models import InitiativeMember, JourneyTask
from stedskaping_core.services.journeys import journey_reschedule, journey_start, journey_task_update

LIST = "/admin/initiatives/"


def titles(response):
    return [row.initiative.title for row in response.context["table"].data]


@pytest.fixture
def manager(platform, staff, login):
    return login(staff(platform.larvik, "managers"))


@pytest.fixture
def elvestien(platform, make_initiative):
    """A running initiative of Voss whose camp is so soon that its permit is late. Larvik's needs none."""
    permit = JourneyTask.objects.get(phase__journey=platform.journey, kind=TaskKind.PERMIT)
    journey_task_update(task=permit, actor=None, state=TaskState.NOT_NEEDED)
    page = make_initiative(platform.voss, "Elvestien", author=platform.people["resident"])
    journey_start(initiative=page, actor=None, starts_on=dt.date.today())
    soon = dt.date.today() + dt.timedelta(days=14)
    journey_reschedule(initiative=page, actor=None, realisation_starts_on=soon, reason="Folk har fri da.")
    return page


def test_staff_see_the_initiatives_of_their_own_pilot(platform, manager, elvestien):
    assert titles(manager.get(LIST)) == ["Benken"]


def test_a_superuser_sees_all(platform, login, elvestien):
    assert titles(login(platform.people["admin"]).get(LIST)) == ["Elvestien", "Benken"]


def test_a_facilitator_sees_the_own_ones_too(platform, staff, login, elvestien):
    manager = staff(platform.larvik, "managers")
    InitiativeMember.objects.create(initiative=elvestien, user=manager, role=MemberRole.FACILITATOR)

    assert titles(login(manager).get(LIST)) == ["Elvestien", "Benken"]


def test_residents_have_no_admin(platform, login):
    response = login(platform.people["resident"]).get(LIST)

    assert (response.status_code, response.url) == (302, "/admin/login/?next=/admin/initiatives/")


def test_a_row_tells_phase_next_step_camp_and_risk(platform, login, elvestien, seen):
    response = login(platform.people["admin"]).get(LIST)

    row = response.context["table"].data[0]
    assert (row.pilot, row.phase.title, row.at_risk) == ("Voss", "Idé", True)
    assert (row.next_step.title, row.next_step.overdue) == ("Søk", True)
    assert row.camp == dt.date.today() + dt.timedelta(days=14)
    assert "At risk" in seen(response)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Kiosken", "Elvestien", "Benken"]),
        ("?site={larvik}", ["Kiosken", "Benken"]),
        ("?site={voss}", ["Elvestien"]),
        ("?status=submitted", ["Kiosken"]),
        ("?status=submitted&status=active", ["Kiosken", "Elvestien", "Benken"]),
        ("?at_risk=yes", ["Elvestien"]),
        ("?site={larvik}&at_risk=yes", []),
        ("?q=elve", ["Elvestien"]),
        ("?ordering=title", ["Benken", "Elvestien", "Kiosken"]),
    ],
)
def test_filters(platform, login, make_initiative, elvestien, query, found):
    make_initiative(platform.larvik, "Kiosken", author=platform.people["initiator"], status="submitted")
    client = login(platform.people["admin"])
    query = query.format(larvik=platform.larvik.site.pk, voss=platform.voss.site.pk)

    assert titles(client.get(LIST + query)) == found
    assert titles(client.get(LIST + "results/" + query)) == found


def test_somebody_elses_pilot_is_no_choice_in_the_filter(platform, manager, elvestien):
    response = manager.get(f"{LIST}?site={platform.voss.site.pk}")

    values = [value for value, _label in response.context["filters"].form.fields["site"].choices]
    assert values == ["", str(platform.larvik.site.pk)]
    assert titles(response) == ["Benken"]


@pytest.mark.parametrize("query", ["", "?at_risk=yes"])
def test_the_statements_dont_grow_with_the_list(platform, manager, make_initiative, query):
    def statements():
        with CaptureQueriesContext(connection) as captured:
            manager.get(f"{LIST}results/{query}")
        return len(captured)

    one = statements()
    for number in range(12):
        page = make_initiative(platform.larvik, f"Nummer {number}", author=platform.people["initiator"])
        journey_start(initiative=page, actor=None, starts_on=dt.date.today())
    many = statements()

    assert many == one
    assert one < 35
