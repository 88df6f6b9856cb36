"""The one way resolvers read the database: ask for all siblings at once.

A batched resolver is written for many parents. The executor still calls it once per parent; the first call
answers for all siblings of that parent, the others are answered from it. It is synchronous, needs no futures
and no special executor, and makes the number of statements independent of the number of items.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import wraps
from types import TracebackType
from typing import Any, TypeVar, overload
from uuid import UUID

from django.utils.functional import Promise
from graphql import GraphQLResolveInfo, get_named_type, is_leaf_type

from .connections import Connection
from .context import Context, context_of
from .siblings import Group

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

Loader = Callable[..., Sequence[Any]]
Resolver = Callable[..., Any]

# Values that are never parents of fields; registering them would tie unrelated lists together, since Python
# shares small numbers and strings.
PLAIN_VALUES = (str, bytes, int, float, Decimal, date, time, timedelta, UUID, Enum, Promise, Exception)


class BatchError(Exception):
    """A loader broke its promise: one result for each parent, in the same order."""


class _Failure:
    """What a loader raised, kept so that every sibling sees the same error without another attempt."""

    __slots__ = ("error", "traceback")

    def __init__(self, error: Exception) -> None:
        self.error = error
        self.traceback: TracebackType | None = error.__traceback__


@overload
def batched(load: Loader) -> Resolver: ...
@overload
def batched(*, across: bool = False) -> Callable[[Loader], Resolver]: ...
def batched(load: Loader | None = None, *, across: bool = False) -> Resolver | Callable[[Loader], Resolver]:
    """Make a resolver of a loader `load(parents, info, **arguments)`.

    `load` answers with a sequence aligned with `parents`: a value, a list, a `Connection` or None for each.
    An exception as a result is raised for that parent only; an exception that `load` raises is raised for
    all siblings. Objects in the results become siblings of each other before they are returned.

    `load` gets the siblings whose Python class is the parent's own. With `across=True` it gets all siblings,
    whatever their class, and is called once for all GraphQL types that have the field; it must not look at
    `info.parent_type` then.
    """
    if load is None:
        return lambda loader: _resolver(loader, across)
    return _resolver(load, across)


def _resolver(load: Loader, across: bool) -> Resolver:
    @wraps(load)
    def resolve(parent: Any, info: GraphQLResolveInfo, **arguments: Any) -> Any:
        context = context_of(info)
        group = context.siblings.group_of(parent)
        type_name = None if across else info.parent_type.name
        answers = group.answers.setdefault((load, type_name, freeze(arguments)), {})
        identity = id(parent)
        if identity not in answers:
            _ask(load, parent, _companions(group, parent, answers, type_name), info, arguments, answers)
        answer = answers[identity]
        if isinstance(answer, _Failure):
            # The first traceback each time: raising the same exception again would make it longer and longer.
            raise answer.error.with_traceback(answer.traceback)
        return answer

    return resolve


def _companions(group: Group, parent: Any, answers: Mapping[int, Any], type_name: str | None) -> list[Any]:
    """Those members of the group that the question is put for together with `parent`."""
    members = [member for member in group.members if id(member) not in answers]
    if type_name is None:
        return members
    kind = type(parent)
    barred = group.barred.get(type_name, set())
    return [
        member
        for member in members
        if member is parent or (type(member) is kind and id(member) not in barred)
    ]


def _ask(
    load: Loader,
    parent: Any,
    parents: list[Any],
    info: GraphQLResolveInfo,
    arguments: dict[str, Any],
    answers: dict[int, Any],
) -> None:
    """Call the loader once for `parents` and file what it says, also when it fails."""
    try:
        results = load(parents, info, **arguments)
        if len(results) != len(parents):
            raise BatchError(
                f"The loader {load.__module__}.{load.__qualname__} answered {len(results)} results"
                f" for {len(parents)} parents. It must answer one for each, in the same order."
            )
    except Exception as error:
        failure = _Failure(error)
        answers.update((id(member), failure) for member in parents)
        return
    if not is_leaf_type(get_named_type(info.return_type)):
        register_siblings(context_of(info), results)
    for member, result in zip(parents, results, strict=True):
        answers[id(member)] = _Failure(result) if isinstance(result, Exception) else result


def register_siblings(context: Context, objects: Any) -> None:
    """Make siblings of the objects in a list, a list of lists or a connection.

    For lists that come from a resolver which isn't batched, and for lists inside value objects.
    """
    context.siblings.register(_objects_in(objects))


def _objects_in(value: Any) -> Iterator[Any]:
    if value is None or isinstance(value, PLAIN_VALUES):
        return
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from _objects_in(item)
    elif isinstance(value, Connection):
        yield from _objects_in(value.nodes)
    else:
        yield value


def load_by_id(keys: Iterable[K | None], fetch: Callable[[set[K]], Mapping[K, V]]) -> list[V | None]:
    """Answer for each key what `fetch` found under it, with one call for all of them.

    For fields that follow a foreign key: `load_by_id([i.image_id for i in initiatives], images)`. None for
    a key that is None or that `fetch` left out; without any key `fetch` isn't called.
    """
    wanted = list(keys)
    distinct = {key for key in wanted if key is not None}
    found = fetch(distinct) if distinct else {}
    return [None if key is None else found.get(key) for key in wanted]


def freeze(value: Any) -> Hashable:
    """A hashable stand-in for an argument value, equal for equal arguments only.

    The type is part of it, because `True == 1` and enum classes of graphene compare in ways of their own.
    """
    if isinstance(value, Mapping):
        return tuple((name, freeze(value[name])) for name in sorted(value))
    if isinstance(value, Enum):
        return (type(value), value.name)
    if isinstance(value, (list, tuple)):
        return (list, *(freeze(item) for item in value))
    if isinstance(value, (set, frozenset)):
        return frozenset(freeze(item) for item in value)
    return (type(value), value)
