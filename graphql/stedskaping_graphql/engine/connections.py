"""Relay connections over query sets: one statement per page, also for the pages of many parents at once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Generic, TypeVar

import graphene
from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber

from .cursors import Keyset, Order, decode_cursor, encode_cursor, follow
from .errors import BadUserInput
from .fields import field, non_null_list

T = TypeVar("T")
U = TypeVar("U")

DEFAULT_PAGE = 20
LARGEST_PAGE = 100


@dataclass(frozen=True)
class PageRequest:
    """Which page is wanted: `first` items, after the cursor `after` or from the start."""

    first: int = DEFAULT_PAGE
    after: str | None = None


def page_args(first: int | None = None, after: str | None = None) -> PageRequest:
    """The page that a caller's arguments ask for: 20 items unless they say otherwise, 100 at most.

    Raises `BadUserInput` for a number out of range. The cursor is checked where the order is known.
    """
    size = DEFAULT_PAGE if first is None else first
    if not 1 <= size <= LARGEST_PAGE:
        raise BadUserInput(f'The argument "first" takes a number from 1 to {LARGEST_PAGE}, not {size}.')
    return PageRequest(first=size, after=after or None)


class Connection(Generic[T]):
    """One page of a list, as resolvers hand it to a `<Prefix>Connection` type.

    Edges, cursors and the total are made when they are asked for; the total costs a statement then.
    """

    def __init__(
        self,
        nodes: Sequence[T],
        *,
        cursor_of: Callable[[T], str],
        has_next_page: bool,
        has_previous_page: bool,
        count: Callable[[], int],
    ) -> None:
        self.nodes = list(nodes)
        self._cursor_of = cursor_of
        self._has_next_page = has_next_page
        self._has_previous_page = has_previous_page
        self._count = count

    def map(self, wrap: Callable[[T], U], unwrap: Callable[[U], T]) -> Connection[U]:
        """The same page of other objects: `wrap` makes one of each node, `unwrap` gives the node back."""
        return Connection(
            [wrap(node) for node in self.nodes],
            cursor_of=lambda other: self._cursor_of(unwrap(other)),
            has_next_page=self._has_next_page,
            has_previous_page=self._has_previous_page,
            count=self._count,
        )

    @cached_property
    def edges(self) -> list[Edge[T]]:
        """The nodes with their cursors."""
        return [Edge(node, self._cursor_of) for node in self.nodes]

    @cached_property
    def page_info(self) -> Page:
        """Where this page begins and ends. `has_previous_page` says that a cursor was given."""
        return Page(
            has_next_page=self._has_next_page,
            has_previous_page=self._has_previous_page,
            start_cursor=self._cursor_of(self.nodes[0]) if self.nodes else None,
            end_cursor=self._cursor_of(self.nodes[-1]) if self.nodes else None,
        )

    @cached_property
    def total_count(self) -> int:
        """How many items the whole list has."""
        return self._count()


class Edge(Generic[T]):
    """A node with the cursor of its place in the list."""

    __slots__ = ("_cursor_of", "node")

    def __init__(self, node: T, cursor_of: Callable[[T], str]) -> None:
        self.node = node
        self._cursor_of = cursor_of

    @property
    def cursor(self) -> str:
        """Where a page goes on after this node."""
        return self._cursor_of(self.node)


@dataclass(frozen=True)
class Page:
    """What the type `PageInfo` shows."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


def paginate(queryset: QuerySet[Any], page: PageRequest, order: Order) -> Connection[Any]:
    """One page of a query set, in one statement (a query set of specific pages adds one per page type).

    `order` replaces the query set's own order. Raises `BadUserInput` for a cursor of another list.
    """
    keyset = Keyset(queryset, order)
    rows: list[Any] = []
    condition = keyset.after(page.after) if page.after else None
    if page.after is None or condition is not None:
        selected = queryset if condition is None else queryset.filter(condition)
        rows = list(keyset.prepare(selected)[: page.first + 1])
    return _connection(rows, page, keyset.cursor, queryset.order_by().count)


def paginate_many(
    queryset: QuerySet[Any],
    parent_field: str,
    parent_ids: Iterable[Hashable],
    page: PageRequest,
    order: Order,
) -> dict[Any, Connection[Any]]:
    """The same page for many parents, in one statement: a connection for each of `parent_ids`.

    `parent_field` is the foreign key (`initiative`), a path (`campaign__initiative`) or an annotation that
    holds the parent's id. The first connection that is asked for its total counts for all, in one statement.
    """
    wanted = list(dict.fromkeys(parent_ids))
    queryset = queryset.filter(**{f"{parent_field}__in": wanted})
    keyset = Keyset(queryset, order)
    rows: dict[Any, list[Any]] = {parent: [] for parent in wanted}
    condition = keyset.after(page.after) if page.after else None
    if wanted and (page.after is None or condition is not None):
        selected = queryset if condition is None else queryset.filter(condition)
        selected, attribute = _with_parent(selected, parent_field)
        place = Window(RowNumber(), partition_by=[F(parent_field)], order_by=keyset.ordering)
        numbered = keyset.prepare(selected).annotate(_place=place).filter(_place__lte=page.first + 1)
        for row in numbered:
            rows[getattr(row, attribute)].append(row)
    counts = _SharedCounts(queryset, parent_field)
    return {parent: _connection(rows[parent], page, keyset.cursor, counts.of(parent)) for parent in wanted}


def paginate_list(
    items: Sequence[T], page: PageRequest, *, name: str, key: Callable[[T], str]
) -> Connection[T]:
    """One page of a list that is in memory already; for short lists that aren't rows, and for rankings.

    `key` is unique and stays the same between requests. Raises `BadUserInput` when the item that `after`
    points to is gone, since nobody can say then where to go on.
    """
    start = 0
    if page.after:
        last = decode_cursor(page.after, name)
        start = next((place for place, item in enumerate(items, start=1) if [key(item)] == last), 0)
        if start == 0:
            raise BadUserInput(
                'The item that "after" points to is no longer in the list. Start again without it.'
            )
    rows = list(items[start : start + page.first + 1])
    return _connection(rows, page, lambda item: encode_cursor(name, [key(item)]), lambda: len(items))


def _connection(
    rows: list[Any], page: PageRequest, cursor_of: Callable[[Any], str], count: Callable[[], int]
) -> Connection[Any]:
    return Connection(
        rows[: page.first],
        cursor_of=cursor_of,
        has_next_page=len(rows) > page.first,
        has_previous_page=page.after is not None,
        count=count,
    )


def _with_parent(queryset: QuerySet[Any], parent_field: str) -> tuple[QuerySet[Any], str]:
    """The query set, and the attribute of its rows that holds the parent's id."""
    if parent_field in queryset.query.annotations:
        return queryset, parent_field
    if "__" not in parent_field:
        return queryset, follow(queryset.model, parent_field)[0].attname
    return queryset.annotate(_parent=F(parent_field)), "_parent"


class _SharedCounts:
    """Totals of many parents, counted together when the first of them is asked for."""

    def __init__(self, queryset: QuerySet[Any], parent_field: str) -> None:
        self._queryset = queryset
        self._parent_field = parent_field

    @cached_property
    def _counts(self) -> Mapping[Any, int]:
        counted = (
            self._queryset.order_by()
            .values_list(self._parent_field)
            .annotate(_total=Count("pk", distinct=True))
        )
        return dict(counted)

    def of(self, parent: Any) -> Callable[[], int]:
        return lambda: self._counts.get(parent, 0)


class PageInfo(graphene.ObjectType):
    """Where a page of a list begins and ends, and whether there is more."""

    has_next_page = field(graphene.Boolean)
    has_previous_page = field(graphene.Boolean, description="Whether this page was asked for with a cursor.")
    start_cursor = graphene.String()
    end_cursor = graphene.String()


def page_arguments() -> dict[str, graphene.Argument]:
    """The arguments `first` and `after` of a field that answers a connection."""
    return {
        "first": graphene.Argument(
            graphene.Int, description=f"How many items; {DEFAULT_PAGE} if left out, {LARGEST_PAGE} at most."
        ),
        "after": graphene.Argument(
            graphene.String, description="The cursor of the item before the first one."
        ),
    }


@cache
def connection_type(
    prefix: str, node_type: Any, *, with_total: bool = True, with_nodes: bool = True, with_edges: bool = True
) -> Any:
    """The graphene type `<prefix>Connection`, with its `<prefix>Edge`.

    `node_type` is a graphene type, a function that returns it or its dotted path (for types that refer to
    each other). The same arguments give the same class.
    """
    members: dict[str, Any] = {"__doc__": f"A page of a list of {prefix} items."}
    if with_edges:
        edge = type(
            f"{prefix}Edge",
            (graphene.ObjectType,),
            {
                "__doc__": "An item with the cursor of its place in the list.",
                "cursor": field(graphene.String),
                "node": field(node_type),
            },
        )
        members["edges"] = field(non_null_list(edge))
    if with_nodes:
        members["nodes"] = field(non_null_list(node_type))
    members["page_info"] = field(PageInfo)
    if with_total:
        members["total_count"] = field(graphene.Int, description="The whole list's length; costs a query.")
    return type(f"{prefix}Connection", (graphene.ObjectType,), members)


def connection_field(connection: Any, *, description: str | None = None, **more: Any) -> graphene.Field:
    """A required field that answers a connection and takes `first` and `after`, beside its own arguments."""
    return field(connection, description=description, **page_arguments(), **more)
