"""Who may do what with proposals, and why not: the same answer for `viewerCan` and for the services."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from stedskaping_core import permissions as core
from stedskaping_core.choices import InitiativeStatus
from stedskaping_core.errors import Refusal
from stedskaping_core.models import InitiativePage, User
from stedskaping_core.permissions import Verdict
from stedskaping_participation import selectors
from stedskaping_participation.choices import ProposalState
from stedskaping_participation.models import Proposal

# None is the platform itself, which may do what the state of things allows.
Person = User | AnonymousUser | None

S = InitiativeStatus
EVERYBODY, AUTHOR, TEAM = "everybody", "author", "team"

NOT_AUTHOR = "NOT_AUTHOR"
WRONG_STATE = "WRONG_STATE"
WINDOW_CLOSED = "WINDOW_CLOSED"
HAS_SUPPORT = "HAS_SUPPORT"
HAS_ANSWER = "HAS_ANSWER"
IS_CHOSEN = "IS_CHOSEN"

REASONS = {
    **core.REASONS,
    NOT_AUTHOR: _("Only the person who wrote the proposal can do this."),
    WRONG_STATE: _("The proposal isn't open any more."),
    WINDOW_CLOSED: _("Proposals are closed for now."),
    HAS_SUPPORT: _("Others support the proposal as it stands. You can withdraw it, but not change it."),
    HAS_ANSWER: _("The team has answered the proposal. You can withdraw it, but not change it."),
    IS_CHOSEN: _("The proposal is the chosen concept. The team has to release it first."),
}


@dataclass(frozen=True)
class Action:
    """Something to do with a proposal: who may, in which states of the proposal and statuses of its
    initiative, and which facts about it stand against it."""

    name: str
    who: str
    statuses: Collection[str]
    states: Collection[str] = (ProposalState.PUBLISHED,)
    unless: tuple[str, ...] = ()


ACTIONS = {
    action.name: action
    for action in (
        Action("update", AUTHOR, (S.ACTIVE, S.PAUSED), unless=(IS_CHOSEN, HAS_ANSWER, HAS_SUPPORT)),
        Action("withdraw", AUTHOR, S.values, unless=(IS_CHOSEN,)),
        Action("support", EVERYBODY, (S.ACTIVE,)),
        # Taking one's own name back is possible at any time.
        Action("unsupport", EVERYBODY, S.values, states=ProposalState.values),
        Action("answer", TEAM, (S.ACTIVE, S.PAUSED, S.REALISED, S.IN_STEWARDSHIP)),
        Action("merge", TEAM, (S.ACTIVE, S.PAUSED), unless=(IS_CHOSEN,)),
        Action("choose", TEAM, (S.ACTIVE, S.PAUSED)),
    )
}
PROPOSE = Action("propose", EVERYBODY, (S.ACTIVE,), unless=(WINDOW_CLOSED,))


def viewer_can(user: User | AnonymousUser, proposals: Sequence[Proposal]) -> Mapping[int, list[Verdict]]:
    """Every action's verdict for each proposal, by primary key.

    Statements: one for the initiatives; for somebody signed in one for their memberships, one for the pilots
    they work for, and for an author one for the support.
    """
    ids = {proposal.initiative_id for proposal in proposals}
    # Without the texts, which nothing here looks at.
    initiatives = InitiativePage.objects.only("path", "status").in_bulk(ids)
    roles = core.roles_of(user, list(initiatives.values()))
    facts = _facts(user, proposals)
    return {
        proposal.pk: [
            _verdict(
                action,
                user,
                is_author=proposal.author_id is not None and proposal.author_id == user.pk,
                is_team=_is_team(roles.get(proposal.initiative_id, ())),
                state=proposal.state,
                status=initiatives[proposal.initiative_id].status,
                facts=facts[proposal.pk],
            )
            for action in ACTIONS.values()
        ]
        for proposal in proposals
    }


def require(name: str, actor: Person, proposal: Proposal) -> None:
    """Raise `Refusal` with the verdict's code unless `actor` may do the action with the proposal."""
    initiative = proposal.initiative
    roles = core.roles_of(actor, [initiative]).get(initiative.pk, ()) if actor else ()
    verdict = _verdict(
        ACTIONS[name],
        actor,
        is_author=actor is None or (proposal.author_id is not None and proposal.author_id == actor.pk),
        is_team=actor is None or _is_team(roles),
        state=proposal.state,
        status=initiative.status,
        facts=_facts(actor, [proposal])[proposal.pk],
    )
    _raise_unless(verdict)


def may_propose(
    user: Person, initiatives: Sequence[InitiativePage], open_for: Mapping[int, bool]
) -> Mapping[int, Verdict]:
    """The verdict on adding a proposal to each initiative; `open_for` says where proposals are open."""
    return {
        page.pk: _verdict(
            PROPOSE,
            user,
            status=page.status,
            facts=() if open_for[page.pk] else (WINDOW_CLOSED,),
        )
        for page in initiatives
    }


def require_propose(actor: Person, initiative: InitiativePage, *, is_open: bool) -> None:
    """Raise `Refusal` unless `actor` may add a proposal to the initiative."""
    _raise_unless(may_propose(actor, [initiative], {initiative.pk: is_open})[initiative.pk])


def _verdict(
    action: Action,
    user: Person,
    *,
    status: str,
    facts: Collection[str],
    state: str = ProposalState.PUBLISHED,
    is_author: bool = False,
    is_team: bool = False,
) -> Verdict:
    against = next((fact for fact in action.unless if fact in facts), None)
    if user is not None and not user.is_authenticated:
        code: str | None = core.NOT_SIGNED_IN
    elif action.who == AUTHOR and not is_author:
        code = NOT_AUTHOR
    elif action.who == TEAM and not is_team:
        code = core.NOT_MEMBER
    elif state not in action.states:
        code = WRONG_STATE
    elif status not in action.statuses:
        code = core.WRONG_STATUS
    else:
        code = against
    return Verdict(action.name, code is None, code, REASONS[code] if code else None)


def _raise_unless(verdict: Verdict) -> None:
    if not verdict.allowed:
        raise Refusal(verdict.code or "", verdict.reason)


def _is_team(roles: Iterable[str]) -> bool:
    return not set(core.MEMBERS).isdisjoint(roles)


def _facts(user: Person, proposals: Sequence[Proposal]) -> dict[int, set[str]]:
    """What stands against changing each proposal. Only authors are asked about support."""
    own = [p.pk for p in proposals if user is None or (p.author_id is not None and p.author_id == user.pk)]
    supported = selectors.supported_by_others(own) if own else set()
    facts: dict[int, set[str]] = {}
    for proposal in proposals:
        found = {IS_CHOSEN: proposal.chosen, HAS_ANSWER: proposal.answer_published}
        found[HAS_SUPPORT] = proposal.pk in supported
        facts[proposal.pk] = {code for code, holds in found.items() if holds}
    return facts
