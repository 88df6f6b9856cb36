"""A small world for the tests of core's domain, made once per module. A test gets a copy and leaves no trace.

    def test_something(world, set_today):
        set_today(dt.date(2026, 4, 1))
        journey_pause(initiative=world.initiative, actor=world.people["team"], reason="Rain.")

The initiative's journey started on Monday 2 March 2026: idea until 29 March, plan until 29 April, six days of
camp from 30 April, aftercare. Today is its first day until a test says otherwise.
"""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.test import RequestFactory
from django.utils import translation
from pytest_django import DjangoDbBlocker
from wagtail.models import Locale, Page, Site

from stedskaping_core import clock
from stedskaping_core.choices import DurationUnit, MemberRole, PhaseKind, TaskKind
from stedskaping_core.errors import Refusal
from stedskaping_core.models import (
    Activity,
    Event,
    GuidePage,
    InitiativeMember,
    InitiativePage,
    Journey,
    JourneyPhase,
    JourneyRequirement,
    JourneyTask,
    PermitKind,
    PhasePage,
    PhaseRequirement,
    PhaseTask,
    SiteProfile,
    User,
)
from stedskaping_core.services.initiatives import initiative_approve, initiative_create, initiative_submit
from stedskaping_core.services.journeys import journey_start
from stedskaping_core.services.pilots import Pilot, pilot_create

START = dt.date(2026, 3, 2)
STORY = [("paragraph", "<p>A bench for everybody.</p>")]
MEMBERS = {
    "initiator": MemberRole.INITIATOR,
    "team": MemberRole.TEAM,
    "facilitator": MemberRole.FACILITATOR,
}
STAFF = {"editor": "editors", "moderator": "moderators", "manager": "managers"}


@dataclass
class World:
    """Two pilots of the same guide, their people, and one running initiative in Larvik.

    `people`: admin; editor, moderator and manager of Larvik; stranger, who manages Voss; initiator, team and
    facilitator of the initiative; resident.
    """

    national: Site
    guide: GuidePage
    larvik: Pilot
    voss: Pilot
    people: dict[str, User] = field(default_factory=dict)
    initiative: InitiativePage = field(init=False)
    journey: Journey = field(init=False)

    def person(self, name: str) -> Any:
        """A person by name; `visitor` is nobody, `platform` acts without a person."""
        return {"visitor": AnonymousUser(), "platform": None}.get(name) or self.people.get(name)

    def phase(self, title: str) -> JourneyPhase:
        return JourneyPhase.objects.get(journey=self.journey, title=title)

    def task(self, title: str) -> JourneyTask:
        return JourneyTask.objects.get(phase__journey=self.journey, title=title)

    def requirement(self, metric: str) -> JourneyRequirement:
        return JourneyRequirement.objects.get(phase__journey=self.journey, metric=metric)

    def source(self, title: str) -> PhasePage:
        """A phase of the guide."""
        return PhasePage.objects.child_of(self.guide).get(title=title)

    def add_initiative(
        self, title: str, *, pilot: Pilot | None = None, status: str = "active"
    ) -> InitiativePage:
        """Another one of the same people; `status` is draft, submitted or active."""
        initiator = self.people["initiator"]
        page = initiative_create(
            index=(pilot or self.larvik).index,
            actor=initiator,
            title=title,
            summary=f"{title} for everybody.",
            story=STORY,
            place_name="Torget",
        )
        for name in ("team", "facilitator"):
            InitiativeMember.objects.create(initiative=page, user=self.people[name], role=MEMBERS[name])
        if status != "draft":
            page = initiative_submit(initiative=page, actor=initiator)
        if status == "active":
            page = initiative_approve(initiative=page, actor=None)
        return page

    def add_page(self, title: str, *, pilot: Pilot | None = None, **fields: Any) -> InitiativePage:
        """The bare page of an active initiative, without people, events or a journey."""
        index = (pilot or self.larvik).index
        values = {"status": "active", "summary": f"{title}.", "locale_id": index.locale_id, **fields}
        page: InitiativePage = index.add_child(instance=InitiativePage(title=title, **values))
        return page


def make_guide(parent: Page) -> GuidePage:
    locale = parent.locale
    guide = parent.add_child(instance=GuidePage(title="Veileder", slug="veileder", locale=locale))
    building = PermitKind.objects.create(key="building", name="Byggesøknad", lead_weeks=6, locale=locale)
    idea = PhasePage(title="Idé", duration=4)
    idea.tasks = [
        PhaseTask(title="Finn folk"),
        PhaseTask(title="Byggesøknad", kind=TaskKind.PERMIT, permit_kind=building),
        PhaseTask(title="Grunneiers ja", kind=TaskKind.AGREEMENT, required=False),
    ]
    idea.requirements = [
        PhaseRequirement(metric="core.members", target=2, label="Minst to i gruppa"),
        PhaseRequirement(metric="core.agreements_signed", target=1, label="Et ja", blocking=False),
    ]
    plan = PhasePage(title="Plan", duration=1, duration_unit=DurationUnit.MONTHS)
    plan.tasks = [PhaseTask(title="Budsjett")]
    plan.requirements = [PhaseRequirement(metric="core.facilitators", target=1, label="En tilrettelegger")]
    camp = PhasePage(title="Camp", kind=PhaseKind.REALISATION, duration=6, duration_unit=DurationUnit.DAYS)
    camp.requirements = [PhaseRequirement(metric="core.camp_days_reported", target=6, label="Seks dager")]
    after = PhasePage(title="Etterpå", kind=PhaseKind.AFTERCARE, duration=0)
    for phase in (idea, plan, camp, after):
        phase.slug, phase.summary, phase.locale = "", f"{phase.title}.", locale
        for rows in (phase.tasks.all(), phase.requirements.all()):
            for number, row in enumerate(rows):
                row.sort_order, row.locale = number, locale
        guide.add_child(instance=phase)
    return guide


def make_pilot(key: str, number: str, guide: GuidePage) -> Pilot:
    name = key.capitalize()
    return pilot_create(
        key=key,
        name=name,
        municipality=name,
        municipality_number=number,
        hostname=f"{key}.example.org",
        origin=f"https://{key}.example.org",
        locale="nb",
        guide=guide,
    )


def make_world() -> World:
    locale = Locale.objects.get_or_create(language_code="nb")[0]
    home = Page.get_first_root_node().add_child(instance=Page(title="Norge", slug="norge", locale=locale))
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname, site.site_name, site.root_page = "example.org", "Norge", home
    site.save()
    SiteProfile.objects.create(site=site, key="national", origin="https://www.example.org")
    guide = make_guide(home)
    world = World(site, guide, make_pilot("larvik", "3909", guide), make_pilot("voss", "4621", guide))
    for name in ("admin", *STAFF, "stranger", *MEMBERS, "resident"):
        world.people[name] = User.objects.create_user(
            f"{name}@example.org", display_name=name.capitalize(), is_superuser=name == "admin"
        )
    for name, role in STAFF.items():
        world.people[name].groups.add(world.larvik.groups[role])
    world.people["stranger"].groups.add(world.voss.groups["managers"])
    world.initiative = world.add_initiative("Benken")
    world.journey = journey_start(initiative=world.initiative, actor=None, starts_on=START)
    return world


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Sentences are compared in the language they were written in."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="module")
def module_transaction(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A transaction around all tests of a module, which is never committed: what a module-wide fixture writes
    in it is there for each of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def new_world() -> Callable[[], World]:
    """Makes a world in whatever database is open."""
    return make_world


@pytest.fixture(scope="module")
def shared_world(module_transaction: None) -> World:
    """One world for a whole module; tests take their copy of it, `world`."""
    return make_world()


@pytest.fixture
def world(shared_world: World, db: None, set_today: Callable[[dt.date], None]) -> World:
    """See `World`. Whatever a test does to it is undone."""
    return copy.deepcopy(shared_world)


@pytest.fixture
def set_today(monkeypatch: pytest.MonkeyPatch) -> Callable[[dt.date], None]:
    """`set_today(date)` turns the pilots' calendars to that day."""

    def turn(day: dt.date) -> None:
        monkeypatch.setattr(clock, "local_today", lambda time_zone, now=None: day)

    turn(START)
    return turn


@pytest.fixture
def refused() -> Callable[[Callable[[], Any]], Refusal]:
    """`refused(lambda: service(…))` answers with the refusal, after checking that nothing was written."""

    def refuse(act: Callable[[], Any]) -> Refusal:
        before = written()
        with pytest.raises(Refusal) as caught:
            act()
        assert written() == before
        return caught.value

    return refuse


@pytest.fixture
def one_event() -> Callable[[Callable[[], Any], str], Activity]:
    """`one_event(act, key)` answers with the one activity that `act` wrote, for the one event of that key."""

    def check(act: Callable[[], Any], key: str) -> Activity:
        events, activities = written()
        act()
        assert written() == (events + 1, activities + 1)
        activity = Activity.objects.latest("pk")
        event = activity.event
        assert (event.key, activity.kind) == (key, key)
        assert (event.payload, event.at, event.actor) == (activity.params, activity.at, activity.actor)
        assert event.initiative == activity.initiative
        return activity

    return check


def written() -> tuple[int, int]:
    """How many events and activities there are."""
    return Event.objects.count(), Activity.objects.count()


@pytest.fixture
def request_of(rf: RequestFactory) -> Callable[[Any], Any]:
    """`request_of(user)` is a fresh request of that person."""

    def make(user: Any) -> Any:
        request = rf.get("/")
        request.user = user
        return request

    return make
