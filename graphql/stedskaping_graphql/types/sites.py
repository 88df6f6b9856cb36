"""Sites: languages, pages, routing, search, redirects, sitemap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import graphene
from graphql import GraphQLResolveInfo
from wagtail.contrib.redirects.models import Redirect as RedirectModel
from wagtail.models import Page as PageModel

from stedskaping_core.plugins.registry import get_registry
from stedskaping_core.sites import SiteFacts, in_sites
from stedskaping_graphql.engine.batching import batched
from stedskaping_graphql.engine.connections import (
    Connection,
    connection_field,
    connection_type,
    page_args,
    paginate,
    paginate_list,
)
from stedskaping_graphql.engine.context import Context, context_of
from stedskaping_graphql.engine.cursors import Order
from stedskaping_graphql.engine.errors import BadUserInput
from stedskaping_graphql.engine.fields import argument, field, list_of, non_null_list
from stedskaping_graphql.engine.ids import from_global_id, to_global_id
from stedskaping_graphql.engine.nodes import Node, load_nodes
from stedskaping_graphql.engine.scalars import DateTime
from stedskaping_graphql.types import reading, routing
from stedskaping_graphql.types.pages import (
    ORDERS,
    Locale,
    LocaleValue,
    Page,
    PageConnection,
    PageOrderChoice,
    filter_pages,
    page_list_arguments,
    page_models,
)
from stedskaping_graphql.types.pilots import Pilot, PilotFacts, pilots_of
from stedskaping_graphql.types.routing import Alternate, Route

# A search answers this many pages at the most; further ones help nobody.
SEARCH_LIMIT = 200


@dataclass(frozen=True)
class SwitchValue:
    """A plugin's switch at a site."""

    slug: str
    enabled: bool
    version: str


class SitePlugin(graphene.ObjectType):
    """An installed plugin, and whether it is on for the site."""

    class Meta:
        possible_types = (SwitchValue,)

    slug = field(graphene.String)
    enabled = field(graphene.Boolean)
    version = field(graphene.String)


class Redirect(graphene.ObjectType):
    """An old address and the new one."""

    class Meta:
        possible_types = (routing.RedirectValue,)

    from_ = field(graphene.String, name="from")
    to = field(graphene.String)
    permanent = field(graphene.Boolean)


class SitemapEntry(graphene.ObjectType):
    """A page for search engines."""

    class Meta:
        possible_types = (routing.SitemapValue,)

    url = field(graphene.String)
    last_modified = field(DateTime, required=False)
    alternates = field(non_null_list(Alternate))

    @staticmethod
    @batched
    def resolve_alternates(
        entries: Sequence[routing.SitemapValue], info: GraphQLResolveInfo
    ) -> list[list[routing.AlternateValue]]:
        """The page's languages, itself included."""
        return routing.alternates(context_of(info), [entry.page for entry in entries])


RedirectConnection = connection_type("Redirect", Redirect, with_total=False, with_edges=False)
SitemapConnection = connection_type("Sitemap", SitemapEntry, with_total=False, with_edges=False)
SearchConnection = connection_type("Search", Page, with_nodes=False)


class Site(graphene.ObjectType):
    """A site: the national one, or a pilot's."""

    class Meta:
        interfaces = (Node,)
        possible_types = (SiteFacts,)

    key = field(graphene.String)
    name = field(graphene.String)
    origin = field(graphene.String, description="Origin of the public frontend, without a trailing slash.")
    locales = field(non_null_list(Locale))
    default_locale = field(Locale)
    pilot = field(Pilot, required=False, description="Null for a site that is no pilot.")
    plugins = field(non_null_list(SitePlugin))
    route = field(
        Route,
        required=False,
        path=argument(graphene.String, required=True),
        locale=argument(graphene.String),
        description="What a frontend router needs, in one request. Null when nothing is there.",
    )
    page = field(
        Page,
        required=False,
        id=argument(graphene.ID),
        path=argument(graphene.String),
        locale=argument(graphene.String),
        description="By id or by path: exactly one of them.",
    )
    pages = connection_field(PageConnection, **page_list_arguments())
    search = connection_field(
        SearchConnection,
        description=f"Best first, {SEARCH_LIMIT} at most.",
        query=argument(graphene.String, required=True),
        types=argument(list_of(graphene.String)),
    )
    redirects = connection_field(RedirectConnection)
    sitemap = connection_field(SitemapConnection)

    @staticmethod
    def resolve_id(site: SiteFacts, info: GraphQLResolveInfo) -> str:
        """By the site's key."""
        return to_global_id("Site", site.key)

    @staticmethod
    @batched
    def resolve_locales(sites: Sequence[SiteFacts], info: GraphQLResolveInfo) -> list[list[LocaleValue]]:
        """The site's main language first."""
        return [
            [
                LocaleValue(code)
                for code in sorted(site.root_paths, key=lambda code: (code != site.default_locale, code))
            ]
            for site in sites
        ]

    @staticmethod
    def resolve_default_locale(site: SiteFacts, info: GraphQLResolveInfo) -> LocaleValue:
        """The language whose paths have no prefix."""
        return LocaleValue(site.default_locale)

    @staticmethod
    @batched
    def resolve_pilot(sites: Sequence[SiteFacts], info: GraphQLResolveInfo) -> list[PilotFacts | None]:
        """The pilot at the root."""
        found = pilots_of(context_of(info), sites)
        return [found.get(site.id) for site in sites]

    @staticmethod
    @batched
    def resolve_plugins(sites: Sequence[SiteFacts], info: GraphQLResolveInfo) -> list[list[SwitchValue]]:
        """All installed plugins by slug."""
        table = reading.switches(context_of(info))
        configs = get_registry().plugins
        return [
            [
                SwitchValue(slug, site.id in table[slug], config.plugin_version)
                for slug, config in configs.items()
            ]
            for site in sites
        ]

    @staticmethod
    @batched
    def resolve_route(
        sites: Sequence[SiteFacts], info: GraphQLResolveInfo, path: str, locale: str | None = None
    ) -> list[Any]:
        """A page, a redirect, a page that is gone, or one that is closed to the caller."""
        return [routing.route(context_of(info), site, path, locale) for site in sites]

    @staticmethod
    @batched
    def resolve_page(
        sites: Sequence[SiteFacts],
        info: GraphQLResolveInfo,
        id: str | None = None,
        path: str | None = None,
        locale: str | None = None,
    ) -> list[PageModel | None]:
        """One page of this site."""
        if (id is None) == (path is None):
            raise BadUserInput('Give either "id" or "path".')
        context = context_of(info)
        if path is not None:
            return [routing.find_page(context, site, path, locale) for site in sites]
        return [_own_page(context, info, site, str(id)) for site in sites]

    @staticmethod
    @batched
    def resolve_pages(
        sites: Sequence[SiteFacts],
        info: GraphQLResolveInfo,
        first: int | None = None,
        after: str | None = None,
        where: Mapping[str, Any] | None = None,
        order_by: PageOrderChoice | None = None,
    ) -> list[Connection[Any]]:
        """All pages of the site in one language, its main one unless `where` says otherwise."""
        context = context_of(info)
        order = ORDERS[order_by or PageOrderChoice.TREE]
        answers = []
        for site in sites:
            chosen = {
                "locale": site.default_locale,
                **{k: v for k, v in (where or {}).items() if v is not None},
            }
            pages = reading.shown_pages(context).filter(in_sites([site]))
            pages = filter_pages(pages, context, info, chosen)
            answers.append(paginate(pages.specific(), page_args(first, after), order))
        return answers

    @staticmethod
    @batched
    def resolve_search(
        sites: Sequence[SiteFacts],
        info: GraphQLResolveInfo,
        query: str,
        first: int | None = None,
        after: str | None = None,
        types: Sequence[str] | None = None,
    ) -> list[Connection[Any]]:
        """Ranked by the search backend; a page that the caller may not see isn't found."""
        return [_search(context_of(info), info, site, query, first, after, types) for site in sites]

    @staticmethod
    @batched
    def resolve_redirects(
        sites: Sequence[SiteFacts],
        info: GraphQLResolveInfo,
        first: int | None = None,
        after: str | None = None,
    ) -> list[Connection[Any]]:
        """The site's own and those for all sites; without those that lead to what the caller may not see."""
        context = context_of(info)
        answers = []
        for site in sites:
            rows = list(RedirectModel.objects.filter(routing.for_site(site)).order_by("old_path", "pk"))
            shown = routing.redirects(context, rows)
            answers.append(
                paginate_list(shown, page_args(first, after), name="redirects", key=lambda row: row.key)
            )
        return answers

    @staticmethod
    @batched
    def resolve_sitemap(
        sites: Sequence[SiteFacts],
        info: GraphQLResolveInfo,
        first: int | None = None,
        after: str | None = None,
    ) -> list[Connection[Any]]:
        """Every published page of the site in every language."""
        context = context_of(info)
        order = Order("sitemap", (("path", "asc"),))
        answers = []
        for site in sites:
            pages = reading.shown_pages(context).filter(in_sites([site]))
            found = paginate(pages, page_args(first, after), order)
            answers.append(
                found.map(lambda page: routing.sitemap_value(context, page), lambda entry: entry.page)
            )
        return answers


def _own_page(
    context: Context, info: GraphQLResolveInfo, site: SiteFacts, global_id: str
) -> PageModel | None:
    from_global_id(global_id)
    page = load_nodes(info, [global_id], "id")[0]
    if not isinstance(page, PageModel):
        return None
    found = reading.site_of(context, page)
    return page if found and found.id == site.id else None


def _search(
    context: Context,
    info: GraphQLResolveInfo,
    site: SiteFacts,
    query: str,
    first: int | None,
    after: str | None,
    types: Sequence[str] | None,
) -> Connection[Any]:
    page = page_args(first, after)
    if not query.strip():
        raise BadUserInput('The argument "query" needs at least one word.')
    # The search backend filters by indexed columns only; what the caller may see is decided afterwards.
    pages = PageModel.objects.live().filter(in_sites([site]))
    if types is not None:
        pages = pages.type(*page_models(info, types))
    found = [page.pk for page in pages.search(query[:200])[:SEARCH_LIMIT]]
    shown = set(reading.shown_pages(context).filter(pk__in=found).values_list("pk", flat=True))
    ranked = [pk for pk in found if pk in shown]
    loader = reading.pages(context)
    listed = paginate_list(ranked, page, name="search", key=str)
    loader.need(listed.nodes)
    complete = {pk: loader.get(pk) for pk in listed.nodes}
    return listed.map(lambda pk: complete[pk], lambda found: found.pk)


def find_site(context: Context, host: str | None, key: str | None) -> SiteFacts | None:
    """By key or by host name; the default site without either. Both together must agree."""
    sites = reading.site_map(context)
    if key is not None:
        found = sites.by_key(key)
        return found if host is None or found is sites.by_host(host) else None
    return sites.default if host is None else sites.by_host(host)


def load_sites(keys: Sequence[str], context: Context) -> Mapping[str, SiteFacts]:
    """Sites for `node(id)`, by key."""
    return {key: site for key in keys if (site := reading.site_map(context).by_key(key))}
