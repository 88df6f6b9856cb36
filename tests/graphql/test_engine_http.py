"""GraphQL over HTTP: methods, media types, statuses, caching and whose session may be used from where."""

from __future__ import annotations

from types import ModuleType, SimpleNamespace
from typing import Any

import graphene
import orjson
import pytest
from django.conf import settings as django_settings
from django.test import Client, RequestFactory
from django.urls import re_path

from stedskaping_graphql.engine.context import context_of
from stedskaping_graphql.engine.errors import NotFound
from stedskaping_graphql.engine.fields import field
from stedskaping_graphql.engine.http import GraphQLView
from stedskaping_graphql.engine.requests import BODY_LIMIT
from stedskaping_graphql.engine.scalars import JSON

NEWER = "application/graphql-response+json"
PUBLIC = "public, max-age=0, s-maxage=300, stale-while-revalidate=60"
PRIVATE = "private, no-store"
CRASH = {"on": False}


class Query(graphene.ObjectType):
    hello = field(graphene.String)
    mine = field(graphene.String)
    missing = field(graphene.String, required=False)
    odd = field(JSON, required=False)

    @staticmethod
    def resolve_hello(parent: Any, info: Any) -> str:
        return "Hello"

    @staticmethod
    def resolve_mine(parent: Any, info: Any) -> str:
        context_of(info).mark_private()
        return str(context_of(info).user)

    @staticmethod
    def resolve_missing(parent: Any, info: Any) -> str:
        raise NotFound("It is gone.")

    @staticmethod
    def resolve_odd(parent: Any, info: Any) -> Any:
        return {1: {2, 3}}


class Mutation(graphene.ObjectType):
    change = field(graphene.String)

    @staticmethod
    def resolve_change(parent: Any, info: Any) -> str:
        return "changed"


SCHEMA = graphene.Schema(query=Query, mutation=Mutation).graphql_schema


def the_schema() -> Any:
    if CRASH["on"]:
        raise RuntimeError("secret words")
    return SCHEMA


VIEW = GraphQLView.as_view(schema=the_schema)

urls = ModuleType("engine_http_urls")
urls.urlpatterns = [re_path(r"^graphql/?\Z", VIEW)]  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def toy_server(settings: Any) -> None:
    settings.ROOT_URLCONF = urls
    settings.STEDSKAPING_GRAPHQL_EXPLORER = False
    settings.CSRF_TRUSTED_ORIGINS = ["https://frontend.example.no", "https://*.pilot.example.no"]
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.SECURE_SSL_REDIRECT = False


def post(client: Client, content: Any, **more: Any) -> Any:
    body = content if isinstance(content, bytes) else orjson.dumps(content)
    return client.post("/graphql", body, **{"content_type": "application/json", **more})


def codes(response: Any) -> list[str]:
    return [error["extensions"]["code"] for error in response.json()["errors"]]


@pytest.mark.parametrize("path", ["/graphql", "/graphql/"])
def test_post_with_and_without_a_slash(client: Client, path: str) -> None:
    content = {"query": "query A { hello }", "operationName": "A", "variables": {}, "extensions": {}}
    response = client.post(path, orjson.dumps(content), content_type="application/json; charset=utf-8")
    assert (response.status_code, response.content) == (200, b'{"data":{"hello":"Hello"}}')
    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert response["Cache-Control"] == PRIVATE


@pytest.mark.parametrize("path", ["/graphql", "/graphql/"])
def test_an_anonymous_get_may_be_shared_and_touches_no_session(client: Client, path: str) -> None:
    response = client.get(path, {"query": "{ hello }", "variables": "{}"})
    assert (response.status_code, response.json()) == (200, {"data": {"hello": "Hello"}})
    assert response["Cache-Control"] == PUBLIC
    assert not response.cookies
    assert {name.strip() for name in response["Vary"].split(",")} >= {
        "Accept",
        "Authorization",
        "Cookie",
        "X-Preview-Token",
        "X-Session-Token",
    }


def test_the_session_is_not_read_without_its_cookie() -> None:
    from django.contrib.auth.middleware import AuthenticationMiddleware

    class Session(dict[str, Any]):
        def __getitem__(self, key: str) -> Any:
            pytest.fail("the session was read")

    request = RequestFactory().get("/graphql", {"query": "{ mine }"})
    request.session = Session()  # type: ignore[assignment]
    AuthenticationMiddleware(VIEW).process_request(request)
    response = VIEW(request)
    assert orjson.loads(response.content) == {"data": {"mine": "AnonymousUser"}}
    assert response["Cache-Control"] == PRIVATE


def test_head_answers_like_get(client: Client) -> None:
    response = client.head("/graphql", {"query": "{ hello }"})
    assert (response.status_code, response.content) == (200, b"")
    assert response["Cache-Control"] == PUBLIC


@pytest.mark.django_db
def test_with_credentials_or_errors_nothing_is_shared(client: Client) -> None:
    assert client.get("/graphql", {"query": "{ missing }"})["Cache-Control"] == PRIVATE
    assert client.get("/graphql", {"query": "{ nothing }"})["Cache-Control"] == PRIVATE
    assert client.get("/graphql", {"query": "{ mine }"})["Cache-Control"] == PRIVATE
    for header in ("Authorization", "X-Session-Token", "X-Preview-Token"):
        response = client.get("/graphql", {"query": "{ hello }"}, headers={header: "x"})
        assert response["Cache-Control"] == PRIVATE
    client.cookies[django_settings.SESSION_COOKIE_NAME] = "unknown"
    response = client.get("/graphql", {"query": "{ hello }"})
    assert (response.status_code, response["Cache-Control"]) == (200, PRIVATE)


def test_with_a_user_nothing_is_shared() -> None:
    request = RequestFactory().get("/graphql", {"query": "{ hello }"})
    request.user = SimpleNamespace(is_authenticated=True)  # type: ignore[assignment]
    assert VIEW(request)["Cache-Control"] == PRIVATE


@pytest.mark.parametrize("method", ["get", "head"])
def test_mutations_by_get_are_refused(client: Client, method: str) -> None:
    response = getattr(client, method)("/graphql", {"query": "mutation { change }"})
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert response["Cache-Control"] == PRIVATE
    assert post(client, {"query": "mutation { change }"}).json() == {"data": {"change": "changed"}}


def test_other_methods_are_refused(client: Client) -> None:
    response = client.put("/graphql", b"{}", content_type="application/json")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, POST, OPTIONS")
    assert codes(response) == ["BAD_USER_INPUT"]
    response = client.options("/graphql")
    assert (response.status_code, response["Allow"], response.content) == (
        204,
        "GET, HEAD, POST, OPTIONS",
        b"",
    )


@pytest.mark.parametrize(
    "content_type",
    [
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain",
        "application/graphql",
        "application/json; charset=iso-8859-1",
        "",
    ],
)
def test_bodies_of_another_type_are_refused(client: Client, content_type: str) -> None:
    response = client.generic("POST", "/graphql", b'{"query":"{ hello }"}', content_type=content_type)
    assert (response.status_code, codes(response)) == (415, ["BAD_USER_INPUT"])
    assert response["Content-Type"] == "application/json; charset=utf-8"


@pytest.mark.parametrize("accept", ["application/json", NEWER])
@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b" ", "The body is not valid JSON."),
        (b"{", "The body is not valid JSON."),
        (b'"x"', 'The body must be a JSON object with "query" in it.'),
        (b'[{"query":"{ hello }"}]', "Send one operation per request; batches are not taken."),
        (b"{}", 'The parameter "query" must be a string with a GraphQL document.'),
        (b'{"query":" "}', 'The parameter "query" must be a string with a GraphQL document.'),
        (b'{"query":5}', 'The parameter "query" must be a string with a GraphQL document.'),
        (
            b'{"query":"{ hello }","variables":[]}',
            'The parameter "variables" must be a JSON object or left out.',
        ),
        (
            b'{"query":"{ hello }","extensions":"x"}',
            'The parameter "extensions" must be a JSON object or left out.',
        ),
        (
            b'{"query":"{ hello }","operationName":1}',
            'The parameter "operationName" must be a string or left out.',
        ),
    ],
)
def test_malformed_requests_are_400_in_both_types(
    client: Client, accept: str, content: bytes, message: str
) -> None:
    response = post(client, content, headers={"Accept": accept})
    assert response.status_code == 400
    assert response["Content-Type"] == f"{accept}; charset=utf-8"
    assert response.json() == {"errors": [{"message": message, "extensions": {"code": "BAD_USER_INPUT"}}]}


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({}, 'The parameter "query" must be a string with a GraphQL document.'),
        ({"query": "{ hello }", "variables": "{"}, 'The parameter "variables" is not valid JSON.'),
        (
            {"query": "{ hello }", "variables": "5"},
            'The parameter "variables" must be a JSON object or left out.',
        ),
    ],
)
def test_malformed_gets_are_400(client: Client, parameters: dict[str, str], message: str) -> None:
    response = client.get("/graphql", parameters)
    assert (response.status_code, response.json()["errors"][0]["message"]) == (400, message)


@pytest.mark.parametrize(
    ("content", "column"),
    [
        ({"query": "{"}, 2),
        ({"query": "{ nothing }"}, 3),
        ({"query": "query ($x: String!) { hello @include(if: true) __typename }"}, 8),
    ],
)
def test_documents_that_cannot_run_are_200_or_400_by_type(client: Client, content: Any, column: int) -> None:
    older = post(client, content, headers={"Accept": "application/json"})
    newer = post(client, content, headers={"Accept": NEWER})
    assert (older.status_code, newer.status_code) == (200, 400)
    assert older.json() == newer.json()
    assert list(older.json()) == ["errors"]
    assert older.json()["errors"][0]["locations"][0]["column"] == column
    assert codes(older) == ["BAD_USER_INPUT"]


def test_errors_while_running_are_200_with_data(client: Client) -> None:
    for accept in ("application/json", NEWER):
        response = post(client, {"query": "{ hello missing }"}, headers={"Accept": accept})
        assert response.status_code == 200
        assert response.json() == {
            "data": {"hello": "Hello", "missing": None},
            "errors": [
                {
                    "message": "It is gone.",
                    "locations": [{"line": 1, "column": 9}],
                    "path": ["missing"],
                    "extensions": {"code": "NOT_FOUND"},
                }
            ],
        }


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("application/*", "application/json"),
        ("application/json; charset=utf-8", "application/json"),
        (NEWER, NEWER),
        (f"{NEWER}, application/json;q=0.9", NEWER),
        (f"application/json, {NEWER}", "application/json"),
        (f"text/html;q=1, {NEWER};q=0.5, application/json;q=0.4", NEWER),
    ],
)
def test_the_media_type_is_negotiated(client: Client, accept: str | None, media_type: str) -> None:
    headers = {"Accept": accept} if accept else {}
    response = client.get("/graphql", {"query": "{ hello }"}, headers=headers)
    assert (response.status_code, response["Content-Type"]) == (200, f"{media_type}; charset=utf-8")


def test_nothing_acceptable_is_406(client: Client) -> None:
    response = client.get("/graphql", {"query": "{ hello }"}, headers={"Accept": "text/html"})
    assert (response.status_code, response["Content-Type"]) == (406, "application/json; charset=utf-8")


def test_a_long_body_is_413(client: Client) -> None:
    fits = orjson.dumps({"query": "{ hello } #"})
    fits += b" " * (BODY_LIMIT - len(fits))
    response = post(client, fits + b" ")
    assert (response.status_code, response.json()["errors"][0]["message"]) == (
        413,
        "The body is longer than 256 KiB.",
    )
    assert codes(response) == ["LIMIT_TOKENS"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://testserver"}, 200),
        ({"Origin": "https://frontend.example.no"}, 200),
        ({"Origin": "https://larvik.pilot.example.no"}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Origin": "https://testserver"}, 403),
        ({"Origin": "http://testserver:8000"}, 403),
        ({"Origin": "http://larvik.pilot.example.no"}, 403),
        ({"Origin": "https://pilot.example.no.evil.example"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "https://["}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
    ],
)
def test_a_session_is_used_only_from_allowed_pages(headers: dict[str, str], status: int) -> None:
    client = Client(enforce_csrf_checks=True)
    # Without a session cookie there is nothing to misuse.
    assert post(client, {"query": "{ hello }"}, headers=headers).status_code == 200
    client.cookies[django_settings.SESSION_COOKIE_NAME] = "some-session"
    response = post(client, {"query": "{ hello }"}, headers=headers)
    assert response.status_code == status
    if status == 403:
        assert codes(response) == ["FORBIDDEN"]
        assert response["Content-Type"] == "application/json; charset=utf-8"


@pytest.mark.parametrize("accept", ["application/json", NEWER])
def test_a_crash_is_json_and_says_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, accept: str
) -> None:
    monkeypatch.setitem(CRASH, "on", True)
    response = post(client, {"query": "{ hello }"}, headers={"Accept": accept})
    assert (response.status_code, response["Content-Type"]) == (500, f"{accept}; charset=utf-8")
    assert codes(response) == ["INTERNAL"]
    request_id = response.json()["errors"][0]["extensions"]["requestId"]
    assert request_id in response.json()["errors"][0]["message"]
    assert b"secret" not in response.content
    assert "secret words" in caplog.text
    assert request_id in caplog.text


def test_an_answer_that_has_no_json_form_is_internal(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    response = client.get("/graphql", {"query": "{ odd }"})
    assert (response.status_code, codes(response)) == (500, ["INTERNAL"])
    assert response["Cache-Control"] == PRIVATE
    assert len(caplog.records) >= 1
