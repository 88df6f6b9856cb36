"""Reads of the editorial models, and what of the platform a member of staff works with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest
from wagtail.models import Site

from stedskaping_cms.models import (
    CoursePage,
    CourseRegistration,
    CourseSession,
    Menu,
    SiteSettings,
    SiteText,
    SocialLink,
)
from stedskaping_cms.models.courses import RegistrationState
from stedskaping_core.choices import MemberRole
from stedskaping_core.models import InitiativeMember, InitiativePage
from stedskaping_core.selectors import locale_order
from stedskaping_core.sites import SiteFacts, SiteMap
from stedskaping_core.staff import StaffScope

# ------------------------------------------------------------------ courses


def sessions_of(courses: Sequence[CoursePage]) -> dict[int, list[CourseSession]]:
    """The dates of each course by primary key, in order: those of all its published language versions."""
    by_key: dict[UUID, list[CourseSession]] = {course.translation_key: [] for course in courses}
    sessions = CourseSession.objects.filter(page__translation_key__in=by_key, page__live=True)
    for session in sessions.annotate(key=F("page__translation_key")).order_by("starts_at", "pk"):
        by_key[session.key].append(session)
    return {course.pk: by_key[course.translation_key] for course in courses}


def seats_left(sessions: Sequence[CourseSession]) -> dict[int, int | None]:
    """Free seats by primary key; None where there is room for everybody. One statement."""
    taken: Counter[int] = Counter()
    limited = [session.pk for session in sessions if session.capacity is not None]
    rows = CourseRegistration.objects.filter(
        session__in=limited, state=RegistrationState.REGISTERED
    ).order_by()
    for session_id, number in rows.values_list("session_id").annotate(number=Count("pk")):
        taken[session_id] = number
    return {
        session.pk: None if session.capacity is None else max(0, session.capacity - taken[session.pk])
        for session in sessions
    }


def registered_sessions(user: Any, sessions: Sequence[CourseSession]) -> set[int]:
    """Those that the person has a seat in or waits for, by primary key. One statement, none for visitors."""
    if user is None or not user.is_authenticated:
        return set()
    rows = CourseRegistration.objects.filter(user=user, session__in=[session.pk for session in sessions])
    return set(rows.values_list("session_id", flat=True))


# ------------------------------------------------------------------ menus and settings of sites


def menus_of(sites: Sequence[SiteFacts], key: str, locale: str | None = None) -> dict[int, Menu]:
    """The menu of each site that has one, by the site's id, in the best available language.

    Three statements; the links of both levels are loaded.
    """
    rows = Menu.objects.filter(site__in=[site.id for site in sites], key=key)
    by_site: dict[int, dict[str, Menu]] = {site.id: {} for site in sites}
    for menu in rows.select_related("locale").prefetch_related("items__items"):
        by_site[menu.site_id][menu.locale.language_code] = menu
    found = {}
    for site in sites:
        menus = by_site[site.id]
        best = next((code for code in _languages(site, locale) if code in menus), None)
        if best:
            found[site.id] = menus[best]
    return found


@dataclass(frozen=True)
class SettingsIn:
    """A site's settings as they are shown in one language. `footer` holds stored stream items."""

    site: SiteFacts
    title: str
    contact_email: str
    footer: Sequence[Mapping[str, Any]]
    social_links: list[SocialLink]


def settings_of(sites: Sequence[SiteFacts], locale: str | None = None) -> list[SettingsIn]:
    """The settings of each site, in order. What is missing in `locale` comes from the next best language.

    Reads only: a site for which nobody has written any has its name and nothing else. Three statements.
    """
    rows = SiteSettings.objects.filter(site__in=[site.id for site in sites])
    found = {row.site_id: row for row in rows.prefetch_related("social_links", "texts__locale")}
    return [_settings_in(site, found.get(site.id), locale) for site in sites]


def _settings_in(site: SiteFacts, row: SiteSettings | None, locale: str | None) -> SettingsIn:
    if row is None:
        return SettingsIn(site, site.name, "", (), [])
    texts: dict[str, SiteSettings | SiteText] = {text.locale.language_code: text for text in row.texts.all()}
    texts[site.default_locale] = row
    ordered = [texts[code] for code in _languages(site, locale) if code in texts]
    title = next((text.title for text in ordered if text.title), site.name)
    footer = next((text.footer for text in ordered if text.footer), None)
    return SettingsIn(
        site, title, row.contact_email, footer.raw_data if footer else (), list(row.social_links.all())
    )


def _languages(site: SiteFacts, locale: str | None) -> list[str]:
    return locale_order(locale or site.default_locale, site.default_locale)


# ------------------------------------------------------------------ staff


def staff_initiatives(request: HttpRequest) -> QuerySet[InitiativePage]:
    """The initiatives that the person sees in the admin: of their own pilots, and those they facilitate."""
    scope = StaffScope.of(request)
    facilitated = InitiativeMember.objects.filter(user=request.user.pk, role=MemberRole.FACILITATOR)
    return InitiativePage.objects.filter(
        scope.site_map.within(scope.site_ids) | Q(pk__in=facilitated.values("initiative_id"))
    )


def staff_sites(request: HttpRequest) -> QuerySet[Site]:
    """The sites that the person works for, by name."""
    return Site.objects.filter(pk__in=StaffScope.of(request).site_ids).order_by("site_name", "hostname")


def initiatives_by_status(site: Site) -> Counter[str]:
    """How many initiatives a site has in each status."""
    pages = InitiativePage.objects.filter(SiteMap().within([site.pk]))
    rows = pages.order_by().values_list("status")
    return Counter(dict(rows.annotate(number=Count("pk"))))
