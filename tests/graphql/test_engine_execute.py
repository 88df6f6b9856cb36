"""Running documents: what is refused and how, what is masked, and that parsing happens once."""

from __future__ import annotations

import logging
import threading
from typing import Any

import graphene
import pytest
from django.test import RequestFactory
from graphql import GraphQLError, GraphQLSchema

from stedskaping_graphql.engine import documents
from stedskaping_graphql.engine.context import Context
from stedskaping_graphql.engine.documents import DocumentCache, RequestRefused, cache_of, prepare
from stedskaping_graphql.engine.errors import (
    ApiError,
    BadUserInput,
    ErrorCode,
    Forbidden,
    LimitExceeded,
    NotFound,
    PersistedQueryNotFound,
    PersistedQueryRequired,
    PluginIsDisabled,
    RateLimited,
    Unauthenticated,
)
from stedskaping_graphql.engine.execute import execute
from stedskaping_graphql.engine.fields import argument, field
from stedskaping_graphql.engine.masking import format_error, format_errors
from stedskaping_graphql.engine.scalars import Date

SECRET = "SELECT password FROM people"


class Animal(graphene.Interface):
    name = field(graphene.String)


class Query(graphene.ObjectType):
    hello = field(graphene.String, name=argument(graphene.String, required=True, default_value="you"))
    day = field(Date, required=False, on=argument(Date, required=True))
    broken = field(graphene.String, required=False)
    missing = field(graphene.String, required=False)
    empty = field(graphene.String, required=False)
    odd = graphene.Field(Animal)

    @staticmethod
    def resolve_hello(parent: Any, info: Any, name: str) -> str:
        return f"Hello {name}"

    @staticmethod
    def resolve_day(parent: Any, info: Any, on: Any) -> Any:
        return on

    @staticmethod
    def resolve_broken(parent: Any, info: Any) -> str:
        raise RuntimeError(SECRET)

    @staticmethod
    def resolve_missing(parent: Any, info: Any) -> str:
        raise NotFound("There is no such thing.")

    @staticmethod
    def resolve_empty(parent: Any, info: Any) -> str:
        raise GraphQLError(SECRET)

    @staticmethod
    def resolve_odd(parent: Any, info: Any) -> Any:
        return object()


@pytest.fixture
def schema() -> GraphQLSchema:
    return graphene.Schema(query=Query).graphql_schema


@pytest.fixture
def context() -> Context:
    return Context(RequestFactory().get("/graphql"))


@pytest.fixture(autouse=True)
def explorer_off(settings: Any) -> None:
    settings.STEDSKAPING_GRAPHQL_EXPLORER = False


def refused(
    schema: GraphQLSchema, text: str, name: str | None = None, *, introspection: bool = False
) -> list[str]:
    with pytest.raises(RequestRefused) as caught:
        prepare(schema, text, name, introspection=introspection)
    return [error.message for error in caught.value.errors]


def shown(schema: GraphQLSchema, context: Context, text: str, variables: Any = None) -> tuple[Any, list[Any]]:
    result = execute(schema, text, variables, None, context)
    return result.data, format_errors(result.errors or [], request_id="r1")


def test_a_query_runs(schema: GraphQLSchema, context: Context) -> None:
    document = "query A { hello } query B($n: String!) { hello(name: $n) }"
    result = execute(schema, document, {"n": "Ada"}, "B", context)
    assert result.errors is None
    assert result.data == {"hello": "Hello Ada"}


@pytest.mark.parametrize(
    ("text", "name", "message"),
    [
        (
            "query A { hello } query B { hello }",
            None,
            'The document has several operations (A, B): say which one in "operationName".',
        ),
        ("query A { hello }", "B", 'There is no operation "B" in the document; it has A.'),
        ("{ hello }", "B", 'There is no operation "B" in the document; its operations have no names.'),
    ],
)
def test_the_operation_has_to_be_clear(
    schema: GraphQLSchema, text: str, name: str | None, message: str
) -> None:
    assert refused(schema, text, name) == [message]


def test_subscriptions_and_documents_without_operation_are_refused(
    schema: GraphQLSchema, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "validate", lambda *args, **kwargs: [])
    assert refused(schema, "subscription { hello }") == ["This API has no subscriptions."]
    assert refused(schema, "fragment A on Query { hello }") == [
        "The document has no operation, only fragments."
    ]


def test_suggestions_and_introspection_only_where_the_schema_is_open(schema: GraphQLSchema) -> None:
    assert refused(schema, "{ helo }") == ["Cannot query field 'helo' on type 'Query'."]
    assert refused(schema, "{ helo }", introspection=True) == [
        "Cannot query field 'helo' on type 'Query'. Did you mean 'hello'?"
    ]
    introspect = "{ __schema { description } }"
    assert refused(schema, introspect) == [
        "GraphQL introspection has been disabled, but the requested query contained the field '__schema'."
    ]
    assert prepare(schema, introspect, introspection=True).is_query
    # What is cached for one is not valid for the other.
    assert refused(schema, introspect) != []


def test_a_document_is_parsed_and_validated_once(
    schema: GraphQLSchema, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = prepare(schema, "{ hello }", introspection=False)
    monkeypatch.setattr(documents, "parse", lambda text: pytest.fail("parsed again"))
    assert prepare(schema, "{ hello }", introspection=False).document is first.document
    assert len(cache_of(schema)) == 1


def test_invalid_and_very_long_documents_are_not_kept(schema: GraphQLSchema) -> None:
    refused(schema, "{ nothing }")
    refused(schema, "{")
    prepare(schema, "{ hello } #" + "x" * documents.LONGEST_CACHED, introspection=False)
    assert len(cache_of(schema)) == 0


def test_the_cache_forgets_what_was_not_used_for_longest() -> None:
    cache = DocumentCache(size=2)
    document: Any = object()
    cache.put((b"a", True), document)
    cache.put((b"b", True), document)
    assert cache.get((b"a", True)) is document
    cache.put((b"c", True), document)
    assert [cache.get((key, True)) is None for key in (b"a", b"b", b"c")] == [False, True, False]


def test_the_cache_can_be_used_from_several_threads() -> None:
    cache = DocumentCache(size=10)
    document: Any = object()

    def work(number: int) -> None:
        for step in range(300):
            cache.put((bytes([number, step % 30]), True), document)
            cache.get((bytes([number, (step + 7) % 30]), True))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(cache) == 10


def test_own_errors_keep_message_code_and_path(schema: GraphQLSchema, context: Context) -> None:
    data, errors = shown(schema, context, "{ hello missing }")
    assert data == {"hello": "Hello you", "missing": None}
    assert errors == [
        {
            "message": "There is no such thing.",
            "locations": [{"line": 1, "column": 9}],
            "path": ["missing"],
            "extensions": {"code": "NOT_FOUND"},
        }
    ]


@pytest.mark.parametrize("name", ["broken", "empty", "odd { name }"])
def test_anything_unforeseen_is_masked_and_logged_once(
    schema: GraphQLSchema, context: Context, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    with caplog.at_level(logging.ERROR, logger="stedskaping.graphql"):
        data, errors = shown(schema, context, f"{{ {name} }}")
    assert list(data.values()) == [None]
    assert errors[0]["message"] == (
        "Something went wrong on our side. Please quote the request id r1 if you report it."
    )
    assert errors[0]["extensions"] == {"code": "INTERNAL", "requestId": "r1"}
    assert SECRET not in str(errors)
    assert [record.name for record in caplog.records] == ["stedskaping.graphql"]
    assert "r1" in caplog.text
    assert caplog.records[0].exc_info is not None


def test_one_exception_behind_many_fields_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    cause = RuntimeError(SECRET)
    errors = [GraphQLError("x", path=["a", n], original_error=cause) for n in range(5)]
    with caplog.at_level(logging.ERROR, logger="stedskaping.graphql"):
        assert len(format_errors(errors, request_id="r1")) == 5
    assert len(caplog.records) == 1


@pytest.mark.parametrize(
    ("text", "variables", "message"),
    [
        ("{ hello", None, "Syntax Error: Expected Name, found <EOF>."),
        ("{ nothing }", None, "Cannot query field 'nothing' on type 'Query'."),
        ('{ day(on: "today") }', None, "Date takes a day written as YYYY-MM-DD, for example 2027-05-31."),
        (
            "query ($d: Date!) { day(on: $d) }",
            {"d": "today"},
            "Variable '$d' got invalid value 'today';"
            " Date takes a day written as YYYY-MM-DD, for example 2027-05-31.",
        ),
        (
            "query ($d: Date!) { day(on: $d) }",
            None,
            "Variable '$d' of required type 'Date!' was not provided.",
        ),
    ],
)
def test_what_is_wrong_with_the_request_is_bad_user_input(
    schema: GraphQLSchema, context: Context, text: str, variables: Any, message: str
) -> None:
    data, errors = shown(schema, context, text, variables)
    assert data is None
    assert [(error["message"], error["extensions"], error.get("path")) for error in errors] == [
        (message, {"code": "BAD_USER_INPUT"}, None)
    ]


def test_a_null_where_an_argument_takes_none_is_bad_user_input(
    schema: GraphQLSchema, context: Context
) -> None:
    data, errors = shown(schema, context, "query ($n: String) { hello(name: $n) }", {"n": None})
    assert data is None
    assert errors[0]["message"] == "Argument 'name' of non-null type 'String!' must not be null."
    assert errors[0]["path"] == ["hello"]
    assert errors[0]["extensions"] == {"code": "BAD_USER_INPUT"}


def test_every_code_has_its_error() -> None:
    errors: list[ApiError] = [
        Unauthenticated("x"),
        Forbidden("x"),
        NotFound("x"),
        BadUserInput("x"),
        PluginIsDisabled("x"),
        RateLimited("x", retry_after=30),
        *(LimitExceeded("x", code=code) for code in ErrorCode if code.startswith("LIMIT_")),
        PersistedQueryNotFound("x"),
        PersistedQueryRequired("x"),
    ]
    codes = [format_error(error, request_id="r1")["extensions"]["code"] for error in errors]
    assert [*codes, "INTERNAL"] == [code.value for code in ErrorCode]
    assert format_error(errors[5], request_id="r1")["extensions"] == {
        "code": "RATE_LIMITED",
        "retryAfter": 30,
    }


def test_context_remembers_tags_privacy_and_memo(context: Context) -> None:
    made: list[int] = []
    assert [context.memo("key", lambda: made.append(1) or len(made)) for _ in range(2)] == [1, 1]
    context.tag("core.InitiativePage", 12)
    context.mark_private()
    assert context.tags == {"core.InitiativePage:12"}
    assert context.private is True
    assert len(context.request_id) == 32
    assert context.request_id == context.request_id
