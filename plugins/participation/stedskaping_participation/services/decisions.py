"""What an initiative's team does with proposals: answer, merge, choose the concept."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stedskaping_core.errors import Refusal
from stedskaping_core.events import record
from stedskaping_core.models import User
from stedskaping_core.services.locking import lock_initiative
from stedskaping_core.services.validation import required_text
from stedskaping_participation import events
from stedskaping_participation.choices import AnswerState, ProposalState
from stedskaping_participation.models import Proposal, Support
from stedskaping_participation.models.proposals import MAX_BODY
from stedskaping_participation.permissions import REASONS, WRONG_STATE, require
from stedskaping_participation.services.proposals import lock_proposal, lock_proposals, open_site


@transaction.atomic
def proposal_answer(
    *, proposal: Proposal, actor: User | None, state: str, text: str, publish: bool = True
) -> Proposal:
    """Answer a proposal for the team, as a draft or for everybody to read.

    A draft may be without a text; an empty state takes a draft away. Publishing again corrects a public
    answer, whose date is the latest. Raises `PluginDisabled`, or `Refusal` with a code of
    `permissions.REASONS`, WRONG_ANSWER, BLANK, TOO_LONG, or
    ANSWER_IS_PUBLIC for a draft over a public answer.
    """
    open_site(proposal.initiative)
    proposal = lock_proposal(proposal)
    require("answer", actor, proposal)
    text = text.strip()
    if state not in AnswerState.values and (state or text or publish):
        names = ", ".join(AnswerState.values)
        raise Refusal("WRONG_ANSWER", _("The answer can be: %(names)s.") % {"names": names}, path=("state",))
    if publish:
        required_text(text, "text", _("Say why, before it is published."))
    if len(text) > MAX_BODY:
        message = _("The text can't be longer than %(number)s characters.") % {"number": MAX_BODY}
        raise Refusal("TOO_LONG", message, path=("text",))
    if proposal.answer_published and not publish:
        raise Refusal("ANSWER_IS_PUBLIC", _("The answer is public already. Publish the change as well."))
    before = (proposal.answer_published, proposal.answer_state, proposal.answer_text)
    if before == (publish, state, text):
        return proposal
    proposal.answer_state, proposal.answer_text, proposal.answer_published = state, text, publish
    proposal.answered_by = actor
    proposal.answered_at = timezone.now() if publish else None
    proposal.save(
        update_fields=["answer_state", "answer_text", "answer_published", "answered_by", "answered_at"]
    )
    if publish:
        record(
            events.ANSWERED,
            proposal.initiative,
            actor=actor,
            proposal=str(proposal.uuid),
            title=proposal.title,
            state=state,
        )
    return proposal


@transaction.atomic
def proposal_merge(*, proposal: Proposal, into: Proposal, actor: User | None) -> Proposal:
    """Make `proposal` a part of `into`, which is answered.

    Everybody who supported the one supports the other now, nobody counted twice. What was merged into
    `proposal` before leads to `into` as well. Raises `PluginDisabled`, or `Refusal` with a code of
    `permissions.REASONS`, SAME_PROPOSAL or OTHER_INITIATIVE.
    """
    open_site(proposal.initiative)
    if proposal.pk == into.pk:
        raise Refusal("SAME_PROPOSAL", _("A proposal can't become part of itself."), path=("into",))
    if proposal.initiative_id != into.initiative_id:
        raise Refusal("OTHER_INITIATIVE", _("Both proposals must belong to one initiative."), path=("into",))
    locked = lock_proposals(Q(pk__in=(proposal.pk, into.pk)))
    proposal, into = locked[proposal.pk], locked[into.pk]
    require("merge", actor, proposal)
    if into.state != ProposalState.PUBLISHED:
        raise Refusal(WRONG_STATE, REASONS[WRONG_STATE], path=("into",))
    both = Support.objects.filter(proposal=into).values("user")
    Support.objects.filter(proposal=proposal, user__in=both).delete()
    Support.objects.filter(proposal=proposal).update(proposal=into)
    Proposal.objects.filter(merged_into=proposal).update(merged_into=into)
    proposal.state, proposal.merged_into = ProposalState.MERGED, into
    proposal.save(update_fields=["state", "merged_into"])
    record(
        events.MERGED,
        into.initiative,
        actor=actor,
        proposal=str(proposal.uuid),
        title=proposal.title,
        into=str(into.uuid),
        into_title=into.title,
    )
    return into


@transaction.atomic
def proposal_choose(*, proposal: Proposal, actor: User | None, chosen: bool = True) -> Proposal:
    """Make the proposal the initiative's concept, instead of any other; or release it again.

    Raises `PluginDisabled`, or `Refusal` with a code of `permissions.REASONS`.
    """
    open_site(proposal.initiative)
    # The initiative's row, because the choice is between all of its proposals.
    page = lock_initiative(proposal.initiative)
    rivals = lock_proposals(Q(pk=proposal.pk) | Q(initiative=page, chosen=True))
    proposal = rivals.pop(proposal.pk)
    require("choose", actor, proposal)
    if proposal.chosen == chosen:
        return proposal
    if chosen:
        Proposal.objects.filter(pk__in=rivals).update(chosen=False)
    proposal.chosen = chosen
    proposal.save(update_fields=["chosen"])
    record(
        events.CHOSEN if chosen else events.RELEASED,
        proposal.initiative,
        actor=actor,
        proposal=str(proposal.uuid),
        title=proposal.title,
    )
    return proposal
