"""Participation's part in the contract: switching off and on, cards, panels, events, the block."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from typing import Any

import pytest
from django.test import RequestFactory
from django.utils import timezone
from wagtail.blocks import StructBlockValidationError

from stedskaping_core.choices import InitiativeStatus
from stedskaping_core.models import InitiativePage, User
from stedskaping_core.plugins.facade import hooks_for
from stedskaping_core.plugins.registry import get_registry
from stedskaping_core.services.pilots import Pilot
from stedskaping_core.services.plugins import plugin_disable, plugin_enable
from stedskaping_participation import events, hooks
from stedskaping_participation.models import Proposal, Support
from stedskaping_participation.overview import dashboard_cards, initiative_panels

Propose = Callable[..., Proposal]
Spoken = Callable[[InitiativePage], list[str]]


def test_off_and_on_keeps_everything_and_tells_active_projects(
    propose: Propose,
    bench: InitiativePage,
    larvik: Pilot,
    voss: Pilot,
    mats: User,
    ola: User,
    spoken: Spoken,
    make_initiative: Callable[..., InitiativePage],
    set_status: Callable[[InitiativePage, str], None],
    django_capture_on_commit_callbacks: Any,
) -> None:
    # given a project with a supported proposal, one at rest, and one in another pilot
    propose("Tak", supporters=[ola])
    resting = make_initiative(larvik, "Skatehjørnet", author=mats)
    set_status(resting, InitiativeStatus.PAUSED)
    elsewhere = make_initiative(voss, "Elvestien", author=mats)
    # when participation is switched off and on again
    with django_capture_on_commit_callbacks(execute=True):
        plugin_disable(site=larvik.site, slug="participation")
    with django_capture_on_commit_callbacks(execute=True):
        plugin_enable(site=larvik.site, slug="participation")
    # then nothing is lost, and the active project of that site says so
    assert (Proposal.objects.count(), Support.objects.count()) == (1, 1)
    assert spoken(bench) == ["Participation is closed for now.", "Participation is open."]
    assert (spoken(resting), spoken(elsewhere)) == ([], [])


def test_a_failed_notice_leaves_no_half_of_it(
    bench: InitiativePage,
    larvik: Pilot,
    mats: User,
    spoken: Spoken,
    make_initiative: Callable[..., InitiativePage],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken = make_initiative(larvik, "Skatehjørnet", author=mats)
    record = hooks.record

    def fail_for_one(key: str, initiative: InitiativePage) -> Any:
        if initiative.pk == broken.pk:
            raise RuntimeError("no room")
        return record(key, initiative)

    monkeypatch.setattr(hooks, "record", fail_for_one)
    with pytest.raises(RuntimeError, match="no room"):
        hooks.on_disabled(site=larvik.site)
    assert spoken(bench) == []


def test_the_card_counts_a_month_of_one_site(
    propose: Propose,
    larvik: Pilot,
    voss: Pilot,
    mats: User,
    make_initiative: Callable[..., InitiativePage],
    django_assert_num_queries: Any,
) -> None:
    now = timezone.now()
    propose("Tak", created_at=now - dt.timedelta(days=29))
    propose("Bord", answer_state="accepted", answer_text="Ja.", answer_published=True, answered_at=now)
    propose("Gammelt", created_at=now - dt.timedelta(days=31))
    propose("Trukket", state="withdrawn")
    propose("Lys", initiative=make_initiative(voss, "Elvestien", author=mats))
    request = RequestFactory().get("/admin/")
    with django_assert_num_queries(4):
        (card,) = dashboard_cards(larvik.site, request)
    assert (card.title, card.value) == ("Proposals in the last 30 days", "2")
    assert card.detail == "2 wait for an answer"
    assert card.url == "/admin/participation/proposals/"
    assert dashboard_cards(voss.site, request)[0].detail == "1 waits for an answer"


def test_the_panel_sums_an_initiative_up(
    propose: Propose, bench: InitiativePage, ola: User, django_assert_num_queries: Any
) -> None:
    request = RequestFactory().get("/admin/")
    (before,) = initiative_panels(bench, request)
    assert before.rows[3] == ("Concept chosen", "not yet")
    now = timezone.now()
    propose("Tak", supporters=[ola], chosen=True)
    propose("Bord", answer_state="rejected", answer_text="Nei.", answer_published=True, answered_at=now)
    with django_assert_num_queries(2):
        (panel,) = initiative_panels(bench, request)
    assert panel.title == "Participation"
    assert panel.rows == (
        ("Participants", "2"),
        ("Proposals", "2"),
        ("Answered", "1"),
        ("Concept chosen", "Tak"),
    )
    assert panel.url == f"/admin/participation/proposals/?initiative={bench.pk}"


def test_cards_and_panels_leave_with_the_plugin(bench: InitiativePage, larvik: Pilot) -> None:
    request = RequestFactory().get("/admin/")
    assert any(p.title == "Participation" for p in hooks_for(larvik.site).initiative_panels(bench, request))
    plugin_disable(site=larvik.site, slug="participation")
    found = hooks_for(larvik.site)
    assert not any(p.title == "Participation" for p in found.initiative_panels(bench, request))
    assert not any("Proposals" in card.title for card in found.dashboard_cards(larvik.site, request))


def test_every_event_is_registered_once() -> None:
    registered = {key for key in get_registry().events if key.startswith("participation.")}
    named = {value for name, value in vars(events).items() if name.isupper() and isinstance(value, str)}
    assert registered == named


def offered(slot: str, slugs: Collection[str] | None) -> dict[str, Any]:
    """The blocks that editors of a site with these plugins may use, by name."""
    return {kind.name: kind.factory() for kind in get_registry().blocks_for(slot, slugs)}


def test_editors_get_the_block_in_three_slots_with_a_preview() -> None:
    for slot in ("body", "guidance", "story"):
        assert "participation_proposals" in offered(slot, {"participation"})
        assert "participation_proposals" not in offered(slot, set())
    assert "participation_proposals" not in offered("footer", None)
    block = offered("body", None)["participation_proposals"]
    shown = block.render(block.get_preview_value())
    assert "<h3>What people propose</h3>" in shown
    assert shown.count("<li>") == 3
    assert "41 people support it" in shown


def test_the_block_wants_a_heading_and_a_sensible_number(db: None) -> None:
    block = offered("body", None)["participation_proposals"]
    for wrong in ({"heading": "", "number": 3}, {"heading": "Forslag", "number": 13}):
        with pytest.raises(StructBlockValidationError):
            block.clean(block.to_python({"initiative": None, **wrong}))
