"""From the path in a visitor's address bar to what is there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import graphene
from django.db.models import Q
from graphql import GraphQLResolveInfo
from wagtail.contrib.redirects.models import Redirect as RedirectModel
from wagtail.models import Page as PageModel

from stedskaping_core.selectors import restriction_of
from stedskaping_core.sites import SiteFacts
from stedskaping_graphql.engine.batching import batched
from stedskaping_graphql.engine.context import Context, context_of
from stedskaping_graphql.engine.fields import field, non_null_list
from stedskaping_graphql.types import reading
from stedskaping_graphql.types.pages import Page


@dataclass(frozen=True)
class AlternateValue:
    """A page's address in one language."""

    locale: str
    url: str


@dataclass(frozen=True)
class PageRouteValue:
    """A page is there."""

    page: PageModel


@dataclass(frozen=True)
class RedirectRouteValue:
    """Something is elsewhere."""

    location: str
    permanent: bool


@dataclass(frozen=True)
class GoneRouteValue:
    """There was a page once."""

    path: str


@dataclass(frozen=True)
class RestrictedRouteValue:
    """There is a page, but not for this caller."""

    kind: str


@dataclass(frozen=True)
class RedirectValue:
    """A redirect as frontends see it."""

    key: str
    from_: str
    to: str
    permanent: bool


@dataclass(frozen=True)
class SitemapValue:
    """A page in the sitemap."""

    page: PageModel
    url: str

    @property
    def last_modified(self) -> Any:
        return self.page.last_published_at


class Alternate(graphene.ObjectType):
    """A page's address in one language."""

    class Meta:
        possible_types = (AlternateValue,)

    locale = field(graphene.String)
    url = field(graphene.String)


class PageRoute(graphene.ObjectType):
    """A page is there."""

    class Meta:
        possible_types = (PageRouteValue,)

    page = field(Page)
    canonical_url = field(graphene.String)
    alternates = field(non_null_list(Alternate), description="The page's languages, itself included.")

    @staticmethod
    def resolve_canonical_url(route: PageRouteValue, info: GraphQLResolveInfo) -> str:
        """The page's own address, whatever address it was asked for by."""
        location = reading.locate(context_of(info), route.page)
        return location.url if location else ""

    @staticmethod
    @batched
    def resolve_alternates(
        routes: Sequence[PageRouteValue], info: GraphQLResolveInfo
    ) -> list[list[AlternateValue]]:
        """For `hreflang`."""
        return alternates(context_of(info), [route.page for route in routes])


class RedirectRoute(graphene.ObjectType):
    """What is asked for is elsewhere."""

    class Meta:
        possible_types = (RedirectRouteValue,)

    location = field(graphene.String)
    permanent = field(graphene.Boolean)


class GoneRoute(graphene.ObjectType):
    """There was a page once. Answer 410."""

    class Meta:
        possible_types = (GoneRouteValue,)

    path = field(graphene.String)


class RestrictedRoute(graphene.ObjectType):
    """There is a page, but not for this caller."""

    class Meta:
        possible_types = (RestrictedRouteValue,)

    kind = field(graphene.String, description="login, groups or password.")


class Route(graphene.Union):
    """What is at a path."""

    class Meta:
        types = (PageRoute, RedirectRoute, GoneRoute, RestrictedRoute)


def for_site(site: SiteFacts) -> Q:
    """Redirects of a site and those for all sites."""
    return Q(site_id=site.id) | Q(site__isnull=True)


def find_page(context: Context, site: SiteFacts, path: str, locale: str | None) -> PageModel | None:
    """The visible page at a visitor's path."""
    _code, url_path = reading.site_map(context).resolve(site, urlsplit(path).path, locale)
    page = reading.shown_pages(context).filter(url_path=url_path).first()
    return page.specific if page else None


def route(context: Context, site: SiteFacts, path: str, locale: str | None) -> Any:
    """What is at `path`, see `Route`; None when there is nothing and never was."""
    page = find_page(context, site, path, locale)
    if page is not None:
        return PageRouteValue(page)
    found = _redirect(context, site, path)
    if found is not None:
        return found
    _code, url_path = reading.site_map(context).resolve(site, urlsplit(path).path, locale)
    hidden = PageModel.objects.filter(url_path=url_path).first()
    if hidden is None:
        return None
    if hidden.live:
        kind = restriction_of(context.request, hidden)
        return RestrictedRouteValue(kind) if kind else None
    # Only what was public before may be told to have been there.
    was_open = hidden.first_published_at is not None and restriction_of(context.request, hidden) is None
    return GoneRouteValue(path) if was_open else None


def _redirect(context: Context, site: SiteFacts, path: str) -> RedirectRouteValue | None:
    wanted = RedirectModel.normalise_path(path)
    paths = {wanted, urlsplit(wanted).path}
    rows = list(RedirectModel.objects.filter(for_site(site), old_path__in=paths))
    # One that names the query string comes before the bare path, the site's own before everybody's.
    rows.sort(key=lambda row: (row.old_path != wanted, row.site_id is None))
    shown = redirects(context, rows)
    return RedirectRouteValue(shown[0].to, shown[0].permanent) if shown else None


def redirects(context: Context, rows: Iterable[RedirectModel]) -> list[RedirectValue]:
    """Redirects whose target the caller may see. Pages behind them are read in one statement."""
    rows = list(rows)
    loader = reading.page_locations(context)
    loader.need(row.redirect_page_id for row in rows)
    shown = []
    for row in rows:
        target = str(row.redirect_link or "")
        if row.redirect_page_id is not None:
            page = loader.get(row.redirect_page_id)
            location = reading.locate(context, page) if page else None
            target = location.url if location else ""
        if target:
            shown.append(RedirectValue(f"{row.old_path} {row.pk}", row.old_path, target, row.is_permanent))
    return shown


def alternates(context: Context, pages: Sequence[PageModel]) -> list[list[AlternateValue]]:
    """Each page's addresses in the languages it is published in, itself included. One statement."""
    found: dict[Any, list[AlternateValue]] = {page.translation_key: [] for page in pages}
    versions = reading.shown_pages(context).filter(translation_key__in=found).order_by("locale_id")
    for version in versions:
        location = reading.locate(context, version)
        if location:
            found[version.translation_key].append(AlternateValue(location.locale, location.url))
    return [found[page.translation_key] for page in pages]


def sitemap_value(context: Context, page: PageModel) -> SitemapValue:
    """A page with its address."""
    location = reading.locate(context, page)
    return SitemapValue(page, location.url if location else "")
