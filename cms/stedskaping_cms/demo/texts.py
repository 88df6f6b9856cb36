"""The content files, read once, and the dates that are written in them."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

Entry = Mapping[str, Any]

# The first is the language of the national site, in which the others fall back.
LANGUAGES = ("nb", "nn", "en")
TIME_ZONE = ZoneInfo("Europe/Oslo")

_DAY = re.compile(r"([+-]?\d+)d(?: (\d\d):(\d\d))?")


@lru_cache(maxsize=16)
def _file(name: str) -> Entry:
    path = files("stedskaping_cms.demo") / "content" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def national(code: str) -> Entry:
    """The national site's texts in one language."""
    return _file(f"national/{code}")


def pilots() -> dict[str, Entry]:
    """The pilots by key, in order."""
    return _by_key(_file("pilots")["pilots"])


def initiatives(pilot: str | None = None) -> dict[str, Entry]:
    """The initiatives by key, in order; those of one pilot when it is named."""
    entries = _by_key(_file("initiatives")["initiatives"])
    return {key: entry for key, entry in entries.items() if pilot in (None, entry["pilot"])}


def pictures(pilot: str | None = None) -> dict[str, Entry]:
    """The pictures by key; those of one pilot when it is named."""
    entries = _by_key(_file("pictures")["pictures"])
    return {key: entry for key, entry in entries.items() if pilot in (None, entry.get("pilot"))}


def names() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """First names and last names of residents who are only there to follow and to support."""
    return tuple(_file("names")["first"]), tuple(_file("names")["last"])


def _by_key(entries: list[Entry]) -> dict[str, Entry]:
    return {entry["key"]: entry for entry in entries}


@dataclass(frozen=True)
class Calendar:
    """Dates in the content files are days from `today`: `-480d`, or `+35d 09:00` with a time in Norway."""

    today: dt.date

    def day(self, text: str) -> dt.date:
        return self.today + dt.timedelta(days=int(self._parts(text)[0]))

    def moment(self, text: str) -> dt.datetime:
        """The aware moment; a text without a time means noon."""
        _days, hour, minute = self._parts(text)
        time = dt.time(int(hour or 12), int(minute or 0))
        return dt.datetime.combine(self.day(text), time, tzinfo=TIME_ZONE)

    def session(self, starts_at: str, ends_at: str) -> tuple[dt.datetime, dt.datetime]:
        """A course's first and last moment, moved on as a whole until both are on working days."""
        start, end = self.moment(starts_at), self.moment(ends_at)
        while start.weekday() > 4 or end.weekday() > 4 or start.weekday() > end.weekday():
            start, end = start + dt.timedelta(days=1), end + dt.timedelta(days=1)
        return start, end

    @staticmethod
    def _parts(text: str) -> tuple[str, str | None, str | None]:
        match = _DAY.fullmatch(text)
        if match is None:
            raise ValueError(f"“{text}” is no day of the demo; write for example -12d or +35d 09:00")
        return match[1], match[2], match[3]


def at(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    """An aware moment of a day in Norway."""
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=TIME_ZONE)


def working_day(day: dt.date) -> dt.date:
    """The day itself, or the Friday before a weekend: municipalities answer on working days."""
    return day - dt.timedelta(days=max(0, day.weekday() - 4))
