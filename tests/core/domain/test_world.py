"""The world of these tests is as it says."""

from __future__ import annotations

import datetime as dt
from typing import Any

from stedskaping_core.models import InitiativePage, Journey
from stedskaping_core.services.journeys import journey_pause


def test_the_journey_runs_as_planned(world: Any) -> None:
    assert [(p.title, p.planned_start, p.planned_end) for p in world.journey.phases.all()] == [
        ("Idé", dt.date(2026, 3, 2), dt.date(2026, 3, 29)),
        ("Plan", dt.date(2026, 3, 30), dt.date(2026, 4, 29)),
        ("Camp", dt.date(2026, 4, 30), dt.date(2026, 5, 5)),
        ("Etterpå", dt.date(2026, 5, 6), dt.date(2027, 5, 5)),
    ]


def test_a_change_is_undone_after_its_test(world: Any) -> None:
    assert journey_pause(initiative=world.initiative, actor=None, reason="Rain.").state == "paused"


def test_the_next_test_starts_afresh(world: Any) -> None:
    assert Journey.objects.get().state == "running"
    assert [page.status for page in InitiativePage.objects.all()] == ["active"]
