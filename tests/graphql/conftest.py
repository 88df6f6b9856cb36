"""A small platform to ask questions of: a national site, a pilot with a guide, and initiatives on demand."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.core.files.images import ImageFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page, Site

from stedskaping_cms.models import ArticleIndexPage, ArticlePage, HomePage
from stedskaping_core.choices import InitiativeStatus, PhaseKind, TaskKind
from stedskaping_core.models import (
    GuidePage,
    Image,
    InitiativeMember,
    InitiativePage,
    Outcome,
    PermitKind,
    PhasePage,
    PhaseRequirement,
    PhaseTask,
    SiteProfile,
    User,
)
from stedskaping_core.services.journeys import journey_start
from stedskaping_core.services.pilots import Pilot, pilot_create

QUERIES = Path(__file__).parents[2] / "examples" / "queries"


@dataclass
class World:
    """What the `world` fixture made."""

    home: HomePage
    guide: GuidePage
    phases: list[PhasePage]
    pilot: Pilot
    image: Image
    article: ArticlePage
    people: list[User]
    initiatives: list[InitiativePage] = field(default_factory=list)

    def add_initiatives(self, number: int) -> None:
        """Active ones with picture, place, story, members, a journey and an outcome each."""
        for _count in range(number):
            self.initiatives.append(self._initiative(len(self.initiatives) + 1))

    def _initiative(self, number: int) -> InitiativePage:
        link = f'<a linktype="page" id="{self.article.pk}">this</a>'
        page = InitiativePage(
            title=f"Project {number:03}",
            slug=f"project-{number:03}",
            summary="A bench and a roof.",
            status=InitiativeStatus.ACTIVE,
            image=self.image,
            place_name="The park",
            latitude=59.0 + number / 1000,
            longitude=10.0,
            first_published_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(hours=number),
            story=[
                {
                    "type": "paragraph",
                    "value": f"<p>See {link}</p>",
                },
                {"type": "image", "value": {"image": self.image.pk, "caption": "", "decorative": True}},
            ],
        )
        self.pilot.index.add_child(instance=page)
        for user, role in zip(self.people, ("initiator", "team"), strict=True):
            InitiativeMember.objects.create(initiative=page, user=user, role=role)
        journey_start(initiative=page, actor=None, starts_on=dt.date(2026, 3, 2))
        Outcome.objects.create(initiative=page, title="Bench", image=self.image)
        return page


@dataclass
class Answer:
    """A response of the API."""

    status: int
    body: dict[str, Any]
    headers: Any
    statements: list[str]
    client: Client

    @property
    def data(self) -> Any:
        assert "errors" not in self.body, self.body["errors"]
        return self.body["data"]


def make_image(name: str = "Square", **fields: Any) -> Image:
    """A picture of 1000 × 600 pixels, drawn once."""
    import io

    from PIL import Image as Picture

    buffer = io.BytesIO()
    Picture.new("RGB", (1000, 600), (200, 120, 60)).save(buffer, "PNG")
    buffer.seek(0)
    return Image.objects.create(
        title=name, description="A square", file=ImageFile(buffer, f"{name}.png"), **fields
    )


def make_guide(parent: Page) -> tuple[GuidePage, list[PhasePage]]:
    """One planning phase, three days of realisation, aftercare."""
    guide = parent.add_child(instance=GuidePage(title="Guide", slug="guide", intro="<p>Hello</p>"))
    kind = PermitKind.objects.create(
        key="building", name="Building", lead_weeks=3, locale_id=parent.locale_id
    )
    phases = []
    for title, phase_kind, amount, unit in (
        ("Plan", PhaseKind.PLANNING, 4, "weeks"),
        ("Camp", PhaseKind.REALISATION, 3, "days"),
        ("After", PhaseKind.AFTERCARE, 0, "weeks"),
    ):
        phase = PhasePage(
            title=title, slug=title.lower(), kind=phase_kind, duration=amount, duration_unit=unit
        )
        phase.summary = f"{title} it"
        phase.guidance = [
            {"type": "heading", "value": {"text": f"{title} well", "level": "2"}},
            {"type": "paragraph", "value": f'<p>Read <a linktype="page" id="{parent.pk}">more</a>.</p>'},
        ]
        phase.tasks = [
            PhaseTask(sort_order=0, title=f"{title} task", help="<p>Do</p>", locale_id=parent.locale_id)
        ]
        if phase_kind == PhaseKind.PLANNING:
            phase.tasks.add(
                PhaseTask(
                    title="Permit",
                    kind=TaskKind.PERMIT,
                    permit_kind=kind,
                    locale_id=parent.locale_id,
                    sort_order=1,
                    required=False,
                )
            )
        phase.requirements = [
            PhaseRequirement(
                metric="core.members", target=3, label="Three people", locale_id=parent.locale_id
            )
        ]
        guide.add_child(instance=phase)
        phases.append(phase)
    return guide, phases


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path) -> World:
    """The national site “stedskaping” and the pilot “larvik”, in Bokmål."""
    settings.MEDIA_ROOT = tmp_path
    locale, _created = Locale.objects.get_or_create(language_code="nb")
    Site.objects.all().delete()
    Page.objects.filter(depth=2).delete()
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="Stedskaping", slug="home", locale=locale))
    news = home.add_child(instance=ArticleIndexPage(title="News", slug="news"))
    article = news.add_child(instance=ArticlePage(title="An article", slug="article", intro="Something"))
    site = Site.objects.create(hostname="localhost", port=8000, root_page=home, is_default_site=True)
    SiteProfile.objects.create(site=site, key="stedskaping", origin="https://stedskaping.example.org")
    guide, phases = make_guide(home)
    pilot = pilot_create(
        key="larvik",
        name="Larvik",
        municipality="Larvik",
        municipality_number="3909",
        hostname="larvik.localhost",
        origin="https://larvik.example.org",
        locale="nb",
        guide=guide,
    )
    people = [User.objects.create_user(f"p{n}@example.org", display_name=f"Person {n}") for n in (1, 2)]
    return World(home, guide, phases, pilot, make_image(), article, people)


@pytest.fixture
def ask(client: Client) -> Callable[..., Answer]:
    """Send a query to the API over HTTP, signed in as `user` when given."""

    def send(query: str, variables: dict[str, Any] | None = None, user: User | None = None) -> Answer:
        if user is not None:
            client.force_login(user)
        payload = json.dumps({"query": query, "variables": variables or {}})
        with CaptureQueriesContext(connection) as captured:
            response = client.post("/graphql", payload, content_type="application/json")
        statements = [entry["sql"] for entry in captured.captured_queries]
        return Answer(
            response.status_code, json.loads(response.content), response.headers, statements, client
        )

    return send


@pytest.fixture
def sample() -> Callable[[str], str]:
    """A sample operation of `examples/queries/` with the fragments that it uses."""
    from graphql import concat_ast, parse, print_ast, separate_operations

    fragments = parse((QUERIES / "fragments.graphql").read_text())

    def read(name: str) -> str:
        document = concat_ast([parse((QUERIES / f"{name}.graphql").read_text()), fragments])
        (operation,) = separate_operations(document).values()
        return print_ast(operation)

    return read
