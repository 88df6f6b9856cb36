"""Thin helpers for writing graphene types: what is required is said once, enums follow Django's choices."""

from __future__ import annotations

import enum
import inspect
from collections.abc import Callable
from functools import cache
from typing import Any

import graphene
from django.db.models import Choices


def non_null_list(of_type: Any) -> Any:
    """`[T!]!` as a type, for `field` and for arguments."""
    return graphene.NonNull(list_of(of_type))


def list_of(of_type: Any) -> Any:
    """`[T!]` as a type: the list may be missing, its items may not."""
    return graphene.List(graphene.NonNull(of_type))


def field(
    of_type: Any,
    *,
    required: bool = True,
    description: str | None = None,
    resolver: Callable[..., Any] | None = None,
    name: str | None = None,
    deprecation: str | None = None,
    **arguments: Any,
) -> graphene.Field:
    """An output field. `required` is the default here, since most fields of this API always have a value.

    A type that is a `NonNull` already is left as it is. `arguments` are graphene arguments or unmounted
    types, in snake case. Without a `resolver` the `resolve_<name>` function or the attribute is used.
    """
    return graphene.Field(
        of_type,
        args=arguments,
        resolver=resolver,
        name=name,
        description=description,
        deprecation_reason=deprecation,
        required=required and not isinstance(of_type, graphene.NonNull),
    )


def argument(of_type: Any, *, required: bool = False, description: str | None = None, **more: Any) -> Any:
    """An argument. Optional by default; `default_value` and `name` may be given."""
    return graphene.Argument(of_type, required=required, description=description, **more)


def input_field(of_type: Any, *, required: bool = True, description: str | None = None, **more: Any) -> Any:
    """A field of an input type, required by default; `default_value` may be given."""
    is_non_null = isinstance(of_type, graphene.NonNull)
    return graphene.InputField(
        of_type, required=required and not is_non_null, description=description, **more
    )


@cache
def enum_type(choices: type[enum.Enum], name: str | None = None, description: str | None = None) -> Any:
    """The GraphQL enum of a Django `TextChoices` or any other Python enum.

    Its values are the member names as they stand (`TODO`), it shows stored values (`"todo"`) as well as
    members, and resolvers get members. The same choices always give the same graphene class. Descriptions
    of the values aren't taken from the labels: those are translated, the schema is not.
    """
    if description is None and not issubclass(choices, Choices):
        description = inspect.cleandoc(choices.__doc__) if choices.__doc__ else None
    meta = type("Meta", (), {"enum": choices, "name": name or choices.__name__, "description": description})
    return type(name or choices.__name__, (graphene.Enum,), {"Meta": meta})
