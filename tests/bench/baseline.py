"""Hand-written answers to the same questions, with the fewest statements: what the API is compared with."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, Sum

from stedskaping_core.choices import JourneyPhaseState
from stedskaping_core.models import (
    Image,
    InitiativePage,
    JourneyPhase,
    PhasePage,
    PhaseRequirement,
    PhaseTask,
)
from stedskaping_funding.models import BudgetLine
from stedskaping_mobilisation.models import Follow
from stedskaping_participation.models import Proposal, Support


def listing() -> Any:
    """50 initiatives with picture, place, phase and a number of each plugin. Seven statements."""
    pages = list(InitiativePage.objects.filter(live=True).defer("story").order_by("-first_published_at")[:50])
    pks = [page.pk for page in pages]
    images = Image.objects.in_bulk({page.image_id for page in pages})
    phases = {
        phase.journey.initiative_id: phase
        for phase in JourneyPhase.objects.filter(
            state=JourneyPhaseState.ACTIVE, journey__initiative__in=pks
        ).select_related("journey")
    }
    followers = dict(
        Follow.objects.filter(initiative__in=pks).values_list("initiative_id").annotate(n=Count("pk"))
    )
    money = {
        row["initiative_id"]: row
        for row in BudgetLine.objects.filter(initiative__in=pks)
        .values("initiative_id")
        .annotate(minimum=Sum("amount", filter=Q(required=True)), secured=Sum("secured"))
    }
    people: dict[int, set[int]] = {pk: set() for pk in pks}
    for pk, user in Proposal.objects.filter(initiative__in=pks).values_list("initiative_id", "author_id"):
        people[pk].add(user)
    supporters = Support.objects.filter(proposal__initiative__in=pks)
    for pk, user in supporters.values_list("proposal__initiative_id", "user_id"):
        people[pk].add(user)
    return [
        {
            "id": str(page.translation_key),
            "title": page.title,
            "summary": page.summary,
            "url": page.url_path,
            "status": page.status,
            "image": {"alt": images[page.image_id].description, "width": images[page.image_id].width},
            "place": {"name": page.place_name, "latitude": page.latitude, "longitude": page.longitude},
            "phase": {"title": phases[page.pk].title, "kind": phases[page.pk].kind},
            "starts": phases[page.pk].journey.realisation_starts_on,
            "participants": len(people[page.pk]),
            "minimum": str(money[page.pk]["minimum"]),
            "secured": str(money[page.pk]["secured"]),
            "followers": followers[page.pk],
        }
        for page in pages
    ]


def guide() -> Any:
    """The whole guide: phases, guidance, tasks and requirements. Three statements."""
    phases = list(PhasePage.objects.live().order_by("path"))
    tasks: dict[int, list[PhaseTask]] = {phase.pk: [] for phase in phases}
    for task in PhaseTask.objects.select_related("permit_kind").order_by("sort_order"):
        tasks[task.page_id].append(task)
    requirements: dict[int, list[PhaseRequirement]] = {phase.pk: [] for phase in phases}
    for requirement in PhaseRequirement.objects.order_by("sort_order"):
        requirements[requirement.page_id].append(requirement)
    return [
        {
            "title": phase.title,
            "kind": phase.kind,
            "duration": phase.duration,
            "summary": phase.summary,
            "guidance": list(phase.guidance.raw_data),
            "tasks": [{"title": t.title, "help": t.help, "kind": t.kind} for t in tasks[phase.pk]],
            "requirements": [{"label": r.label, "target": str(r.target)} for r in requirements[phase.pk]],
        }
        for phase in phases
    ]
