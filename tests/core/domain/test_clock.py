"""The calendar of journeys: months, weeks, days, deadlines and daylight saving, without a database."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from stedskaping_core import clock
from stedskaping_core.choices import DurationUnit, PhaseKind
from stedskaping_core.clock import Length, OpenPermit, Period

OSLO = "Europe/Oslo"
PLANNING, REALISATION, AFTERCARE = PhaseKind.PLANNING, PhaseKind.REALISATION, PhaseKind.AFTERCARE
MONTHS, WEEKS, DAYS = DurationUnit.MONTHS, DurationUnit.WEEKS, DurationUnit.DAYS

day = dt.date.fromisoformat


def planned(start: str, *lengths: tuple[int, str]) -> list[tuple[str, str]]:
    """The periods of planning phases as texts."""
    periods = clock.plan(day(start), [Length(PLANNING, amount, unit) for amount, unit in lengths])
    return [(period.start.isoformat(), period.end.isoformat()) for period in periods]


# ------------------------------------------------------------------ plans


def test_a_month_from_the_31st_of_january_ends_in_february() -> None:
    assert planned("2026-01-31", (1, MONTHS)) == [("2026-01-31", "2026-02-27")]


def test_a_month_from_the_31st_of_january_knows_leap_years() -> None:
    assert planned("2028-01-31", (1, MONTHS)) == [("2028-01-31", "2028-02-28")]


def test_a_chain_of_months_does_not_drift() -> None:
    assert planned("2026-01-31", (1, MONTHS), (1, MONTHS), (1, MONTHS)) == [
        ("2026-01-31", "2026-02-27"),
        ("2026-02-28", "2026-03-30"),
        ("2026-03-31", "2026-04-29"),
    ]


def test_twelve_single_months_are_a_year() -> None:
    chain = planned("2026-01-31", *[(1, MONTHS)] * 12)

    assert chain[-1] == ("2026-12-31", "2027-01-30")


def test_a_year_from_the_29th_of_february() -> None:
    assert planned("2028-02-29", (12, MONTHS)) == [("2028-02-29", "2029-02-27")]


def test_weeks_are_seven_days() -> None:
    assert planned("2026-03-02", (4, WEEKS), (5, WEEKS)) == [
        ("2026-03-02", "2026-03-29"),
        ("2026-03-30", "2026-05-03"),
    ]


def test_six_days_of_realisation_are_consecutive() -> None:
    camp = clock.plan(day("2026-10-23"), [Length(REALISATION, 6, DAYS)])[0]

    assert camp == Period(day("2026-10-23"), day("2026-10-28"))
    assert camp.days == 6


@pytest.mark.parametrize(("around"), ["2026-03-27", "2026-10-23"])
def test_a_change_of_the_clocks_moves_no_date(around: str) -> None:
    # Both are the Friday before the night in which Norway turns its clocks.
    assert planned(around, (1, DAYS), (1, DAYS), (1, DAYS), (1, DAYS)) == [
        (date.isoformat(), date.isoformat())
        for date in (day(around) + dt.timedelta(days=number) for number in range(4))
    ]


def test_months_weeks_and_days_mix() -> None:
    assert planned("2026-01-15", (3, WEEKS), (1, MONTHS), (5, DAYS)) == [
        ("2026-01-15", "2026-02-04"),
        ("2026-02-05", "2026-03-07"),
        ("2026-03-08", "2026-03-12"),
    ]


def test_an_open_end_is_reviewed_after_a_year() -> None:
    assert clock.plan(day("2026-09-01"), [Length(AFTERCARE, 0, WEEKS)]) == [
        Period(day("2026-09-01"), day("2027-08-31"))
    ]


def test_no_phases_no_periods() -> None:
    assert clock.plan(day("2026-09-01"), []) == []


def test_the_shipped_guide_takes_six_months_and_six_days() -> None:
    weeks = (4, 5, 5, 4, 5, 3)
    lengths = [*(Length(PLANNING, amount, WEEKS) for amount in weeks), Length(REALISATION, 6, DAYS)]

    periods = clock.plan(day("2026-03-02"), lengths)

    assert periods[-2].end == day("2026-08-30")
    assert periods[-1] == Period(day("2026-08-31"), day("2026-09-05"))


def test_planning_length_counts_planning_only() -> None:
    lengths = [
        Length(PLANNING, 2, MONTHS),
        Length(PLANNING, 3, WEEKS),
        Length(PLANNING, 4, DAYS),
        Length(REALISATION, 6, DAYS),
        Length(AFTERCARE, 0, MONTHS),
    ]

    assert clock.planning_length(lengths) == (2, 25)


def test_no_planning_no_length() -> None:
    assert clock.planning_length([]) == (0, 0)


# ------------------------------------------------------------------ plans, whatever they are

starts = st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31))
some_lengths = st.lists(
    st.builds(Length, st.just(PLANNING), st.integers(1, 24), st.sampled_from([MONTHS, WEEKS, DAYS])),
    min_size=1,
    max_size=12,
)


@given(starts, some_lengths)
def test_phases_follow_each_other_without_gap_or_overlap(start: dt.date, lengths: list[Length]) -> None:
    periods = clock.plan(start, lengths)

    assert len(periods) == len(lengths)
    assert periods[0].start == start
    for before, after in pairwise(periods):
        assert after.start == before.end + dt.timedelta(days=1)
    assert all(period.days >= 1 for period in periods)


@given(starts, some_lengths)
def test_the_whole_is_the_sum_of_its_parts(start: dt.date, lengths: list[Length]) -> None:
    months, days = clock.planning_length(lengths)

    after = clock.plan(start, [*lengths, Length(REALISATION, 6, DAYS)])[-1]

    assert after.start == start + relativedelta(months=months) + dt.timedelta(days=days)
    assert after.days == 6


@given(starts, st.lists(st.integers(1, 60), min_size=1, max_size=12))
def test_phases_in_weeks_are_exactly_as_long(start: dt.date, weeks: list[int]) -> None:
    periods = clock.plan(start, [Length(PLANNING, amount, WEEKS) for amount in weeks])

    assert [period.days for period in periods] == [7 * amount for amount in weeks]


# ------------------------------------------------------------------ days in a time zone


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-01-31T22:59:59+00:00", "2026-01-31"),
        ("2026-01-31T23:00:00+00:00", "2026-02-01"),
        ("2026-07-31T21:59:59+00:00", "2026-07-31"),
        ("2026-07-31T22:00:00+00:00", "2026-08-01"),
        ("2026-03-29T00:59:59+00:00", "2026-03-29"),
        ("2026-10-24T21:59:59+00:00", "2026-10-24"),
        ("2026-10-24T22:00:00+00:00", "2026-10-25"),
        ("2026-10-25T22:59:59+00:00", "2026-10-25"),
        ("2026-10-25T23:00:00+00:00", "2026-10-26"),
    ],
)
def test_today_in_oslo(moment: str, expected: str) -> None:
    assert clock.local_today(OSLO, dt.datetime.fromisoformat(moment)) == day(expected)


def test_today_is_another_day_elsewhere() -> None:
    moment = dt.datetime(2026, 6, 1, 23, 30, tzinfo=dt.UTC)

    assert clock.local_today(OSLO, moment) == day("2026-06-02")
    assert clock.local_today("America/New_York", moment) == day("2026-06-01")


def test_today_is_now_unless_said_otherwise() -> None:
    before = dt.datetime.now(tz=ZoneInfo(OSLO)).date()

    assert clock.local_today(OSLO) in (before, before + dt.timedelta(days=1))


@pytest.mark.parametrize(
    ("date", "starts", "ends"),
    [
        ("2026-01-15", "2026-01-14T23:00:00", "2026-01-15T22:59:59"),
        ("2026-07-15", "2026-07-14T22:00:00", "2026-07-15T21:59:59"),
        # 23 hours long, and 25.
        ("2026-03-29", "2026-03-28T23:00:00", "2026-03-29T21:59:59"),
        ("2026-10-25", "2026-10-24T22:00:00", "2026-10-25T22:59:59"),
    ],
)
def test_a_day_in_oslo_begins_and_ends(date: str, starts: str, ends: str) -> None:
    first, last = clock.start_of_day(day(date), OSLO), clock.end_of_day(day(date), OSLO)

    assert first.astimezone(dt.UTC).isoformat() == f"{starts}+00:00"
    assert last.astimezone(dt.UTC).isoformat() == f"{ends}+00:00"
    assert (last.hour, last.minute, last.second) == (23, 59, 59)


def test_a_day_whose_last_hour_comes_twice_ends_with_the_second() -> None:
    # Paraguay set its clocks back at midnight.
    last = clock.end_of_day(day("2024-03-23"), "America/Asuncion")

    assert last.astimezone(dt.UTC).isoformat() == "2024-03-24T03:59:59+00:00"


@given(st.dates(dt.date(2000, 1, 1), dt.date(2037, 12, 31)))
def test_every_day_in_oslo_ends_a_second_before_the_next(date: dt.date) -> None:
    following = clock.start_of_day(date + dt.timedelta(days=1), OSLO).astimezone(dt.UTC)
    last = clock.end_of_day(date, OSLO).astimezone(dt.UTC)

    assert following - last == dt.timedelta(seconds=1)
    assert clock.local_today(OSLO, last) == date


# ------------------------------------------------------------------ permits


@pytest.mark.parametrize(("weeks", "due"), [(0, "2026-08-31"), (3, "2026-08-10"), (26, "2026-03-02")])
def test_a_permit_is_due_its_lead_time_before_the_realisation(weeks: int, due: str) -> None:
    assert clock.permit_due(day("2026-08-31"), weeks) == day(due)


def test_at_risk_from_the_day_after_the_due_date() -> None:
    permits = [OpenPermit(day("2026-06-08"), 12), OpenPermit(day("2026-07-01"), 3)]

    assert not clock.at_risk(permits, day("2026-06-08"))
    assert clock.at_risk(permits, day("2026-06-09"))


def test_nothing_is_at_risk_without_open_permits() -> None:
    assert not clock.at_risk([], day("2026-06-09"))
    assert clock.earliest_safe_realisation([], day("2026-08-31"), day("2026-06-09")) == day("2026-08-31")


def test_the_slowest_permit_decides_when_it_is_safe() -> None:
    permits = [OpenPermit(day("2026-06-08"), 12), OpenPermit(day("2026-08-10"), 3)]

    # Twelve weeks from the day on which it can be sent.
    assert clock.earliest_safe_realisation(permits, day("2026-08-31"), day("2026-06-19")) == day("2026-09-11")


def test_an_application_that_is_in_counts_from_its_day() -> None:
    permits = [OpenPermit(day("2026-06-08"), 12, applied_on=day("2026-06-12"))]

    assert clock.earliest_safe_realisation(permits, day("2026-08-31"), day("2026-07-20")) == day("2026-09-04")


def test_an_answer_that_is_overdue_may_come_today() -> None:
    permits = [OpenPermit(day("2026-06-08"), 12, applied_on=day("2026-05-01"))]

    assert clock.earliest_safe_realisation(permits, day("2026-08-31"), day("2026-10-01")) == day("2026-10-01")


def test_never_safer_than_planned() -> None:
    permits = [OpenPermit(day("2026-08-10"), 3)]

    assert clock.earliest_safe_realisation(permits, day("2026-08-31"), day("2026-03-02")) == day("2026-08-31")


@given(starts, st.integers(0, 104), st.integers(-400, 400))
def test_what_has_not_been_applied_for_is_late_when_its_answer_would_be(
    planned_on: dt.date, lead_weeks: int, days: int
) -> None:
    today = planned_on + dt.timedelta(days=days)
    permit = OpenPermit(clock.permit_due(planned_on, lead_weeks), lead_weeks)

    safe = clock.earliest_safe_realisation([permit], planned_on, today)

    assert safe >= planned_on
    assert clock.at_risk([permit], today) == (safe > planned_on)
