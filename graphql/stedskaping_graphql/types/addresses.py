"""Addresses on this server: signed image sizes, computed by arithmetic alone.

Nothing here opens a file or makes a rendition. The size is made when its address is fetched for the first
time; the signature stops others from asking for sizes of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from wagtail.images.utils import generate_signature

from stedskaping_core.models import Image

# The widths that are ever made, in pixels; a wanted width is rounded up to one of them.
WIDTHS = (160, 320, 480, 640, 800, 1024, 1280, 1600, 2000)
DEFAULT_WIDTHS = (320, 640, 1024, 1600)


@dataclass(frozen=True)
class Variant:
    """One size of an image, in pixels."""

    url: str
    width: int
    height: int


def absolute(path: str) -> str:
    """A path of this server as a full address."""
    return str(settings.WAGTAILADMIN_BASE_URL).rstrip("/") + path


def variant(
    image: Image, width: int | None = None, height: int | None = None, format: str | None = None
) -> Variant:
    """The image scaled to `width`, or to `height`, or cropped around its focal point to both.

    The width is rounded up to one of `WIDTHS` and never above the source's; a crop keeps the wanted shape.
    """
    if width and height:
        scaled = _fitting(image, width)
        tall = min(image.height, max(1, round(scaled * height / width)))
        return _variant(image, f"fill-{scaled}x{tall}", scaled, tall, format)
    if height:
        width = max(1, round(image.width * height / image.height))
    scaled = _fitting(image, width or WIDTHS[-1])
    # The same rounding as the operation that makes the file.
    tall = image.height if scaled == image.width else max(1, int(image.height * scaled / image.width))
    return _variant(image, f"width-{scaled}", scaled, tall, format)


def src_set(image: Image, widths: Iterable[int] | None = None, format: str | None = None) -> list[Variant]:
    """Sizes for `srcset`, from narrow to wide, each once."""
    found = {
        item.width: item
        for item in (variant(image, width, None, format) for width in widths or DEFAULT_WIDTHS)
    }
    return [found[width] for width in sorted(found)]


def _fitting(image: Image, wanted: int) -> int:
    allowed = next((width for width in WIDTHS if width >= wanted), WIDTHS[-1])
    return min(allowed, int(image.width))


def _variant(image: Image, operation: str, width: int, height: int, format: str | None) -> Variant:
    spec = f"{operation}|format-{format.lower()}" if format else operation
    signature = generate_signature(image.pk, spec)
    path = reverse("wagtailimages_serve", args=(signature, image.pk, spec))
    return Variant(absolute(path), width, height)
