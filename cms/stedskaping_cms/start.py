"""What the start page shows: the sites, the ways in and, in the demo, the accounts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse

from stedskaping_cms.demo import texts
from stedskaping_cms.demo.drawings import picture_uuid
from stedskaping_cms.demo.people import ROLES
from stedskaping_cms.demo.state import email
from stedskaping_core.models import Image, InitiativePage, PilotPage, SiteProfile, User
from stedskaping_core.sites import SiteMap
from stedskaping_graphql.types.addresses import absolute, variant

HERO = "camp-day-three"
HERO_SIZE, CARD_SIZE = (1280, 560), (640, 400)


@dataclass(frozen=True)
class SiteCard:
    """A site as a card. A site that isn't a pilot's has no `pilot`, and no picture."""

    name: str
    address: str
    admin_url: str
    pilot: PilotPage | None
    picture: str
    projects: int


@dataclass(frozen=True)
class RoleRow:
    """A line of the accounts' table: a role, and its address in each pilot."""

    role: Any
    addresses: Sequence[str]


def start_context() -> dict[str, Any]:
    """Everything for the template; `accounts` only in the demo, and only when its people are there."""
    context: dict[str, Any] = {
        # Wagtail's own first site has no profile.
        "cards": _cards() if SiteProfile.objects.exists() else [],
        "hero": _address(Image.objects.filter(uuid=picture_uuid(HERO)).first(), HERO_SIZE),
        "explorer": settings.STEDSKAPING_GRAPHQL_EXPLORER,
    }
    admin = email("admin")
    if settings.STEDSKAPING_ENV == "demo" and User.objects.filter(email=admin).exists():
        context |= {
            "admin": admin,
            "places": [entry["name"] for entry in texts.pilots().values()],
            "accounts": [
                RoleRow(role, [email(key, pilot) for pilot in texts.pilots()])
                for key, role in ROLES.items()
                if key != "admin"
            ],
            "password": settings.STEDSKAPING_DEMO_PASSWORD,
        }
    return context


def _cards() -> list[SiteCard]:
    site_map = SiteMap()
    pilots = PilotPage.objects.select_related("image").in_bulk(
        [site.default_root_id for site in site_map.sites.values()]
    )
    paths = InitiativePage.objects.filter(live=True).values_list("url_path", flat=True)
    projects = Counter(site.id for site in map(site_map.site_of, paths) if site)
    cards = []
    for site in site_map.sites.values():
        pilot = pilots.get(site.default_root_id)
        cards.append(
            SiteCard(
                name=site.name,
                address=site.origin.partition("://")[2],
                admin_url=reverse("wagtailadmin_explore", args=(site.default_root_id,)),
                pilot=pilot,
                picture=_address(pilot.image if pilot else None, CARD_SIZE),
                projects=projects[site.id],
            )
        )
    return cards


def _address(image: Image | None, size: tuple[int, int]) -> str:
    """The picture's signed address on whatever host the page is read from; empty without a picture."""
    return variant(image, *size).url.removeprefix(absolute("")) if image else ""
