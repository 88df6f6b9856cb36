"""Who may do what with an initiative, and why not: the same answer for `viewerCan` and for the services."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import FilteredRelation, Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import GroupPagePermission

from stedskaping_core.choices import InitiativeStatus, JourneyState, MemberRole
from stedskaping_core.errors import Refusal
from stedskaping_core.models import InitiativeMember, InitiativePage, User

S = InitiativeStatus
MEMBERS = (MemberRole.INITIATOR, MemberRole.TEAM, MemberRole.FACILITATOR)
TEAM = (MemberRole.INITIATOR, MemberRole.TEAM)
FACILITATOR = (MemberRole.FACILITATOR,)
RUNNING = (S.ACTIVE,)
# The aftercare goes on when the place is built, and after somebody else has taken over.
AT_WORK = (S.ACTIVE, S.REALISED, S.IN_STEWARDSHIP)
ALIVE = (S.DRAFT, S.SUBMITTED, S.ACTIVE, S.PAUSED, S.REALISED, S.IN_STEWARDSHIP)
NO_JOURNEY_YET = "none"

NOT_SIGNED_IN = "NOT_SIGNED_IN"
NOT_MEMBER = "NOT_MEMBER"
NOT_FACILITATOR = "NOT_FACILITATOR"
WRONG_STATUS = "WRONG_STATUS"
NO_JOURNEY = "NO_JOURNEY"
ALREADY_STARTED = "ALREADY_STARTED"
NOT_RUNNING = "NOT_RUNNING"
NOT_PAUSED = "NOT_PAUSED"

REASONS = {
    NOT_SIGNED_IN: _("Sign in first."),
    NOT_MEMBER: _("Only members of the initiative can do this."),
    NOT_FACILITATOR: _("Only the facilitator or the pilot's staff can do this."),
    WRONG_STATUS: _("The initiative's status doesn't allow it now."),
    NO_JOURNEY: _("The journey hasn't started yet."),
    ALREADY_STARTED: _("The journey has started already."),
    NOT_RUNNING: _("The journey isn't running."),
    NOT_PAUSED: _("The journey isn't paused."),
}
_JOURNEY_CODES = {
    NO_JOURNEY_YET: ALREADY_STARTED,
    JourneyState.RUNNING: NOT_RUNNING,
    JourneyState.PAUSED: NOT_PAUSED,
}


@dataclass(frozen=True)
class Action:
    """Something to do with an initiative: which roles may, in which statuses, in which state of the journey.

    Pilot staff may do whatever a facilitator may. `journey` is a `JourneyState`, NO_JOURNEY_YET, or empty
    when it doesn't matter.
    """

    name: str
    roles: tuple[str, ...]
    statuses: tuple[str, ...]
    journey: str = ""


ACTIONS = {
    action.name: action
    for action in (
        Action("update", TEAM, (S.DRAFT, S.ACTIVE, S.PAUSED, S.REALISED, S.IN_STEWARDSHIP)),
        Action("submit", TEAM, (S.DRAFT,)),
        Action("approve", FACILITATOR, (S.SUBMITTED,)),
        Action("sendBack", FACILITATOR, (S.SUBMITTED,)),
        Action("inviteMember", TEAM, ALIVE),
        Action("removeMember", TEAM, ALIVE),
        # The municipality chooses its person: a team that could would approve and waive for itself.
        Action("nameFacilitator", FACILITATOR, ALIVE),
        Action("startJourney", MEMBERS, RUNNING, NO_JOURNEY_YET),
        Action("updateTask", MEMBERS, AT_WORK, JourneyState.RUNNING),
        Action("completePhase", MEMBERS, AT_WORK, JourneyState.RUNNING),
        Action("skipPhase", FACILITATOR, AT_WORK, JourneyState.RUNNING),
        Action("waiveRequirement", FACILITATOR, AT_WORK, JourneyState.RUNNING),
        Action("reportCampDay", MEMBERS, RUNNING, JourneyState.RUNNING),
        Action("reschedule", MEMBERS, RUNNING, JourneyState.RUNNING),
        Action("pause", MEMBERS, RUNNING, JourneyState.RUNNING),
        Action("resume", MEMBERS, (S.PAUSED,), JourneyState.PAUSED),
        Action("realise", MEMBERS, RUNNING),
        Action("discontinue", MEMBERS, (S.ACTIVE, S.PAUSED, S.REALISED)),
        Action("addOutcome", MEMBERS, AT_WORK),
        Action("handOver", FACILITATOR, (S.REALISED,)),
    )
}


@dataclass(frozen=True)
class Verdict:
    """Whether an action is allowed, and when not a stable code and a sentence."""

    action: str
    allowed: bool
    code: str | None = None
    reason: Any = None


@dataclass(frozen=True)
class Standing:
    """What a verdict on one initiative depends on, besides its status."""

    roles: frozenset[str]
    journey: str = NO_JOURNEY_YET


# Of somebody without any role, and of an initiative that has been deleted meanwhile.
NOBODY = Standing(frozenset())


def verdicts(
    user: User | AnonymousUser, initiatives: Sequence[InitiativePage]
) -> Mapping[int, list[Verdict]]:
    """Every action's verdict for each initiative, by primary key. No statement for visitors, two for
    everybody else: one for roles and journeys, one for the pilots whose staff the person is."""
    standings = _standings(user, initiatives)
    return {
        page.pk: [_judge(action, user, page, standings.get(page.pk, NOBODY)) for action in ACTIONS.values()]
        for page in initiatives
    }


def require(name: str, user: User | AnonymousUser | None, initiative: InitiativePage) -> None:
    """Raise `Refusal` with the verdict's code unless `user` may do the action. None means the platform
    itself, which may do everything that the status and the journey allow."""
    standing = _standings(user, [initiative]).get(initiative.pk, NOBODY)
    verdict = _judge(ACTIONS[name], user, initiative, standing)
    if not verdict.allowed:
        raise Refusal(verdict.code or "", verdict.reason)


def require_signed_in(user: User | AnonymousUser) -> None:
    """Raise `Refusal` NOT_SIGNED_IN for a visitor or a closed account."""
    if not user.is_authenticated or not user.is_active:
        raise Refusal(NOT_SIGNED_IN, REASONS[NOT_SIGNED_IN])


def is_pilot_staff(user: User | AnonymousUser, initiative: InitiativePage) -> bool:
    """Whether the person may publish in the pilot that the initiative belongs to."""
    return bool(_staff_of(user, [initiative]))


def roles_of(user: User | AnonymousUser, initiatives: Sequence[InitiativePage]) -> dict[int, frozenset[str]]:
    """The person's roles in each initiative, by primary key; pilot staff count as facilitators. Plugins judge
    their own actions by it. Two statements at most."""
    if not user.is_authenticated or not user.is_active:
        return {}
    roles: dict[int, set[str]] = {}
    memberships = InitiativeMember.objects.filter(user=user, initiative__in=[page.pk for page in initiatives])
    for initiative_id, role in memberships.values_list("initiative_id", "role"):
        roles.setdefault(initiative_id, set()).add(role)
    for initiative_id in _staff_of(user, initiatives):
        roles.setdefault(initiative_id, set()).add(MemberRole.FACILITATOR)
    return {key: frozenset(value) for key, value in roles.items()}


def _standings(
    user: User | AnonymousUser | None, initiatives: Sequence[InitiativePage]
) -> Mapping[int, Standing]:
    if user is not None and not user.is_authenticated:
        return {}
    pages = InitiativePage.objects.filter(pk__in=[page.pk for page in initiatives]).order_by()
    if user is None:
        states = pages.values_list("pk", "journey__state")
        return {pk: Standing(frozenset(MEMBERS), state or NO_JOURNEY_YET) for pk, state in states}
    mine = FilteredRelation("members", condition=Q(members__user=user))
    rows = pages.annotate(mine=mine).values_list("pk", "mine__role", "journey__state")
    staffed = _staff_of(user, initiatives)
    standings = {}
    for pk, role, state in rows:
        roles = {role} if role and user.is_active else set()
        if pk in staffed:
            roles.add(MemberRole.FACILITATOR)
        standings[pk] = Standing(frozenset(roles), state or NO_JOURNEY_YET)
    return standings


def _judge(
    action: Action, user: User | AnonymousUser | None, page: InitiativePage, standing: Standing
) -> Verdict:
    code = _refusal_code(action, user, page, standing)
    return Verdict(action.name, code is None, code, REASONS[code] if code else None)


def _refusal_code(
    action: Action, user: User | AnonymousUser | None, page: InitiativePage, standing: Standing
) -> str | None:
    if user is not None and not user.is_authenticated:
        return NOT_SIGNED_IN
    if not standing.roles.intersection(action.roles):
        return NOT_FACILITATOR if action.roles == FACILITATOR else NOT_MEMBER
    if page.status not in action.statuses:
        return WRONG_STATUS
    if action.journey and standing.journey != action.journey:
        missing = standing.journey == NO_JOURNEY_YET
        return NO_JOURNEY if missing else _JOURNEY_CODES[action.journey]
    return None


def _staff_of(user: User | AnonymousUser, initiatives: Iterable[InitiativePage]) -> set[int]:
    """The initiatives in whose pilot the person may publish pages."""
    paths = publishing_paths(user)
    return {page.pk for page in initiatives if any(page.path.startswith(path) for path in paths)}


def publishing_paths(user: User | AnonymousUser) -> list[str]:
    """Tree paths below which the person may publish: a pilot's staff. For a superuser the whole tree."""
    if not user.is_authenticated or not user.is_active:
        return []
    if user.is_superuser:
        return [""]
    granted = GroupPagePermission.objects.filter(group__user=user, permission__codename="publish_page")
    return list(granted.values_list("page__path", flat=True))
