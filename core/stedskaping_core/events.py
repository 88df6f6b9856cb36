"""The catalogue of core's events, and the two ways to write one down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from stedskaping_core.choices import MemberRole, TaskState
from stedskaping_core.models import Activity, Event, InitiativePage, User
from stedskaping_core.plugins.contributions import EventType
from stedskaping_core.plugins.registry import get_registry
from stedskaping_core.sites import site_of_page


def _day(value: str) -> str:
    return date_format(dt.date.fromisoformat(value), "DATE_FORMAT")


def _task_state(value: str) -> str:
    return str(TaskState(value).label)


def _role(value: str) -> str:
    return str(MemberRole(value).label)


EVENTS = (
    EventType("core.initiative_created", _("Initiative created"), _("The initiative was created.")),
    EventType("core.initiative_submitted", _("Initiative submitted"), _("Sent to the municipality.")),
    EventType("core.initiative_sent_back", _("Initiative sent back"), _("Sent back to the team: %(reason)s")),
    EventType("core.initiative_approved", _("Initiative approved"), _("Approved by the municipality.")),
    EventType("core.initiative_paused", _("Initiative paused"), _("Paused: %(reason)s")),
    EventType("core.initiative_resumed", _("Initiative resumed"), _("The work goes on.")),
    EventType("core.initiative_realised", _("Initiative realised"), _("Built! The place is there.")),
    EventType(
        "core.initiative_handed_over",
        _("Initiative handed over"),
        _("Handed over to those who look after it."),
    ),
    EventType(
        "core.initiative_discontinued", _("Initiative discontinued"), _("The project was ended: %(reason)s")
    ),
    EventType("core.member_added", _("Member added"), _("%(name)s joined.")),
    EventType(
        "core.member_role_changed",
        _("Role changed"),
        _("%(name)s has a new role: %(role)s"),
        shown={"role": _role},
    ),
    EventType("core.member_removed", _("Member removed"), _("%(name)s left.")),
    EventType(
        "core.journey_started",
        _("Journey started"),
        _("The journey starts on %(date)s."),
        shown={"date": _day},
    ),
    EventType(
        "core.journey_rescheduled",
        _("Journey rescheduled"),
        _("The camp moves from %(from)s to %(to)s: %(reason)s"),
        shown={"from": _day, "to": _day},
    ),
    EventType("core.phase_completed", _("Phase completed"), _("Phase completed: %(title)s")),
    EventType("core.phase_skipped", _("Phase skipped"), _("Phase skipped: %(title)s. %(reason)s")),
    EventType(
        "core.task_updated", _("Task updated"), _("%(title)s: %(state)s"), shown={"state": _task_state}
    ),
    EventType("core.requirement_waived", _("Requirement waived"), _("Waived: %(label)s. %(reason)s")),
    EventType("core.camp_day_reported", _("Camp day reported"), _("Day %(day)s: %(text)s")),
    EventType("core.outcome_added", _("Outcome added"), _("New: %(title)s")),
    EventType("core.plugin_enabled", _("Plugin switched on")),
    EventType("core.plugin_disabled", _("Plugin switched off")),
)


def emit(
    key: str,
    *,
    site: Site,
    actor: User | None = None,
    initiative: InitiativePage | None = None,
    payload: Mapping[str, Any] | None = None,
) -> Event:
    """Write an event in the running transaction; plugins hear of it after the commit.

    Raises `LookupError` for a key that no app registered: a typing error must not vanish in the database.
    """
    from stedskaping_core.plugins.facade import hooks_for

    if key not in get_registry().events:
        raise LookupError(f"no app registers the event “{key}”; add it to register_events")
    with transaction.atomic():
        event = Event.objects.create(
            key=key, site=site, actor=actor, initiative=initiative, payload=dict(payload or {})
        )
        hooks_for(site).event(event)
    return event


def record(key: str, initiative: InitiativePage, *, actor: User | None = None, **params: Any) -> Activity:
    """Write an event and its line in the initiative's activity list. `params` fill the event type's text."""
    with transaction.atomic():
        site = site_of_page(initiative)
        event = emit(key, site=site, actor=actor, initiative=initiative, payload=params)
        return Activity.objects.create(
            initiative=initiative, event=event, kind=key, params=event.payload, actor=actor, at=event.at
        )


def sentence(activity: Activity) -> str:
    """The activity's sentence in the active language; empty for a kind whose plugin is gone."""
    registered = get_registry().events.get(activity.kind)
    if registered is None:
        return ""
    event: EventType = registered.record
    try:
        return str(event.text) % {name: _shown(event, name, value) for name, value in activity.params.items()}
    except KeyError as missing:
        # The text asks for more than this older row recorded.
        return f"{event.label} ({missing} ?)"


def _shown(event: EventType, name: str, value: Any) -> Any:
    if name not in event.shown:
        return value
    try:
        return event.shown[name](value)
    except (TypeError, ValueError):
        # An older row holds something else there; what it says is better than nothing.
        return value
