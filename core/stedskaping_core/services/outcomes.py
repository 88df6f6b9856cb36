"""What was built."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from stedskaping_core.events import record
from stedskaping_core.models import Image, InitiativePage, Outcome, User
from stedskaping_core.permissions import require
from stedskaping_core.services.locking import lock_initiative
from stedskaping_core.services.validation import refusing, required_text
from stedskaping_core.values import Place


@transaction.atomic
def outcome_add(
    *,
    initiative: InitiativePage,
    actor: User | None,
    title: str,
    steward: str = "",
    description: str = "",
    place: Place | None = None,
    image: Image | None = None,
    temporary_until: dt.date | None = None,
) -> Outcome:
    """Record a built thing, who looks after it and until when (None: permanent).

    Raises `Refusal`: BLANK for an empty title, INVALID with a sentence per wrong field.
    """
    page = lock_initiative(initiative)
    require("addOutcome", actor, page)
    outcome = Outcome(
        initiative=page,
        title=required_text(title, "title"),
        steward=steward.strip(),
        description=description,
        image=image,
        temporary_until=temporary_until,
    )
    outcome.place = place
    with refusing():
        outcome.full_clean()
    outcome.save()
    record("core.outcome_added", page, actor=actor, title=outcome.title)
    return outcome
