"""The demo's content files: complete in every language, and every key in them leads somewhere."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from stedskaping_cms.demo import texts
from stedskaping_cms.demo.pictures import KINDS
from stedskaping_core.choices import InitiativeStatus, TaskState
from stedskaping_core.services.guides import shipped

# Values that are the same in every language; all other texts only have to be there.
KEYS = ("type", "key", "picture", "page", "tone", "level", "section", "menu", "published", "capacity")
KEYS += ("starts_at", "ends_at")


def shape(value: Any, name: str = "") -> Any:
    """The skeleton of a file: what must not differ between languages."""
    if isinstance(value, Mapping):
        return {key: shape(item, key) for key, item in value.items()}
    if isinstance(value, list):
        return [shape(item) for item in value]
    return value if name in KEYS else type(value).__name__


def found(value: Any, name: str) -> Iterator[Any]:
    """All values under a key, however deep."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            if key == name:
                yield item
            yield from found(item, name)
    elif isinstance(value, list):
        for item in value:
            yield from found(item, name)


def everything() -> list[texts.Entry]:
    national = [texts.national(code) for code in texts.LANGUAGES]
    return [*national, *texts.pilots().values(), *texts.initiatives().values()]


@pytest.mark.parametrize("code", texts.LANGUAGES)
def test_the_national_site_is_the_same_in_every_language(code: str) -> None:
    assert shape(texts.national(code)) == shape(texts.national("nb"))


def test_every_pilot_has_its_texts_in_every_language() -> None:
    for key, entry in texts.pilots().items():
        assert set(entry["text"]) == set(texts.LANGUAGES), key
        assert len({frozenset(words) for words in entry["text"].values()}) == 1, key


def test_every_picture_is_described_and_can_be_drawn() -> None:
    for key, entry in texts.pictures().items():
        assert set(entry["alt"]) == set(texts.LANGUAGES), key
        assert entry["kind"] in KINDS, key
        assert entry.get("pilot") in (None, *texts.pilots()), key


def test_every_picture_that_is_named_exists_and_is_used() -> None:
    named = {picture for entry in everything() for picture in found(entry, "picture")}

    assert named == set(texts.pictures())


def test_every_link_leads_to_a_page() -> None:
    words = texts.national("nb")
    pages = {entry["key"] for entry in [*words["pages"], *words["courses"]]} | {"home", "guide"}

    assert {page for entry in everything() for page in found(entry, "page")} <= pages


def test_every_person_in_a_project_lives_in_its_pilot() -> None:
    people = {key: {person["key"] for person in entry["people"]} for key, entry in texts.pilots().items()}
    for key, entry in texts.initiatives().items():
        named = {entry["initiator"], *entry["team"], *entry["followers"], *found(entry, "author")}
        named |= {person for group in found(entry, "supporters") for person in group}
        assert named <= people[entry["pilot"]], key


def test_each_pilot_has_a_person_for_every_role() -> None:
    roles = {"manager", "editor", "moderator", "facilitator", "initiator", "resident"}
    for key, entry in texts.pilots().items():
        names = {person["role"]: person["name"] for person in entry["people"] if person["key"] in roles}
        assert set(names) == roles, key
        assert names["facilitator"] == entry["contact_person"], key


def test_what_projects_say_about_their_journey_is_in_the_guide() -> None:
    phases = shipped("structure")["phases"]
    tasks = {task["key"] for phase in phases for task in phase["tasks"]}
    permits = {kind["key"] for kind in shipped("structure")["permit_kinds"]}
    metrics = {gate["metric"] for phase in phases for gate in phase["requirements"]}
    for key, entry in texts.initiatives().items():
        assert entry["status"] in InitiativeStatus.values, key
        assert entry.get("phase", "idea") in {phase["key"] for phase in phases}, key
        assert {*entry.get("open_tasks", ()), *entry.get("notes", ())} <= tasks, key
        assert {*entry.get("permits", ()), entry.get("late_permit", "building_permit")} <= permits, key
        assert set(entry.get("permits", {}).values()) <= {TaskState.NOT_NEEDED}, key
        assert set(entry.get("waivers", ())) <= metrics, key


def test_a_text_with_a_number_of_days_is_a_date_in_norway() -> None:
    calendar = texts.Calendar(dt.date(2026, 11, 23))

    assert calendar.day("-480d") == dt.date(2025, 7, 31)
    assert calendar.moment("+35d 09:00").isoformat() == "2026-12-28T09:00:00+01:00"
    assert calendar.moment("-200d").isoformat() == "2026-05-07T12:00:00+02:00"
    with pytest.raises(ValueError, match="“next week” is no day of the demo"):
        calendar.day("next week")


@pytest.mark.parametrize(
    ("today", "start", "end"),
    [
        # Wednesday and Thursday stay; Friday and Saturday, Saturday, and Sunday move on to a Monday.
        (dt.date(2026, 11, 17), dt.date(2026, 11, 18), dt.date(2026, 11, 19)),
        (dt.date(2026, 11, 19), dt.date(2026, 11, 23), dt.date(2026, 11, 24)),
        (dt.date(2026, 11, 20), dt.date(2026, 11, 23), dt.date(2026, 11, 24)),
        (dt.date(2026, 11, 21), dt.date(2026, 11, 23), dt.date(2026, 11, 24)),
    ],
)
def test_a_course_is_held_on_working_days(today: dt.date, start: dt.date, end: dt.date) -> None:
    first, last = texts.Calendar(today).session("+1d 09:00", "+2d 15:30")

    assert (first.date(), last.date()) == (start, end)
    assert (first.hour, last.hour, last.minute) == (9, 15, 30)


def test_municipalities_answer_before_the_weekend() -> None:
    assert texts.working_day(dt.date(2026, 11, 20)) == dt.date(2026, 11, 20)
    assert texts.working_day(dt.date(2026, 11, 21)) == dt.date(2026, 11, 20)
    assert texts.working_day(dt.date(2026, 11, 22)) == dt.date(2026, 11, 20)


def test_the_names_of_the_crowd_never_repeat() -> None:
    first, last = texts.names()
    names = Counter((first[n % len(first)], last[n % len(last)]) for n in range(len(first) * len(last)))

    assert max(names.values()) == 1
