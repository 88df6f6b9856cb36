"""What several folders of tests share: a small platform made by core's own services, and the API over HTTP.

def test_something(platform, graphql):
    answer = graphql("{ site(key: \"larvik\") { name } }")
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from wagtail.models import Locale, Page, Site

from stedskaping_core.choices import DurationUnit, MemberRole, PhaseKind, TaskKind
from stedskaping_core.models import (
    GuidePage,
    InitiativePage,
    Journey,
    PermitKind,
    PhasePage,
    PhaseRequirement,
    PhaseTask,
    SiteProfile,
    User,
)
from stedskaping_core.services.initiatives import initiative_approve, initiative_create, initiative_submit
from stedskaping_core.services.journeys import journey_start
from stedskaping_core.services.members import member_add
from stedskaping_core.services.pilots import Pilot, pilot_create

MakePerson = Callable[..., User]
MakePilot = Callable[..., Pilot]
MakeInitiative = Callable[..., InitiativePage]
GraphQL = Callable[..., dict[str, Any]]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Messages as they stand in the code, whatever translations there are. Requests choose their own."""
    with translation.override("en"):
        yield


STORY = [("paragraph", "<p>A bench for everybody.</p>")]


@dataclass
class Platform:
    """A national site and two pilots in Bokmål, the guide they follow, and one running initiative.

    `people` holds one person per role: admin, manager, initiator, team, facilitator (all of Larvik but the
    first) and resident, who has no role anywhere.
    """

    national: Site
    guide: GuidePage
    larvik: Pilot
    voss: Pilot
    people: dict[str, User] = field(default_factory=dict)
    initiative: InitiativePage = field(init=False)
    journey: Journey = field(init=False)


@pytest.fixture
def make_person(db: None) -> MakePerson:
    """`make_person("Kari")` has the address kari@example.org and the display name Kari."""

    def make(name: str, **fields: Any) -> User:
        return User.objects.create_user(f"{name.lower()}@example.org", display_name=name, **fields)

    return make


@pytest.fixture
def bokmaal(db: None) -> Locale:
    """The language of the test platform."""
    locale: Locale = Locale.objects.get_or_create(language_code="nb")[0]
    return locale


@pytest.fixture
def national_site(bokmaal: Locale) -> Site:
    """The default site, as a plain page."""
    home = Page.get_first_root_node().add_child(instance=Page(title="Norge", slug="norge", locale=bokmaal))
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname, site.site_name, site.root_page = "example.org", "Norge", home
    site.save()
    SiteProfile.objects.create(site=site, key="national", origin="https://www.example.org")
    return site


@pytest.fixture
def make_guide(bokmaal: Locale) -> Callable[[Page], GuidePage]:
    """A published guide of three phases: four weeks of planning with a task of each kind and one gate (two
    members), six days of realisation, aftercare."""

    def make(parent: Page) -> GuidePage:
        guide = parent.add_child(instance=GuidePage(title="Veileder", slug="veileder", locale=bokmaal))
        permit = PermitKind.objects.create(key="building", name="Byggesøknad", lead_weeks=12, locale=bokmaal)
        planning = PhasePage(title="Idé", slug="ide", summary="Samle folk.", locale=bokmaal)
        planning.tasks = [
            PhaseTask(title="Finn ei gruppe", sort_order=0, locale=bokmaal),
            PhaseTask(title="Søk", kind=TaskKind.PERMIT, permit_kind=permit, sort_order=1, locale=bokmaal),
            PhaseTask(title="Avtale", kind=TaskKind.AGREEMENT, required=False, sort_order=2, locale=bokmaal),
        ]
        planning.requirements = [
            PhaseRequirement(metric="core.members", target=2, label="Minst to", sort_order=0, locale=bokmaal)
        ]
        days = {"kind": PhaseKind.REALISATION, "duration": 6, "duration_unit": DurationUnit.DAYS}
        camp = PhasePage(title="Camp", slug="camp", summary="Seks dager.", locale=bokmaal, **days)
        after = PhasePage(
            title="Etterpå",
            slug="etterpa",
            summary="Ta vare på det.",
            kind=PhaseKind.AFTERCARE,
            duration=0,
            locale=bokmaal,
        )
        for phase in (planning, camp, after):
            guide.add_child(instance=phase)
        return guide

    return make


@pytest.fixture
def make_pilot(bokmaal: Locale) -> MakePilot:
    """`make_pilot("larvik")` is a complete pilot at larvik.example.org; plugins follow their defaults unless
    `plugins={"slug": True}` says otherwise."""

    def make(key: str, number: str = "3909", **fields: Any) -> Pilot:
        name = key.capitalize()
        return pilot_create(
            key=key,
            name=name,
            municipality=name,
            municipality_number=number,
            hostname=f"{key}.example.org",
            origin=f"https://{key}.example.org",
            locale="nb",
            **fields,
        )

    return make


@pytest.fixture
def make_initiative() -> MakeInitiative:
    """`make_initiative(pilot, "Benken", author=person)` is active; `status` may be draft or submitted."""

    def make(
        pilot: Pilot, title: str, *, author: User, status: str = "active", **fields: Any
    ) -> InitiativePage:
        values = {"summary": f"{title} for alle.", "story": STORY, "place_name": "Torget", **fields}
        page = initiative_create(index=pilot.index, actor=author, title=title, **values)
        if status != "draft":
            page = initiative_submit(initiative=page, actor=author)
        if status == "active":
            page = initiative_approve(initiative=page, actor=None)
        return page

    return make


@pytest.fixture
def platform(
    national_site: Site,
    make_guide: Callable[[Page], GuidePage],
    make_pilot: MakePilot,
    make_person: MakePerson,
    make_initiative: MakeInitiative,
) -> Platform:
    """See `Platform`. The journey of the initiative started today."""
    guide = make_guide(national_site.root_page)
    larvik = make_pilot("larvik", "3909", guide=guide)
    voss = make_pilot("voss", "4621", guide=guide)
    names = ("Admin", "Manager", "Initiator", "Team", "Facilitator", "Resident")
    people = {name.lower(): make_person(name, is_superuser=name == "Admin") for name in names}
    people["manager"].groups.add(larvik.groups["managers"])
    made = Platform(national_site, guide, larvik, voss, people)
    page = make_initiative(larvik, "Benken", author=people["initiator"])
    member_add(initiative=page, user=people["team"])
    member_add(initiative=page, user=people["facilitator"], role=MemberRole.FACILITATOR)
    made.initiative = page
    made.journey = journey_start(initiative=page, actor=None, starts_on=dt.date.today())
    return made


@pytest.fixture
def graphql() -> GraphQL:
    """`graphql(query, variables, user=None)` asks the API over HTTP and answers with the decoded body.

    Errors fail the test unless `errors=True`.
    """

    def ask(
        query: str, variables: dict[str, Any] | None = None, *, user: User | None = None, errors: bool = False
    ) -> dict[str, Any]:
        client = Client()
        if user is not None:
            client.force_login(user)
        content = {"query": query, "variables": variables or {}}
        response = client.post("/graphql", content, content_type="application/json")
        body: dict[str, Any] = response.json()
        assert errors or "errors" not in body, body["errors"]
        return body

    return ask
