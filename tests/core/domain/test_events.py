"""Events and the sentences of the activity list."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import translation
from wagtail.models import Page, Site

from stedskaping_core.events import EVENTS, emit, record, sentence
from stedskaping_core.models import Activity, Event
from stedskaping_core.plugins.contributions import EventType
from stedskaping_core.plugins.registry import get_registry

PARAMS = {
    "reason": "Regn.",
    "name": "Kari",
    "role": "facilitator",
    "date": "2026-03-02",
    "from": "2026-04-30",
    "to": "2026-05-14",
    "title": "Budsjett",
    "state": "applied",
    "label": "Minst to",
    "day": 2,
    "text": "Vi la gulvet.",
}


def activity(kind: str, **params: Any) -> Activity:
    return Activity(kind=kind, params=params)


@pytest.mark.parametrize("event", [event for event in EVENTS if event.text], ids=lambda event: event.key)
def test_every_event_reads_as_a_sentence(event: EventType) -> None:
    text = sentence(activity(event.key, **PARAMS))

    assert text
    assert "%" not in text
    assert "?" not in text


def test_dates_and_states_are_shown_in_the_readers_language() -> None:
    moved = activity("core.journey_rescheduled", **PARAMS)
    applied = activity("core.task_updated", **PARAMS)
    named = activity("core.member_role_changed", **PARAMS)

    assert sentence(moved) == "The camp moves from April 30, 2026 to May 14, 2026: Regn."
    assert sentence(applied) == "Budsjett: Applied for"
    assert sentence(named) == "Kari has a new role: Facilitator"
    with translation.override("nb"):
        assert "30. april 2026" in sentence(moved)


def test_what_an_older_row_does_not_say_is_marked() -> None:
    assert sentence(activity("core.initiative_paused")) == "Initiative paused ('reason' ?)"


def test_a_value_that_can_not_be_shown_is_shown_as_it_is() -> None:
    assert sentence(activity("core.task_updated", title="Budsjett", state="Utført")) == "Budsjett: Utført"
    assert sentence(activity("core.journey_started", date=None)) == "The journey starts on None."


def test_a_kind_that_nobody_registers_says_nothing() -> None:
    assert sentence(activity("weather.rained")) == ""


def test_percent_signs_in_what_people_write_stay(world: Any) -> None:
    assert sentence(activity("core.initiative_paused", reason="100 % regn")) == "Paused: 100 % regn"


def test_every_event_has_a_label() -> None:
    assert all(str(event.label) for event in EVENTS)
    assert {event.key for event in EVENTS} <= get_registry().events.keys()


def test_an_event_belongs_to_the_initiatives_site(world: Any) -> None:
    elsewhere = world.add_page("Grillen", pilot=world.voss)

    here = record("core.outcome_added", world.initiative, actor=world.people["team"], title="Benk")
    there = record("core.outcome_added", elsewhere, title="Grill")

    assert (here.event.site, there.event.site) == (world.larvik.site, world.voss.site)
    assert (here.actor, there.actor) == (world.people["team"], None)
    assert (here.params, here.event.payload) == ({"title": "Benk"}, {"title": "Benk"})


def test_an_event_without_an_initiative_is_in_no_activity_list(world: Any) -> None:
    before = Activity.objects.count()

    event = emit("core.plugin_enabled", site=world.larvik.site, payload={"slug": "funding"})

    assert (event.initiative, event.payload) == (None, {"slug": "funding"})
    assert Activity.objects.count() == before


def test_values_are_stored_as_json(world: Any) -> None:
    event = emit("core.outcome_added", site=world.larvik.site, payload={"on": dt.date(2026, 3, 2)})

    assert Event.objects.get(pk=event.pk).payload == {"on": "2026-03-02"}


def test_a_typing_error_does_not_vanish(world: Any) -> None:
    with pytest.raises(LookupError, match=r"no app registers the event “core\.outcome_aded”"):
        emit("core.outcome_aded", site=world.larvik.site)


def test_a_page_outside_every_site_has_no_events(world: Any) -> None:
    Page.objects.filter(pk=world.initiative.pk).update(url_path="/nowhere/benken/")
    world.initiative.refresh_from_db()

    with pytest.raises(Site.DoesNotExist, match="is outside every site"):
        record("core.outcome_added", world.initiative, title="Benk")


def test_an_activity_is_listed_newest_first(world: Any) -> None:
    texts = [sentence(row) for row in world.initiative.activities.all()]

    assert texts == [
        "The journey starts on March 2, 2026.",
        "Approved by the municipality.",
        "Sent to the municipality.",
        "The initiative was created.",
    ]
