"""Guides and phases, and the two page types around initiatives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import graphene
from graphql import GraphQLResolveInfo
from modelcluster.queryset import FakeQuerySet

from stedskaping_core import clock
from stedskaping_core.choices import DurationUnit as DurationUnitChoice
from stedskaping_core.choices import PhaseKind as PhaseKindChoice
from stedskaping_core.choices import TaskKind as TaskKindChoice
from stedskaping_core.models import GuidePage as GuideModel
from stedskaping_core.models import PhasePage as PhaseModel
from stedskaping_core.models import PhaseRequirement as RequirementModel
from stedskaping_core.models import PhaseTask as TaskModel
from stedskaping_graphql.engine.batching import batched
from stedskaping_graphql.engine.context import context_of
from stedskaping_graphql.engine.fields import enum_type, field, non_null_list
from stedskaping_graphql.engine.ids import to_global_id
from stedskaping_graphql.engine.nodes import Node
from stedskaping_graphql.engine.scalars import Decimal
from stedskaping_graphql.types import reading
from stedskaping_graphql.types.blocks import Block, stream
from stedskaping_graphql.types.content import RichText, rich_text
from stedskaping_graphql.types.pages import STEP, Page

PhaseKind = enum_type(PhaseKindChoice, "PhaseKind")
DurationUnit = enum_type(DurationUnitChoice, "DurationUnit")
TaskKind = enum_type(TaskKindChoice, "TaskKind")


class PhaseTask(graphene.ObjectType):
    """Something a team does in a phase."""

    class Meta:
        possible_types = (TaskModel,)

    id = field(graphene.ID)
    title = field(graphene.String)
    help = field(RichText)
    required = field(graphene.Boolean)
    kind = field(TaskKind)
    lead_weeks = field(
        graphene.Int, required=False, description="For permits: weeks from application to answer."
    )

    resolve_help = staticmethod(rich_text("help"))

    @staticmethod
    def resolve_id(task: TaskModel, info: GraphQLResolveInfo) -> str:
        """Shared by the languages of one task, but for the language code."""
        return to_global_id("PhaseTask", f"{task.translation_key}.{task.locale_id}")


class PhaseRequirement(graphene.ObjectType):
    """A number that has to be reached in a phase."""

    class Meta:
        possible_types = (RequirementModel,)

    id = field(graphene.ID)
    metric = field(graphene.String, description="The key of the number, for example core.members.")
    label = field(graphene.String, description="The sentence for people.")
    target = field(Decimal)
    blocking = field(graphene.Boolean, description="False: advice, the phase can be completed without it.")

    @staticmethod
    def resolve_id(requirement: RequirementModel, info: GraphQLResolveInfo) -> str:
        """Shared by the languages of one requirement, but for the language code."""
        return to_global_id("PhaseRequirement", f"{requirement.translation_key}.{requirement.locale_id}")


class GuidePage(graphene.ObjectType):
    """The process a project goes through."""

    class Meta:
        interfaces = (Node, Page)

    intro = field(RichText)
    phases = field(non_null_list(lambda: PhasePage), description="In order.")
    planning_duration = field(
        graphene.String,
        description="The planning phases together as an ISO 8601 duration, for example P182D.",
    )
    realisation_days = field(graphene.Int)

    resolve_intro = staticmethod(rich_text("intro"))

    @staticmethod
    @batched
    def resolve_phases(guides: Sequence[GuideModel], info: GraphQLResolveInfo) -> list[list[PhaseModel]]:
        """Published phases; `planningDuration` and `realisationDays` read the same ones."""
        return _phases_of(guides, info)

    @staticmethod
    @batched
    def resolve_planning_duration(guides: Sequence[GuideModel], info: GraphQLResolveInfo) -> list[str]:
        """Months first, weeks and days counted as days."""
        answers = []
        for phases in _phases_of(guides, info):
            lengths = [clock.Length(phase.kind, phase.duration, phase.duration_unit) for phase in phases]
            months, days = clock.planning_length(lengths)
            answers.append(
                "P" + (f"{months}M" if months else "") + (f"{days}D" if days or not months else "")
            )
        return answers

    @staticmethod
    @batched
    def resolve_realisation_days(guides: Sequence[GuideModel], info: GraphQLResolveInfo) -> list[int]:
        """The length of the realisation phase."""
        return [
            sum(phase.duration for phase in phases if phase.kind == PhaseKindChoice.REALISATION)
            for phases in _phases_of(guides, info)
        ]


def _phases_of(guides: Sequence[GuideModel], info: GraphQLResolveInfo) -> list[list[PhaseModel]]:
    """One statement per request and group of guides, kept for the fields that need the same phases."""
    context = context_of(info)

    def fetch() -> dict[str, list[PhaseModel]]:
        found: dict[str, list[PhaseModel]] = {guide.path: [] for guide in guides}
        pks = reading.shown_pages(context).type(PhaseModel).values("pk")
        depths = {guide.depth + 1 for guide in guides}
        for phase in PhaseModel.objects.filter(pk__in=pks, depth__in=depths).order_by("path"):
            if phase.path[:-STEP] in found:
                found[phase.path[:-STEP]].append(phase)
        return found

    key = ("phases", *sorted(guide.pk for guide in guides))
    found = context.memo(key, fetch)
    return [found[guide.path] for guide in guides]


class PhasePage(graphene.ObjectType):
    """One phase of a guide."""

    class Meta:
        interfaces = (Node, Page)

    kind = field(PhaseKind)
    position = field(graphene.Int, description="From 1, among the guide's published phases.")
    duration = field(graphene.Int, description="0 means that it has no planned end.")
    duration_unit = field(DurationUnit)
    summary = field(graphene.String)
    guidance = field(non_null_list(Block))
    tasks = field(non_null_list(PhaseTask))
    requirements = field(non_null_list(PhaseRequirement))

    resolve_guidance = staticmethod(stream("guidance"))

    @staticmethod
    @batched
    def resolve_position(phases: Sequence[PhaseModel], info: GraphQLResolveInfo) -> list[int]:
        """Counted in the tree, so that it follows when editors move a phase."""
        parents = {phase.path[:-STEP] for phase in phases}
        visible = reading.shown_pages(context_of(info)).type(PhaseModel)
        siblings: dict[str, list[str]] = {path: [] for path in parents}
        depths = {phase.depth for phase in phases}
        for path in visible.filter(depth__in=depths).order_by("path").values_list("path", flat=True):
            siblings.get(path[:-STEP], []).append(path)
        return [_place(siblings[phase.path[:-STEP]], phase.path) for phase in phases]

    @staticmethod
    @batched
    def resolve_tasks(phases: Sequence[PhaseModel], info: GraphQLResolveInfo) -> list[list[TaskModel]]:
        """In the editors' order; of a preview the unsaved ones."""
        return _children(phases, "tasks", TaskModel.objects.select_related("permit_kind"))

    @staticmethod
    @batched
    def resolve_requirements(
        phases: Sequence[PhaseModel], info: GraphQLResolveInfo
    ) -> list[list[RequirementModel]]:
        """In the editors' order; of a preview the unsaved ones."""
        return _children(phases, "requirements", RequirementModel.objects.all())


def _place(paths: Sequence[str], path: str) -> int:
    return paths.index(path) + 1 if path in paths else len(paths) + 1


def _children(phases: Sequence[PhaseModel], relation: str, queryset: Any) -> list[list[Any]]:
    """Inline rows of all phases in one statement; a page made from a revision holds its own."""
    found: dict[int, list[Any]] = {phase.pk: [] for phase in phases}
    unsaved: dict[int, list[Any]] = {}
    for phase in phases:
        held = getattr(phase, relation).get_queryset()
        if isinstance(held, FakeQuerySet):
            # A row that was only just added has no place in the order yet: it comes last.
            unsaved[phase.pk] = sorted(held, key=lambda row: (row.sort_order is None, row.sort_order or 0))
    for row in queryset.filter(page__in=[pk for pk in found if pk not in unsaved]).order_by("sort_order"):
        found[row.page_id].append(row)
    return [unsaved.get(phase.pk, found[phase.pk]) for phase in phases]


class InitiativeIndexPage(graphene.ObjectType):
    """The list of a pilot's initiatives; the initiatives themselves are under `Site.initiatives`."""

    class Meta:
        interfaces = (Node, Page)

    intro = field(RichText)

    resolve_intro = staticmethod(rich_text("intro"))


__all__ = ["DurationUnit", "GuidePage", "InitiativeIndexPage", "PhaseKind", "PhasePage", "TaskKind"]
