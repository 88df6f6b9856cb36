"""What the parts of the demo share while they are loaded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.utils import timezone
from wagtail.models import Locale, Page

from stedskaping_cms.demo import texts
from stedskaping_cms.models import ArticlePage, CoursePage
from stedskaping_core.models import (
    GuidePage,
    Image,
    InitiativeIndexPage,
    InitiativePage,
    PilotPage,
    SiteProfile,
    User,
)
from stedskaping_core.sites import SiteMap

NATIONAL = "stedskaping"
PICTURE_SIZE = (1600, 1000)


@dataclass
class Demo:
    """One run of `stedskaping demo`.

    What is in the database is looked up by stable keys, so that a run goes on where another one ended.
    """

    size: tuple[int, int] = PICTURE_SIZE
    tell: Callable[[str], None] = print
    now: dt.datetime = field(default_factory=timezone.now)

    @cached_property
    def calendar(self) -> texts.Calendar:
        return texts.Calendar(self.now.astimezone(texts.TIME_ZONE).date())

    @cached_property
    def locales(self) -> Mapping[str, Locale]:
        """The languages by code, in the order of `texts.LANGUAGES`."""
        return {code: Locale.objects.get_or_create(language_code=code)[0] for code in texts.LANGUAGES}

    @cached_property
    def admin(self) -> User:
        return User.objects.get(email=email("admin"))

    @cached_property
    def people(self) -> Mapping[tuple[str, str], User]:
        """The people of the content files by pilot and key, as far as they are there."""
        wanted = {
            email(person["key"], key): (key, person["key"])
            for key, entry in texts.pilots().items()
            for person in entry["people"]
        }
        return {wanted[user.email]: user for user in User.objects.filter(email__in=wanted)}

    def site_loaded(self, key: str) -> bool:
        return SiteProfile.objects.filter(key=key).exists()

    def pilot(self, key: str) -> PilotPage:
        """A pilot's page in its main language."""
        return PilotPage.objects.get(sites_rooted_here__siteprofile__key=key)

    def index(self, key: str) -> InitiativeIndexPage:
        """A pilot's list of initiatives in its main language."""
        return InitiativeIndexPage.objects.child_of(self.pilot(key)).get()

    def initiatives(self, pilot: str) -> dict[str, InitiativePage]:
        """A pilot's initiatives of the content files that are there, by key."""
        slugs = {entry["slug"]: key for key, entry in texts.initiatives(pilot).items()}
        found = InitiativePage.objects.child_of(self.index(pilot)).filter(slug__in=slugs).order_by("path")
        return {slugs[page.slug]: page for page in found}

    # ---------------------------------------------------------------- links in texts

    @cached_property
    def image_ids(self) -> dict[str, int]:
        """Pictures by key."""
        from stedskaping_cms.demo.drawings import picture_uuid

        keys = {picture_uuid(key): key for key in texts.pictures()}
        return {keys[row.uuid]: row.pk for row in Image.objects.filter(uuid__in=keys).only("pk", "uuid")}

    def image(self, key: str) -> int:
        return self.image_ids[key]

    @cached_property
    def page_ids(self) -> dict[tuple[str, str], int]:
        """The national site's pages by language and key; `home` and `guide` are keys too."""
        site = SiteMap().by_key(NATIONAL)
        found: dict[tuple[str, str], int] = {}
        for code, root_id in (site.root_ids if site else {}).items():
            root = Page.objects.get(pk=root_id)
            found[code, "home"] = root_id
            for guide in GuidePage.objects.child_of(root).values_list("pk", flat=True)[:1]:
                found[code, "guide"] = guide
            entries = [*texts.national(code)["pages"], *texts.national(code)["courses"]]
            keys = {entry["slug"]: entry["key"] for entry in entries}
            for model in (ArticlePage, CoursePage):
                rows = model.objects.descendant_of(root).filter(slug__in=keys).values_list("slug", "pk")
                found |= {(code, keys[slug]): pk for slug, pk in rows}
        return found


def email(key: str, pilot: str = "") -> str:
    """The address of an account: `manager.larvik@example.org`."""
    return f"{key}.{pilot}@example.org" if pilot else f"{key}@example.org"
