"""Writes: what a team does with its budget."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from stedskaping_core.errors import Refusal
from stedskaping_core.events import emit
from stedskaping_core.models import InitiativePage, User
from stedskaping_core.permissions import require
from stedskaping_core.plugins.activation import require_enabled
from stedskaping_core.services.locking import lock_initiative
from stedskaping_core.sites import site_of_page
from stedskaping_core.values import Money
from stedskaping_funding.events import BUDGET_CHANGED
from stedskaping_funding.models import MAX_AMOUNT, NOK, BudgetLine, LineKind
from stedskaping_funding.selectors import totals

# What `budget_line_save` may set; compared with the stored row to see whether anything changes.
COLUMNS = ("kind", "title", "amount", "currency", "required", "secured", "secured_note", "position")


@transaction.atomic
def budget_line_save(
    *,
    initiative: InitiativePage,
    actor: User | None,
    kind: str,
    title: str,
    amount: Money,
    required: bool,
    secured: Money | None = None,
    secured_note: str | None = None,
    position: int | None = None,
    line: BudgetLine | None = None,
) -> BudgetLine:
    """Add a line to the initiative's budget, or change `line`.

    `secured` is the money the team has already for this line and `secured_note` says from whom. What is
    None stays as it was; a new line starts with nothing secured, after the others. Saving the same again
    changes nothing.

    Raises `PluginDisabled` and `Refusal`: NOT_SIGNED_IN, NOT_MEMBER, WRONG_STATUS, NOT_FOUND for a line of
    another initiative, BLANK, TOO_LONG, WRONG_KIND, WRONG_CURRENCY, NEGATIVE_AMOUNT, TOO_LARGE,
    SECURED_EXCEEDS_AMOUNT, WRONG_POSITION.
    """
    page, site = _begin(initiative, actor)
    added = line is None
    row = BudgetLine(initiative=page, position=_next_position(page)) if line is None else _lock(line, page)
    before = [getattr(row, name) for name in COLUMNS]
    row.kind = _kind(kind)
    row.title = _text(title, "title", blank=False)
    row.amount = _amount(amount, "amount")
    row.required = required
    if secured is not None:
        row.secured = _amount(secured, "secured")
    if secured_note is not None:
        row.secured_note = _text(secured_note, "securedNote")
    if position is not None:
        row.position = _position(position)
    if row.secured > row.amount:
        path = "amount" if secured is None else "secured"
        message = _("%(secured)s is secured already; the line can't cost less than that.")
        raise Refusal("SECURED_EXCEEDS_AMOUNT", message % {"secured": row.secured}, path=(path,))
    if not added and before == [getattr(row, name) for name in COLUMNS]:
        return row
    row.changed_at, row.changed_by = timezone.now(), actor
    if added:
        row.created_at, row.created_by = row.changed_at, actor
    row.save()
    _tell(page, site, actor, row, "added" if added else "changed")
    return row


@transaction.atomic
def budget_line_delete(*, line: BudgetLine, actor: User | None) -> InitiativePage:
    """Take a line out of the budget; answers with its initiative.

    Raises `PluginDisabled` and `Refusal`: NOT_SIGNED_IN, NOT_MEMBER, WRONG_STATUS, NOT_FOUND when it is gone
    already.
    """
    page, site = _begin(line.initiative, actor)
    row = _lock(line, page)
    row.delete()
    _tell(page, site, actor, row, "deleted")
    return page


def _begin(initiative: InitiativePage, actor: User | None) -> tuple[InitiativePage, Site]:
    """The initiative, locked: the changes of one budget wait for each other.

    Who may change the initiative's page may change its budget, in the same statuses: not while the draft is
    with the municipality, and not after the end.
    """
    site = site_of_page(initiative)
    require_enabled("funding", site)
    page = lock_initiative(initiative)
    require("update", actor, page)
    return page, site


def _lock(line: BudgetLine, page: InitiativePage) -> BudgetLine:
    row = BudgetLine.objects.select_for_update().filter(pk=line.pk, initiative=page).first()
    if row is None:
        raise Refusal("NOT_FOUND", _("This line isn't in the budget any more."), path=("id",))
    return row


def _next_position(page: InitiativePage) -> int:
    last = BudgetLine.objects.filter(initiative=page).aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def _kind(kind: str) -> str:
    if kind not in LineKind.values:
        names = ", ".join(str(label) for label in LineKind.labels)
        raise Refusal("WRONG_KIND", _("A line is one of: %(names)s.") % {"names": names}, path=("kind",))
    return LineKind(kind).value


def _text(text: str, name: str, *, blank: bool = True) -> str:
    text = text.strip()
    if not text and not blank:
        raise Refusal("BLANK", _("This can't be empty."), path=(name,))
    if len(text) > 200:
        raise Refusal("TOO_LONG", _("This can have 200 characters at most."), path=(name,))
    return text


def _amount(money: Money, name: str) -> Decimal:
    if money.currency != NOK:
        raise Refusal("WRONG_CURRENCY", _("Amounts are in NOK."), path=(name, "currency"))
    if money.amount < 0:
        raise Refusal("NEGATIVE_AMOUNT", _("The amount can't be negative."), path=(name, "amount"))
    if money.amount > MAX_AMOUNT:
        raise Refusal("TOO_LARGE", _("The amount is too large."), path=(name, "amount"))
    return money.amount


def _position(position: int) -> int:
    if not 0 <= position <= 32767:
        raise Refusal("WRONG_POSITION", _("The position is between 0 and 32767."), path=("position",))
    return position


def _tell(page: InitiativePage, site: Site, actor: User | None, line: BudgetLine, change: str) -> None:
    now = totals(BudgetLine.objects.filter(initiative=page))
    emit(
        BUDGET_CHANGED.key,
        site=site,
        actor=actor,
        initiative=page,
        payload={
            "line": str(line.uuid),
            "title": line.title,
            "change": change,
            "minimum": str(now.minimum.amount),
            "optimum": str(now.optimum.amount),
            "secured": str(now.secured.amount),
        },
    )
