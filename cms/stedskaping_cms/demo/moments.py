"""Let what the services record now have happened at believable moments in the past."""

from __future__ import annotations

import datetime as dt

from stedskaping_cms.demo import texts
from stedskaping_core.models import Activity, Event, InitiativePage


class Moments:
    """The events of one initiative, each with the moment that its story gives it.

    Call `settle` after each step, and `write` at the end. Nothing is ever later than `now`. Events up to the
    primary key `last` are left alone.
    """

    def __init__(self, initiative: InitiativePage, now: dt.datetime, last: int = 0) -> None:
        self._initiative = initiative
        self._now = now
        self._last = last
        self._at: dict[int, dt.datetime] = {}

    def settle(self, at: dt.datetime) -> dt.datetime:
        """All events since the last call happened at this moment, or now when it is still to come."""
        at = min(at, self._now)
        fresh = Event.objects.filter(initiative=self._initiative, pk__gt=self._last)
        for pk in sorted(fresh.values_list("pk", flat=True)):
            self._at[pk] = at
            self._last = pk
        return at

    def write(self) -> None:
        events = Event.objects.in_bulk(self._at)
        for pk, event in events.items():
            event.at = self._at[pk]
        Event.objects.bulk_update(events.values(), ["at"])
        activities = list(Activity.objects.filter(event__in=events).only("pk", "at", "event_id"))
        for activity in activities:
            activity.at = self._at[activity.event_id]
        Activity.objects.bulk_update(activities, ["at"])


def latest_event() -> int:
    """The primary key of the newest event; 0 when there is none."""
    return Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def evening(day: dt.date, salt: int) -> dt.datetime:
    """After work, at a minute that depends on `salt`, so that a list of dates doesn't look like a table."""
    return texts.at(day, 17 + salt * 7 % 4, salt * 37 % 60)


def office(day: dt.date, salt: int) -> dt.datetime:
    """On a working day, in a municipality's opening hours."""
    return texts.at(texts.working_day(day), 9 + salt * 5 % 6, salt * 41 % 60)
