"""What a team may do with its budget, and what is refused."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from stedskaping_core.choices import InitiativeStatus, MemberRole
from stedskaping_core.errors import PluginDisabled, Refusal
from stedskaping_core.models import Activity, Event, InitiativeMember, InitiativePage
from stedskaping_core.services.plugins import plugin_disable, plugin_enable
from stedskaping_core.values import Money
from stedskaping_funding.models import BudgetLine, LineKind
from stedskaping_funding.services import budget_line_delete, budget_line_save

S = InitiativeStatus


def save(page: InitiativePage, actor: Any, **fields: Any) -> BudgetLine:
    values: dict[str, Any] = {
        "kind": LineKind.MATERIAL,
        "title": "Planker",
        "amount": kr(4200),
        "required": True,
    }
    return budget_line_save(initiative=page, actor=actor, **(values | fields))


def kr(amount: int | str) -> Money:
    return Money(Decimal(amount))


@pytest.fixture
def ada(make_person: Any) -> Any:
    return make_person("Ada")


@pytest.fixture
def page(larvik: Any, initiative: Any, ada: Any) -> InitiativePage:
    made: InitiativePage = initiative(larvik, team=(ada,))
    return made


def test_team_adds_lines_in_order(page: InitiativePage, ada: Any) -> None:
    first = save(page, ada, title="  Planker ", secured=kr(1000), secured_note=" Sparebanken ")
    second = save(page, ada, title="Skruer", kind="structure", required=False)

    first.refresh_from_db()
    assert (first.title, first.kind, first.amount, first.currency) == (
        "Planker",
        "material",
        Decimal(4200),
        "NOK",
    )
    assert (first.secured, first.secured_note, first.required) == (Decimal(1000), "Sparebanken", True)
    assert (first.created_by, first.changed_by) == (ada, ada)
    assert [line.title for line in BudgetLine.objects.filter(initiative=page)] == ["Planker", "Skruer"]
    assert (first.position, second.position) == (0, 1)


def test_change_keeps_what_is_not_mentioned(page: InitiativePage, ada: Any, make_person: Any) -> None:
    bo = make_person("Bo")
    InitiativeMember.objects.create(initiative=page, user=bo, role=MemberRole.INITIATOR)
    line = save(page, ada, secured=kr(1000), secured_note="Sparebanken", position=7)

    save(page, bo, line=line, amount=kr(5000))

    line.refresh_from_db()
    assert (line.amount, line.secured, line.secured_note, line.position) == (
        Decimal(5000),
        Decimal(1000),
        "Sparebanken",
        7,
    )
    assert (line.created_by, line.changed_by) == (ada, bo)
    assert line.changed_at > line.created_at


def test_every_change_is_an_event_and_none_fills_the_activity_list(page: InitiativePage, ada: Any) -> None:
    line = save(page, ada, secured=kr(200))
    save(page, ada, line=line, secured=kr(200))
    save(page, ada, line=line, required=False)
    budget_line_delete(line=line, actor=ada)

    events = Event.objects.filter(key="funding.budget_changed").order_by("pk")
    assert [(e.payload["change"], e.payload["minimum"], e.payload["secured"]) for e in events] == [
        ("added", "4200.00", "200.00"),
        ("changed", "0.00", "200.00"),
        ("deleted", "0.00", "0.00"),
    ]
    event = events[0]
    assert (event.actor, event.initiative, event.payload["line"]) == (ada, page, str(line.uuid))
    assert not Activity.objects.filter(kind="funding.budget_changed").exists()


def test_saving_the_same_again_changes_nothing(page: InitiativePage, ada: Any, make_person: Any) -> None:
    bo = make_person("Bo")
    InitiativeMember.objects.create(initiative=page, user=bo, role=MemberRole.TEAM)
    line = save(page, ada)

    save(page, bo, line=line)

    line.refresh_from_db()
    assert line.changed_by == ada
    assert Event.objects.filter(key="funding.budget_changed").count() == 1


@pytest.mark.parametrize(
    ("fields", "code", "path"),
    [
        ({"title": "  "}, "BLANK", ("title",)),
        ({"title": "x" * 201}, "TOO_LONG", ("title",)),
        ({"secured_note": "x" * 201}, "TOO_LONG", ("securedNote",)),
        ({"kind": "salary"}, "WRONG_KIND", ("kind",)),
        ({"amount": Money(Decimal(10), "EUR")}, "WRONG_CURRENCY", ("amount", "currency")),
        ({"amount": kr("-0.01")}, "NEGATIVE_AMOUNT", ("amount", "amount")),
        ({"amount": kr("10000000000")}, "TOO_LARGE", ("amount", "amount")),
        ({"secured": kr(-1)}, "NEGATIVE_AMOUNT", ("secured", "amount")),
        ({"secured": Money(Decimal(1), "EUR")}, "WRONG_CURRENCY", ("secured", "currency")),
        ({"secured": kr("4200.01")}, "SECURED_EXCEEDS_AMOUNT", ("secured",)),
        ({"position": -1}, "WRONG_POSITION", ("position",)),
        ({"position": 32768}, "WRONG_POSITION", ("position",)),
    ],
)
def test_line_that_makes_no_sense_is_refused(
    page: InitiativePage, ada: Any, fields: dict[str, Any], code: str, path: tuple[str, ...]
) -> None:
    with pytest.raises(Refusal) as refused:
        save(page, ada, **fields)

    assert (refused.value.code, refused.value.path) == (code, path)
    assert not BudgetLine.objects.exists()
    assert not Event.objects.filter(key="funding.budget_changed").exists()


def test_largest_amount_fits(page: InitiativePage, ada: Any) -> None:
    line = save(page, ada, amount=kr("9999999999.99"))

    line.refresh_from_db()
    assert line.amount == Decimal("9999999999.99")


def test_line_cannot_become_cheaper_than_what_is_secured(page: InitiativePage, ada: Any) -> None:
    line = save(page, ada, secured=kr(3000))

    with pytest.raises(Refusal) as refused:
        save(page, ada, line=line, amount=kr(2999))

    assert (refused.value.code, refused.value.path) == ("SECURED_EXCEEDS_AMOUNT", ("amount",))
    line.refresh_from_db()
    assert line.amount == Decimal(4200)


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (S.DRAFT, None),
        (S.SUBMITTED, "WRONG_STATUS"),
        (S.ACTIVE, None),
        (S.PAUSED, None),
        (S.REALISED, None),
        (S.IN_STEWARDSHIP, None),
        (S.DISCONTINUED, "WRONG_STATUS"),
    ],
)
def test_status_decides_whether_the_budget_is_open(
    larvik: Any, initiative: Any, ada: Any, status: str, code: str | None
) -> None:
    page = initiative(larvik, team=(ada,), status=status, live=status not in (S.DRAFT, S.SUBMITTED))

    if code is None:
        line = save(page, ada)
        budget_line_delete(line=line, actor=ada)
    else:
        line = BudgetLine.objects.create(initiative=page, title="Planker", amount=Decimal(1))
        for change in (lambda: save(page, ada), lambda: budget_line_delete(line=line, actor=ada)):
            with pytest.raises(Refusal) as refused:
                change()
            assert refused.value.code == code


def test_only_the_team_writes_the_budget(page: InitiativePage, ada: Any, make_person: Any) -> None:
    line = save(page, ada)
    stranger, helper = make_person("Siv"), make_person("Tor")
    InitiativeMember.objects.create(initiative=page, user=helper, role=MemberRole.FACILITATOR)

    for actor, code in (
        (AnonymousUser(), "NOT_SIGNED_IN"),
        (stranger, "NOT_MEMBER"),
        (helper, "NOT_MEMBER"),
    ):
        with pytest.raises(Refusal) as refused:
            save(page, actor, line=line, amount=kr(1))
        assert refused.value.code == code
        with pytest.raises(Refusal) as refused:
            budget_line_delete(line=line, actor=actor)
        assert refused.value.code == code
    assert BudgetLine.objects.get().amount == Decimal(4200)


def test_line_of_another_initiative_is_out_of_reach(
    page: InitiativePage, larvik: Any, initiative: Any, ada: Any
) -> None:
    other = BudgetLine.objects.create(initiative=initiative(larvik, "Scene"), title="Lys", amount=Decimal(1))

    with pytest.raises(Refusal) as refused:
        save(page, ada, line=other)

    assert refused.value.code == "NOT_FOUND"
    other.refresh_from_db()
    assert (other.title, other.initiative.title) == ("Lys", "Scene")


def test_line_that_is_gone_cannot_be_changed_or_deleted_again(page: InitiativePage, ada: Any) -> None:
    line = save(page, ada)
    stale = BudgetLine.objects.get(pk=line.pk)
    budget_line_delete(line=line, actor=ada)

    for change in (lambda: save(page, ada, line=stale), lambda: budget_line_delete(line=stale, actor=ada)):
        with pytest.raises(Refusal) as refused:
            change()
        assert refused.value.code == "NOT_FOUND"


def test_switched_off_nothing_is_written_and_nothing_is_lost(
    page: InitiativePage, larvik: Any, voss: Any, initiative: Any, ada: Any
) -> None:
    line = save(page, ada)
    elsewhere = initiative(voss, team=(ada,))
    plugin_disable(site=larvik.site, slug="funding")

    with pytest.raises(PluginDisabled):
        save(page, ada, title="Skruer")
    with pytest.raises(PluginDisabled):
        budget_line_delete(line=line, actor=ada)
    save(elsewhere, ada)

    plugin_enable(site=larvik.site, slug="funding")
    save(page, ada, title="Skruer")
    assert [row.title for row in BudgetLine.objects.filter(initiative=page)] == ["Planker", "Skruer"]
