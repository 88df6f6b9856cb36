"""Keyset cursors: where a page ends, as the values the list is ordered by.

A cursor says "after the row with these values", so pages stay right while rows come and go, and the
thousandth page costs as much as the first. NULLs come last, in both directions and on every database.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

import orjson
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import F, Field, Model, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.utils.timezone import is_naive

from .errors import BadUserInput

Direction = Literal["asc", "desc"]


@dataclass(frozen=True)
class Order:
    """How a list is ordered: field paths or names of annotations, each with a direction.

    `name` is written into the cursors, so that a cursor of one order is refused by another. The primary key
    is added as the last column, in the direction of the one before it (which lets an index on both be
    used), unless it is named already.
    """

    name: str
    by: tuple[tuple[str, Direction], ...] = ()

    def columns(self, model: type[Model]) -> tuple[tuple[str, Direction], ...]:
        """The columns with the primary key at the end."""
        pk_names = {"pk", model._meta.pk.name, model._meta.pk.attname}
        if self.by and self.by[-1][0] in pk_names:
            return self.by
        return (*self.by, ("pk", self.by[-1][1] if self.by else "asc"))


@dataclass(frozen=True)
class _Column:
    """One column of an order: how it is filtered (`path`) and which attribute of a row holds its value."""

    path: str
    attribute: str
    descending: bool
    nullable: bool
    output: Field[Any, Any]


class Keyset:
    """An order applied to a query set: sorts it, makes cursors of its rows and continues after a cursor."""

    def __init__(self, queryset: QuerySet[Any], order: Order) -> None:
        self._name = order.name
        self._columns: list[_Column] = []
        self._annotations: dict[str, F] = {}
        for position, (path, direction) in enumerate(order.columns(queryset.model)):
            self._columns.append(self._column(queryset, path, direction == "desc", position))

    def _column(self, queryset: QuerySet[Any], path: str, descending: bool, position: int) -> _Column:
        annotation = queryset.query.annotations.get(path)
        if annotation is not None:
            # Whether an expression can be NULL isn't known; taking it for nullable is right either way.
            return _Column(path, path, descending, True, annotation.output_field)
        output, nullable = follow(queryset.model, path)
        attribute = "pk" if path == "pk" else output.attname
        if "__" in path:
            attribute = f"_keyset_{position}"
            self._annotations[attribute] = F(path)
        return _Column(path, attribute, descending, nullable, output)

    @property
    def ordering(self) -> list[OrderBy]:
        """The `ORDER BY` of this keyset."""
        return [_order_by(column) for column in self._columns]

    def prepare(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The query set, sorted, with what the cursors of its rows are made of."""
        if self._annotations:
            queryset = queryset.annotate(**self._annotations)
        return queryset.order_by(*self.ordering)

    def cursor(self, row: Any) -> str:
        """The cursor of a row of a prepared query set."""
        values = [getattr(row, column.attribute) for column in self._columns]
        return encode_cursor(self._name, [_plain(value) for value in values])

    def after(self, cursor: str) -> Q | None:
        """The condition for rows after the cursor; None when there can't be any.

        Raises `BadUserInput` for a cursor that isn't one, or is one of another list.
        """
        raw = decode_cursor(cursor, self._name)
        if len(raw) != len(self._columns):
            raise _foreign()
        values = [_restored(column, value) for column, value in zip(self._columns, raw, strict=True)]
        condition: Q | None = None
        for column, value in reversed(list(zip(self._columns, values, strict=True))):
            beyond = _beyond(column, value)
            same = Q(**{f"{column.path}__isnull": True}) if value is None else Q(**{column.path: value})
            tied = None if condition is None else same & condition
            condition = beyond if tied is None else tied if beyond is None else beyond | tied
        return condition


def _order_by(column: _Column) -> OrderBy:
    # Only nullable columns: "NULLS LAST" on others would keep PostgreSQL from reading an index backwards.
    nulls_last = True if column.nullable else None
    expression = F(column.path)
    return (
        expression.desc(nulls_last=nulls_last) if column.descending else expression.asc(nulls_last=nulls_last)
    )


def _beyond(column: _Column, value: Any) -> Q | None:
    """Rows whose value in this column comes after `value`. NULLs are last, so nothing comes after them."""
    if value is None:
        return None
    later = Q(**{f"{column.path}__{'lt' if column.descending else 'gt'}": value})
    return later | Q(**{f"{column.path}__isnull": True}) if column.nullable else later


def follow(model: type[Model], path: str) -> tuple[Field[Any, Any], bool]:
    """The field at the end of a path like `role__title`, and whether its value can be NULL.

    Raises `FieldDoesNotExist` for a path that doesn't lead to a column of the model or of one it refers to.
    """
    nullable = False
    *steps, last = path.split("__")
    for step in steps:
        relation = model._meta.get_field(step)
        if not (
            relation.is_relation and (relation.many_to_one or relation.one_to_one) and relation.related_model
        ):
            raise FieldDoesNotExist(f"{model.__name__}.{step} can't be ordered by: it isn't a foreign key.")
        nullable = nullable or bool(getattr(relation, "null", True))
        model = relation.related_model
    end = model._meta.pk if last == "pk" else _field(model, last)
    return end, nullable or end.null


def _field(model: type[Model], name: str) -> Field[Any, Any]:
    for candidate in model._meta.concrete_fields:
        if name in (candidate.name, candidate.attname):
            return candidate
    raise FieldDoesNotExist(f"{model.__name__} has no column {name!r}.")


def encode_cursor(name: str, values: list[Any]) -> str:
    """A cursor for the list `name`. `values` are JSON values."""
    return base64.urlsafe_b64encode(orjson.dumps([name, *values])).rstrip(b"=").decode("ascii")


def decode_cursor(cursor: str, name: str) -> list[Any]:
    """The values in a cursor of the list `name`. Raises `BadUserInput`."""
    try:
        content = orjson.loads(
            base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        )
    except (binascii.Error, ValueError):
        raise BadUserInput(
            'The argument "after" is not a cursor. Take it from "pageInfo.endCursor" or an edge\'s "cursor".'
        ) from None
    if not isinstance(content, list) or not content or content[0] != name:
        raise _foreign()
    return content[1:]


def _foreign() -> BadUserInput:
    return BadUserInput(
        'The cursor in "after" belongs to another list or another order. Start again without "after".'
    )


def _plain(value: Any) -> Any:
    """A column's value as JSON. What has no JSON form goes as text that its field reads back."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (Decimal, UUID)):
        return str(value)
    raise TypeError(f"A list can't be ordered by a value like {value!r}.")


def _restored(column: _Column, value: Any) -> Any:
    """The value as its field has it; anything a field can't read is a cursor that we didn't make."""
    if value is None:
        if not column.nullable:
            raise _foreign()
        return None
    if isinstance(value, (list, dict)) or (isinstance(value, str) and "\x00" in value):
        raise _foreign()
    try:
        restored = column.output.to_python(value)
    except (ValidationError, ValueError, TypeError, OverflowError, ArithmeticError):
        raise _foreign() from None
    if restored is None or (isinstance(restored, datetime) and is_naive(restored)):
        raise _foreign()
    return restored
