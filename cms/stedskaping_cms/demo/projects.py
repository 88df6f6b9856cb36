"""The initiatives up to the start of their journeys: written by residents, sent in, approved."""

from __future__ import annotations

import datetime as dt

from stedskaping_cms.demo import texts
from stedskaping_cms.demo.moments import Moments, evening, office
from stedskaping_cms.demo.state import Demo
from stedskaping_cms.demo.writing import backdate, blocks
from stedskaping_core.choices import InitiativeStatus, MemberRole
from stedskaping_core.models import (
    InitiativeIndexPage,
    InitiativeMember,
    InitiativePage,
    Journey,
    JourneyPhase,
    User,
)
from stedskaping_core.services.initiatives import initiative_approve, initiative_create, initiative_submit
from stedskaping_core.services.journeys import journey_start
from stedskaping_core.services.members import member_add

# Days between the first draft and the start of the journey.
DRAFT_DAYS = 12


def projects_add(demo: Demo, pilot: str) -> int:
    """A pilot's initiatives, when it has none; how many that were."""
    index = demo.index(pilot)
    if InitiativePage.objects.child_of(index).exists():
        return 0
    for key in texts.initiatives(pilot):
        _add(demo, index, key)
    return len(texts.initiatives(pilot))


def _add(demo: Demo, index: InitiativeIndexPage, key: str) -> None:
    entry = texts.initiatives()[key]
    pilot = entry["pilot"]
    initiator = demo.people[pilot, entry["initiator"]]
    manager = demo.people[pilot, "manager"]
    started = demo.calendar.day(entry["started"]) if "started" in entry else None
    created = started - dt.timedelta(days=DRAFT_DAYS) if started else demo.calendar.day(entry["created"])

    page = initiative_create(
        index=index,
        actor=initiator,
        title=entry["title"],
        summary=entry["summary"],
        slug=entry["slug"],
        story=blocks(demo, texts.pilots()[pilot]["locale"], entry["story"]),
        image_id=demo.image(entry["picture"]),
        place_name=entry["place_name"],
        address=entry["address"],
        latitude=entry["latitude"],
        longitude=entry["longitude"],
        search_description=entry["summary"],
    )
    moments = Moments(page, demo.now)
    settled = moments.settle(evening(created, page.pk))
    _joined(page, initiator, settled)
    for number, person in enumerate(entry["team"], start=1):
        member = demo.people[pilot, person]
        member_add(initiative=page, user=member, actor=initiator)
        _joined(page, member, moments.settle(evening(created + dt.timedelta(days=number), page.pk + number)))

    since = settled
    if entry["status"] != InitiativeStatus.DRAFT:
        page = initiative_submit(initiative=page, actor=initiator)
        since = moments.settle(evening(created + dt.timedelta(days=6), page.pk))
    if started:
        page = initiative_approve(initiative=page, actor=manager)
        since = moments.settle(office(created + dt.timedelta(days=9), page.pk))
        facilitator = demo.people[pilot, "facilitator"]
        member_add(initiative=page, user=facilitator, role=MemberRole.FACILITATOR, actor=manager)
        _joined(page, facilitator, moments.settle(since + dt.timedelta(minutes=6)))
        journey_start(initiative=page, actor=initiator, starts_on=started)
        begun = moments.settle(texts.at(started, 9))
        Journey.objects.filter(initiative=page).update(created_at=begun)
        JourneyPhase.objects.filter(journey__initiative=page, position=1).update(started_at=begun)
    InitiativePage.objects.filter(pk=page.pk).update(status_changed_at=since)
    backdate([page], since if page.live else settled)
    moments.write()


def _joined(page: InitiativePage, user: User, at: dt.datetime) -> None:
    InitiativeMember.objects.filter(initiative=page, user=user).update(joined_at=at)
