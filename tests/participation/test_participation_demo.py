"""The demo's proposals: what the content files say, at believable times, and the same when loaded again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from stedskaping_core.models import (
    Activity,
    InitiativePage,
    Journey,
    JourneyPhase,
    JourneyRequirement,
    User,
)
from stedskaping_core.plugins import DemoContext
from stedskaping_core.services.pilots import Pilot
from stedskaping_participation.choices import AnswerState
from stedskaping_participation.demo import load
from stedskaping_participation.metrics import participants
from stedskaping_participation.models import Proposal, ProposalCategory, Support

PROPOSALS = [
    {
        "title": "Tak over et langt bord",
        "body": "Ett bord, ikke seks små.",
        "category": "meeting",
        "author": "r01",
        "supporters": ["r02", "r03"],
        "answer": {"state": "accepted", "text": "Dette bygger vi."},
        "latitude": 59.05,
        "longitude": 10.03,
        "chosen": True,
    },
    {
        "title": "Lys",
        "body": "Lavt og varmt.",
        "category": "light",
        "author": "r02",
        "supporters": ["r02", "r01"],
    },
]


@pytest.fixture
def demo(
    bench: InitiativePage, larvik: Pilot, make_person: Callable[..., User], crowd: Callable[[int], list[User]]
) -> Callable[..., DemoContext]:
    """The context for one initiative; `start` is when its journey began, in days from today."""
    people = {("larvik", name): make_person(name) for name in ("r01", "r02", "r03")}
    residents = crowd(40)

    def make(start: int, **more: Any) -> DemoContext:
        today = timezone.localdate()
        begin = today + dt.timedelta(days=start)
        camp = begin + dt.timedelta(days=182)
        journey = Journey.objects.create(
            initiative=bench, starts_on=begin, realisation_starts_on=camp, realisation_ends_on=camp
        )
        phase = JourneyPhase.objects.create(
            journey=journey,
            position=3,
            title="Åpen medvirkning",
            kind="planning",
            planned_start=begin + dt.timedelta(days=63),
            planned_end=begin + dt.timedelta(days=97),
        )
        JourneyRequirement.objects.create(
            phase=phase, position=1, metric="participation.participants", target=30, label="Minst 30"
        )
        content = {"key": "benken", "pilot": "larvik", "proposals": PROPOSALS, **more}
        return DemoContext(
            sites={"larvik": larvik.site},
            people=people,
            initiatives={"benken": bench},
            content={"initiatives": {"benken": content}},
            extra_people=lambda pilot, number: residents[:number],
        )

    return make


def everything() -> list[list[tuple[Any, ...]]]:
    return [
        list(model.objects.order_by("pk").values_list())
        for model in (Proposal, Support, ProposalCategory, Activity)
    ]


def test_a_project_that_is_past_the_phase(demo: Callable[..., DemoContext], bench: InitiativePage) -> None:
    context = demo(-140, phase="funding")
    load(context)
    roof = Proposal.objects.get(chosen=True)
    assert (roof.title, roof.category) == ("Tak over et langt bord", "meeting")
    assert (roof.answer_state, roof.answer_published) == (AnswerState.ACCEPTED, True)
    assert roof.author == context.people["larvik", "r01"]
    assert set(context.people.values()) - {roof.author} <= {row.user for row in roof.supports.all()}
    # Nobody stands behind their own.
    assert not Proposal.objects.filter(title="Lys", supports__user=context.people["larvik", "r02"]).exists()
    # Everything happened in the phase of participation, and nothing tomorrow.
    today = timezone.now()
    phase = JourneyPhase.objects.get()
    for proposal in Proposal.objects.all():
        assert phase.planned_start <= timezone.localdate(proposal.created_at) <= phase.planned_end
    assert all(support.created_at < today for support in Support.objects.all())
    assert all(line.at < today for line in Activity.objects.filter(kind__startswith="participation."))
    kinds = Activity.objects.filter(kind__startswith="participation.").order_by("at")
    assert [line.kind.partition(".")[2] for line in kinds] == [
        "proposal_created",
        "proposal_answered",
        "proposal_created",
        "concept_chosen",
    ]


def test_loading_again_changes_nothing(demo: Callable[..., DemoContext]) -> None:
    context = demo(-140, phase="funding")
    load(context)
    before = everything()
    load(context)
    assert everything() == before


def test_a_project_in_the_phase_is_on_its_way(
    demo: Callable[..., DemoContext], bench: InitiativePage
) -> None:
    load(demo(-80, phase="participation"))
    assert 3 <= participants([bench])[bench.pk] < 30
    latest = Proposal.objects.latest("created_at")
    assert latest.created_at < timezone.now()


def test_categories_are_in_the_pilots_language(demo: Callable[..., DemoContext], larvik: Pilot) -> None:
    load(demo(-80))
    names = ProposalCategory.objects.filter(settings__site=larvik.site).order_by("sort_order", "pk")
    # “Lek” stood there before and keeps its place.
    assert list(names.values_list("key", "name")) == [
        ("play", "Lek"),
        ("meeting", "Møteplass"),
        ("green", "Grønt"),
        ("water", "Vann"),
        ("light", "Lys"),
        ("culture", "Kultur"),
    ]


def test_projects_without_proposals_are_left_alone(demo: Callable[..., DemoContext]) -> None:
    load(demo(-80, proposals=[]))
    assert (Proposal.objects.count(), ProposalCategory.objects.count()) == (0, 1)
