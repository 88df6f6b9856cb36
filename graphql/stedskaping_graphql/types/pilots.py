"""Pilots: a municipality's place and period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from stedskaping_core import values
from stedskaping_core.choices import PilotStatus as PilotStatusChoice
from stedskaping_core.models import PilotPage as PilotModel
from stedskaping_core.selectors import locale_order
from stedskaping_core.sites import SiteFacts
from stedskaping_graphql.engine.batching import batched
from stedskaping_graphql.engine.connections import Connection, connection_type, page_args, paginate
from stedskaping_graphql.engine.context import Context, context_of
from stedskaping_graphql.engine.cursors import Order
from stedskaping_graphql.engine.fields import enum_type, field, list_of, non_null_list
from stedskaping_graphql.engine.ids import to_global_id
from stedskaping_graphql.engine.nodes import Node
from stedskaping_graphql.engine.scalars import Date
from stedskaping_graphql.types import reading
from stedskaping_graphql.types.blocks import Block, stream
from stedskaping_graphql.types.content import Image, Place, RichText, image_of
from stedskaping_graphql.types.guides import GuidePage
from stedskaping_graphql.types.pages import Page
from stedskaping_graphql.types.people import PublicProfile
from stedskaping_graphql.types.richtext import RichTextValue

PilotStatus = enum_type(PilotStatusChoice, "PilotStatus")


@dataclass(frozen=True)
class PilotFacts:
    """A pilot, apart from its root page: the page is a `Page` of the API, the pilot is not."""

    page: PilotModel
    site: SiteFacts

    @cached_property
    def place(self) -> values.Place | None:
        return self.page.place


def _of_page(name: str) -> Any:
    def resolve(pilot: PilotFacts, info: GraphQLResolveInfo) -> Any:
        return getattr(pilot.page, name)

    return staticmethod(resolve)


class Pilot(graphene.ObjectType):
    """A municipality's place and period. Its texts are in the site's main language."""

    class Meta:
        interfaces = (Node,)
        possible_types = (PilotFacts,)

    name = field(graphene.String)
    municipality = field(graphene.String)
    municipality_number = field(graphene.String, description="Kommunenummer, four digits.")
    intro = field(RichText)
    image = field(Image, required=False)
    place = field(Place, required=False)
    status = field(PilotStatus)
    starts_on = field(Date, required=False)
    ends_on = field(Date, required=False)
    contact = field(PublicProfile, required=False, description="The person in the municipality.")
    guide = field(
        GuidePage, required=False, description="What new initiatives follow, in the site's language."
    )

    resolve_name = _of_page("title")
    resolve_municipality = _of_page("municipality")
    resolve_municipality_number = _of_page("municipality_number")
    resolve_status = _of_page("status")
    resolve_starts_on = _of_page("starts_on")
    resolve_ends_on = _of_page("ends_on")

    @staticmethod
    def resolve_id(pilot: PilotFacts, info: GraphQLResolveInfo) -> str:
        """By the site's key."""
        return to_global_id("Pilot", pilot.site.key)

    @staticmethod
    @batched
    def resolve_intro(pilots: Sequence[PilotFacts], info: GraphQLResolveInfo) -> list[RichTextValue]:
        """The root page's introduction."""
        return [RichTextValue(context_of(info), pilot.page.intro) for pilot in pilots]

    @staticmethod
    @batched
    def resolve_image(pilots: Sequence[PilotFacts], info: GraphQLResolveInfo) -> list[Any]:
        """The root page's picture."""
        loader = reading.images(context_of(info))
        loader.need(pilot.page.image_id for pilot in pilots)
        return [loader.get(pilot.page.image_id) for pilot in pilots]

    @staticmethod
    @batched
    def resolve_contact(pilots: Sequence[PilotFacts], info: GraphQLResolveInfo) -> list[Any]:
        """By the public name."""
        loader = reading.people(context_of(info))
        loader.need(pilot.page.contact_id for pilot in pilots)
        return [loader.get(pilot.page.contact_id) for pilot in pilots]

    @staticmethod
    @batched
    def resolve_guide(pilots: Sequence[PilotFacts], info: GraphQLResolveInfo) -> list[Any]:
        """The chosen guide's version in the site's main language, or the nearest one."""
        context = context_of(info)
        loader = reading.pages(context)
        loader.need(pilot.page.guide_id for pilot in pilots)
        chosen = [loader.get(pilot.page.guide_id) for pilot in pilots]
        keys = {guide.translation_key for guide in chosen if guide}
        codes = reading.locale_codes(context)
        versions: dict[Any, dict[str, Any]] = {key: {} for key in keys}
        for guide in reading.shown_pages(context).filter(translation_key__in=keys).specific():
            versions[guide.translation_key][codes[guide.locale_id]] = guide
        return [
            _nearest(versions[guide.translation_key], pilot.site.default_locale) or guide if guide else None
            for pilot, guide in zip(pilots, chosen, strict=True)
        ]


def _nearest(versions: Mapping[str, Any], wanted: str) -> Any:
    return next((versions[code] for code in locale_order(wanted, wanted) if code in versions), None)


class PilotPage(graphene.ObjectType):
    """The front page of a pilot's site; the facts are under `pilot`."""

    class Meta:
        interfaces = (Node, Page)

    pilot = field(Pilot, required=False)
    intro = field(RichText)
    image = field(Image, required=False)
    body = field(non_null_list(Block))

    resolve_image = staticmethod(image_of())
    resolve_body = staticmethod(stream("body"))

    @staticmethod
    @batched
    def resolve_pilot(pages: Sequence[PilotModel], info: GraphQLResolveInfo) -> list[PilotFacts | None]:
        """The same for every language of the page."""
        context = context_of(info)
        sites = [reading.site_of(context, page) for page in pages]
        found = pilots_of(context, [site for site in sites if site])
        return [found.get(site.id) if site else None for site in sites]

    @staticmethod
    @batched
    def resolve_intro(pages: Sequence[PilotModel], info: GraphQLResolveInfo) -> list[RichTextValue]:
        """In the page's language."""
        return [RichTextValue(context_of(info), page.intro) for page in pages]


PilotConnection = connection_type("Pilot", Pilot)


class PilotWhere(graphene.InputObjectType):
    """Which pilots."""

    status = graphene.InputField(list_of(PilotStatus))


def pilots_of(context: Context, sites: Sequence[SiteFacts]) -> dict[int, PilotFacts]:
    """The pilots of these sites by site id; a site whose root is no visible pilot is left out.

    Each pilot is the same object throughout a request.
    """
    known: dict[int, PilotFacts | None] = context.memo("pilots", dict)
    missing = [site for site in sites if site.id not in known]
    if missing:
        pages = _visible(context).in_bulk([site.default_root_id for site in missing])
        for site in missing:
            page = pages.get(site.default_root_id)
            known[site.id] = PilotFacts(page, site) if page else None
    return {site.id: pilot for site in sites if (pilot := known[site.id]) is not None}


def pilot_connection(
    info: GraphQLResolveInfo, first: int | None, after: str | None, where: Mapping[str, Any] | None
) -> Connection[Any]:
    """Pilots by name."""
    context = context_of(info)
    sites = {site.default_root_id: site for site in reading.site_map(context).sites.values()}
    queryset = _visible(context).filter(pk__in=sites)
    if where and where.get("status") is not None:
        queryset = queryset.filter(status__in=[status.value for status in where["status"]])
    pages = paginate(queryset, page_args(first, after), Order("title", (("title", "asc"),)))
    return pages.map(lambda page: PilotFacts(page, sites[page.pk]), lambda pilot: pilot.page)


def _visible(context: Context) -> Any:
    pks = reading.shown_pages(context).type(PilotModel).values("pk")
    return PilotModel.objects.filter(pk__in=pks)


def load_pilots(keys: Sequence[str], context: Context) -> Mapping[str, PilotFacts]:
    """Pilots for `node(id)`, by the site's key."""
    sites = [site for key in keys if (site := reading.site_map(context).by_key(key))]
    return {pilot.site.key: pilot for pilot in pilots_of(context, sites).values()}
