"""What residents do: propose, improve, withdraw, support."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from stedskaping_core.errors import Refusal
from stedskaping_core.events import emit, record
from stedskaping_core.models import Image, InitiativePage, User
from stedskaping_core.plugins.activation import require_enabled
from stedskaping_core.services.locking import lock_initiative
from stedskaping_core.services.validation import refusing, required_text
from stedskaping_core.sites import site_of_page
from stedskaping_core.values import Place
from stedskaping_participation import SLUG, events
from stedskaping_participation.choices import ProposalState
from stedskaping_participation.models import Proposal, Support
from stedskaping_participation.permissions import require, require_propose
from stedskaping_participation.selectors import site_choices
from stedskaping_participation.services.activity import forget_activity, retitle_activity

# Callers give these together, as `place`.
PLACE_FIELDS = frozenset({"placeName", "address", "latitude", "longitude"})


@transaction.atomic
def proposal_create(
    *,
    initiative: InitiativePage,
    actor: User,
    title: str,
    body: str,
    category: str = "",
    place: Place | None = None,
    image: Image | None = None,
) -> Proposal:
    """Publish a proposal of the person's own.

    `category` is a key of one that the pilot offers. Raises `PluginDisabled`, or `Refusal` with a code of
    `permissions.REASONS`, BLANK, UNKNOWN_CATEGORY or INVALID (too long, no such place).
    """
    site = open_site(initiative)
    page = lock_initiative(initiative)
    choices = site_choices([site.pk])[site.pk]
    require_propose(actor, page, is_open=choices.proposals_open)
    proposal = Proposal(initiative=page, author=actor, image=image)
    proposal.place = place
    _write_texts(proposal, choices.categories, title=title, body=body, category=category)
    proposal.save()
    record(events.CREATED, page, actor=actor, proposal=str(proposal.uuid), title=proposal.title)
    return proposal


@transaction.atomic
def proposal_update(
    *,
    proposal: Proposal,
    actor: User,
    title: str | None = None,
    body: str | None = None,
    category: str | None = None,
    place: Place | None = None,
) -> Proposal:
    """Change one's own proposal until others support it or the team has answered.

    None leaves a column as it is; an empty category, or a `Place` with nothing in it, takes it away. Raises
    like `proposal_create`.
    """
    site = open_site(proposal.initiative)
    proposal = lock_proposal(proposal)
    require("update", actor, proposal)
    old_title = proposal.title
    if place is not None:
        proposal.place = place
    categories = site_choices([site.pk])[site.pk].categories
    _write_texts(proposal, categories, title=title, body=body, category=category)
    proposal.edited_at = timezone.now()
    proposal.save()
    if proposal.title != old_title:
        retitle_activity(proposal)
    return proposal


@transaction.atomic
def proposal_withdraw(*, proposal: Proposal, actor: User) -> Proposal:
    """Take one's own proposal back. It leaves all lists and the activity list; who supported it stays stored.

    Raises `PluginDisabled`, or `Refusal` with a code of `permissions.REASONS`.
    """
    site = open_site(proposal.initiative)
    proposal = lock_proposal(proposal)
    require("withdraw", actor, proposal)
    proposal.state = ProposalState.WITHDRAWN
    proposal.save(update_fields=["state"])
    forget_activity([proposal])
    emit(
        events.WITHDRAWN,
        site=site,
        actor=actor,
        initiative=proposal.initiative,
        payload={"proposal": str(proposal.uuid)},
    )
    return proposal


@transaction.atomic
def proposal_support(*, proposal: Proposal, actor: User, support: bool) -> Proposal:
    """Support a proposal, or take the support back; doing either twice changes nothing.

    Raises `PluginDisabled`, or `Refusal` with a code of `permissions.REASONS`.
    """
    site = open_site(proposal.initiative)
    proposal = lock_proposal(proposal)
    require("support" if support else "unsupport", actor, proposal)
    if support:
        _row, changed = Support.objects.get_or_create(proposal=proposal, user=actor)
    else:
        changed = bool(Support.objects.filter(proposal=proposal, user=actor).delete()[0])
    if changed:
        # Without the person: nobody needs a second place where it is written who supports what.
        payload = {"proposal": str(proposal.uuid), "support": support}
        emit(events.SUPPORT_CHANGED, site=site, initiative=proposal.initiative, payload=payload)
    return proposal


def lock_proposal(proposal: Proposal) -> Proposal:
    """The proposal with its initiative, read again and locked until the transaction ends."""
    return lock_proposals(Q(pk=proposal.pk))[proposal.pk]


def lock_proposals(condition: Q) -> dict[int, Proposal]:
    """Several, by primary key. They are locked in its order, so that nobody blocks anybody in a circle."""
    rows = Proposal.objects.filter(condition).select_related("initiative").order_by("pk")
    return {row.pk: row for row in rows.select_for_update(of=("self",), no_key=True)}


def open_site(initiative: InitiativePage) -> Site:
    """The initiative's site. Raises `PluginDisabled` where participation is off."""
    site = site_of_page(initiative)
    require_enabled(SLUG, site)
    return site


def _write_texts(
    proposal: Proposal,
    offered: Collection[str],
    *,
    title: str | None,
    body: str | None,
    category: str | None,
) -> None:
    """Set what was given, and check the whole row before it is stored."""
    if title is not None:
        proposal.title = required_text(title, "title")
    if body is not None:
        proposal.body = required_text(body, "body")
    if category is not None and category != proposal.category:
        if category and category not in offered:
            known = ", ".join(offered) or "–"
            message = _("There is no such category. Known: %(known)s.") % {"known": known}
            raise Refusal("UNKNOWN_CATEGORY", message, path=("category",))
        proposal.category = category
    try:
        with refusing():
            proposal.full_clean(validate_unique=False)
    except Refusal as refusal:
        if PLACE_FIELDS.isdisjoint(refusal.path):
            raise
        raise Refusal(refusal.code, refusal.message, path=("place",), details=refusal.details) from refusal
