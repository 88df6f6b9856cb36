"""The demo's proposals, their support and the teams' answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils import timezone

from stedskaping_core.events import record
from stedskaping_core.models import Activity, Event, InitiativePage, JourneyPhase, User
from stedskaping_core.plugins import DemoContext
from stedskaping_core.plugins.activation import enabled_sites
from stedskaping_core.sites import SiteMap
from stedskaping_participation import SLUG, events
from stedskaping_participation.models import ParticipationSettings, Proposal, ProposalCategory, Support

# What the demo's pilots offer, in the languages that they write.
CATEGORIES: Mapping[str, Mapping[str, str]] = {
    "meeting": {"nb": "Møteplass", "nn": "Møteplass", "en": "Meeting place"},
    "play": {"nb": "Lek", "nn": "Leik", "en": "Play"},
    "green": {"nb": "Grønt", "nn": "Grønt", "en": "Green"},
    "water": {"nb": "Vann", "nn": "Vatn", "en": "Water"},
    "light": {"nb": "Lys", "nn": "Lys", "en": "Light"},
    "culture": {"nb": "Kultur", "nn": "Kultur", "en": "Culture"},
}
# Residents beside the named ones: enough for the guide's gate of 30 people where the phase is behind, and on
# the way to it where it goes on.
CROWD_AFTERWARDS = 34
CROWD_MEANWHILE = 13
METRIC = "participation.participants"
PHASE = "participation"


def load(demo: DemoContext) -> None:
    """Write the proposals of the content files. Running it again adds nothing and changes nothing.

    Written past the services: the demo shows projects in states in which nobody can propose any more, and
    things that happened months ago.
    """
    sites = SiteMap()
    on = enabled_sites(SLUG)
    for key, initiative in demo.initiatives.items():
        content = demo.content["initiatives"][key]
        site = sites.site_of(initiative.url_path)
        if not content.get("proposals") or site is None:
            continue
        _offer_categories(site.id, site.default_locale)
        begins, ends, is_over = _period(initiative, content)
        crowd = demo.extra_people(content["pilot"], CROWD_AFTERWARDS if is_over else CROWD_MEANWHILE)
        entries = content["proposals"]
        step = (ends - begins) / (len(entries) + 1)
        for position, entry in enumerate(entries):
            people = {
                name: demo.people[content["pilot"], name] for name in (entry["author"], *entry["supporters"])
            }
            proposed = _at_hour(begins + step * position, 17 + position % 4)
            proposal, is_new = _write(
                initiative, _uuid(key, entry["title"]), entry, people[entry["author"]], proposed
            )
            if is_new:
                named = [people[name] for name in entry["supporters"]]
                _support(proposal, [*named, *_part_of(crowd, position, len(named))], ends)
                if site.id in on:
                    _tell(proposal, ends)


def _offer_categories(site_id: int, locale: str) -> None:
    settings, _created = ParticipationSettings.objects.get_or_create(site_id=site_id)
    for position, (key, names) in enumerate(CATEGORIES.items()):
        ProposalCategory.objects.get_or_create(
            settings=settings,
            key=key,
            defaults={"name": names.get(locale, names["en"]), "sort_order": position},
        )


def _period(initiative: InitiativePage, content: Mapping[str, Any]) -> tuple[dt.datetime, dt.datetime, bool]:
    """When the journey's phase of participation began and ended, at the latest now, and whether it is behind.

    That phase is the one whose gate asks for participants. Without a journey: the last four weeks.
    """
    now = timezone.now()
    phases = JourneyPhase.objects.filter(journey__initiative=initiative, requirements__metric=METRIC)
    phase = phases.filter(planned_start__lt=timezone.localdate()).first()
    if phase is None:
        return now - dt.timedelta(weeks=4), now, False
    begins = timezone.make_aware(dt.datetime.combine(phase.planned_start, dt.time(18)))
    ends = timezone.make_aware(dt.datetime.combine(phase.planned_end, dt.time(18)))
    # A project that was ended or paused in this phase never left it, however long ago that was.
    return begins, min(ends, now), ends < now and content.get("phase") != PHASE


def _at_hour(moment: dt.datetime, hour: int) -> dt.datetime:
    """The same day at an hour when people do such things, at the latest now."""
    minute = (moment.timetuple().tm_yday * 7 + hour * 11) % 60
    return min(timezone.localtime(moment).replace(hour=hour, minute=minute), timezone.now())


def _uuid(initiative: str, title: str) -> UUID:
    """The same key each time, so that running again finds what is there."""
    return uuid5(NAMESPACE_URL, f"stedskaping:demo:{initiative}:{title}")


def _write(
    initiative: InitiativePage, uuid: UUID, entry: Mapping[str, Any], author: User, proposed: dt.datetime
) -> tuple[Proposal, bool]:
    answer = entry.get("answer")
    proposal = Proposal(
        uuid=uuid,
        initiative=initiative,
        author=author,
        title=entry["title"],
        body=entry["body"],
        category=entry["category"],
        latitude=entry.get("latitude"),
        longitude=entry.get("longitude"),
        chosen=entry.get("chosen", False),
        created_at=proposed,
    )
    if answer:
        proposal.answer_state, proposal.answer_text = answer["state"], answer["text"]
        proposal.answer_published = True
        proposal.answered_at = _at_hour(proposed + dt.timedelta(days=9), 10)
    existing = Proposal.objects.filter(uuid=uuid).first()
    if existing is not None:
        return existing, False
    proposal.full_clean()
    proposal.save()
    return proposal, True


def _part_of(crowd: Sequence[User], position: int, weight: int) -> list[User]:
    """The residents who support one proposal: more of them where more named people do.

    Taken from the crowd in turns, so that together they are nearly everybody.
    """
    number = min(len(crowd), len(crowd) * weight // 10)
    turn = position * 7 % len(crowd) if crowd else 0
    return [*crowd[turn:], *crowd[:turn]][:number]


def _support(proposal: Proposal, people: Sequence[User], ends: dt.datetime) -> None:
    supporters = [person for person in dict.fromkeys(people) if person.pk != proposal.author_id]
    step = (ends - proposal.created_at) / (len(supporters) + 1)
    Support.objects.bulk_create(
        Support(proposal=proposal, user=person, created_at=proposal.created_at + step * number)
        for number, person in enumerate(supporters, start=1)
    )


def _tell(proposal: Proposal, ends: dt.datetime) -> None:
    """The lines of the activity list, on the days when it happened."""
    about = {"proposal": str(proposal.uuid), "title": proposal.title}
    lines: list[tuple[str, User | None, dt.datetime, dict[str, str]]] = [
        (events.CREATED, proposal.author, proposal.created_at, {})
    ]
    if proposal.answered_at is not None:
        lines.append((events.ANSWERED, None, proposal.answered_at, {"state": proposal.answer_state}))
    if proposal.chosen:
        lines.append((events.CHOSEN, None, ends, {}))
    for key, actor, at, more in lines:
        activity = record(key, proposal.initiative, actor=actor, **about, **more)
        Event.objects.filter(pk=activity.event_id).update(at=at)
        Activity.objects.filter(pk=activity.pk).update(at=at)
