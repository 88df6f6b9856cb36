"""Journeys: where a project stands, what is missing and what comes next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal as DecimalValue
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from stedskaping_core.choices import JourneyPhaseState as PhaseStateChoice
from stedskaping_core.choices import JourneyState as JourneyStateChoice
from stedskaping_core.choices import TaskState as TaskStateChoice
from stedskaping_core.models import Journey as JourneyModel
from stedskaping_core.models import JourneyPhase as PhaseModel
from stedskaping_core.models import JourneyTask as TaskModel
from stedskaping_core.models import Reschedule as RescheduleModel
from stedskaping_core.models import Waiver as WaiverModel
from stedskaping_core.readiness import (
    JourneyStatus,
    RequirementStatus,
    Step,
    days_left,
    journey_statuses,
    phases_of_journeys,
)
from stedskaping_graphql.engine.batching import batched, register_siblings
from stedskaping_graphql.engine.connections import page_args
from stedskaping_graphql.engine.context import Context, context_of
from stedskaping_graphql.engine.fields import argument, enum_type, field, non_null_list
from stedskaping_graphql.engine.ids import to_global_id
from stedskaping_graphql.engine.scalars import Date, DateTime, Decimal
from stedskaping_graphql.types import reading
from stedskaping_graphql.types.content import person_of
from stedskaping_graphql.types.guides import PhaseKind, PhasePage, TaskKind
from stedskaping_graphql.types.people import PublicProfile

JourneyState = enum_type(JourneyStateChoice, "JourneyState")
JourneyPhaseState = enum_type(PhaseStateChoice, "JourneyPhaseState")
TaskState = enum_type(TaskStateChoice, "TaskState")


def statuses(context: Context, journeys: Sequence[JourneyModel]) -> dict[int, JourneyStatus]:
    """The computed status of journeys by primary key; those that are asked for together are read together."""
    known: dict[int, JourneyStatus] = context.memo("journey_statuses", dict)
    missing = [journey for journey in journeys if journey.pk not in known]
    if missing:
        phases = _phases(missing, context)
        known.update(journey_statuses(missing, site_map=reading.site_map(context), phases=phases))
    return known


def of_status(read: Callable[[JourneyStatus], Any]) -> Any:
    """A batched resolver for something that is computed from a journey's status."""

    @batched
    def load(journeys: Sequence[JourneyModel], info: GraphQLResolveInfo) -> list[Any]:
        known = statuses(context_of(info), journeys)
        return [read(known[journey.pk]) for journey in journeys]

    return staticmethod(load)


class Waiver(graphene.ObjectType):
    """A facilitator let the requirement go."""

    class Meta:
        possible_types = (WaiverModel,)

    by = field(PublicProfile, required=False)
    at = field(DateTime)
    reason = field(graphene.String)

    resolve_by = staticmethod(person_of("by_id"))


class Requirement(graphene.ObjectType):
    """A number that has to be reached, with the number now."""

    class Meta:
        possible_types = (RequirementStatus,)

    id = field(graphene.ID)
    metric = field(graphene.String)
    label = field(graphene.String)
    source = field(graphene.String, description="The slug of what publishes the number: core or a plugin.")
    current = field(
        Decimal,
        required=False,
        description="Null when the plugin that publishes the metric is off for this site.",
    )
    target = field(Decimal)
    met = field(graphene.Boolean, description="Also true for what doesn't apply here.")
    blocking = field(graphene.Boolean)
    waived = field(Waiver, required=False)

    @staticmethod
    def resolve_id(status: RequirementStatus, info: GraphQLResolveInfo) -> str:
        """From the key that can't be counted up."""
        return to_global_id("Requirement", status.requirement.uuid)

    @staticmethod
    def resolve_metric(status: RequirementStatus, info: GraphQLResolveInfo) -> str:
        """As it was when the journey started."""
        return status.requirement.metric

    @staticmethod
    def resolve_label(status: RequirementStatus, info: GraphQLResolveInfo) -> str:
        """As it was when the journey started."""
        return status.requirement.label

    @staticmethod
    def resolve_source(status: RequirementStatus, info: GraphQLResolveInfo) -> str:
        """The first word of the metric's key."""
        return status.requirement.metric.partition(".")[0]

    @staticmethod
    def resolve_target(status: RequirementStatus, info: GraphQLResolveInfo) -> DecimalValue:
        """As it was when the journey started."""
        return status.requirement.target

    @staticmethod
    def resolve_blocking(status: RequirementStatus, info: GraphQLResolveInfo) -> bool:
        """As it was when the journey started."""
        return status.requirement.blocking

    @staticmethod
    @batched
    def resolve_waived(
        rows: Sequence[RequirementStatus], info: GraphQLResolveInfo
    ) -> list[WaiverModel | None]:
        """Read together with the requirement."""
        return [status.requirement.waiver if status.waived else None for status in rows]


class JourneyTask(graphene.ObjectType):
    """A task of one project."""

    class Meta:
        possible_types = (TaskModel,)

    id = field(graphene.ID)
    title = field(graphene.String)
    required = field(graphene.Boolean)
    kind = field(TaskKind)
    state = field(TaskState)
    due_on = field(
        Date, required=False, description="For permits: the last day that leaves time for the answer."
    )
    done_at = field(DateTime, required=False)
    done_by = field(PublicProfile, required=False)
    assignee = field(PublicProfile, required=False)
    note = field(graphene.String)

    resolve_done_by = staticmethod(person_of("done_by_id"))
    resolve_assignee = staticmethod(person_of("assignee_id"))

    @staticmethod
    def resolve_id(task: TaskModel, info: GraphQLResolveInfo) -> str:
        """From the key that can't be counted up."""
        return to_global_id("JourneyTask", task.uuid)


def _source_page(attribute: Callable[[Any], int | None]) -> Any:
    """A batched resolver for the guide's phase that something was copied from, if it is still published."""

    @batched
    def load(rows: Sequence[Any], info: GraphQLResolveInfo) -> list[Any]:
        loader = reading.pages(context_of(info))
        loader.need(attribute(row) for row in rows)
        return [loader.get(attribute(row)) for row in rows]

    return staticmethod(load)


class JourneyPhase(graphene.ObjectType):
    """A phase with this project's dates."""

    class Meta:
        possible_types = (PhaseModel,)

    id = field(graphene.ID)
    title = field(graphene.String)
    kind = field(PhaseKind)
    position = field(graphene.Int)
    state = field(JourneyPhaseState)
    planned_start = field(Date, description="Dates are the pilot's local days.")
    planned_end = field(
        Date, description="The last day; of a phase without a planned end the day of its review."
    )
    started_at = field(DateTime, required=False)
    completed_at = field(DateTime, required=False)
    guidance = field(PhasePage, required=False)
    ready = field(graphene.Boolean, description="Required tasks done, blocking requirements met or waived.")
    tasks = field(non_null_list(JourneyTask))
    requirements = field(non_null_list(Requirement))

    resolve_guidance = _source_page(lambda phase: phase.source_id)

    @staticmethod
    def resolve_id(phase: PhaseModel, info: GraphQLResolveInfo) -> str:
        """From the key that can't be counted up."""
        return to_global_id("JourneyPhase", phase.uuid)

    @staticmethod
    @batched
    def resolve_ready(phases: Sequence[PhaseModel], info: GraphQLResolveInfo) -> list[bool]:
        """Of completed and skipped phases as well, as it would be judged now."""
        return [status.is_ready(phase) for phase, status in _with_status(phases, info)]

    @staticmethod
    @batched
    def resolve_tasks(phases: Sequence[PhaseModel], info: GraphQLResolveInfo) -> list[list[TaskModel]]:
        """In the guide's order. Read alone: the numbers behind requirements aren't needed for them."""
        found: dict[int, list[TaskModel]] = {phase.pk: [] for phase in phases}
        for task in TaskModel.objects.filter(phase__in=phases).order_by("position"):
            found[task.phase_id].append(task)
        return [found[phase.pk] for phase in phases]

    @staticmethod
    @batched
    def resolve_requirements(
        phases: Sequence[PhaseModel], info: GraphQLResolveInfo
    ) -> list[list[RequirementStatus]]:
        """In the guide's order, with the numbers now."""
        return [list(status.requirements[phase.pk]) for phase, status in _with_status(phases, info)]


def _with_status(
    phases: Sequence[PhaseModel], info: GraphQLResolveInfo
) -> list[tuple[PhaseModel, JourneyStatus]]:
    known = statuses(context_of(info), list({phase.journey_id: phase.journey for phase in phases}.values()))
    return [(phase, known[phase.journey_id]) for phase in phases]


class NextStep(graphene.ObjectType):
    """Something to do next."""

    class Meta:
        possible_types = (Step,)

    kind = field(graphene.String, description="task, permit, agreement or requirement.")
    title = field(graphene.String)
    due_on = field(Date, required=False)
    overdue = field(graphene.Boolean)
    guidance = field(PhasePage, required=False)

    resolve_guidance = _source_page(lambda step: step.phase.source_id)


class Reschedule(graphene.ObjectType):
    """The realisation was moved."""

    class Meta:
        possible_types = (RescheduleModel,)

    from_ = field(Date, name="from")
    to = field(Date)
    reason = field(graphene.String)
    at = field(DateTime)
    by = field(PublicProfile, required=False)

    resolve_by = staticmethod(person_of("by_id"))

    @staticmethod
    def resolve_from_(row: RescheduleModel, info: GraphQLResolveInfo) -> dt.date:
        """The day before the move."""
        return row.from_date

    @staticmethod
    def resolve_to(row: RescheduleModel, info: GraphQLResolveInfo) -> dt.date:
        """The day after the move."""
        return row.to_date


class Journey(graphene.ObjectType):
    """A project's own way through the guide."""

    class Meta:
        possible_types = (JourneyModel,)

    state = field(JourneyState)
    starts_on = field(Date)
    planning_ends_on = field(Date, description="The last day before the realisation.")
    realisation_starts_on = field(Date)
    realisation_ends_on = field(Date)
    days_left = field(graphene.Int, description="To the last day of the realisation, 0 when it is over.")
    progress = field(
        graphene.Float, description="From 0 to 1: required tasks and blocking requirements settled."
    )
    at_risk = field(graphene.Boolean, description="A permit should have been granted or applied for by now.")
    earliest_safe_realisation = field(Date, required=False, description="Only when the journey is at risk.")
    current_phase = field(JourneyPhase, required=False)
    phases = field(non_null_list(JourneyPhase))
    next_steps = field(non_null_list(NextStep), first=argument(graphene.Int))
    reschedules = field(non_null_list(Reschedule))

    resolve_progress = of_status(lambda status: status.progress)
    resolve_at_risk = of_status(lambda status: status.at_risk)
    resolve_earliest_safe_realisation = of_status(lambda status: status.earliest_safe_realisation)

    @staticmethod
    def resolve_days_left(journey: JourneyModel, info: GraphQLResolveInfo) -> int:
        """By the pilot's calendar."""
        return days_left(journey)

    @staticmethod
    def resolve_planning_ends_on(journey: JourneyModel, info: GraphQLResolveInfo) -> dt.date:
        """Follows from the realisation's first day."""
        return journey.realisation_starts_on - dt.timedelta(days=1)

    @staticmethod
    @batched
    def resolve_current_phase(journeys: Sequence[JourneyModel], info: GraphQLResolveInfo) -> list[Any]:
        """The one that is going on."""
        context = context_of(info)
        found = _phases(journeys, context)
        # All phases are siblings, so that what `phases` asks for isn't asked a second time.
        register_siblings(context, list(found.values()))
        return [
            next((phase for phase in found[journey.pk] if phase.state == PhaseStateChoice.ACTIVE), None)
            for journey in journeys
        ]

    @staticmethod
    @batched
    def resolve_phases(journeys: Sequence[JourneyModel], info: GraphQLResolveInfo) -> list[list[PhaseModel]]:
        """In order."""
        found = _phases(journeys, context_of(info))
        return [found[journey.pk] for journey in journeys]

    @staticmethod
    @batched
    def resolve_next_steps(
        journeys: Sequence[JourneyModel], info: GraphQLResolveInfo, first: int | None = None
    ) -> list[list[Step]]:
        """Overdue first, then required, then by date."""
        wanted = page_args(first).first
        known = statuses(context_of(info), journeys)
        return [known[journey.pk].next_steps[:wanted] for journey in journeys]

    @staticmethod
    @batched
    def resolve_reschedules(
        journeys: Sequence[JourneyModel], info: GraphQLResolveInfo
    ) -> list[list[RescheduleModel]]:
        """Oldest first."""
        found: dict[int, list[RescheduleModel]] = {journey.pk: [] for journey in journeys}
        for row in RescheduleModel.objects.filter(journey__in=journeys):
            found[row.journey_id].append(row)
        return [found[journey.pk] for journey in journeys]


def _phases(journeys: Sequence[JourneyModel], context: Context) -> dict[int, list[PhaseModel]]:
    """The phases of journeys, the same objects for every field that shows them. One statement."""
    known: dict[int, list[PhaseModel]] = context.memo("journey_phases", dict)
    missing = [journey for journey in journeys if journey.pk not in known]
    if missing:
        known.update(phases_of_journeys(missing))
    return {journey.pk: known[journey.pk] for journey in journeys}
