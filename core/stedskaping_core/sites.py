"""Which site a page belongs to, what its public path is, and where the site's frontend is.

Page trees say it all: a page belongs to the site with the longest root path, of any language, that starts
its own. The site's own root page gives the default language, whose paths have no prefix; the others start
with the language code: `/prosjekter/`, `/en/projects/`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from asgiref.local import Local
from django.core.signals import request_finished, request_started
from django.db.models import Case, IntegerField, Q, Value, When
from wagtail.models import Page, Site


@dataclass(frozen=True)
class SiteFacts:
    """What the whole platform needs to know about a site; `root_paths` by language code.

    `tree_paths` are treebeard's paths of the same root pages, and `inner_paths` those of other sites' roots
    inside, for query sets (see `in_sites`). `published` are the languages that visitors can be sent to: those
    whose root page is published.
    """

    id: int
    key: str
    name: str
    origin: str
    hostname: str
    port: int
    is_default: bool
    default_locale: str
    root_paths: Mapping[str, str]
    root_ids: Mapping[str, int]
    tree_paths: tuple[str, ...] = ()
    inner_paths: tuple[str, ...] = ()
    published: frozenset[str] = frozenset()

    @property
    def pk(self) -> int:
        """The Wagtail site's primary key, by the name that rows have."""
        return self.id

    @property
    def default_root_path(self) -> str:
        return self.root_paths[self.default_locale]

    @property
    def default_root_id(self) -> int:
        return self.root_ids[self.default_locale]


@dataclass(frozen=True)
class Location:
    """Where a page is shown: its site, its language's root, and the path a visitor sees."""

    site: SiteFacts
    locale: str
    path: str

    @property
    def url(self) -> str:
        return self.site.origin + self.path


class SiteMap:
    """All sites at one moment. Two statements when it is made, none afterwards.

    `locale_codes` are the codes of the languages that any site has, by the locale's primary key.
    """

    def __init__(self) -> None:
        self.sites: dict[int, SiteFacts] = {}
        self.locale_codes: dict[int, str] = {}
        self._load()

    @cached_property
    def _roots(self) -> list[tuple[str, str, SiteFacts]]:
        roots = [(path, code, site) for site in self.sites.values() for code, path in site.root_paths.items()]
        return sorted(roots, key=lambda root: -len(root[0]))

    def locate(self, url_path: str) -> Location | None:
        """Where the page with this `url_path` is shown; None for one outside every site."""
        for root_path, code, site in self._roots:
            if url_path.startswith(root_path):
                prefix = "/" if code == site.default_locale else f"/{code}/"
                return Location(site, code, prefix + url_path[len(root_path) :])
        return None

    def site_of(self, url_path: str) -> SiteFacts | None:
        location = self.locate(url_path)
        return location.site if location else None

    def within(self, site_ids: Collection[int]) -> Q:
        """The condition on a page that it belongs to one of these sites."""
        condition, taken = Q(pk__in=()), []
        # Shortest first, so that a site inside another one can be added or taken away again.
        for path, _code, site in reversed(self._roots):
            if site.id in site_ids:
                condition |= Q(url_path__startswith=path)
                taken.append(path)
            elif any(path.startswith(outer) for outer in taken):
                condition &= ~Q(url_path__startswith=path)
        return condition

    def site_id(self, field: str) -> Case:
        """The same decision in SQL: the site's id for a column that holds a page's `url_path`, or NULL."""
        cases = [
            When(Q(**{f"{field}__startswith": path}), then=Value(site.id))
            for path, _code, site in self._roots
        ]
        return Case(*cases, default=None, output_field=IntegerField())

    def by_key(self, key: str) -> SiteFacts | None:
        return next((site for site in self.sites.values() if site.key == key), None)

    def by_host(self, host: str) -> SiteFacts | None:
        """The site of a host name, with or without port: by the frontend's address, else by Wagtail's host
        name. Where several sites share a name the port decides, else the first one is it."""
        host = host.strip().lower()
        for site in self.sites.values():
            if site.origin.partition("://")[2].lower() == host:
                return site
        name, _colon, port = host.rpartition(":") if re.search(r":\d*$", host) else (host, "", "")
        named = [site for site in self.sites.values() if site.hostname.lower() == name]
        return next((site for site in named if str(site.port) == port), named[0] if named else None)

    @property
    def default(self) -> SiteFacts | None:
        return next((site for site in self.sites.values() if site.is_default), None)

    def resolve(self, site: SiteFacts, path: str, locale: str | None = None) -> tuple[str, str]:
        """Split a visitor's path into (language code, `url_path` of the page).

        An explicit language code at the start of the path wins; else `locale` where the site has a published
        root page in it, else the site's own.
        """
        parts = [part for part in path.split("/") if part]
        if parts and parts[0] in site.root_paths and parts[0] != site.default_locale:
            code = parts.pop(0)
        else:
            code = locale if locale and locale in site.published else site.default_locale
        tail = "".join(f"{part}/" for part in parts)
        return code, site.root_paths[code] + tail

    def _load(self) -> None:
        """Read the sites, and their root pages in every language."""
        sites = list(
            Site.objects.order_by("pk").values_list(
                "id",
                "site_name",
                "hostname",
                "port",
                "is_default_site",
                "root_page__translation_key",
                "root_page__locale__language_code",
                "siteprofile__key",
                "siteprofile__origin",
            )
        )
        keys = {row[5] for row in sites}
        trees: dict[object, dict[str, Page]] = {key: {} for key in keys}
        pages = Page.objects.filter(translation_key__in=keys).select_related("locale")
        for page in pages.only("translation_key", "locale", "url_path", "path", "live"):
            self.locale_codes[page.locale_id] = page.locale.language_code
            trees[page.translation_key][page.locale.language_code] = page
        for site_id, name, hostname, port, is_default, root_key, locale, key, origin in sites:
            roots = trees[root_key]
            own = tuple(root.path for root in roots.values())
            others = (root.path for other in keys - {root_key} for root in trees[other].values())
            self.sites[site_id] = SiteFacts(
                id=site_id,
                key=key or hostname.replace(".", "-"),
                name=name or hostname,
                origin=origin or Site(hostname=hostname, port=port).root_url,
                hostname=hostname,
                port=port,
                is_default=is_default,
                default_locale=locale,
                root_paths={code: root.url_path for code, root in roots.items()},
                root_ids={code: root.pk for code, root in roots.items()},
                tree_paths=own,
                inner_paths=tuple(path for path in others if path.startswith(own)),
                published=frozenset(code for code, root in roots.items() if root.live),
            )


def in_sites(sites: Iterable[SiteFacts]) -> Q:
    """A condition for pages of any of these sites, in all their languages. Unlike `SiteMap.within` it looks
    at columns that Wagtail's search knows."""
    condition = Q(pk__in=())
    for site in sites:
        own, inner = Q(pk__in=()), Q(pk__in=())
        for path in site.tree_paths:
            own |= Q(path__startswith=path)
        for path in site.inner_paths:
            inner |= Q(path__startswith=path)
        condition |= own & ~inner if site.inner_paths else own
    return condition


def site_id_of_path(url_path: str) -> int | None:
    """The id of the site that a page with this `url_path` belongs to."""
    site = SiteMap().site_of(url_path)
    return site.id if site else None


def site_of_page(page: Page) -> Site:
    """The site of a page. Raises `Site.DoesNotExist` for a page outside every site."""
    site_id = site_id_of_path(page.url_path)
    if site_id is None:
        raise Site.DoesNotExist(f"the page {page.pk} ({page.url_path}) is outside every site")
    return Site.objects.get(pk=site_id)


def origin_of_path(url_path: str) -> str:
    """The frontend's address for a page; the default site's for a page outside every site."""
    sites = SiteMap()
    site = sites.site_of(url_path) or sites.default
    return site.origin if site else ""


# The map of the web request that runs here, for the addresses in the admin's lists.
_request = Local()


def request_site_map() -> SiteMap:
    """All sites as they were when this web request first asked; outside of requests read each time."""
    if not getattr(_request, "running", False):
        return SiteMap()
    if _request.site_map is None:
        _request.site_map = SiteMap()
    site_map: SiteMap = _request.site_map
    return site_map


def _begin(**_kwargs: object) -> None:
    _request.running, _request.site_map = True, None


def _end(**_kwargs: object) -> None:
    _request.running, _request.site_map = False, None


request_started.connect(_begin, dispatch_uid="stedskaping_site_map")
request_finished.connect(_end, dispatch_uid="stedskaping_site_map")
