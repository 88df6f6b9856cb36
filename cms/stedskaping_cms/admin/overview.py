"""One initiative for staff: its journey, people, numbers and history, with what can be decided now."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Site

from stedskaping_cms.admin.initiatives import STATUS_CLASSES
from stedskaping_cms.admin.permissions import worked_initiative
from stedskaping_core.choices import FINISHED_STATES, InitiativeStatus, JourneyPhaseState, TaskKind
from stedskaping_core.events import sentence
from stedskaping_core.models import InitiativePage, Journey, JourneyPhase, JourneyTask, User
from stedskaping_core.permissions import verdicts
from stedskaping_core.plugins.contributions import InitiativePanel
from stedskaping_core.plugins.facade import hooks_for
from stedskaping_core.plugins.registry import get_registry
from stedskaping_core.readiness import JourneyStatus, RequirementStatus, journey_status
from stedskaping_core.sites import SiteFacts, SiteMap

ACTIVITIES = 15


@dataclass(frozen=True)
class TaskRow:
    """A task with what a reader wants to know at a glance."""

    task: JourneyTask
    finished: bool
    overdue: bool


@dataclass(frozen=True)
class RequirementRow:
    """A requirement with its numbers in words; `current` is empty when the number doesn't apply here."""

    status: RequirementStatus
    number: str
    current: str
    target: str

    @property
    def applies(self) -> bool:
        return self.status.current is not None


@dataclass(frozen=True)
class PhaseRow:
    """A phase with its tasks and requirements."""

    phase: JourneyPhase
    tasks: tuple[TaskRow, ...]
    requirements: tuple[RequirementRow, ...]
    missing: tuple[str, ...]

    @property
    def days(self) -> int:
        return (self.phase.planned_end - self.phase.planned_start).days + 1

    @property
    def done(self) -> int:
        return sum(row.finished for row in self.tasks)

    @property
    def active(self) -> bool:
        return self.phase.state == JourneyPhaseState.ACTIVE

    @property
    def settled(self) -> bool:
        return self.phase.state in (JourneyPhaseState.COMPLETED, JourneyPhaseState.SKIPPED)


class OverviewView(WagtailAdminTemplateMixin, TemplateView):
    """The overview. Only people who work with the initiative's pilot, or facilitate it, see it."""

    template_name = "stedskaping_cms/admin/overview.html"
    header_icon = "initiative"

    def dispatch(self, request: HttpRequest, *args: Any, pk: int, **kwargs: Any) -> HttpResponseBase:
        self.page = worked_initiative(request, pk)
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return str(self.page.title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("stedskaping_initiatives:index"), "label": _("Initiatives")},
            {"url": "", "label": self.page.title},
        ]

    def get_header_buttons(self) -> list[Any]:
        buttons = []
        if self.page.permissions_for_user(self.request.user).can_edit():
            edit = reverse("wagtailadmin_pages:edit", args=(self.page.pk,))
            buttons.append(HeaderButton(label=_("Edit the page"), url=edit, icon_name="edit"))
        if self.page.live and self.page.url:
            attrs = {"target": "_blank", "rel": "noreferrer"}
            buttons.append(
                HeaderButton(
                    label=_("See it as visitors do"), url=self.page.url, icon_name="view", attrs=attrs
                )
            )
        return buttons

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page, user = self.page, self.request.user
        facts = SiteMap().site_of(page.url_path)
        journey = Journey.objects.filter(initiative=page).select_related("guide", "started_by").first()
        if journey:
            journey.initiative = page
        status = journey_status(journey) if journey else None
        activities = page.activities.select_related("actor")[:ACTIVITIES]
        return {
            **super().get_context_data(**kwargs),
            "initiative": page,
            "pilot": facts.name if facts else "",
            "status_class": STATUS_CLASSES.get(InitiativeStatus(page.status), ""),
            "can": can(user, page),  # type: ignore[arg-type]
            "journey": journey,
            "status": status,
            "phases": phase_rows(status) if status else [],
            "permits": permit_rows(status) if status else [],
            "reschedules": journey.reschedules.select_related("by") if journey else [],
            "camp_days": journey.camp_days.select_related("by") if journey else [],
            "members": page.members.select_related("user"),
            "outcomes": page.outcomes.all(),
            "activities": [(activity, text) for activity in activities if (text := sentence(activity))],
            "panels": panels(page, facts, self.request),
        }


def can(user: User, page: InitiativePage) -> dict[str, bool]:
    """Which actions the person may do now, by the names of `viewerCan`."""
    return {verdict.action: verdict.allowed for verdict in verdicts(user, [page])[page.pk]}


def panels(page: InitiativePage, facts: SiteFacts | None, request: HttpRequest) -> list[InitiativePanel]:
    """What the plugins of the initiative's site have to say about it."""
    if facts is None:
        return []
    return hooks_for(Site(pk=facts.id)).initiative_panels(page, request)


def phase_rows(status: JourneyStatus) -> list[PhaseRow]:
    """The phases in order. Two statements for the people in their tasks."""
    tasks = [task for phase in status.phases for task in status.tasks[phase.pk]]
    prefetch_related_objects(tasks, "assignee", "done_by")
    found = []
    for phase in status.phases:
        missing = [task.title for task in status.open_required_tasks(phase)]
        missing += [blocker.requirement.label for blocker in status.blocking_requirements(phase)]
        found.append(
            PhaseRow(
                phase=phase,
                tasks=tuple(_task_row(task, status) for task in status.tasks[phase.pk]),
                requirements=tuple(_requirement_row(one) for one in status.requirements[phase.pk]),
                missing=tuple(missing),
            )
        )
    return found


def permit_rows(status: JourneyStatus) -> list[TaskRow]:
    """All permits of the journey, the most urgent first."""
    permits = [
        _task_row(task, status)
        for phase in status.phases
        for task in status.tasks[phase.pk]
        if task.kind == TaskKind.PERMIT
    ]
    return sorted(
        permits, key=lambda row: (row.finished, row.task.due_on is None, row.task.due_on, row.task.pk)
    )


def _task_row(task: JourneyTask, status: JourneyStatus) -> TaskRow:
    finished = task.state in FINISHED_STATES
    overdue = not finished and task.due_on is not None and task.due_on < status.today
    return TaskRow(task, finished, overdue)


def _requirement_row(status: RequirementStatus) -> RequirementRow:
    requirement = status.requirement
    registered = get_registry().metrics.get(requirement.metric)
    unit = registered.record.unit if registered else "count"
    return RequirementRow(
        status=status,
        number=str(registered.record.label) if registered else requirement.metric,
        current="" if status.current is None else amount(status.current, unit),
        target=amount(requirement.target, unit),
    )


def amount(number: Decimal, unit: str) -> str:
    """A metric's number in the active language, with its unit: one of those in `contributions.Metric`."""
    whole = number == number.to_integral_value()
    text = number_format(number, decimal_pos=0 if whole else 1, use_l10n=True, force_grouping=True)
    if unit == "percent":
        return _("%(number)s %%") % {"number": text}
    if unit == "hours":
        return _("%(number)s hours") % {"number": text}
    if unit == "NOK":
        return _("NOK %(number)s") % {"number": text}
    return text
