"""The scalars of the API. Each refuses what it can't take with a sentence that says what would be right."""

from __future__ import annotations

import datetime
import decimal
import re
import uuid
from typing import Any

from graphene.types.scalars import Scalar
from graphql import GraphQLError, IntValueNode, StringValueNode, ValueNode, print_ast, value_from_ast_untyped

_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)
_DATE_TIME = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(?P<offset>Z|[+-]\d\d:\d\d)?\Z", re.ASCII
)
# Without an exponent, and short: "1e999999999" would become a number with a billion digits.
_DECIMAL = re.compile(r"[+-]?\d{1,30}(\.\d{1,30})?\Z", re.ASCII)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z", re.ASCII | re.IGNORECASE)


def _string_literal(node: ValueNode, name: str) -> str:
    if not isinstance(node, StringValueNode):
        raise GraphQLError(f"{name} takes a string, not {print_ast(node)}.", node)
    return node.value


class Date(Scalar):
    """A calendar day in the pilot's local time, as `2027-05-31`."""

    @staticmethod
    def serialize(value: Any) -> str:
        """A `datetime.date` as ISO text. A datetime is refused: whose day it falls on isn't ours to guess."""
        if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
            return value.isoformat()
        raise GraphQLError(f"Date can't show {value!r}.")

    @staticmethod
    def parse_value(value: Any) -> datetime.date:
        """ISO text as a `datetime.date`."""
        if isinstance(value, str) and _DATE.match(value):
            try:
                return datetime.date.fromisoformat(value)
            except ValueError:
                raise GraphQLError(f"Date: there is no day {value} in the calendar.") from None
        raise GraphQLError("Date takes a day written as YYYY-MM-DD, for example 2027-05-31.")

    @staticmethod
    def parse_literal(node: ValueNode, _variables: Any = None) -> datetime.date:
        """The same for a value inside the document."""
        return Date.parse_value(_string_literal(node, "Date"))


class DateTime(Scalar):
    """A moment, as ISO 8601 with its offset: `2027-05-31T18:00:00+02:00`."""

    @staticmethod
    def serialize(value: Any) -> str:
        """An aware `datetime.datetime` as ISO text with offset."""
        if isinstance(value, datetime.datetime) and value.utcoffset() is not None:
            return value.isoformat()
        raise GraphQLError(f"DateTime can't show {value!r}; it needs a datetime with a time zone.")

    @staticmethod
    def parse_value(value: Any) -> datetime.datetime:
        """ISO text with an offset as an aware `datetime.datetime`."""
        match = _DATE_TIME.match(value) if isinstance(value, str) else None
        if match is None:
            raise GraphQLError(
                "DateTime takes a moment written as ISO 8601, for example 2027-05-31T18:00:00+02:00."
            )
        if match["offset"] is None:
            raise GraphQLError(
                f"DateTime: {value} has no offset. Add one, for example {value}Z or {value}+02:00."
            )
        try:
            return datetime.datetime.fromisoformat(match.string)
        except ValueError:
            raise GraphQLError(f"DateTime: there is no moment {value}.") from None

    @staticmethod
    def parse_literal(node: ValueNode, _variables: Any = None) -> datetime.datetime:
        """The same for a value inside the document."""
        return DateTime.parse_value(_string_literal(node, "DateTime"))


class Decimal(Scalar):
    """An exact number, as a string without exponent: `"1250.50"`. Takes a string or an integer."""

    @staticmethod
    def serialize(value: Any) -> str:
        """A `decimal.Decimal` or an integer as a string."""
        if isinstance(value, decimal.Decimal) and value.is_finite():
            return format(value, "f")
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        raise GraphQLError(f"Decimal can't show {value!r}.")

    @staticmethod
    def parse_value(value: Any) -> decimal.Decimal:
        """A string or an integer as a `decimal.Decimal`."""
        if isinstance(value, float):
            raise GraphQLError(
                'Decimal takes a string or an integer, not a float: write "12.50", a float is not exact.'
            )
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if isinstance(value, str) and _DECIMAL.match(value):
            return decimal.Decimal(value)
        raise GraphQLError('Decimal takes a number in a string, for example "1250.50", or an integer.')

    @staticmethod
    def parse_literal(node: ValueNode, _variables: Any = None) -> decimal.Decimal:
        """The same for a value inside the document."""
        if isinstance(node, (StringValueNode, IntValueNode)):
            return Decimal.parse_value(node.value)
        raise GraphQLError(
            f'Decimal takes a string or an integer, not {print_ast(node)}: write it as "12.50".', node
        )


class JSON(Scalar):
    """Any JSON value."""

    @staticmethod
    def serialize(value: Any) -> Any:
        """The value as it is."""
        return value

    @staticmethod
    def parse_value(value: Any) -> Any:
        """The value as it is."""
        return value

    @staticmethod
    def parse_literal(node: ValueNode, variables: dict[str, Any] | None = None) -> Any:
        """A value written in the document, with the variables inside it filled in."""
        return value_from_ast_untyped(node, variables)


class UUID(Scalar):
    """A UUID in its usual form, `6f1c2d3e-4b5a-4c6d-8e7f-0a1b2c3d4e5f`."""

    @staticmethod
    def serialize(value: Any) -> str:
        """A `uuid.UUID` as a string."""
        if isinstance(value, uuid.UUID):
            return str(value)
        raise GraphQLError(f"UUID can't show {value!r}.")

    @staticmethod
    def parse_value(value: Any) -> uuid.UUID:
        """A string as a `uuid.UUID`."""
        if isinstance(value, str) and _UUID.match(value):
            return uuid.UUID(value)
        raise GraphQLError("UUID takes 32 hexadecimal digits in groups of 8-4-4-4-12.")

    @staticmethod
    def parse_literal(node: ValueNode, _variables: Any = None) -> uuid.UUID:
        """The same for a value inside the document."""
        return UUID.parse_value(_string_literal(node, "UUID"))
