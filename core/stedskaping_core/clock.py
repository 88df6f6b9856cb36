"""The journey's clock: calendar arithmetic on the pilot's local dates, without a database.

A date here is a day on the wall calendar of the pilot's time zone. Days are added to dates, never hours to
times, so that the change to and from daylight saving moves nothing. A period includes its last day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from stedskaping_core.choices import DurationUnit, PhaseKind

# An open-ended phase has no last day; its plan shows the day on which it is reviewed.
OPEN_PHASE_REVIEW_MONTHS = 12


@dataclass(frozen=True)
class Length:
    """How long a phase lasts. `amount` 0 means open-ended."""

    kind: str
    amount: int
    unit: str


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both included."""

    start: dt.date
    end: dt.date

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1


def local_today(time_zone: str, now: dt.datetime | None = None) -> dt.date:
    """The day it is now in `time_zone` (an IANA name)."""
    return (now or timezone.now()).astimezone(ZoneInfo(time_zone)).date()


def start_of_day(day: dt.date, time_zone: str) -> dt.datetime:
    """The first moment of `day` in `time_zone`, aware."""
    return dt.datetime.combine(day, dt.time.min, tzinfo=ZoneInfo(time_zone))


def end_of_day(day: dt.date, time_zone: str) -> dt.datetime:
    """23:59:59 of `day` in `time_zone`, aware: the last second in which a deadline is still kept."""
    # Where clocks are set back at midnight this time comes twice; the second one ends the day.
    return dt.datetime.combine(day, dt.time(23, 59, 59, fold=1), tzinfo=ZoneInfo(time_zone))


def plan(start: dt.date, lengths: Sequence[Length]) -> list[Period]:
    """Lay phases one after the other from `start`.

    Months are summed before they are added to `start`, and days after them, so that a journey from 31 January
    of three one-month phases has its boundaries on 28 February, 31 March and 30 April instead of drifting to
    the 28th. The whole is always `start` and the lengths' sum, whatever order months and days come in.
    """
    periods = []
    months = days = 0
    for length in lengths:
        first = _offset(start, months, days)
        amount, unit = (
            (length.amount, length.unit) if length.amount else (OPEN_PHASE_REVIEW_MONTHS, DurationUnit.MONTHS)
        )
        if unit == DurationUnit.MONTHS:
            months += amount
        else:
            days += amount * (7 if unit == DurationUnit.WEEKS else 1)
        periods.append(Period(first, _offset(start, months, days) - dt.timedelta(days=1)))
    return periods


def planning_length(lengths: Iterable[Length]) -> tuple[int, int]:
    """The planning phases together as (months, days)."""
    months = days = 0
    for length in lengths:
        if length.kind == PhaseKind.PLANNING:
            if length.unit == DurationUnit.MONTHS:
                months += length.amount
            else:
                days += length.amount * (7 if length.unit == DurationUnit.WEEKS else 1)
    return months, days


def permit_due(realisation_starts_on: dt.date, lead_weeks: int) -> dt.date:
    """The last day on which an application still has `lead_weeks` before the realisation starts."""
    return realisation_starts_on - dt.timedelta(weeks=lead_weeks)


@dataclass(frozen=True)
class OpenPermit:
    """A permit that is neither granted nor found unnecessary; `applied_on` when the application is in."""

    due_on: dt.date
    lead_weeks: int
    applied_on: dt.date | None = None


def at_risk(permits: Iterable[OpenPermit], today: dt.date) -> bool:
    """Whether the day by which a permit was due has passed without it being granted."""
    return any(permit.due_on < today for permit in permits)


def earliest_safe_realisation(permits: Iterable[OpenPermit], planned: dt.date, today: dt.date) -> dt.date:
    """The first day on which every open permit can be answered in time, never before the `planned` one.

    The answer is expected `lead_weeks` after the application; one that isn't sent yet can be sent today.
    """
    answers = [
        max(today, (permit.applied_on or today) + dt.timedelta(weeks=permit.lead_weeks)) for permit in permits
    ]
    return max([planned, *answers])


def _offset(start: dt.date, months: int, days: int) -> dt.date:
    return start + relativedelta(months=months) + dt.timedelta(days=days)
