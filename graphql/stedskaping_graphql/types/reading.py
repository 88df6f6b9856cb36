"""What many resolvers of one request read together: the sites, the switches, and things named by id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from wagtail.models import Page as PageModel
from wagtail.query import PageQuerySet

from stedskaping_core.models import Document, Image, User
from stedskaping_core.plugins.activation import activation_table
from stedskaping_core.plugins.registry import get_registry
from stedskaping_core.selectors import visible_documents, visible_images, visible_pages
from stedskaping_core.sites import Location, SiteFacts, SiteMap, in_sites
from stedskaping_graphql.engine.context import Context
from stedskaping_graphql.engine.lookahead import ReferenceLoader

M = TypeVar("M")


def site_map(context: Context) -> SiteMap:
    """All sites, read once per request in two statements."""
    return context.memo("site_map", SiteMap)


def switches(context: Context) -> Mapping[str, frozenset[int]]:
    """For each installed plugin the ids of the sites where it is on; one statement per request."""
    return context.memo("activation_table", activation_table)


def locate(context: Context, page: PageModel) -> Location | None:
    """Where a page is shown; None for one outside every site."""
    return site_map(context).locate(page.url_path)


def site_of(context: Context, page: PageModel) -> SiteFacts | None:
    """The site of a page."""
    location = locate(context, page)
    return location.site if location else None


def locale_codes(context: Context) -> Mapping[int, str]:
    """Language codes by the primary key of Wagtail's locale, of every language that a site has."""
    return site_map(context).locale_codes


def locale_name(code: str) -> str:
    """A language's own name, as it stands in the settings."""
    return str(dict(settings.LANGUAGES).get(code, code))


def page_key(context: Context, page: PageModel) -> str:
    """What identifies a page to the outside: its translation key and language. Can't be counted up."""
    return f"{page.translation_key}.{locale_codes(context)[page.locale_id]}"


def parse_page_key(key: str) -> tuple[UUID, str] | None:
    """The reverse of `page_key`; None for something else."""
    text, _dot, code = key.partition(".")
    uuid = parse_uuid(text)
    return (uuid, code) if uuid and code else None


def parse_uuid(text: str) -> UUID | None:
    """A UUID from text, None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def by_uuid(queryset: QuerySet[Any], keys: Sequence[str]) -> dict[str, Any]:
    """Rows by their `uuid` column as text, for the node loader of a type. One statement."""
    wanted = {uuid for uuid in map(parse_uuid, keys) if uuid}
    return {str(row.uuid): row for row in queryset.filter(uuid__in=wanted)}


@lru_cache(maxsize=1)
def page_types() -> Mapping[str, tuple[type[PageModel], ...]]:
    """Page models that have a type in this API, by the plugin that owns them; "" for the platform's own."""
    registry = get_registry()
    found: dict[str, tuple[type[PageModel], ...]] = {}
    for slug, builtin, contribution in registry.graphql_contributions():
        owner = "" if builtin else slug
        found[owner] = (*found.get(owner, ()), *contribution.pages)
    return found


def shown_pages(context: Context) -> PageQuerySet:
    """Pages that the caller may see and that this API has a type for; a plugin's only where it is on."""
    types = page_types()
    condition = Q(content_type__in=_content_types(types.get("", ())))
    for slug, models in types.items():
        if slug:
            sites = [site for site in site_map(context).sites.values() if site.id in switches(context)[slug]]
            condition |= Q(content_type__in=_content_types(models)) & in_sites(sites)
    return visible_pages(context.request).filter(condition)


def _content_types(models: Sequence[type[PageModel]]) -> list[ContentType]:
    return list(ContentType.objects.get_for_models(*models).values())


def page_locations(context: Context) -> ReferenceLoader[int, PageModel]:
    """Pages by primary key, only to know their address: what the caller may not see is left out."""

    def fetch(ids: set[int]) -> Mapping[int, PageModel]:
        found: Mapping[int, PageModel] = visible_pages(context.request).in_bulk(list(ids))
        return found

    return ReferenceLoader.of(context, "page_locations", fetch)


def pages(context: Context) -> ReferenceLoader[int, PageModel]:
    """Complete pages by primary key that the caller may see."""

    def fetch(ids: set[int]) -> Mapping[int, PageModel]:
        return {page.pk: page for page in shown_pages(context).filter(pk__in=ids).specific()}

    return ReferenceLoader.of(context, "pages", fetch)


def images(context: Context) -> ReferenceLoader[int, Image]:
    """Images by primary key that the caller may see."""

    def fetch(ids: set[int]) -> Mapping[int, Image]:
        found: Mapping[int, Image] = visible_images(context.request).in_bulk(list(ids))
        for pk in found:
            context.tag("core.image", pk)
        return found

    return ReferenceLoader.of(context, "images", fetch)


def documents(context: Context) -> ReferenceLoader[int, Document]:
    """Documents by primary key that the caller may see."""

    def fetch(ids: set[int]) -> Mapping[int, Document]:
        found: Mapping[int, Document] = visible_documents(context.request).in_bulk(list(ids))
        return found

    return ReferenceLoader.of(context, "documents", fetch)


def people(context: Context) -> ReferenceLoader[int, User]:
    """People by primary key, for their public names."""

    def fetch(ids: set[int]) -> Mapping[int, User]:
        found: Mapping[int, User] = User.objects.in_bulk(list(ids))
        return found

    return ReferenceLoader.of(context, "people", fetch)
