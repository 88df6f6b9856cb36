"""Make stored stream data from plain descriptions, for content that comes from files."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import Any


def stream_items(
    blocks: Iterable[Mapping[str, Any]],
    *,
    image: Callable[[str], int | None] = lambda key: None,
    page: Callable[[str], int | None] = lambda key: None,
    rich_text: Callable[[str], str] = str,
) -> list[dict[str, Any]]:
    """Stream items in stored form from dictionaries with a `type` and readable fields.

    `image` and `page` turn a key of the file into a primary key; `rich_text` may rewrite HTML, for example
    links by key. A block without fields to translate is taken over as it is. Item ids are made from the
    content and the position, so that building twice gives the same data.
    """
    items = []
    for position, block in enumerate(blocks):
        fields = {name: value for name, value in block.items() if name != "type"}
        kind = block["type"]
        value = _VALUES.get(kind, _as_it_is)(fields, image, page, rich_text)
        name = f"{position}:{kind}:{sorted(fields.items(), key=lambda item: item[0])!r}"
        items.append({"type": kind, "value": value, "id": str(uuid.uuid5(uuid.NAMESPACE_OID, name))})
    return items


def _as_it_is(fields: Any, image: Any, page: Any, rich_text: Any) -> Any:
    return dict(fields)


def _heading(fields: Any, image: Any, page: Any, rich_text: Any) -> Any:
    return {"text": fields["text"], "level": str(fields.get("level", 2))}


def _paragraph(fields: Any, image: Any, page: Any, rich_text: Any) -> Any:
    return rich_text(fields["html"])


def _image(fields: Any, image: Any, page: Any, rich_text: Any) -> Any:
    return {
        "image": image(fields["picture"]),
        "caption": fields.get("caption", ""),
        "decorative": fields.get("decorative", False),
    }


def _callout(fields: Any, image: Any, page: Any, rich_text: Any) -> Any:
    return {
        "tone": fields.get("tone", "info"),
        "title": fields.get("title", ""),
        "text": rich_text(fields["html"]),
    }


def _accordion(fields: Any, image: Any, page: Any, rich_text: Any) -> Any:
    sections = [
        {"title": section["title"], "text": rich_text(section["html"])} for section in fields["sections"]
    ]
    return {"sections": sections}


def _action(fields: Any, image: Any, page: Any, rich_text: Any) -> Any:
    target = page(fields["page"]) if "page" in fields else None
    return {"label": fields["label"], "page": target, "url": fields.get("href", "") if target is None else ""}


_VALUES: dict[str, Callable[..., Any]] = {
    "heading": _heading,
    "paragraph": _paragraph,
    "image": _image,
    "callout": _callout,
    "accordion": _accordion,
    "action": _action,
}
