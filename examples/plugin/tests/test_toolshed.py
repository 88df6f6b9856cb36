"""The toolshed's own tests: an initiative, its number, and its field in the API."""

from decimal import Decimal

import pytest
from django.test import Client
from stedskaping_toolshed.models import Tool
from wagtail.models import Locale

from stedskaping_core.metrics import evaluate
from stedskaping_core.models import InitiativePage, User
from stedskaping_core.plugins.facade import hooks_for
from stedskaping_core.services.initiatives import initiative_approve, initiative_create, initiative_submit
from stedskaping_core.services.pilots import Pilot, pilot_create
from stedskaping_core.services.plugins import plugin_disable

QUERY = '{ site(key: "larvik") { initiatives { nodes { title toolshed { tools { name } } } } } }'


@pytest.fixture
def pilot(db: None) -> Pilot:
    """A pilot with the toolshed switched on."""
    Locale.objects.get_or_create(language_code="nb")
    return pilot_create(
        key="larvik",
        name="Larvik",
        municipality="Larvik",
        municipality_number="3909",
        hostname="larvik.example.org",
        origin="https://larvik.example.org",
        locale="nb",
        plugins={"toolshed": True},
    )


@pytest.fixture
def initiative(pilot: Pilot) -> InitiativePage:
    """A published initiative that may borrow a spade and a drill from Kari."""
    kari = User.objects.create_user("kari@example.org")
    page = initiative_create(
        index=pilot.index,
        actor=kari,
        title="Benken",
        summary="En benk for alle.",
        story=[("paragraph", "<p>Den står i parken.</p>")],
        place_name="Parken",
    )
    initiative_submit(initiative=page, actor=kari)
    page = initiative_approve(initiative=page, actor=None)
    for name in ("Spade", "Drill"):
        Tool.objects.create(initiative=page, lender=kari, name=name)
    return page


def test_the_number(initiative: InitiativePage) -> None:
    assert evaluate(["toolshed.tools"], [initiative]) == {"toolshed.tools": {initiative.pk: Decimal(2)}}


def test_the_field(initiative: InitiativePage, pilot: Pilot) -> None:
    def ask() -> object:
        return Client().get("/graphql", {"query": QUERY}).json()["data"]["site"]["initiatives"]["nodes"]

    assert ask() == [{"title": "Benken", "toolshed": {"tools": [{"name": "Drill"}, {"name": "Spade"}]}}]

    plugin_disable(site=pilot.site, slug="toolshed")
    assert ask() == [{"title": "Benken", "toolshed": None}]
    assert evaluate(["toolshed.tools"], [initiative]) == {"toolshed.tools": {initiative.pk: None}}


def test_a_lenders_data(initiative: InitiativePage) -> None:
    kari = User.objects.get(email="kari@example.org")
    exported = hooks_for(None).export_personal_data(kari).by_slug["toolshed"][0]
    assert exported.records == [
        {"tool": "Drill", "initiative": "Benken"},
        {"tool": "Spade", "initiative": "Benken"},
    ]

    hooks_for(None).erase_personal_data(kari, dry_run=False)
    assert not Tool.objects.exists()
