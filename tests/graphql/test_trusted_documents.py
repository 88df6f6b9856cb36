"""Trusted documents over HTTP: how they are asked for, what each policy takes, and what is remembered."""

from __future__ import annotations

import json
from types import ModuleType
from typing import Any

import graphene
import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import re_path

from stedskaping_core.models import User
from stedskaping_graphql.engine import documents
from stedskaping_graphql.engine.context import context_of
from stedskaping_graphql.engine.fields import field
from stedskaping_graphql.engine.http import GraphQLView
from stedskaping_graphql.models import TrustedDocument
from stedskaping_graphql.trusted import store
from stedskaping_graphql.trusted.store import RecentTexts, sha256_of

NEWER = "application/graphql-response+json"
POLICIES = ("open", "persisted_or_authenticated", "trusted_only")
TEXT = "query Hello { hello }"
HASH = sha256_of(TEXT)
TRUSTED = "query Trusted($x: String) { trusted hello(name: $x) }"
ANSWER = {"data": {"trusted": True, "hello": "Hello Ada"}}


class Query(graphene.ObjectType):
    hello = field(graphene.String, name=graphene.String())
    trusted = field(graphene.Boolean)

    @staticmethod
    def resolve_hello(parent: Any, info: Any, name: str = "you") -> str:
        return f"Hello {name}"

    @staticmethod
    def resolve_trusted(parent: Any, info: Any) -> bool:
        return context_of(info).trusted


class Mutation(graphene.ObjectType):
    change = field(graphene.String)

    @staticmethod
    def resolve_change(parent: Any, info: Any) -> str:
        return "changed"


SCHEMA = graphene.Schema(query=Query, mutation=Mutation).graphql_schema

urls = ModuleType("trusted_documents_urls")
urls.urlpatterns = [re_path(r"^graphql\Z", GraphQLView.as_view(schema=lambda: SCHEMA))]  # type: ignore[attr-defined]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def toy_server(settings: Any) -> Any:
    settings.ROOT_URLCONF = urls
    settings.STEDSKAPING_GRAPHQL_EXPLORER = False
    store.forget()
    caches["documents"].clear()
    yield
    store.forget()
    caches["documents"].clear()


@pytest.fixture
def stored() -> str:
    """The hash of a document that is stored."""
    return TrustedDocument.objects.create(sha256=sha256_of(TRUSTED), text=TRUSTED, name="Trusted").sha256


def post(client: Client, accept: str = "application/json", **content: Any) -> Any:
    return client.post("/graphql", content, content_type="application/json", headers={"Accept": accept})


def persisted(sha256: Any, version: Any = 1) -> dict[str, Any]:
    return {"persistedQuery": {"version": version, "sha256Hash": sha256}}


def only_error(response: Any) -> tuple[str, str]:
    (error,) = response.json()["errors"]
    assert "data" not in response.json()
    return error["extensions"]["code"], error["message"]


# ------------------------------------------------------------------ asking for a stored document


@pytest.mark.parametrize("policy", POLICIES)
def test_a_stored_document_is_run_by_its_id_under_every_policy(
    client: Client, settings: Any, stored: str, policy: str
) -> None:
    settings.STEDSKAPING_GRAPHQL_POLICY = policy
    asked = {"documentId": f"sha256:{stored}", "variables": {"x": "Ada"}}

    by_post = post(client, **asked)
    by_get = client.get("/graphql", {**asked, "variables": json.dumps(asked["variables"])})

    assert (by_post.status_code, by_post.json()) == (200, ANSWER)
    assert (by_get.status_code, by_get.json()) == (200, ANSWER)
    assert by_get["Cache-Control"].startswith("public, ")


@pytest.mark.parametrize("policy", POLICIES)
def test_a_stored_document_is_run_by_apollos_extension_under_every_policy(
    client: Client, settings: Any, stored: str, policy: str
) -> None:
    settings.STEDSKAPING_GRAPHQL_POLICY = policy
    asked = {"extensions": persisted(stored), "variables": {"x": "Ada"}}

    by_post = post(client, **asked)
    with_text = post(client, query=TRUSTED, **asked)
    by_get = client.get("/graphql", {name: json.dumps(value) for name, value in asked.items()})

    assert by_post.json() == with_text.json() == by_get.json() == ANSWER
    assert by_get["Cache-Control"].startswith("public, ")


def test_the_operation_can_be_chosen_in_a_stored_document(client: Client) -> None:
    text = "query A { hello } query B { trusted }"
    TrustedDocument.objects.create(sha256=sha256_of(text), text=text)

    answer = post(client, documentId=f"sha256:{sha256_of(text)}", operationName="B")

    assert answer.json() == {"data": {"trusted": True}}


def test_a_stored_mutation_needs_a_post_too(client: Client) -> None:
    text = "mutation { change }"
    TrustedDocument.objects.create(sha256=sha256_of(text), text=text)
    asked = {"documentId": f"sha256:{sha256_of(text)}"}

    assert client.get("/graphql", asked).status_code == 405
    assert post(client, **asked).json() == {"data": {"change": "changed"}}


def test_a_text_without_its_hash_is_not_trusted_even_if_it_is_stored(client: Client, stored: str) -> None:
    assert post(client, query=TRUSTED, variables={"x": "Ada"}).json() == {
        "data": {"trusted": False, "hello": "Hello Ada"}
    }


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize(("accept", "status"), [("application/json", 200), (NEWER, 400)])
@pytest.mark.parametrize("asked", [{"documentId": f"sha256:{HASH}"}, {"extensions": persisted(HASH)}])
def test_an_unknown_hash_is_not_found(
    client: Client, settings: Any, policy: str, accept: str, status: int, asked: Any
) -> None:
    settings.STEDSKAPING_GRAPHQL_POLICY = policy

    response = post(client, accept, **asked)

    assert response.status_code == status
    assert response["Cache-Control"] == "private, no-store"
    # Clients of Apollo and urql look for this word, and send the text then.
    assert only_error(response) == ("PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound")


ID_FORM = 'The parameter "documentId" must be "sha256:" and 64 digits from 0 to 9 and a to f.'
HASH_FORM = '"sha256Hash" of "persistedQuery" must be 64 digits from 0 to 9 and a to f.'
VERSION = 'The extension "persistedQuery" is known in version 1 only.'


@pytest.mark.parametrize("accept", ["application/json", NEWER])
@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"documentId": HASH}, ID_FORM),
        ({"documentId": f"sha256:{HASH.upper()}"}, ID_FORM),
        ({"documentId": f"sha256:{HASH}0"}, ID_FORM),
        ({"documentId": f"sha256:{HASH}\n"}, ID_FORM),
        ({"documentId": f"md5:{HASH[:32]}"}, ID_FORM),
        ({"documentId": ""}, ID_FORM),
        ({"documentId": 7}, ID_FORM),
        ({"documentId": f"sha256:{HASH}", "query": TEXT}, 'Send "query" or "documentId", not both.'),
        ({"extensions": {"persistedQuery": HASH}}, VERSION),
        ({"extensions": persisted(HASH, 2)}, VERSION),
        ({"extensions": persisted("x")}, HASH_FORM),
        ({"extensions": persisted(None)}, HASH_FORM),
        (
            {"extensions": persisted(HASH), "query": " "},
            'The parameter "query" must be a string with a GraphQL document.',
        ),
        (
            {"extensions": {"persistedQuery": None}},
            'The parameter "query" must be a string with a GraphQL document.',
        ),
        (
            {"extensions": persisted(HASH), "query": f"{TEXT} "},
            'The SHA-256 of "query" is not the one in "persistedQuery".',
        ),
        (
            {"extensions": persisted(HASH), "documentId": f"sha256:{sha256_of(TRUSTED)}"},
            '"documentId" and "persistedQuery" name different documents.',
        ),
    ],
)
def test_malformed_names_of_documents_are_400(
    client: Client, accept: str, content: dict[str, Any], message: str
) -> None:
    response = post(client, accept, **content)

    assert (response.status_code, only_error(response)) == (400, ("BAD_USER_INPUT", message))


# ------------------------------------------------------------------ policies


def test_everybody_may_send_a_text_under_the_open_policy(client: Client) -> None:
    assert post(client, query=TEXT).json() == {"data": {"hello": "Hello you"}}


@pytest.mark.parametrize(("accept", "status"), [("application/json", 200), (NEWER, 400)])
@pytest.mark.parametrize("extensions", [{}, persisted(HASH)])
@pytest.mark.parametrize(
    ("policy", "message"),
    [
        (
            "persisted_or_authenticated",
            "This API runs stored documents only: send the hash of one, or sign in.",
        ),
        ("trusted_only", "This API runs stored documents only: send the hash of one."),
    ],
)
def test_other_policies_take_no_text_from_anonymous_callers(
    client: Client,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    policy: str,
    message: str,
    extensions: Any,
    accept: str,
    status: int,
) -> None:
    settings.STEDSKAPING_GRAPHQL_POLICY = policy
    monkeypatch.setattr(documents, "parse", lambda *args, **kwargs: pytest.fail("parsed"))

    response = post(client, accept, query=TEXT, extensions=extensions)

    assert response.status_code == status
    assert response["Cache-Control"] == "private, no-store"
    assert only_error(response) == ("PERSISTED_QUERY_REQUIRED", message)


@pytest.mark.parametrize(
    ("policy", "code"), [("persisted_or_authenticated", None), ("trusted_only", "PERSISTED_QUERY_REQUIRED")]
)
def test_signing_in_helps_under_one_policy_only(
    client: Client, settings: Any, policy: str, code: str | None
) -> None:
    settings.STEDSKAPING_GRAPHQL_POLICY = policy
    client.force_login(User.objects.create_user("kari@example.org"))

    body = post(client, query=TEXT).json()

    if code is None:
        assert body == {"data": {"hello": "Hello you"}}
    else:
        assert body["errors"][0]["extensions"]["code"] == code


# ------------------------------------------------------------------ registering


def test_under_the_open_policy_a_text_sent_with_its_hash_is_registered(client: Client) -> None:
    assert only_error(post(client, extensions=persisted(HASH)))[0] == "PERSISTED_QUERY_NOT_FOUND"
    assert post(client, query=TEXT, extensions=persisted(HASH)).json() == {"data": {"hello": "Hello you"}}

    by_post = post(client, extensions=persisted(HASH))
    by_get = client.get("/graphql", {"extensions": json.dumps(persisted(HASH))})

    assert by_post.json() == by_get.json() == {"data": {"hello": "Hello you"}}
    assert by_get["Cache-Control"].startswith("public, ")
    assert not TrustedDocument.objects.exists()


def test_a_registered_document_is_not_trusted(client: Client) -> None:
    text = "{ trusted }"
    extensions = persisted(sha256_of(text))
    post(client, query=text, extensions=extensions)

    assert post(client, extensions=extensions).json() == {"data": {"trusted": False}}


@pytest.mark.parametrize(
    "content",
    [
        {"query": TEXT},
        {"query": "{ nothing }"},
        {"query": "{ nothing }", "hashed": True},
        {"query": "{", "hashed": True},
    ],
)
def test_only_valid_texts_with_their_hash_are_registered(client: Client, content: dict[str, Any]) -> None:
    text = content["query"]
    post(client, query=text, extensions=persisted(sha256_of(text)) if content.get("hashed") else {})

    assert store.registered_text(sha256_of(text)) is None


@pytest.mark.parametrize("policy", ["persisted_or_authenticated", "trusted_only"])
def test_nothing_is_registered_under_other_policies(client: Client, settings: Any, policy: str) -> None:
    settings.STEDSKAPING_GRAPHQL_POLICY = policy
    client.force_login(User.objects.create_user("kari@example.org"))
    post(client, query=TEXT, extensions=persisted(HASH))
    assert store.registered_text(HASH) is None

    # What was registered while the policy was open doesn't count any more either.
    store.register(HASH, TEXT)
    assert only_error(post(client, extensions=persisted(HASH)))[0] == "PERSISTED_QUERY_NOT_FOUND"


def test_registering_cannot_replace_a_stored_document(client: Client, stored: str) -> None:
    store.register(stored, TEXT)

    answer = post(client, documentId=f"sha256:{stored}", variables={"x": "Ada"})

    assert answer.json() == ANSWER


# ------------------------------------------------------------------ caching


def test_a_stored_document_is_read_and_parsed_once(
    client: Client, stored: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {"documentId": f"sha256:{stored}", "variables": {"x": "Ada"}}
    with CaptureQueriesContext(connection) as first:
        post(client, **asked)
    monkeypatch.setattr(documents, "parse", lambda *args, **kwargs: pytest.fail("parsed again"))

    with CaptureQueriesContext(connection) as second:
        answer = post(client, **asked)

    assert (len(first), len(second)) == (1, 0)
    assert answer.json() == ANSWER


def test_a_long_stored_document_is_kept_parsed_and_others_cannot_push_it_out(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "{ trusted } #" + "x" * documents.LONGEST_CACHED
    sha256 = TrustedDocument.objects.create(sha256=sha256_of(text), text=text).sha256
    post(client, documentId=f"sha256:{sha256}")
    for number in range(documents.CACHE_SIZE + 1):
        documents.prepare(SCHEMA, f"{{ a{number}: hello }}", introspection=False)
    monkeypatch.setattr(documents, "parse", lambda *args, **kwargs: pytest.fail("parsed again"))

    assert post(client, documentId=f"sha256:{sha256}").json() == {"data": {"trusted": True}}


def test_a_removed_document_ends_within_a_minute(
    client: Client, stored: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = {"now": 1_000.0}
    monkeypatch.setattr(store, "monotonic", lambda: clock["now"])
    asked = {"documentId": f"sha256:{stored}", "variables": {"x": "Ada"}}
    post(client, **asked)
    TrustedDocument.objects.all().delete()

    clock["now"] = 1_059.9
    assert post(client, **asked).json() == ANSWER
    clock["now"] = 1_060.0
    assert only_error(post(client, **asked))[0] == "PERSISTED_QUERY_NOT_FOUND"


def test_what_is_not_found_is_asked_for_again(client: Client) -> None:
    asked = {"documentId": f"sha256:{HASH}"}
    post(client, **asked)
    TrustedDocument.objects.create(sha256=HASH, text=TEXT)

    assert post(client, **asked).json() == {"data": {"hello": "Hello you"}}


def test_texts_that_were_not_used_for_longest_are_forgotten() -> None:
    recent = RecentTexts(size=2)
    recent.put("a", "A", now=1)
    recent.put("b", "B", now=1)
    assert recent.get("a", now=2) == "A"
    recent.put("c", "C", now=2)

    assert [recent.get(key, now=3) for key in "abc"] == ["A", None, "C"]
    recent.clear()
    assert recent.get("a", now=3) is None
