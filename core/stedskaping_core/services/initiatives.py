"""An initiative's life: from a draft to a built place, or to an honest end."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.coreutils import string_to_ascii

from stedskaping_core.choices import (
    InitiativeStatus,
    JourneyPhaseState,
    JourneyState,
    MemberRole,
    PhaseKind,
)
from stedskaping_core.errors import Refusal
from stedskaping_core.events import record
from stedskaping_core.models import InitiativeIndexPage, InitiativeMember, InitiativePage, Journey, User
from stedskaping_core.permissions import require, require_signed_in
from stedskaping_core.plugins.facade import hooks_for
from stedskaping_core.services.locking import lock_initiative, lock_journey
from stedskaping_core.services.validation import check_fields, refusing, required_reason, required_text
from stedskaping_core.sites import site_of_page

S = InitiativeStatus
# What people write on a new initiative, and what has to fit together.
WRITTEN = frozenset(["title", "slug", "summary", "story", "place_name", "address", "latitude", "longitude"])


@transaction.atomic
def initiative_create(
    *, index: InitiativeIndexPage, actor: User, title: str, summary: str, slug: str = "", **fields: Any
) -> InitiativePage:
    """A draft of the person's own under the pilot's list; `fields` are further columns of the page.

    The author becomes the initiator. Raises `Refusal`: NOT_SIGNED_IN, BLANK for an empty title or summary,
    INVALID with a sentence per wrong field.
    """
    require_signed_in(actor)
    # The row lock makes two creations of the same title wait for each other, so that slugs stay unique.
    parent = InitiativeIndexPage.objects.select_for_update(of=("self",)).get(pk=index.pk)
    page = InitiativePage(
        title=required_text(title, "title"),
        summary=required_text(summary, "summary"),
        slug=_free_slug(parent, slug or title),
        locale_id=parent.locale_id,
        owner=actor,
        live=False,
        **fields,
    )
    check_fields(page, WRITTEN | fields.keys())
    parent.add_child(instance=page)
    page.save_revision(user=actor)
    InitiativeMember.objects.create(initiative=page, user=actor, role=MemberRole.INITIATOR)
    record("core.initiative_created", page, actor=actor)
    return page


def _free_slug(parent: InitiativeIndexPage, wanted: str) -> str:
    # Transliterated, because slugify alone would drop the ø of Bøkkerfjellet.
    base = slugify(string_to_ascii(wanted))[:200] or "initiative"
    taken = set(
        InitiativePage.objects.child_of(parent).filter(slug__startswith=base).values_list("slug", flat=True)
    )
    number, slug = 2, base
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


@transaction.atomic
def initiative_submit(*, initiative: InitiativePage, actor: User | None) -> InitiativePage:
    """Send a draft to the municipality. Plugins may refuse (`validate_initiative_submission`)."""
    page = lock_initiative(initiative)
    require("submit", actor, page)
    missing = [
        sentence
        for empty, sentence in (
            (not page.summary.strip(), _("Write a summary.")),
            (page.place is None, _("Say where it is.")),
            (not page.story, _("Tell the story: what, where, for whom.")),
        )
        if empty
    ]
    if missing:
        raise Refusal("INCOMPLETE", _("Something is missing before it can be sent."), details=missing)
    hooks_for(site_of_page(page)).validate_initiative_submission(page, actor)
    return _change(page, S.SUBMITTED, "core.initiative_submitted", actor)


@transaction.atomic
def initiative_send_back(*, initiative: InitiativePage, actor: User | None, reason: str) -> InitiativePage:
    """Back to the team with a reason."""
    page = lock_initiative(initiative)
    require("sendBack", actor, page)
    return _change(page, S.DRAFT, "core.initiative_sent_back", actor, reason=required_reason(reason))


@transaction.atomic
def initiative_approve(*, initiative: InitiativePage, actor: User | None) -> InitiativePage:
    """The municipality says yes: the page is published and the initiative active.

    Raises `Refusal` INVALID for a page that can't be published as it is.
    """
    page = lock_initiative(initiative)
    require("approve", actor, page)
    _change(page, S.ACTIVE, "core.initiative_approved", actor)
    revision = page.latest_revision or page.save_revision(user=actor)
    with refusing():
        # Who may approve has been decided above; a facilitator has no permissions in the page tree.
        revision.publish(user=actor, skip_permission_checks=True)
    return lock_initiative(page)


@transaction.atomic
def initiative_realise(*, initiative: InitiativePage, actor: User | None) -> InitiativePage:
    """The place is built. Raises `Refusal`: NO_JOURNEY, or NOT_BUILT before the realisation is completed."""
    page = lock_initiative(initiative)
    require("realise", actor, page)
    journey = lock_journey(page)
    if not journey.phases.filter(kind=PhaseKind.REALISATION, state=JourneyPhaseState.COMPLETED).exists():
        raise Refusal("NOT_BUILT", _("Complete the realisation first."))
    return _change(page, S.REALISED, "core.initiative_realised", actor)


@transaction.atomic
def initiative_hand_over(*, initiative: InitiativePage, actor: User | None) -> InitiativePage:
    """Into stewardship: every outcome has somebody who looks after it. Raises `Refusal` NO_STEWARD."""
    page = lock_initiative(initiative)
    require("handOver", actor, page)
    outcomes = list(page.outcomes.all())
    homeless = [outcome.title for outcome in outcomes if not outcome.steward]
    if homeless or not outcomes:
        message = _("Every outcome needs a steward first.") if outcomes else _("Add what was built first.")
        raise Refusal("NO_STEWARD", message, details=homeless)
    return _change(page, S.IN_STEWARDSHIP, "core.initiative_handed_over", actor)


@transaction.atomic
def initiative_discontinue(*, initiative: InitiativePage, actor: User | None, reason: str) -> InitiativePage:
    """End a project honestly. `reason` says why and what was learned; it is shown to everybody."""
    page = lock_initiative(initiative)
    require("discontinue", actor, page)
    reason = required_reason(reason)
    journey = Journey.objects.select_for_update(of=("self",)).filter(initiative_id=page.pk).first()
    if journey and journey.state != JourneyState.COMPLETED:
        journey.state, journey.paused_on = JourneyState.STOPPED, None
        journey.save(update_fields=["state", "paused_on"])
    return _change(page, S.DISCONTINUED, "core.initiative_discontinued", actor, reason=reason)


def set_status(page: InitiativePage, status: str, reason: str = "") -> None:
    """Write the status columns, past the page's own `save`, which leaves them alone."""
    page.status, page.status_reason, page.status_changed_at = status, reason, timezone.now()
    page.save(update_fields=list(InitiativePage.STATUS_FIELDS), clean=False)


def _change(
    page: InitiativePage, status: str, event: str, actor: User | None, **params: Any
) -> InitiativePage:
    set_status(page, status, params.get("reason", ""))
    record(event, page, actor=actor, **params)
    return page
