"""Starting a journey: what is copied from the guide, in which language, and that later edits move nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from wagtail.models import Locale, Page

from stedskaping_core.choices import PhaseKind
from stedskaping_core.errors import Refusal
from stedskaping_core.models import (
    GuidePage,
    InitiativePage,
    Journey,
    JourneyTask,
    PermitKind,
    PhasePage,
    PilotLeadTime,
    PilotPage,
)
from stedskaping_core.services.journeys import journey_start

START = dt.date(2026, 3, 2)


@pytest.fixture
def page(world: Any) -> InitiativePage:
    """An active initiative without a journey."""
    found: InitiativePage = world.add_initiative("Broen")
    return found


def start(page: InitiativePage, actor: Any = None, starts_on: dt.date = START) -> Journey:
    return journey_start(initiative=page, actor=actor, starts_on=starts_on)


def snapshot(journey: Journey) -> list[Any]:
    """All that a journey copied, as plain values."""
    rows: list[Any] = []
    for phase in journey.phases.order_by("position"):
        rows.append((phase.title, phase.kind, phase.planned_start, phase.planned_end))
        for task in phase.tasks.order_by("position"):
            rows.append((task.title, task.kind, task.required, task.permit_key, task.lead_weeks, task.due_on))
        for need in phase.requirements.order_by("position"):
            rows.append((need.metric, need.comparison, need.target, need.blocking, need.label))
    return rows


def translate_guide(world: Any, code: str) -> None:
    """The guide once more in another language, published."""
    locale = Locale.objects.get_or_create(language_code=code)[0]
    copies = [world.national.root_page.copy_for_translation(locale), world.guide.copy_for_translation(locale)]
    for phase in PhasePage.objects.child_of(world.guide):
        twin = phase.copy_for_translation(locale)
        twin.title = f"{phase.title} ({code})"
        twin.save()
        copies.append(twin)
    Page.objects.filter(pk__in=[page.pk for page in copies]).update(live=True)


# ------------------------------------------------------------------ what is copied


def test_everything_is_copied(world: Any, page: InitiativePage, one_event: Callable[..., Any]) -> None:
    team = world.people["team"]

    activity = one_event(lambda: start(page, team), "core.journey_started")

    journey = Journey.objects.get(initiative=page)
    assert (journey.state, journey.starts_on, journey.time_zone) == ("running", START, "Europe/Oslo")
    assert (journey.realisation_starts_on, journey.realisation_ends_on) == (
        dt.date(2026, 4, 30),
        dt.date(2026, 5, 5),
    )
    assert (journey.guide, journey.started_by) == (world.guide, team)
    assert activity.params == {"date": "2026-03-02"}
    assert snapshot(journey) == [
        ("Idé", "planning", dt.date(2026, 3, 2), dt.date(2026, 3, 29)),
        ("Finn folk", "todo", True, "", None, dt.date(2026, 3, 29)),
        ("Byggesøknad", "permit", True, "building", 6, dt.date(2026, 3, 19)),
        ("Grunneiers ja", "agreement", False, "", None, dt.date(2026, 3, 29)),
        ("core.members", ">=", 2, True, "Minst to i gruppa"),
        ("core.agreements_signed", ">=", 1, False, "Et ja"),
        ("Plan", "planning", dt.date(2026, 3, 30), dt.date(2026, 4, 29)),
        ("Budsjett", "todo", True, "", None, dt.date(2026, 4, 29)),
        ("core.facilitators", ">=", 1, True, "En tilrettelegger"),
        ("Camp", "realisation", dt.date(2026, 4, 30), dt.date(2026, 5, 5)),
        ("core.camp_days_reported", ">=", 6, True, "Seks dager"),
        ("Etterpå", "aftercare", dt.date(2026, 5, 6), dt.date(2027, 5, 5)),
    ]


def test_only_the_first_phase_is_active(page: InitiativePage) -> None:
    phases = list(start(page).phases.order_by("position"))

    assert [phase.state for phase in phases] == ["active", "upcoming", "upcoming", "upcoming"]
    assert [phase.started_at is not None for phase in phases] == [True, False, False, False]
    assert [phase.position for phase in phases] == [1, 2, 3, 4]
    assert [phase.source.title for phase in phases] == ["Idé", "Plan", "Camp", "Etterpå"]


def test_permits_are_not_assessed_and_other_tasks_open(page: InitiativePage) -> None:
    tasks = JourneyTask.objects.filter(phase__journey=start(page))

    assert dict(tasks.values_list("title", "state")) == {
        "Finn folk": "open",
        "Byggesøknad": "not_assessed",
        "Grunneiers ja": "open",
        "Budsjett": "open",
    }


def test_the_pilots_own_lead_time_counts(world: Any, page: InitiativePage) -> None:
    PilotLeadTime.objects.create(page=world.larvik.page, permit_key="building", weeks=3)
    PilotLeadTime.objects.create(page=world.voss.page, permit_key="building", weeks=20)

    task = JourneyTask.objects.get(phase__journey=start(page), kind="permit")

    assert (task.lead_weeks, task.due_on) == (3, dt.date(2026, 4, 9))


def test_no_lead_time_at_all_is_a_lead_time(world: Any, page: InitiativePage) -> None:
    PilotLeadTime.objects.create(page=world.larvik.page, permit_key="building", weeks=0)

    task = JourneyTask.objects.get(phase__journey=start(page), kind="permit")

    assert (task.lead_weeks, task.due_on) == (0, dt.date(2026, 4, 30))


def test_the_pilots_time_zone_is_kept(world: Any, page: InitiativePage) -> None:
    PilotPage.objects.filter(pk=world.larvik.page.pk).update(time_zone="America/New_York")

    journey = start(page)
    PilotPage.objects.filter(pk=world.larvik.page.pk).update(time_zone="Asia/Tokyo")

    assert Journey.objects.get(pk=journey.pk).time_zone == "America/New_York"


# ------------------------------------------------------------------ later edits of the guide


def rename(phase: PhasePage) -> None:
    phase.title, phase.kind, phase.duration = "Noe annet", PhaseKind.AFTERCARE, 0
    phase.save()


def edit_task(phase: PhasePage) -> None:
    phase.tasks.filter(title="Finn folk").update(title="Vent", required=False)


def edit_requirement(phase: PhasePage) -> None:
    phase.requirements.filter(metric="core.members").update(target=99, label="Umulig", blocking=False)


def edit_permit_kind(phase: PhasePage) -> None:
    PermitKind.objects.update(lead_weeks=52, key="changed")


def remove_rows(phase: PhasePage) -> None:
    phase.tasks.all().delete()
    phase.requirements.all().delete()


def unpublish(phase: PhasePage) -> None:
    phase.unpublish()


def delete(phase: PhasePage) -> None:
    phase.delete()


def delete_guide(phase: PhasePage) -> None:
    phase.get_parent().specific.delete()


@pytest.mark.parametrize(
    "edit",
    [rename, edit_task, edit_requirement, edit_permit_kind, remove_rows, unpublish, delete, delete_guide],
)
def test_a_later_edit_of_the_guide_moves_nothing(world: Any, edit: Callable[[PhasePage], None]) -> None:
    before = snapshot(world.journey)

    edit(world.source("Idé"))

    journey = Journey.objects.get(pk=world.journey.pk)
    assert snapshot(journey) == before
    assert journey.state == "running"


def test_a_deleted_phase_leaves_the_copy_without_guidance(world: Any) -> None:
    world.source("Idé").delete()

    assert [phase.source is None for phase in world.journey.phases.order_by("position")] == [
        True,
        False,
        False,
        False,
    ]


def test_a_phase_that_is_added_reaches_later_journeys_only(world: Any, page: InitiativePage) -> None:
    before = snapshot(world.journey)
    more = PhasePage(title="Mer", slug="mer", summary="Mer.", duration=2, locale=world.guide.locale)
    world.source("Camp").add_sibling("left", instance=more)

    journey = start(page)

    assert [phase.title for phase in journey.phases.order_by("position")] == [
        "Idé",
        "Plan",
        "Mer",
        "Camp",
        "Etterpå",
    ]
    assert journey.realisation_starts_on == dt.date(2026, 5, 14)
    assert snapshot(world.journey) == before


# ------------------------------------------------------------------ the guide's language


@pytest.mark.parametrize(
    ("language", "translated", "unpublished", "expected"),
    [
        ("nb", ("nn", "en"), "", "Idé"),
        ("nn", ("nn", "en"), "", "Idé (nn)"),
        ("nn", ("en",), "", "Idé"),
        ("en", ("nn", "en"), "", "Idé (en)"),
        ("en", ("nn",), "", "Idé"),
        ("nb", ("nn", "en"), "nb", "Idé (nn)"),
        ("en", ("nn",), "nb", "Idé (nn)"),
        ("nb", ("en",), "nb", "Idé (en)"),
    ],
)
def test_the_guide_comes_in_the_initiatives_language_or_the_nearest(
    world: Any,
    page: InitiativePage,
    language: str,
    translated: tuple[str, ...],
    unpublished: str,
    expected: str,
) -> None:
    for code in translated:
        translate_guide(world, code)
    if unpublished:
        world.guide.unpublish()
    page.locale = Locale.objects.get_or_create(language_code=language)[0]
    page.save()

    assert start(page).phases.order_by("position")[0].title == expected


# ------------------------------------------------------------------ refusals


def test_a_journey_starts_once(world: Any, refused: Callable[..., Refusal]) -> None:
    assert refused(lambda: start(world.initiative)).code == "ALREADY_STARTED"


@pytest.mark.parametrize("why", ["none", "unpublished", "deleted"])
def test_without_a_guide_nothing_starts(
    world: Any, page: InitiativePage, refused: Callable[..., Refusal], why: str
) -> None:
    if why == "none":
        PilotPage.objects.filter(pk=world.larvik.page.pk).update(guide=None)
    elif why == "unpublished":
        world.guide.unpublish()
    else:
        world.guide.delete()

    assert refused(lambda: start(page)).code == "NO_GUIDE"


@pytest.mark.parametrize(
    ("kinds", "startable"),
    [
        ([], False),
        (["planning"], False),
        (["planning", "aftercare"], False),
        (["planning", "realisation", "realisation"], False),
        (["realisation", "planning"], False),
        (["planning", "aftercare", "realisation"], False),
        (["aftercare", "planning", "realisation"], False),
        (["realisation"], True),
        (["planning", "realisation"], True),
        (["planning", "planning", "realisation", "aftercare", "aftercare"], True),
    ],
)
def test_a_guide_is_planning_one_realisation_and_aftercare(
    world: Any, page: InitiativePage, refused: Callable[..., Refusal], kinds: list[str], startable: bool
) -> None:
    PhasePage.objects.child_of(world.guide).delete()
    guide = GuidePage.objects.get(pk=world.guide.pk)
    for number, kind in enumerate(kinds):
        phase = PhasePage(
            title=f"{number}", slug=f"{number}", summary="…", kind=kind, duration=3, locale=guide.locale
        )
        phase.duration_unit = "days"
        guide.add_child(instance=phase)

    if startable:
        assert [phase.kind for phase in start(page).phases.order_by("position")] == kinds
    else:
        assert refused(lambda: start(page)).code == "GUIDE_INCOMPLETE"
        assert not Journey.objects.filter(initiative=page).exists()


def test_an_unpublished_phase_is_not_part_of_the_guide(
    world: Any, page: InitiativePage, refused: Callable[..., Refusal]
) -> None:
    world.source("Camp").unpublish()

    assert refused(lambda: start(page)).code == "GUIDE_INCOMPLETE"


@pytest.mark.parametrize("day", [dt.date.min, dt.date(1999, 12, 31), dt.date(2101, 1, 1), dt.date.max])
def test_a_slip_of_the_pen_is_no_date(
    page: InitiativePage, refused: Callable[..., Refusal], day: dt.date
) -> None:
    refusal = refused(lambda: start(page, starts_on=day))

    assert (refusal.code, refusal.path) == ("OUT_OF_RANGE", ("startsOn",))


@pytest.mark.parametrize("status", ["draft", "submitted"])
def test_only_approved_initiatives_start(world: Any, refused: Callable[..., Refusal], status: str) -> None:
    page = world.add_initiative("Grillen", status=status)

    assert refused(lambda: start(page)).code == "WRONG_STATUS"


@pytest.mark.parametrize(
    ("who", "code"), [("visitor", "NOT_SIGNED_IN"), ("resident", "NOT_MEMBER"), ("stranger", "NOT_MEMBER")]
)
def test_only_members_and_staff_start(
    world: Any, page: InitiativePage, refused: Callable[..., Refusal], who: str, code: str
) -> None:
    assert refused(lambda: start(page, world.person(who))).code == code
