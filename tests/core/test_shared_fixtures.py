"""The shared fixtures stand for a real platform, so they are tested like one."""

from __future__ import annotations

from typing import Any

from stedskaping_core.readiness import journey_status


def test_the_platform_runs(platform: Any, graphql: Any) -> None:
    status = journey_status(platform.journey)

    assert platform.initiative.status == "active"
    assert [phase.title for phase in status.phases] == ["Idé", "Camp", "Etterpå"]
    assert [step.title for step in status.next_steps] == ["Søk", "Finn ei gruppe", "Avtale"]


def test_the_api_answers(platform: Any, graphql: Any) -> None:
    answer = graphql('{ site(key: "larvik") { name } }')

    assert answer == {"data": {"site": {"name": "Larvik"}}}
