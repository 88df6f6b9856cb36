"""Limits over HTTP: bodies, costs, rates with 429, addresses behind proxies, and the number of errors."""

from __future__ import annotations

from types import ModuleType, SimpleNamespace
from typing import Any

import graphene
import orjson
import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import re_path

from stedskaping_core.models import User
from stedskaping_graphql.engine.connections import connection_field, connection_type
from stedskaping_graphql.engine.context import Context
from stedskaping_graphql.engine.errors import RateLimited
from stedskaping_graphql.engine.fields import argument, field
from stedskaping_graphql.engine.http import GraphQLView
from stedskaping_graphql.engine.limits import rates
from stedskaping_graphql.engine.limits.addresses import client_address
from stedskaping_graphql.engine.limits.tables import ANONYMOUS, TRUSTED, described, limits_for

RAN: list[str] = []
# 12:00:10 on some day.
NOW = 1_800_000_010 // 60 * 60 + 10.25


class Thing(graphene.ObjectType):
    name = field(graphene.String)


class Query(graphene.ObjectType):
    hello = field(graphene.String, a=argument(graphene.Int))
    fails = graphene.String()
    things = connection_field(connection_type("LimitsThing", Thing))

    @staticmethod
    def resolve_hello(parent: Any, info: Any, **_arguments: Any) -> str:
        RAN.append("hello")
        return "Hello"

    @staticmethod
    def resolve_fails(parent: Any, info: Any) -> str:
        raise RuntimeError("secret words")

    @staticmethod
    def resolve_things(parent: Any, info: Any, **_arguments: Any) -> None:
        RAN.append("things")


SCHEMA = graphene.Schema(query=Query).graphql_schema
urls = ModuleType("limits_urls")
urls.urlpatterns = [  # type: ignore[attr-defined]
    re_path(r"^graphql\Z", GraphQLView.as_view(schema=lambda: SCHEMA))
]


@pytest.fixture(autouse=True)
def toy_server(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ROOT_URLCONF = urls
    settings.STEDSKAPING_GRAPHQL_EXPLORER = False
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "rate"}
    }
    cache.clear()
    RAN.clear()
    SCHEMA.extensions.clear()
    monkeypatch.setattr(rates, "time", lambda: NOW)


def post(client: Client, query: str, variables: Any = None, padding: int = 0, **more: Any) -> Any:
    body = orjson.dumps({"query": query, "variables": variables}) + b" " * padding
    return client.post("/graphql", body, content_type="application/json", **more)


def errors(response: Any) -> list[tuple[str, str]]:
    return [(error["extensions"]["code"], error["message"]) for error in response.json()["errors"]]


def context(**meta: Any) -> Context:
    return Context(RequestFactory().get("/graphql", **meta))


# ------------------------------------------------------------------ who has which limits


def test_strangers_have_narrow_limits_and_trusted_documents_and_people_wide_ones() -> None:
    asking = context()
    assert limits_for(asking) is ANONYMOUS
    asking.trusted = True
    assert limits_for(asking) is TRUSTED
    person = context()
    person.request.user = User(pk=1)
    assert limits_for(person) is TRUSTED


def test_the_tables_are_those_of_the_specification() -> None:
    assert described() == {
        "anonymous": {
            "bodyBytes": 65_536,
            "characters": 15_000,
            "tokens": 2_000,
            "depth": 14,
            "introspectionDepth": 18,
            "fields": 1_000,
            "sameKey": 10,
            "aliases": 30,
            "queryRootFields": 20,
            "mutationRootFields": 1,
            "directives": 30,
            "directivesPerNode": 3,
            "cost": 5_000,
            "errors": 5,
        },
        "trusted": {
            "bodyBytes": 262_144,
            "characters": 65_536,
            "tokens": 10_000,
            "depth": 18,
            "introspectionDepth": 18,
            "fields": 5_000,
            "sameKey": 10,
            "aliases": 60,
            "queryRootFields": 20,
            "mutationRootFields": 5,
            "directives": 30,
            "directivesPerNode": 3,
            "cost": 50_000,
            "errors": 20,
        },
    }


# ------------------------------------------------------------------ bodies, costs, errors


def test_a_strangers_body(client: Client) -> None:
    fits = ANONYMOUS.body_bytes - len(orjson.dumps({"query": "{ hello }", "variables": None}))
    assert post(client, "{ hello }", padding=fits).status_code == 200
    response = post(client, "{ hello }", padding=fits + 1)
    assert (response.status_code, errors(response)) == (
        413,
        [("LIMIT_TOKENS", "The body is longer than 64 KiB.")],
    )


@pytest.mark.django_db
def test_the_body_of_somebody_who_is_signed_in(client: Client) -> None:
    client.force_login(User.objects.create_user("kari@example.org"))
    fits = TRUSTED.body_bytes - len(orjson.dumps({"query": "{ hello }", "variables": None}))
    assert post(client, "{ hello }", padding=fits).status_code == 200
    response = post(client, "{ hello }", padding=fits + 1)
    assert (response.status_code, errors(response)) == (
        413,
        [("LIMIT_TOKENS", "The body is longer than 256 KiB.")],
    )


def test_the_cost_is_known_before_anything_runs(client: Client) -> None:
    query = "query ($n: Int!) { hello things(first: $n) { nodes { name } } }"
    post(client, query, {"n": 4_999})
    assert RAN == ["hello", "things"]
    RAN.clear()
    response = post(client, query, {"n": 5_000})
    assert (response.status_code, response.json()) == (
        200,
        {
            "errors": [
                {
                    "message": "Cost in objects of the answer: 5,001, and 5,000 are allowed.",
                    "extensions": {"code": "LIMIT_COST"},
                }
            ]
        },
    )
    assert RAN == []


def test_a_refusal_is_400_in_the_newer_media_type(client: Client) -> None:
    newer = {"Accept": "application/graphql-response+json"}
    assert post(client, "{ " + "hello " * 21 + "}", headers=newer).status_code == 400


def test_errors_of_the_variables_and_of_the_fields_are_capped_too(client: Client) -> None:
    variables = ", ".join(f"$v{n}: Int!" for n in range(8))
    fields = " ".join(f"a{n}: hello(a: $v{n})" for n in range(8))
    response = post(client, f"query ({variables}) {{ {fields} }}", {})
    assert [code for code, _message in errors(response)] == ["BAD_USER_INPUT"] * 5


def test_unforeseen_errors_are_logged_even_if_they_are_not_reported(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    response = post(client, "{ " + " ".join(f"a{n}: fails" for n in range(8)) + " }")
    assert [code for code, _message in errors(response)] == ["INTERNAL"] * 5
    assert len([entry for entry in caplog.records if entry.name == "stedskaping.graphql"]) == 8


# ------------------------------------------------------------------ rates


def test_a_minute_has_an_end(client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.STEDSKAPING_RATE_LIMIT_ANONYMOUS = 500 + 3 * 50
    for _request in range(3):
        assert post(client, "{ hello }").json() == {"data": {"hello": "Hello"}}

    response = post(client, "{ hello }")

    assert (response.status_code, response["Retry-After"], response["Cache-Control"]) == (
        429,
        "50",
        "private, no-store",
    )
    assert response.json() == {
        "errors": [
            {
                "message": "You asked for more than a minute allows (650). Please wait a little.",
                "extensions": {"code": "RATE_LIMITED", "retryAfter": 50},
            }
        ]
    }
    assert RAN == ["hello"] * 3
    monkeypatch.setattr(rates, "time", lambda: NOW + 50)
    assert post(client, "{ hello }").status_code == 200


def test_429_in_the_newer_media_type_and_for_get(client: Client, settings: Any) -> None:
    settings.STEDSKAPING_RATE_LIMIT_ANONYMOUS = 1
    newer = "application/graphql-response+json"
    response = client.get("/graphql", {"query": "{ hello }"}, headers={"Accept": newer})
    assert (response.status_code, response["Content-Type"]) == (429, f"{newer}; charset=utf-8")
    assert (response["Retry-After"], response["Cache-Control"]) == ("50", "private, no-store")


def test_objects_count_and_refused_costs_too(client: Client, settings: Any) -> None:
    settings.STEDSKAPING_RATE_LIMIT_ANONYMOUS = 500 + (50 + 11) + (50 + 9_001) + 50
    query = "query ($n: Int!) { things(first: $n) { nodes { name } } }"
    assert post(client, query, {"n": 10}).status_code == 200
    assert errors(post(client, query, {"n": 9_000}))[0][0] == "LIMIT_COST"
    assert errors(post(client, query, {"n": 0}))[0][0] == "RATE_LIMITED"


def test_documents_are_not_even_read_by_those_who_have_spent_everything(
    client: Client, settings: Any
) -> None:
    settings.STEDSKAPING_RATE_LIMIT_ANONYMOUS = 1_000
    for _request in range(2):
        assert errors(post(client, "{ nothing }"))[0][0] == "BAD_USER_INPUT"
    assert errors(post(client, "{ nothing }"))[0][0] == "RATE_LIMITED"


def test_addresses_are_counted_apart_and_people_wherever_they_are(settings: Any) -> None:
    settings.STEDSKAPING_RATE_LIMIT_ANONYMOUS = 100
    settings.STEDSKAPING_RATE_LIMIT_SIGNED_IN = 1_000
    kari, ola = User(pk=101), User(pk=102)

    def spend(price: int, address: str, user: User | AnonymousUser) -> None:
        asking = context(REMOTE_ADDR=address)
        asking.request.user = user
        rates.charge(asking, price)

    spend(100, "192.0.2.1", AnonymousUser())
    spend(100, "192.0.2.2", AnonymousUser())
    spend(500, "192.0.2.1", kari)
    spend(500, "192.0.2.2", kari)
    spend(1_000, "192.0.2.1", ola)
    with pytest.raises(RateLimited):
        spend(1, "192.0.2.1", AnonymousUser())
    with pytest.raises(RateLimited):
        spend(1, "192.0.2.3", kari)


def test_0_turns_it_off_and_nothing_is_counted(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.STEDSKAPING_RATE_LIMIT_ANONYMOUS = 0
    monkeypatch.setattr(rates, "cache", None)
    rates.charge(context(), 10**9)


def test_without_the_cache_requests_are_let_through(
    settings: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings.STEDSKAPING_RATE_LIMIT_ANONYMOUS = 1

    def incr(_key: str, _price: int) -> int:
        raise ConnectionError("gone")

    monkeypatch.setattr(rates, "cache", SimpleNamespace(incr=incr))
    rates.charge(context(), 10)
    assert [entry.getMessage() for entry in caplog.records] == ["The rate limit could not be counted."]


def test_a_counter_that_another_process_makes_first(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.STEDSKAPING_RATE_LIMIT_ANONYMOUS = 100

    def add(key: str, value: int, timeout: int) -> bool:
        cache.add(key, 95, timeout)
        return cache.add(key, value, timeout)

    monkeypatch.setattr(rates, "cache", SimpleNamespace(add=add, incr=cache.incr))
    rates.charge(context(), 5)
    with pytest.raises(RateLimited):
        rates.charge(context(), 1)


# ------------------------------------------------------------------ addresses


@pytest.mark.parametrize(
    ("peer", "forwarded", "proxies", "expected"),
    [
        ("192.0.2.1", None, (), "192.0.2.1"),
        # Nobody is believed who isn't one of our own proxies.
        ("192.0.2.1", "198.51.100.7", (), "192.0.2.1"),
        ("192.0.2.1", "198.51.100.7", ("10.0.0.0/8",), "192.0.2.1"),
        ("10.0.0.1", "198.51.100.7", ("10.0.0.0/8",), "198.51.100.7"),
        # What the visitor wrote stands before what our proxy wrote.
        ("10.0.0.1", "1.2.3.4, 198.51.100.7", ("10.0.0.0/8",), "198.51.100.7"),
        ("10.0.0.1", "1.2.3.4, 198.51.100.7, 10.9.9.9", ("10.0.0.0/8",), "198.51.100.7"),
        ("10.0.0.1", "10.0.0.3, 10.0.0.2", ("10.0.0.0/8",), "10.0.0.3"),
        ("10.0.0.1", None, ("10.0.0.1/32",), "10.0.0.1"),
        ("10.0.0.1", "unknown", ("10.0.0.1/32",), "10.0.0.1"),
        ("10.0.0.1", "made up, 10.0.0.1", ("10.0.0.1/32",), "10.0.0.1"),
        ("10.0.0.1", "198.51.100.7:4711", ("10.0.0.1/32",), "198.51.100.7"),
        ("10.0.0.1", "[2001:db8:1:2:3::4]:4711", ("10.0.0.1/32",), "2001:db8:1:2::/64"),
        ("2001:db8:1:2:aaaa::1", None, (), "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", None, (), "192.0.2.1"),
        ("::ffff:10.0.0.1", "198.51.100.7", ("10.0.0.0/8",), "198.51.100.7"),
        ("", "198.51.100.7", (), "unix"),
        ("", "198.51.100.7", ("unix",), "198.51.100.7"),
    ],
)
def test_the_address_of_a_caller(
    peer: str, forwarded: str | None, proxies: tuple[str, ...], expected: str, settings: Any
) -> None:
    settings.STEDSKAPING_TRUSTED_PROXIES = proxies
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    request = RequestFactory().get("/graphql", headers=headers, REMOTE_ADDR=peer)
    assert client_address(request) == expected
