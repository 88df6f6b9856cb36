"""Pages: the interface, the fields that every page type has, and lists of pages."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import graphene
from django.db.models import IntegerField
from django.db.models.functions import Cast, Length, Substr
from graphql import GraphQLResolveInfo
from wagtail.models import Page as PageModel
from wagtail.query import PageQuerySet

from stedskaping_graphql.engine.batching import batched
from stedskaping_graphql.engine.connections import connection_field, connection_type, page_args, paginate_many
from stedskaping_graphql.engine.context import Context, context_of
from stedskaping_graphql.engine.cursors import Order
from stedskaping_graphql.engine.errors import BadUserInput
from stedskaping_graphql.engine.fields import argument, enum_type, field, list_of, non_null_list
from stedskaping_graphql.engine.ids import to_global_id
from stedskaping_graphql.engine.nodes import Node
from stedskaping_graphql.engine.scalars import DateTime
from stedskaping_graphql.engine.typetable import type_table
from stedskaping_graphql.types import reading
from stedskaping_graphql.types.content import Image

# Length of one level in treebeard's materialised path.
STEP = PageModel.steplen


@dataclass(frozen=True)
class LocaleValue:
    """A language of a site."""

    code: str

    @property
    def name(self) -> str:
        return reading.locale_name(self.code)


@dataclass(frozen=True)
class SeoValue:
    """What search engines and link previews are told about a page."""

    page: PageModel

    @property
    def title(self) -> str:
        return str(self.page.seo_title or self.page.title)

    @property
    def description(self) -> str:
        summary = getattr(self.page, "summary", "")
        return str(self.page.search_description or summary)


class Locale(graphene.ObjectType):
    """A language."""

    class Meta:
        possible_types = (LocaleValue,)

    code = field(graphene.String, description="For example nb, nn or en.")
    name = field(graphene.String, description="In the language itself.")


class Seo(graphene.ObjectType):
    """What search engines and link previews are told about a page."""

    class Meta:
        possible_types = (SeoValue,)

    title = field(graphene.String)
    description = field(graphene.String)
    image = field(Image, required=False)

    @staticmethod
    @batched
    def resolve_image(values: Sequence[SeoValue], info: GraphQLResolveInfo) -> list[Any]:
        """The page's main picture, for page types that have one."""
        loader = reading.images(context_of(info))
        wanted = [getattr(value.page, "image_id", None) for value in values]
        loader.need(wanted)
        return [loader.get(pk) for pk in wanted]


class PageOrderChoice(enum.Enum):
    """Orders of page lists."""

    TREE = "tree"
    TITLE_ASC = "title_asc"
    PUBLISHED_DESC = "published_desc"


PageOrder = enum_type(PageOrderChoice, "PageOrder")
ORDERS = {
    PageOrderChoice.TREE: Order("tree", (("path", "asc"),)),
    PageOrderChoice.TITLE_ASC: Order("title", (("title", "asc"),)),
    PageOrderChoice.PUBLISHED_DESC: Order("published", (("first_published_at", "desc"),)),
}


class PageWhere(graphene.InputObjectType):
    """Which pages of a list."""

    types = graphene.InputField(
        list_of(graphene.String), description="Names of page types, for example ArticlePage."
    )
    in_menus = graphene.InputField(graphene.Boolean)
    locale = graphene.InputField(
        graphene.String, description="A language code; the site's own when left out."
    )


def page_list_arguments() -> dict[str, Any]:
    """`where` and `orderBy` of a list of pages."""
    return {"where": argument(PageWhere), "order_by": argument(PageOrder)}


class Page(graphene.Interface):
    """A page. `path` is what a visitor sees, `url` the whole address on the site's frontend."""

    class Meta:
        interfaces = (Node,)

    id = field(graphene.ID)
    page_type = field(graphene.String, description="The name of the page's type.")
    title = field(graphene.String)
    slug = field(graphene.String)
    path = field(graphene.String)
    url = field(graphene.String)
    locale = field(Locale)
    translations = field(non_null_list(lambda: Page), description="The other languages that are published.")
    parent = field(lambda: Page, required=False)
    ancestors = field(non_null_list(lambda: Page), description="From the site's front page down.")
    children = connection_field(lambda: PageConnection, **page_list_arguments())
    seo = field(Seo)
    first_published_at = field(DateTime, required=False)
    last_published_at = field(DateTime, required=False)

    @staticmethod
    def resolve_id(page: PageModel, info: GraphQLResolveInfo) -> str:
        """From the translation key, so that pages can't be counted up."""
        return to_global_id(info.parent_type.name, reading.page_key(context_of(info), page))

    @staticmethod
    def resolve_page_type(page: PageModel, info: GraphQLResolveInfo) -> str:
        """The type's name."""
        return info.parent_type.name

    @staticmethod
    def resolve_path(page: PageModel, info: GraphQLResolveInfo) -> str:
        """With the language's prefix; the tree's own path for a page outside every site."""
        location = reading.locate(context_of(info), page)
        return location.path if location else str(page.url_path)

    @staticmethod
    def resolve_url(page: PageModel, info: GraphQLResolveInfo) -> str:
        """On the site's frontend."""
        location = reading.locate(context_of(info), page)
        return location.url if location else ""

    @staticmethod
    def resolve_locale(page: PageModel, info: GraphQLResolveInfo) -> LocaleValue:
        """The page's language."""
        return LocaleValue(reading.locale_codes(context_of(info))[page.locale_id])

    @staticmethod
    @batched(across=True)
    def resolve_translations(pages: Sequence[PageModel], info: GraphQLResolveInfo) -> list[list[PageModel]]:
        """Published versions in other languages."""
        found: dict[Any, list[PageModel]] = {page.translation_key: [] for page in pages}
        for other in reading.shown_pages(context_of(info)).filter(translation_key__in=found).specific():
            found[other.translation_key].append(other)
        return [[other for other in found[page.translation_key] if other.pk != page.pk] for page in pages]

    @staticmethod
    @batched(across=True)
    def resolve_parent(pages: Sequence[PageModel], info: GraphQLResolveInfo) -> list[PageModel | None]:
        """The page above; null for a site's front page."""
        chains = _ancestors(pages, info)
        return [chain[-1] if chain else None for chain in chains]

    @staticmethod
    @batched(across=True)
    def resolve_ancestors(pages: Sequence[PageModel], info: GraphQLResolveInfo) -> list[list[PageModel]]:
        """From the site's front page down to the page above."""
        return _ancestors(pages, info)

    @staticmethod
    @batched(across=True)
    def resolve_children(
        pages: Sequence[PageModel],
        info: GraphQLResolveInfo,
        first: int | None = None,
        after: str | None = None,
        where: Mapping[str, Any] | None = None,
        order_by: PageOrderChoice | None = None,
    ) -> list[Any]:
        """The pages right below."""
        context = context_of(info)
        queryset = reading.shown_pages(context).filter(depth__in={page.depth + 1 for page in pages})
        queryset = filter_pages(queryset, context, info, where).annotate(
            parent_path=Substr("path", 1, Cast(Length("path") - STEP, IntegerField()))
        )
        order = ORDERS[order_by or PageOrderChoice.TREE]
        paths = [page.path for page in pages]
        found = paginate_many(queryset.specific(), "parent_path", paths, page_args(first, after), order)
        return [found[path] for path in paths]

    @staticmethod
    @batched(across=True)
    def resolve_seo(pages: Sequence[PageModel], info: GraphQLResolveInfo) -> list[SeoValue]:
        """Batched so that the pictures are fetched together."""
        return [SeoValue(page) for page in pages]


PageConnection: Any = connection_type("Page", Page)


def _ancestors(pages: Sequence[PageModel], info: GraphQLResolveInfo) -> list[list[PageModel]]:
    """Each page's visible ancestors inside its own site. One statement and one per page type."""
    context = context_of(info)
    paths = {page.path[:end] for page in pages for end in range(STEP, len(page.path), STEP)}
    visible = reading.shown_pages(context).filter(path__in=paths).specific()
    found = {page.path: page for page in visible if reading.locate(context, page)}
    return [
        [found[page.path[:end]] for end in range(STEP, len(page.path), STEP) if page.path[:end] in found]
        for page in pages
    ]


def filter_pages(
    queryset: PageQuerySet, context: Context, info: GraphQLResolveInfo, where: Mapping[str, Any] | None
) -> PageQuerySet:
    """Apply a `PageWhere`. Raises `BadUserInput` for an unknown page type."""
    where = where or {}
    if where.get("types") is not None:
        queryset = queryset.type(*page_models(info, where["types"]))
    if where.get("in_menus") is not None:
        queryset = queryset.filter(show_in_menus=where["in_menus"])
    if where.get("locale"):
        queryset = queryset.filter(locale__language_code=where["locale"])
    return queryset


def page_models(info: GraphQLResolveInfo, names: Sequence[str]) -> list[type[PageModel]]:
    """The page models behind GraphQL type names."""
    models = {name: model for model, name in type_table(info.schema).pages.items()}
    unknown = [name for name in names if name not in models]
    if unknown:
        raise BadUserInput(f"There is no page type {', '.join(unknown)}. Known: {', '.join(sorted(models))}.")
    return [models[name] for name in names]


def page_loader(model: type[PageModel]) -> Callable[[Sequence[str], Context], Mapping[str, Any]]:
    """The loader of one page type for `node(id)`."""

    def load(keys: Sequence[str], context: Context) -> Mapping[str, Any]:
        parsed = {key: reading.parse_page_key(key) for key in keys}
        wanted = {pair[0] for pair in parsed.values() if pair}
        rows = reading.shown_pages(context).type(model).filter(translation_key__in=wanted)
        codes = reading.locale_codes(context)
        pages = {(page.translation_key, codes[page.locale_id]): page for page in rows.specific()}
        return {key: pages[pair] for key, pair in parsed.items() if pair in pages}

    return load


__all__ = ["Locale", "LocaleValue", "Page", "PageConnection", "PageOrder", "PageWhere", "page_loader"]
