"""Global ids: opaque to callers, `base64url("Type:key")` to us."""

from __future__ import annotations

import base64
import binascii
import re

from .errors import BadUserInput

_TYPE_NAME = re.compile(r"[_A-Za-z][_0-9A-Za-z]*\Z")
# Longer than any id we make; keeps odd input out of the database.
_MAX_LENGTH = 300


def to_global_id(type_name: str, key: object) -> str:
    """The id of the object `key` of the GraphQL type `type_name`."""
    return base64.urlsafe_b64encode(f"{type_name}:{key}".encode()).rstrip(b"=").decode("ascii")


def from_global_id(global_id: str, argument: str = "id", *, expected: str | None = None) -> tuple[str, str]:
    """The type name and the key in a global id.

    Raises `BadUserInput`, naming `argument`, when it is no id of ours or, with `expected`, the id of
    another type.
    """
    type_name, key = _decoded(global_id, argument)
    if expected is not None and type_name != expected:
        raise BadUserInput(f'The argument "{argument}" takes the id of a {expected}, not of a {type_name}.')
    return type_name, key


def _decoded(global_id: str, argument: str) -> tuple[str, str]:
    refusal = BadUserInput(f'The argument "{argument}" is not an id that this API has given out.')
    if not global_id or len(global_id) > _MAX_LENGTH or not global_id.isascii():
        raise refusal
    padded = global_id + "=" * (-len(global_id) % 4)
    try:
        text = base64.b64decode(padded, altchars=b"-_", validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise refusal from None
    type_name, colon, key = text.partition(":")
    if not colon or not key or not _TYPE_NAME.match(type_name) or not key.isprintable():
        raise refusal
    # One object has one id: ids that merely decode to the same bytes are not ours.
    if to_global_id(type_name, key) != global_id:
        raise refusal
    return type_name, key
