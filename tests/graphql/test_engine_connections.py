"""Connections: pages by keyset, of one parent and of many, each in one statement."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import graphene
import orjson
import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Length, Lower, Substr
from graphql import graphql_sync, print_schema
from wagtail.models import Locale, Page

from stedskaping_graphql.engine.connections import (
    Connection,
    PageRequest,
    connection_field,
    connection_type,
    page_args,
    paginate,
    paginate_list,
    paginate_many,
)
from stedskaping_graphql.engine.cursors import Keyset, Order
from stedskaping_graphql.engine.errors import BadUserInput

pytestmark = pytest.mark.django_db

# Far away from the paths of pages that migrations make.
STEM = "0001ZZ00"
TITLE = Order("title", (("title", "asc"),))
NEWEST = Order("newest", (("first_published_at", "desc"), ("title", "asc")))
OLDEST = Order("oldest", (("first_published_at", "asc"),))


def moment(day: int) -> datetime:
    return datetime(2027, 5, day, 12, 30, 15, 123456, tzinfo=UTC)


@pytest.fixture
def locales() -> tuple[Locale, Locale]:
    return (Locale.objects.create(language_code="x1"), Locale.objects.create(language_code="x2"))


@pytest.fixture
def make_pages(
    locales: tuple[Locale, Locale],
) -> Callable[[list[tuple[str, int | None, int]]], QuerySet[Page]]:
    """Pages of (title, day of publication or None, which locale), in this order of primary keys."""

    def make(rows: list[tuple[str, int | None, int]]) -> QuerySet[Page]:
        kind = ContentType.objects.get_for_model(Page)
        Page.objects.bulk_create(
            Page(
                title=title,
                draft_title=title,
                slug=f"page-{number}",
                path=f"{STEM}{number:04}",
                depth=3,
                first_published_at=None if day is None else moment(day),
                locale=locales[locale],
                content_type=kind,
            )
            for number, (title, day, locale) in enumerate(rows)
        )
        return Page.objects.filter(path__startswith=STEM)

    return make


def titles(connection: Connection[Page]) -> list[str]:
    return [page.title for page in connection.nodes]


def walk(queryset: QuerySet[Page], order: Order, size: int) -> Iterator[list[str]]:
    after: str | None = None
    while True:
        connection = paginate(queryset, PageRequest(size, after), order)
        yield titles(connection)
        if not connection.page_info.has_next_page:
            return
        after = connection.page_info.end_cursor


def test_pages_follow_each_other(make_pages: Any) -> None:
    pages = make_pages([("c", 1, 0), ("a", 2, 0), ("e", 3, 0), ("b", 4, 0), ("d", 5, 0)])
    assert list(walk(pages, TITLE, 2)) == [["a", "b"], ["c", "d"], ["e"]]
    assert list(walk(pages, Order("title_desc", (("title", "desc"),)), 2)) == [["e", "d"], ["c", "b"], ["a"]]


def test_ties_are_broken_by_the_primary_key_in_the_same_direction(make_pages: Any) -> None:
    pages = make_pages([("a", 1, 0), ("a", 2, 0), ("a", 3, 0), ("b", 4, 0)])
    days = {page.pk: page.first_published_at.day for page in pages}

    def seen(order: Order) -> list[int]:
        found: list[int] = []
        after = None
        for _ in range(4):
            connection = paginate(pages, PageRequest(1, after), order)
            found += [days[page.pk] for page in connection.nodes]
            after = connection.page_info.end_cursor
        return found

    assert seen(TITLE) == [1, 2, 3, 4]
    assert seen(Order("desc", (("title", "desc"),))) == [4, 3, 2, 1]


@pytest.mark.parametrize("size", [1, 2, 3])
def test_nulls_come_last_in_both_directions(make_pages: Any, size: int) -> None:
    pages = make_pages([("n1", None, 0), ("x", 1, 0), ("n2", None, 0), ("z", 3, 0), ("y", 2, 0), ("w", 3, 0)])
    newest = [title for page in walk(pages, NEWEST, size) for title in page]
    oldest = [title for page in walk(pages, OLDEST, size) for title in page]
    assert newest == ["w", "z", "y", "x", "n1", "n2"]
    assert oldest == ["x", "y", "z", "w", "n1", "n2"]


def test_paths_foreign_keys_and_annotations_can_be_ordered_by(make_pages: Any) -> None:
    pages = make_pages([("B", 1, 1), ("a", 2, 1), ("C", 3, 0), ("d", 4, 0)])
    code = Order("locale", (("locale__language_code", "desc"), ("title", "asc")))
    lower = Order("lower", (("folded", "asc"),))
    folded = pages.annotate(folded=Lower("title"))
    assert list(walk(pages, code, 1)) == [["B"], ["a"], ["C"], ["d"]]
    assert list(walk(pages, Order("fk", (("locale", "asc"), ("pk", "desc"))), 3)) == [["d", "C", "a"], ["B"]]
    assert list(walk(folded, lower, 3)) == [["a", "B", "C"], ["d"]]
    owner = Order("owner", (("owner__pk", "asc"),))
    assert list(walk(pages, owner, 3)) == [["B", "a", "C"], ["d"]]


def test_a_path_through_a_reverse_relation_is_refused() -> None:
    with pytest.raises(FieldDoesNotExist, match="isn't a foreign key"):
        Keyset(Page.objects.all(), Order("x", (("sites_rooted_here__hostname", "asc"),)))
    with pytest.raises(FieldDoesNotExist, match="Page has no column 'nothing'"):
        Keyset(Page.objects.all(), Order("x", (("nothing", "asc"),)))


def test_page_info_edges_and_total(make_pages: Any, django_assert_num_queries: Any) -> None:
    pages = make_pages([("a", 1, 0), ("b", 2, 0), ("c", 3, 0)])
    with django_assert_num_queries(1):
        first = paginate(pages, PageRequest(2), TITLE)
        info = first.page_info
        assert [edge.node.title for edge in first.edges] == ["a", "b"]
    assert (info.has_next_page, info.has_previous_page) == (True, False)
    assert [edge.cursor for edge in first.edges] == [info.start_cursor, info.end_cursor]
    with django_assert_num_queries(1):
        assert first.total_count == 3
        assert first.total_count == 3
    last = paginate(pages, PageRequest(2, info.end_cursor), TITLE)
    assert (last.page_info.has_next_page, last.page_info.has_previous_page) == (False, True)
    assert titles(last) == ["c"]
    beyond = paginate(pages, PageRequest(2, last.page_info.end_cursor), TITLE)
    assert beyond.nodes == []
    assert beyond.page_info.start_cursor is None
    assert beyond.page_info.end_cursor is None
    assert beyond.total_count == 3


def test_a_page_goes_on_after_a_row_that_is_gone(make_pages: Any) -> None:
    pages = make_pages([("a", 1, 0), ("b", 2, 0), ("c", 3, 0)])
    cursor = paginate(pages, PageRequest(2), TITLE).page_info.end_cursor
    Page.objects.filter(title="b", path__startswith=STEM).update(title="bb")
    assert titles(paginate(pages, PageRequest(2, cursor), TITLE)) == ["bb", "c"]


def test_many_parents_in_one_statement(make_pages: Any, locales: Any, django_assert_num_queries: Any) -> None:
    pages = make_pages([("d", 1, 0), ("b", 2, 1), ("a", 3, 0), ("c", None, 0), ("e", 4, 1)])
    ids = [locales[0].pk, locales[1].pk, 0]
    with django_assert_num_queries(1):
        found = paginate_many(pages, "locale", ids, PageRequest(2), TITLE)
    assert list(found) == ids
    assert [titles(connection) for connection in found.values()] == [["a", "c"], ["b", "e"], []]
    assert [connection.page_info.has_next_page for connection in found.values()] == [True, False, False]
    with django_assert_num_queries(1):
        assert [connection.total_count for connection in found.values()] == [3, 2, 0]

    after = found[ids[0]].page_info.start_cursor
    with django_assert_num_queries(1):
        rest = paginate_many(pages, "locale_id", ids, PageRequest(2, after), TITLE)
    assert [titles(connection) for connection in rest.values()] == [["c", "d"], ["b", "e"], []]
    assert [connection.total_count for connection in rest.values()] == [3, 2, 0]


def test_many_parents_with_nulls_paths_and_annotations(make_pages: Any) -> None:
    pages = make_pages([("n", None, 0), ("a", 1, 0), ("b", 2, 1), ("m", None, 1), ("c", 3, 0)])
    by_code = paginate_many(pages, "locale__language_code", ["x1", "x2"], PageRequest(2), NEWEST)
    assert {code: titles(connection) for code, connection in by_code.items()} == {
        "x1": ["c", "a"],
        "x2": ["b", "m"],
    }
    after = by_code["x1"].page_info.end_cursor
    rest = paginate_many(pages, "locale__language_code", ["x1", "x2"], PageRequest(2, after), NEWEST)
    assert {code: titles(connection) for code, connection in rest.items()} == {"x1": ["n"], "x2": ["m"]}

    stems = pages.annotate(stem=Substr("path", Value(1), Length("path") - 4))
    children = paginate_many(stems, "stem", [STEM, "0001"], PageRequest(3), TITLE)
    assert titles(children[STEM]) == ["a", "b", "c"]
    assert children[STEM].total_count == 5
    assert children["0001"].nodes == []


def test_specific_pages_of_many_parents(
    make_pages: Any, locales: Any, django_assert_num_queries: Any
) -> None:
    pages = make_pages([("a", 1, 0), ("b", 2, 1), ("c", 3, 1)])
    ContentType.objects.get_for_model(Page)
    with django_assert_num_queries(2):
        found = paginate_many(
            pages.specific(), "locale", [locales[0].pk, locales[1].pk], PageRequest(1), TITLE
        )
    assert [titles(connection) for connection in found.values()] == [["a"], ["b"]]
    assert [connection.page_info.has_next_page for connection in found.values()] == [False, True]
    assert [connection.total_count for connection in found.values()] == [1, 2]
    assert found[locales[1].pk].page_info.end_cursor is not None


def test_nothing_is_asked_for_no_parents(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert paginate_many(Page.objects.all(), "locale", [], PageRequest(2), TITLE) == {}


def test_existing_annotations_do_not_split_the_totals(make_pages: Any, locales: Any) -> None:
    pages = make_pages([("a", 1, 0), ("b", 2, 0)]).annotate(folded=Lower("title"), other=F("slug"))
    found = paginate_many(pages, "locale", [locales[0].pk], PageRequest(1), Order("f", (("folded", "asc"),)))
    assert found[locales[0].pk].total_count == 2


def test_page_args_default_and_limits() -> None:
    assert page_args() == PageRequest(20, None)
    assert page_args(first=1, after="") == PageRequest(1, None)
    assert page_args(first=100, after="x") == PageRequest(100, "x")


@pytest.mark.parametrize("first", [0, -1, 101])
def test_page_args_out_of_range(first: int) -> None:
    with pytest.raises(BadUserInput) as caught:
        page_args(first=first)
    assert caught.value.message == f'The argument "first" takes a number from 1 to 100, not {first}.'


def cursor_of(*content: Any) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(list(content))).decode().rstrip("=")


@pytest.mark.parametrize("cursor", ["x", "!!!!", "å", "bm90IGpzb24", base64.b64encode(b"\xff\xff").decode()])
def test_what_is_no_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(BadUserInput) as caught:
        paginate(Page.objects.all(), PageRequest(2, cursor), TITLE)
    assert caught.value.message == (
        'The argument "after" is not a cursor. Take it from "pageInfo.endCursor" or an edge\'s "cursor".'
    )


@pytest.mark.parametrize(
    "content",
    [
        ["title", "a", 1],
        ["newest", None],
        ["newest", None, "a", None],
        ["newest", "yesterday", "a", 1],
        ["newest", "2027-05-31T12:00:00", "a", 1],
        ["newest", {"a": 1}, "a", 1],
        ["newest", None, "a\x00", 1],
        ["newest", None, "a", "one"],
        ["newest", None, "a", 1, 2],
        [],
    ],
)
def test_a_cursor_of_another_list_is_refused(content: list[Any]) -> None:
    with pytest.raises(BadUserInput) as caught:
        paginate(Page.objects.all(), PageRequest(2, cursor_of(*content)), NEWEST)
    assert caught.value.message == (
        'The cursor in "after" belongs to another list or another order. Start again without "after".'
    )


def test_a_number_too_large_for_the_database_ends_the_list(make_pages: Any) -> None:
    pages = make_pages([("a", 1, 0)])
    assert paginate(pages, PageRequest(2, cursor_of("id", str(2**80))), Order("id")).nodes == []


def test_lists_in_memory() -> None:
    words = ["one", "two", "three"]
    first = paginate_list(words, PageRequest(2), name="words", key=str)
    assert first.nodes == ["one", "two"]
    assert first.total_count == 3
    rest = paginate_list(words, PageRequest(2, first.page_info.end_cursor), name="words", key=str)
    assert rest.nodes == ["three"]
    assert rest.page_info.has_next_page is False
    with pytest.raises(BadUserInput, match="no longer in the list"):
        paginate_list(["one"], PageRequest(2, first.page_info.end_cursor), name="words", key=str)


def test_connection_types_have_the_parts_that_are_asked_for(make_pages: Any) -> None:
    class PageType(graphene.ObjectType):
        title = graphene.String()

    full = connection_type("Full", lambda: PageType)
    bare = connection_type("Bare", PageType, with_total=False, with_edges=False)
    found = connection_type("Found", PageType, with_nodes=False)
    assert connection_type("Bare", PageType, with_total=False, with_edges=False) is bare

    class Query(graphene.ObjectType):
        full_list = connection_field(full, order=graphene.String())
        bare_list = connection_field(bare)
        found_list = connection_field(found)

        @staticmethod
        def resolve_full_list(parent: Any, info: Any, order: str = "", **page: Any) -> Any:
            return paginate(Page.objects.filter(path__startswith=STEM), page_args(**page), TITLE)

    schema = graphene.Schema(query=Query).graphql_schema
    printed = print_schema(schema)
    assert "fullList(" in printed
    assert "): FullConnection!\n" in printed
    assert list(schema.get_type("FullConnection").fields) == ["edges", "nodes", "pageInfo", "totalCount"]
    assert list(schema.get_type("BareConnection").fields) == ["nodes", "pageInfo"]
    assert list(schema.get_type("FoundConnection").fields) == ["edges", "pageInfo", "totalCount"]
    kinds = {name: str(item.type) for name, item in schema.get_type("FullConnection").fields.items()}
    assert kinds == {
        "edges": "[FullEdge!]!",
        "nodes": "[PageType!]!",
        "pageInfo": "PageInfo!",
        "totalCount": "Int!",
    }
    assert {n: str(f.type) for n, f in schema.get_type("FullEdge").fields.items()} == {
        "cursor": "String!",
        "node": "PageType!",
    }
    assert {n: str(f.type) for n, f in schema.get_type("PageInfo").fields.items()} == {
        "hasNextPage": "Boolean!",
        "hasPreviousPage": "Boolean!",
        "startCursor": "String",
        "endCursor": "String",
    }

    make_pages([("a", 1, 0), ("b", 2, 0)])
    result = graphql_sync(
        schema,
        "{ fullList(first: 1) {"
        " nodes { title } edges { node { title } } pageInfo { hasNextPage } totalCount } }",
    )
    assert result.errors is None
    assert result.data == {
        "fullList": {
            "nodes": [{"title": "a"}],
            "edges": [{"node": {"title": "a"}}],
            "pageInfo": {"hasNextPage": True},
            "totalCount": 2,
        }
    }
