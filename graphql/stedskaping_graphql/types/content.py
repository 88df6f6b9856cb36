"""Content values: rich text, images, documents, places, money."""

from __future__ import annotations

import enum
import mimetypes
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import graphene
from django.db.models import Q
from graphql import GraphQLResolveInfo

from stedskaping_core import values
from stedskaping_core.models import Document as DocumentModel
from stedskaping_core.models import Image as ImageModel
from stedskaping_core.selectors import visible_documents, visible_images
from stedskaping_graphql.engine.batching import batched, load_by_id
from stedskaping_graphql.engine.context import Context, context_of
from stedskaping_graphql.engine.errors import BadUserInput
from stedskaping_graphql.engine.fields import argument, enum_type, field, list_of, non_null_list
from stedskaping_graphql.engine.ids import to_global_id
from stedskaping_graphql.engine.nodes import Node
from stedskaping_graphql.engine.scalars import Decimal
from stedskaping_graphql.types import addresses, reading
from stedskaping_graphql.types.richtext import Link, RichTextValue, document_address


class LinkKindChoice(enum.Enum):
    """Where a link of a rich text leads."""

    PAGE = "PAGE"
    DOCUMENT = "DOCUMENT"
    EXTERNAL = "EXTERNAL"
    EMAIL = "EMAIL"
    PHONE = "PHONE"
    ANCHOR = "ANCHOR"


class ImageFormatChoice(enum.Enum):
    """File formats of image sizes."""

    WEBP = "webp"
    AVIF = "avif"
    JPEG = "jpeg"
    PNG = "png"


LinkKind = enum_type(LinkKindChoice, "LinkKind")
ImageFormat = enum_type(ImageFormatChoice, "ImageFormat")


class FocalPoint(graphene.ObjectType):
    """The point of an image that must stay visible when it is cropped, from 0 (left, top) to 1."""

    x = field(graphene.Float)
    y = field(graphene.Float)


class ImageVariant(graphene.ObjectType):
    """One size of an image."""

    url = field(graphene.String)
    width = field(graphene.Int)
    height = field(graphene.Int)


class Image(graphene.ObjectType):
    """A picture. All addresses are signed; reading them never makes a file."""

    class Meta:
        interfaces = (Node,)
        possible_types = (ImageModel,)

    alt = field(graphene.String, description="The text alternative; empty for one that only decorates.")
    width = field(graphene.Int, description="Of the source, in pixels.")
    height = field(graphene.Int, description="Of the source, in pixels.")
    url = field(graphene.String, description="The largest size that is offered.")
    focal_point = field(FocalPoint, required=False)
    variant = field(
        ImageVariant,
        width=argument(graphene.Int),
        height=argument(graphene.Int),
        format=argument(ImageFormat),
        description="A signed address; never makes a rendition while reading.",
    )
    src_set = field(
        non_null_list(ImageVariant),
        widths=argument(list_of(graphene.Int)),
        format=argument(ImageFormat),
        description="Sizes for the srcset attribute, never larger than the source.",
    )

    @staticmethod
    def resolve_id(image: ImageModel, info: GraphQLResolveInfo) -> str:
        """From the key that can't be counted up."""
        return to_global_id("Image", image.uuid)

    @staticmethod
    def resolve_alt(image: ImageModel, info: GraphQLResolveInfo) -> str:
        """What editors wrote in the description field."""
        return str(image.description)

    @staticmethod
    def resolve_url(image: ImageModel, info: GraphQLResolveInfo) -> str:
        """Never the uploaded file itself, which may tell where it was taken."""
        return addresses.variant(image).url

    @staticmethod
    def resolve_focal_point(image: ImageModel, info: GraphQLResolveInfo) -> dict[str, float] | None:
        """Relative to the size."""
        if image.focal_point_x is None or image.focal_point_y is None:
            return None
        return {"x": image.focal_point_x / image.width, "y": image.focal_point_y / image.height}

    @staticmethod
    def resolve_variant(
        image: ImageModel,
        info: GraphQLResolveInfo,
        width: int | None = None,
        height: int | None = None,
        format: ImageFormatChoice | None = None,
    ) -> addresses.Variant:
        """One size."""
        _check_sizes([size for size in (width, height) if size is not None])
        return addresses.variant(image, width, height, format.value if format else None)

    @staticmethod
    def resolve_src_set(
        image: ImageModel,
        info: GraphQLResolveInfo,
        widths: Sequence[int] | None = None,
        format: ImageFormatChoice | None = None,
    ) -> list[addresses.Variant]:
        """Several sizes."""
        _check_sizes(widths or ())
        return addresses.src_set(image, widths, format.value if format else None)


def _check_sizes(sizes: Sequence[int]) -> None:
    if len(sizes) > len(addresses.WIDTHS) or any(size < 1 for size in sizes):
        raise BadUserInput(f"Sizes are whole pixels from 1 up, and {len(addresses.WIDTHS)} widths at most.")


class Document(graphene.ObjectType):
    """A file to download."""

    class Meta:
        interfaces = (Node,)
        possible_types = (DocumentModel,)

    title = field(graphene.String)
    url = field(graphene.String)
    size = field(graphene.Int, required=False, description="In bytes.")
    content_type = field(graphene.String)

    @staticmethod
    def resolve_id(document: DocumentModel, info: GraphQLResolveInfo) -> str:
        """From the key that can't be counted up."""
        return to_global_id("Document", document.uuid)

    @staticmethod
    def resolve_url(document: DocumentModel, info: GraphQLResolveInfo) -> str:
        """Through the view that checks the collection's privacy."""
        return document_address(document)

    @staticmethod
    def resolve_size(document: DocumentModel, info: GraphQLResolveInfo) -> int | None:
        """As it was measured when the file was stored."""
        size: int | None = document.file_size
        return size

    @staticmethod
    def resolve_content_type(document: DocumentModel, info: GraphQLResolveInfo) -> str:
        """By the name's ending."""
        return mimetypes.guess_type(document.filename)[0] or "application/octet-stream"


class RichTextLink(graphene.ObjectType):
    """A link of a rich text, for frontends that draw links with their own router."""

    class Meta:
        possible_types = (Link,)

    key = field(graphene.String, description="The number of the link in the text, from 0.")
    kind = field(LinkKind)
    href = field(graphene.String, required=False, description="Null when the caller may not see the target.")
    page = field(lambda: _page_type(), required=False)
    document = field(Document, required=False)

    @staticmethod
    @batched
    def resolve_page(links: Sequence[Link], info: GraphQLResolveInfo) -> list[Any]:
        """The page behind a page link."""
        loader = reading.pages(context_of(info))
        loader.need(link.page_id for link in links)
        return [loader.get(link.page_id) for link in links]

    @staticmethod
    @batched
    def resolve_document(links: Sequence[Link], info: GraphQLResolveInfo) -> list[Any]:
        """The document behind a document link."""
        loader = reading.documents(context_of(info))
        loader.need(link.document_id for link in links)
        return [loader.get(link.document_id) for link in links]


def _page_type() -> Any:
    from stedskaping_graphql.types.pages import Page

    return Page


class RichText(graphene.ObjectType):
    """Formatted text from editors, sanitised, with links that this caller may follow."""

    class Meta:
        possible_types = (RichTextValue,)

    html = field(graphene.String)
    markdown = field(graphene.String)
    text = field(graphene.String, description="The words alone.")
    raw = field(graphene.String, description="With references (linktype, id) instead of addresses.")
    links = field(non_null_list(RichTextLink))

    @staticmethod
    @batched
    def resolve_links(texts: Sequence[RichTextValue], info: GraphQLResolveInfo) -> list[list[Link]]:
        """Batched so that the links of all texts are siblings."""
        return [text.links for text in texts]


class Place(graphene.ObjectType):
    """A spot on the map (WGS 84, degrees)."""

    class Meta:
        possible_types = (values.Place,)

    name = field(graphene.String)
    address = field(graphene.String, required=False)
    latitude = field(graphene.Float, required=False)
    longitude = field(graphene.Float, required=False)


class Money(graphene.ObjectType):
    """An amount in one currency."""

    class Meta:
        possible_types = (values.Money,)

    amount = field(Decimal)
    currency = field(graphene.String, description="ISO 4217.")


class BoundingBox(graphene.InputObjectType):
    """A rectangle on the map in degrees."""

    west = graphene.Float(required=True)
    south = graphene.Float(required=True)
    east = graphene.Float(required=True)
    north = graphene.Float(required=True)


def inside(box: Mapping[str, float]) -> Q:
    """The condition on rows with a place that it lies in the box.

    A box that crosses the date line has its west east of its east. Raises `BadUserInput`.
    """
    if box["south"] > box["north"]:
        raise BadUserInput("The box's south must not be north of its north.")
    latitudes = Q(latitude__range=(box["south"], box["north"]))
    if box["west"] <= box["east"]:
        return latitudes & Q(longitude__range=(box["west"], box["east"]))
    return latitudes & (Q(longitude__gte=box["west"]) | Q(longitude__lte=box["east"]))


def rich_text(attribute: str) -> Callable[..., Any]:
    """A batched resolver for a rich text column of pages or other rows."""

    @batched
    def load(rows: Sequence[Any], info: GraphQLResolveInfo) -> list[RichTextValue]:
        context = context_of(info)
        return [RichTextValue(context, getattr(row, attribute)) for row in rows]

    return load


def image_of(attribute: str = "image_id") -> Callable[..., Any]:
    """A batched resolver for a foreign key to an image; null for one the caller may not see."""

    @batched
    def load(rows: Sequence[Any], info: GraphQLResolveInfo) -> list[ImageModel | None]:
        loader = reading.images(context_of(info))
        loader.need(getattr(row, attribute) for row in rows)
        return [loader.get(getattr(row, attribute)) for row in rows]

    return load


def person_of(attribute: str) -> Callable[..., Any]:
    """A batched resolver for a foreign key to a person, shown by the public name."""

    @batched
    def load(rows: Sequence[Any], info: GraphQLResolveInfo) -> list[Any]:
        loader = reading.people(context_of(info))
        loader.need(getattr(row, attribute) for row in rows)
        return [loader.get(getattr(row, attribute)) for row in rows]

    return load


def load_images(keys: Sequence[str], context: Context) -> dict[str, ImageModel]:
    """Images for `node(id)`."""
    return reading.by_uuid(visible_images(context.request), keys)


def load_documents(keys: Sequence[str], context: Context) -> dict[str, DocumentModel]:
    """Documents for `node(id)`."""
    return reading.by_uuid(visible_documents(context.request), keys)


__all__ = [
    "BoundingBox",
    "Document",
    "Image",
    "ImageFormat",
    "LinkKind",
    "Money",
    "Place",
    "RichText",
    "image_of",
    "inside",
    "load_by_id",
    "load_documents",
    "load_images",
    "person_of",
    "rich_text",
]
