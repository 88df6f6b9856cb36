"""What joins `Site`: its menus, and what it says about itself on every page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import graphene
from graphql import GraphQLResolveInfo
from wagtail.models import Page as PageModel

from stedskaping_cms.models import Menu as MenuModel
from stedskaping_cms.models import SocialLink as SocialLinkModel
from stedskaping_cms.selectors import SettingsIn, menus_of, settings_of
from stedskaping_core.sites import SiteFacts
from stedskaping_graphql.engine.batching import batched
from stedskaping_graphql.engine.context import Context, context_of
from stedskaping_graphql.engine.fields import argument, field, non_null_list
from stedskaping_graphql.types import reading
from stedskaping_graphql.types.blocks import Block, BlockNode, block_nodes
from stedskaping_graphql.types.pages import Page


@dataclass(frozen=True)
class LinkValue:
    """A link of a menu that the caller may see."""

    title: str
    url: str
    page_id: int | None
    items: tuple[LinkValue, ...] = ()


class MenuItem(graphene.ObjectType):
    """A link, with at most one level of links below it."""

    class Meta:
        possible_types = (LinkValue,)

    title = field(graphene.String)
    url = field(graphene.String)
    page = field(Page, required=False, description="Null for a link to an address.")
    items = field(non_null_list(lambda: MenuItem))

    @staticmethod
    @batched
    def resolve_page(links: Sequence[LinkValue], info: GraphQLResolveInfo) -> list[PageModel | None]:
        """The complete page."""
        loader = reading.pages(context_of(info))
        loader.need(link.page_id for link in links)
        return [loader.get(link.page_id) for link in links]

    @staticmethod
    @batched
    def resolve_items(links: Sequence[LinkValue], info: GraphQLResolveInfo) -> list[list[LinkValue]]:
        """Empty on the second level."""
        return [list(link.items) for link in links]


class Menu(graphene.ObjectType):
    """The links of one place on a site's pages."""

    class Meta:
        possible_types = (MenuModel,)

    key = field(graphene.String)
    items = field(non_null_list(MenuItem), description="Without links to pages that the caller may not see.")

    @staticmethod
    @batched
    def resolve_items(menus: Sequence[MenuModel], info: GraphQLResolveInfo) -> list[list[LinkValue]]:
        """Both levels, with the addresses of their pages in one statement."""
        context = context_of(info)
        top = [item for menu in menus for item in menu.items.all()]
        below = [item for parent in top for item in parent.items.all()]
        page_ids = [item.page_id for item in (*top, *below)]
        reading.page_locations(context).need(page_ids)
        # Read only when `page` is asked for, and then for both levels together.
        reading.pages(context).need(page_ids)
        return [list(_links(context, menu.items.all())) for menu in menus]


def _links(context: Context, items: Iterable[Any]) -> Iterable[LinkValue]:
    for item in items:
        # The second level has no items of its own.
        below = tuple(_links(context, item.items.all())) if hasattr(item, "items") else ()
        if item.page_id is None:
            yield LinkValue(item.title, item.url, None, below)
            continue
        page = reading.page_locations(context).get(item.page_id)
        location = reading.locate(context, page) if page else None
        if location:
            yield LinkValue(item.title, location.url, item.page_id, below)


class SocialLink(graphene.ObjectType):
    """Where else people find the site."""

    class Meta:
        possible_types = (SocialLinkModel,)

    kind = field(graphene.String, description="For example facebook or mastodon.")
    url = field(graphene.String)


class SiteSettings(graphene.ObjectType):
    """What a site says about itself on every page."""

    class Meta:
        possible_types = (SettingsIn,)

    title = field(graphene.String)
    footer = field(non_null_list(Block))
    social_links = field(non_null_list(SocialLink))
    contact_email = field(graphene.String, required=False)

    @staticmethod
    @batched
    def resolve_footer(values: Sequence[SettingsIn], info: GraphQLResolveInfo) -> list[list[BlockNode]]:
        """Without blocks of plugins that are off."""
        context = context_of(info)
        return [block_nodes(context, value.footer, value.site) for value in values]

    @staticmethod
    @batched
    def resolve_social_links(
        values: Sequence[SettingsIn], info: GraphQLResolveInfo
    ) -> list[list[SocialLinkModel]]:
        """In the editors' order."""
        return [value.social_links for value in values]

    @staticmethod
    def resolve_contact_email(value: SettingsIn, info: GraphQLResolveInfo) -> str | None:
        """Null when there is none."""
        return value.contact_email or None


class SiteEditorial(graphene.ObjectType):
    """The fields of `Site` that the CMS adds."""

    menu = field(
        Menu,
        required=False,
        key=argument(graphene.String, required=True),
        locale=argument(graphene.String),
        description="In the wanted language, or the best one there is. Null when there is none.",
    )
    settings = field(SiteSettings, locale=argument(graphene.String))

    @staticmethod
    @batched
    def resolve_menu(
        sites: Sequence[SiteFacts], info: GraphQLResolveInfo, key: str, locale: str | None = None
    ) -> list[MenuModel | None]:
        """One place of each site."""
        found = menus_of(sites, key, locale)
        return [found.get(site.id) for site in sites]

    @staticmethod
    @batched
    def resolve_settings(
        sites: Sequence[SiteFacts], info: GraphQLResolveInfo, locale: str | None = None
    ) -> list[SettingsIn]:
        """Always there, with the site's name when nobody has written anything."""
        return settings_of(sites, locale)
