"""The platform that is measured: the shipped guide, a pilot, initiatives with something in every plugin."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

from django.core.files.images import ImageFile
from PIL import Image as Picture
from wagtail.models import Locale, Page, Site

from stedskaping_cms.models import HomePage
from stedskaping_core.choices import InitiativeStatus, MemberRole
from stedskaping_core.models import Image, InitiativeMember, InitiativePage, SiteProfile, User
from stedskaping_core.services.guides import guide_install
from stedskaping_core.services.journeys import journey_start
from stedskaping_core.services.pilots import pilot_create
from stedskaping_funding.models import BudgetLine
from stedskaping_mobilisation.models import Follow
from stedskaping_participation.models import Proposal, Support


def make_platform(initiatives: int) -> None:
    """Fill an empty database. Takes about a tenth of a second per initiative."""
    locale, _created = Locale.objects.get_or_create(language_code="nb")
    Site.objects.all().delete()
    Page.objects.filter(depth=2).delete()
    home = Page.get_first_root_node().add_child(instance=HomePage(title="Home", slug="home", locale=locale))
    site = Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    SiteProfile.objects.create(site=site, key="stedskaping", origin="https://stedskaping.example.org")
    guide = guide_install(parents={"nb": home})["nb"]
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
    people = [User.objects.create_user(f"p{number}@example.org") for number in range(20)]
    image = _image()
    for number in range(initiatives):
        page = InitiativePage(
            title=f"Project {number:04}",
            slug=f"project-{number:04}",
            summary="A bench, a roof and a place to meet.",
            status=InitiativeStatus.ACTIVE,
            image=image,
            place_name="The park",
            latitude=59 + number / 1000,
            longitude=10,
            first_published_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(hours=number),
            story=[{"type": "paragraph", "value": "<p>This is what we build.</p>"}] * 5,
        )
        pilot.index.add_child(instance=page)
        _take_part(page, people)


def _take_part(page: InitiativePage, people: list[User]) -> None:
    roles = (MemberRole.INITIATOR, MemberRole.TEAM, MemberRole.TEAM)
    InitiativeMember.objects.bulk_create(
        InitiativeMember(initiative=page, user=user, role=role)
        for user, role in zip(people, roles, strict=False)
    )
    journey_start(initiative=page, actor=None, starts_on=dt.date(2026, 3, 2))
    Follow.objects.bulk_create(Follow(initiative=page, user=user) for user in people)
    proposals = Proposal.objects.bulk_create(
        Proposal(initiative=page, author=user, title="A roof", body="So that we can meet in rain.")
        for user in people[:5]
    )
    Support.objects.bulk_create(Support(proposal=proposals[0], user=user) for user in people[5:])
    BudgetLine.objects.bulk_create(
        BudgetLine(
            initiative=page,
            kind="material",
            title=f"Line {number}",
            amount=Decimal(1000),
            secured=Decimal(400),
            required=True,
            position=number,
        )
        for number in range(5)
    )


def _image() -> Image:
    buffer = io.BytesIO()
    Picture.new("RGB", (1600, 1000), (90, 140, 120)).save(buffer, "JPEG")
    buffer.seek(0)
    return Image.objects.create(title="Square", description="A square", file=ImageFile(buffer, "square.jpg"))
