"""Rich text from editors: links resolved for the caller, markup sanitised, in four shapes.

Making a `RichTextValue` only notes which pages and documents it mentions. The first one that is read fetches
them for all texts of the response. A link to something that the caller may not see keeps its words and loses
its address.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from typing import Any

import nh3
from django.urls import reverse
from markdownify import markdownify

from stedskaping_graphql.engine.context import Context
from stedskaping_graphql.types import reading

TAGS = {
    "p",
    "b",
    "strong",
    "i",
    "em",
    "ul",
    "ol",
    "li",
    "h2",
    "h3",
    "h4",
    "h5",
    "hr",
    "br",
    "a",
    "blockquote",
    "sup",
}
TAGS |= {"sub", "code", "s", "u"}
SCHEMES = {"http", "https", "mailto", "tel"}
ANCHOR = re.compile(r"<a\b([^>]*)>", re.IGNORECASE)
MENTION = re.compile(r"<a\b[^>]*>", re.IGNORECASE)
BLOCK_END = re.compile(r"</(p|li|h[2-6]|blockquote)>|<br\s*/?>|<hr\s*/?>", re.IGNORECASE)


class _Attributes(HTMLParser):
    """Reads the attributes of one start tag."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found = {name: value or "" for name, value in attrs}


def _attributes(tag: str) -> dict[str, str]:
    parser = _Attributes()
    parser.feed(tag)
    return parser.found


@dataclass(frozen=True)
class Link:
    """A link of a rich text as it is shown: `href` is None when the caller may not see the target."""

    key: str
    kind: str
    href: str | None
    page_id: int | None = None
    document_id: int | None = None


class RichTextValue:
    """A rich text of Wagtail's storage format, for one request."""

    def __init__(self, context: Context, raw: str) -> None:
        self._context = context
        self.source = raw or ""
        self._anchors = [_attributes(tag) for tag in MENTION.findall(self.source)]
        targets = [_target(attributes) for attributes in self._anchors]
        reading.page_locations(context).need(pk for kind, pk in targets if kind == "page")
        reading.documents(context).need(pk for kind, pk in targets if kind == "document")

    @cached_property
    def links(self) -> list[Link]:
        """The links in reading order; `key` is their number from 0."""
        return [self._link(str(number), attributes) for number, attributes in enumerate(self._anchors)]

    @cached_property
    def raw(self) -> str:
        """As stored, with references instead of addresses; sanitised like the rest."""
        return _clean(self.source, {"a": {"href", "linktype", "id"}})

    @cached_property
    def html(self) -> str:
        """For a browser."""
        links = iter(self.links)

        def opened(_match: re.Match[str]) -> str:
            link = next(links)
            return f'<a href="{html.escape(link.href)}">' if link.href else "<a>"

        cleaned = _clean(ANCHOR.sub(opened, self.source), {"a": {"href"}})
        return re.sub(r"<a>(.*?)</a>", r"\1", cleaned, flags=re.DOTALL)

    @cached_property
    def markdown(self) -> str:
        """CommonMark."""
        return str(markdownify(self.html, heading_style="ATX", bullets="-")).strip()

    @cached_property
    def text(self) -> str:
        """The words alone, a line per paragraph."""
        lines = nh3.clean(BLOCK_END.sub("\n", self.html), tags=set())
        return "\n".join(line.strip() for line in html.unescape(lines).split("\n") if line.strip())

    def _link(self, key: str, attributes: dict[str, str]) -> Link:
        kind, pk = _target(attributes)
        if kind == "page":
            page = reading.page_locations(self._context).get(pk)
            location = reading.locate(self._context, page) if page else None
            return Link(key, "PAGE", location.url if location else None, page_id=pk if location else None)
        if kind == "document":
            document = reading.documents(self._context).get(pk)
            address = document_address(document) if document else None
            return Link(key, "DOCUMENT", address, document_id=pk if document else None)
        href = attributes.get("href", "")
        scheme = href.partition(":")[0].lower()
        if href.startswith("#"):
            return Link(key, "ANCHOR", href)
        if scheme == "mailto":
            return Link(key, "EMAIL", href)
        if scheme == "tel":
            return Link(key, "PHONE", href)
        safe = scheme in SCHEMES or (href.startswith("/") and not href.startswith("//"))
        return Link(key, "EXTERNAL", href if safe else None)


def _target(attributes: dict[str, str]) -> tuple[str, int | None]:
    kind, pk = attributes.get("linktype", ""), attributes.get("id", "")
    return (kind, int(pk)) if kind in ("page", "document") and pk.isdigit() else ("", None)


def _clean(markup: str, attributes: dict[str, set[str]]) -> str:
    return nh3.clean(markup, tags=TAGS, attributes=attributes, url_schemes=SCHEMES, link_rel=None)


def document_address(document: Any) -> str:
    """Where a document is downloaded, through the view that checks its collection's privacy."""
    from stedskaping_graphql.types.addresses import absolute

    return absolute(reverse("wagtaildocs_serve", args=(document.pk, document.filename)))
