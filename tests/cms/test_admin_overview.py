"""One initiative's overview in the admin, and the decisions that staff take there."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation

from stedskaping_cms.admin.overview import amount
from stedskaping_core.choices import InitiativeStatus, JourneyPhaseState, TaskState
from stedskaping_core.models import InitiativePage, JourneyPhase, JourneyTask, Waiver
from stedskaping_core.services.initiatives import (
    initiative_discontinue,
    initiative_hand_over,
    initiative_realise,
)
from stedskaping_core.services.journeys import (
    journey_pause,
    journey_phase_complete,
    journey_task_update,
    requirement_waive,
)
from stedskaping_core.services.outcomes import outcome_add
from stedskaping_core.services.plugins import plugin_disable


def address(page, decision=""):
    return f"/admin/initiatives/{page.pk}/" + (f"{decision}/" if decision else "")


@pytest.fixture
def manager(platform, staff, login):
    return login(staff(platform.larvik, "managers"))


@pytest.fixture
def submitted(platform, make_initiative):
    return make_initiative(
        platform.larvik, "Kiosken", author=platform.people["initiator"], status="submitted"
    )


def finish_tasks(journey):
    for task in JourneyTask.objects.filter(phase__journey=journey):
        state = TaskState.NOT_NEEDED if task.kind == "permit" else TaskState.DONE
        journey_task_update(task=task, actor=None, state=state)


def in_status(platform, make_initiative, status):
    """An initiative that came to `status` the way people bring it there."""
    page = platform.initiative
    if status in (InitiativeStatus.DRAFT, InitiativeStatus.SUBMITTED):
        return make_initiative(
            platform.larvik, "Kiosken", author=platform.people["initiator"], status=status.value
        )
    if status == InitiativeStatus.PAUSED:
        journey_pause(initiative=page, actor=None, reason="Sommerferie")
    if status == InitiativeStatus.DISCONTINUED:
        initiative_discontinue(initiative=page, actor=None, reason="Grunneieren sa nei.")
    if status in (InitiativeStatus.REALISED, InitiativeStatus.IN_STEWARDSHIP):
        finish_tasks(platform.journey)
        for phase in platform.journey.phases.all()[:2]:
            journey_phase_complete(phase=phase, actor=None)
        initiative_realise(initiative=page, actor=None)
        outcome_add(initiative=page, actor=None, title="Ein benk", steward="Velforeningen")
    if status == InitiativeStatus.IN_STEWARDSHIP:
        initiative_hand_over(initiative=page, actor=None)
    return InitiativePage.objects.get(pk=page.pk)


# ------------------------------------------------------------------ reading


@pytest.mark.parametrize("status", InitiativeStatus)
def test_it_opens_in_every_status(platform, manager, make_initiative, status, seen):
    page = in_status(platform, make_initiative, status)
    assert page.status == status

    response = manager.get(address(page))

    assert response.status_code == 200
    text = seen(response)
    assert page.title in text
    assert page.summary in text
    if page.status_reason:
        assert page.status_reason in text


def test_it_shows_tasks_requirements_people_and_what_happened(platform, manager, seen):
    requirement = platform.journey.phases.first().requirements.get()
    text = seen(manager.get(address(platform.initiative)))

    for words in (
        "Finn ei gruppe",
        "Søk",
        "Avtale",
        requirement.label,
        "at least 2",
        "Initiator",
        "Facilitator",
    ):
        assert words in text
    assert "Approved by the municipality." in text


def test_a_waived_requirement_shows_who_and_why(platform, manager, seen):
    requirement = platform.journey.phases.first().requirements.get()
    requirement_waive(
        requirement=requirement, actor=platform.people["facilitator"], reason="To holder lenge."
    )

    text = seen(manager.get(address(platform.initiative)))

    assert "To holder lenge." in text
    assert "Facilitator, " in text


def test_the_plugins_panels_follow_their_switches(platform, manager):
    def panels():
        return [panel.title for panel in manager.get(address(platform.initiative)).context["panels"]]

    assert "Budget" in panels()

    plugin_disable(site=platform.larvik.site, slug="funding")

    assert "Budget" not in panels()


def test_the_page_editor_links_to_the_overview(platform, manager):
    editor = manager.get(f"/admin/pages/{platform.initiative.pk}/edit/")

    assert f'href="{address(platform.initiative)}"' in editor.content.decode()


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [
        ("12", "count", "12"),
        ("69.44", "percent", "69.4 %"),
        ("8", "hours", "8 hours"),
        ("90", "NOK", "NOK 90"),
    ],
)
def test_amounts_carry_their_unit(number, unit, text):
    with translation.override("en"):
        assert amount(Decimal(number), unit) == text


# ------------------------------------------------------------------ who may


def test_another_pilots_manager_is_refused_everywhere(platform, staff, login, submitted):
    client = login(staff(platform.voss, "managers"))
    reason = {"reason": "Nei"}

    answers = [
        client.get(address(submitted)),
        client.post(address(submitted, "approve")),
        client.post(address(submitted, "send-back"), reason),
        client.post(address(platform.initiative, "complete-phase")),
        client.post(address(platform.initiative, "waive"), reason),
    ]

    assert {(answer.status_code, answer.url) for answer in answers} == {(302, "/admin/")}
    assert InitiativePage.objects.get(pk=submitted.pk).status == InitiativeStatus.SUBMITTED


def test_decisions_are_never_taken_by_reading(platform, manager, submitted):
    assert manager.get(address(submitted, "approve")).status_code == 405
    assert manager.post(address(submitted, "nosuch")).status_code == 404


# ------------------------------------------------------------------ deciding


def test_approving_publishes(platform, manager, submitted, texts):
    assert manager.get(address(submitted)).context["can"]["approve"] is True

    response = manager.post(address(submitted, "approve"))

    assert response.url == address(submitted)
    page = InitiativePage.objects.get(pk=submitted.pk)
    assert (page.status, page.live) == (InitiativeStatus.ACTIVE, True)
    assert texts(manager) == ["“Kiosken” is approved and published."]


def test_sending_back_takes_a_reason(platform, manager, submitted, texts):
    manager.post(address(submitted, "send-back"), {"reason": "  "})
    assert texts(manager) == ["Give a reason."]
    assert InitiativePage.objects.get(pk=submitted.pk).status == InitiativeStatus.SUBMITTED

    manager.post(address(submitted, "send-back"), {"reason": "Hvem eier grunnen?"})

    page = InitiativePage.objects.get(pk=submitted.pk)
    assert (page.status, page.status_reason) == (InitiativeStatus.DRAFT, "Hvem eier grunnen?")


def test_approving_twice_is_a_message(platform, manager, submitted, texts):
    manager.post(address(submitted, "approve"))
    texts(manager)

    manager.post(address(submitted, "approve"))

    assert texts(manager) == ["The initiative's status doesn't allow it now."]


def test_a_phase_that_isnt_ready_says_what_is_missing(platform, manager, texts):
    phase = platform.journey.phases.first()

    manager.post(address(platform.initiative, "complete-phase"), {"phase": phase.uuid})

    assert texts(manager) == ["The phase isn't ready yet. Missing: Finn ei gruppe; Søk"]
    phase.refresh_from_db()
    assert phase.state == JourneyPhaseState.ACTIVE


def test_completing_a_phase_once(platform, manager, texts):
    finish_tasks(platform.journey)
    phase = platform.journey.phases.first()

    manager.post(address(platform.initiative, "complete-phase"), {"phase": phase.uuid})
    manager.post(address(platform.initiative, "complete-phase"), {"phase": phase.uuid})

    states = list(JourneyPhase.objects.filter(journey=platform.journey).values_list("state", flat=True))
    assert states == ["completed", "active", "upcoming"]
    assert texts(manager) == ["“Idé” is completed.", "Only the phase that is going on can be completed."]


def test_waiving_a_requirement(platform, manager, texts):
    requirement = platform.journey.phases.first().requirements.get()

    manager.post(
        address(platform.initiative, "waive"), {"requirement": requirement.uuid, "reason": "To holder lenge."}
    )

    waiver = Waiver.objects.get(requirement=requirement)
    assert (waiver.reason, waiver.by.email) == ("To holder lenge.", "managers.larvik@example.org")
    assert texts(manager) == ["The requirement is waived. Your reason stays on record."]


@pytest.mark.parametrize("key", ["", "nonsense", "0b8fd1d4-5b7e-4f0e-9a54-6a1c5e1f2d3c"])
def test_a_phase_of_another_initiative_isnt_found(platform, manager, submitted, key):
    assert manager.post(address(submitted, "complete-phase"), {"phase": key}).status_code == 404
    assert manager.post(address(submitted, "waive"), {"requirement": key}).status_code == 404


def test_an_editor_looks_but_doesnt_decide(platform, staff, login, submitted, texts):
    client = login(staff(platform.larvik, "editors"))

    response = client.get(address(submitted))
    assert response.status_code == 200
    assert response.context["can"]["approve"] is False

    client.post(address(submitted, "approve"))

    assert InitiativePage.objects.get(pk=submitted.pk).status == InitiativeStatus.SUBMITTED
    assert texts(client) == ["Only the facilitator or the pilot's staff can do this."]


def test_the_statements_dont_grow_with_the_journey(platform, manager, django_assert_max_num_queries):
    manager.get(address(platform.initiative))
    for day in range(6):
        platform.initiative.outcomes.create(title=f"Benk {day}")
        platform.journey.camp_days.create(day=dt.date.today() + dt.timedelta(days=day), text="Bygget.")

    with django_assert_max_num_queries(70):
        manager.get(address(platform.initiative))
