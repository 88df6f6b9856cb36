"""When a permit is late: a journey at risk, and the first day on which its realisation is safe."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from stedskaping_core.models import Journey, JourneyRequirement, JourneyTask
from stedskaping_core.readiness import journey_status
from stedskaping_core.services.journeys import (
    journey_phase_complete,
    journey_phase_skip,
    journey_task_update,
)

SetToday = Callable[[dt.date], None]
day = dt.date.fromisoformat


def set_task(world: Any, title: str, state: str, **fields: Any) -> None:
    journey_task_update(task=world.task(title), actor=None, state=state, **fields)


def risk(world: Any) -> tuple[bool, str | None]:
    found = journey_status(Journey.objects.select_related("initiative").get(pk=world.journey.pk))
    safe = found.earliest_safe_realisation
    return found.at_risk, safe.isoformat() if safe else None


def test_a_late_permit_puts_the_journey_at_risk(world: Any, set_today: SetToday) -> None:
    set_today(day("2026-03-19"))
    assert risk(world) == (False, None)

    set_today(day("2026-03-20"))

    # Six weeks from today.
    assert risk(world) == (True, "2026-05-01")


def test_an_application_in_time_is_late_but_safe(world: Any, set_today: SetToday) -> None:
    set_today(day("2026-03-12"))
    set_task(world, "Byggesøknad", "applied")

    set_today(day("2026-03-20"))

    assert risk(world) == (True, "2026-04-30")


def test_an_application_sent_late_counts_from_its_day(world: Any, set_today: SetToday) -> None:
    set_today(day("2026-04-10"))
    set_task(world, "Byggesøknad", "applied", applied_on=day("2026-03-25"))

    assert risk(world) == (True, "2026-05-06")


def test_after_a_refusal_the_time_starts_anew(world: Any, set_today: SetToday) -> None:
    set_today(day("2026-03-12"))
    set_task(world, "Byggesøknad", "applied")
    set_today(day("2026-04-10"))
    set_task(world, "Byggesøknad", "refused")

    assert risk(world) == (True, "2026-05-22")


@pytest.mark.parametrize("state", ["granted", "not_needed"])
def test_a_settled_permit_is_no_risk(world: Any, set_today: SetToday, state: str) -> None:
    set_today(day("2026-04-10"))

    set_task(world, "Byggesøknad", state)

    assert risk(world) == (False, None)


def test_a_voluntary_permit_is_a_risk_too(world: Any, set_today: SetToday) -> None:
    JourneyTask.objects.filter(title="Byggesøknad").update(required=False)
    set_today(day("2026-04-10"))

    assert risk(world) == (True, "2026-05-22")


def test_a_permit_of_a_skipped_phase_is_no_risk(world: Any, set_today: SetToday) -> None:
    journey_phase_skip(phase=world.phase("Idé"), actor=None, reason="Nei.")
    set_today(day("2026-04-10"))

    assert risk(world) == (False, None)


def test_after_the_camp_nothing_is_at_risk(world: Any, set_today: SetToday) -> None:
    set_today(day("2026-06-01"))
    assert risk(world)[0]
    set_task(world, "Finn folk", "done")
    set_task(world, "Byggesøknad", "granted")
    journey_phase_complete(phase=world.phase("Idé"), actor=None)
    journey_phase_skip(phase=world.phase("Plan"), actor=None, reason="Nei.")
    JourneyRequirement.objects.filter(metric="core.camp_days_reported").delete()
    set_task(world, "Byggesøknad", "applied")
    assert risk(world)[0]

    journey_phase_complete(phase=world.phase("Camp"), actor=None)

    assert risk(world) == (False, None)
