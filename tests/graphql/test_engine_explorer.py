"""The explorer, the schema as text and the command that writes it."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from types import ModuleType
from typing import Any

import graphene
import pytest
from django.contrib.staticfiles import finders
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import include, path

from stedskaping_graphql import explorer
from stedskaping_graphql.engine.fields import field
from stedskaping_graphql.engine.http import GraphQLView
from stedskaping_graphql.management.commands import graphql_sdl

SDL = "type Query {\n  hello: String!\n}\n"

urls = ModuleType("engine_explorer_urls")
urls.urlpatterns = [path("", include("stedskaping_graphql.urls"))]  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def toy_schema(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    class Query(graphene.ObjectType):
        hello = field(graphene.String)

    schema = graphene.Schema(query=Query).graphql_schema
    monkeypatch.setattr(explorer, "get_schema", lambda: schema)
    monkeypatch.setattr(graphql_sdl, "get_schema", lambda: schema)
    settings.ROOT_URLCONF = urls
    settings.STEDSKAPING_GRAPHQL_EXPLORER = True
    settings.SECURE_SSL_REDIRECT = False
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.mark.parametrize("address", ["/graphiql", "/graphiql/"])
def test_the_explorer_loads_only_our_own_files(client: Client, address: str) -> None:
    response = client.get(address)
    page = response.content.decode()
    assert response.status_code == 200
    assert "script-src 'self';" in response["Content-Security-Policy"]
    assert 'data-endpoint="/graphql' in page
    assert "http://" not in page
    assert "https://" not in page
    assert page.count("<script") == page.count("<script src=")
    for name in (
        "explorer.css",
        "explorer.js",
        "vendor/graphiql.min.css",
        "vendor/graphiql.min.js",
        "vendor/react-dom.production.min.js",
        "vendor/react.production.min.js",
    ):
        assert f"stedskaping_graphql/{name}" in page
        assert finders.find(f"stedskaping_graphql/{name}") is not None


def test_the_schema_is_served_as_text(client: Client) -> None:
    response = client.get("/schema.graphql")
    assert (response.status_code, response["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert response.content.decode() == SDL


@pytest.mark.parametrize("address", ["/graphiql", "/schema.graphql"])
def test_one_switch_turns_both_off(client: Client, settings: Any, address: str) -> None:
    settings.STEDSKAPING_GRAPHQL_EXPLORER = False
    assert client.get(address).status_code == 404


def test_the_command_prints_writes_and_compares(tmp_path: Path) -> None:
    out = StringIO()
    call_command("graphql_sdl", stdout=out)
    assert out.getvalue() == SDL

    target = tmp_path / "schema.graphql"
    call_command("graphql_sdl", "--out", str(target))
    assert target.read_text(encoding="utf-8") == SDL
    call_command("graphql_sdl", "--check", str(target))

    target.write_text(SDL.replace("String!", "Int"), encoding="utf-8")
    out = StringIO()
    with pytest.raises(CommandError, match="is not the schema of the code") as caught:
        call_command("graphql_sdl", "--check", str(target), stdout=out)
    assert caught.value.returncode == 1
    assert "-  hello: Int\n+  hello: String!\n" in out.getvalue()
    with pytest.raises(CommandError, match="is not the schema of the code"):
        call_command("graphql_sdl", "--check", str(tmp_path / "missing.graphql"), stdout=StringIO())


@pytest.mark.parametrize("allowed", [True, False])
def test_the_same_switch_hides_introspection_and_suggestions(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch, allowed: bool
) -> None:
    settings.STEDSKAPING_GRAPHQL_EXPLORER = allowed
    schema = explorer.get_schema()
    monkeypatch.setattr(GraphQLView, "schema", staticmethod(lambda: schema))

    def first_answer(query: str, variables: Any = None) -> Any:
        content = {"query": query, "variables": variables or {}}
        body = client.post("/graphql", content, content_type="application/json").json()
        return body["errors"][0]["message"] if "errors" in body else body["data"]

    described = "{ __schema { queryType { name } } }"
    named = '{ __type(name: "Query") { name } }'
    refused = "GraphQL introspection has been disabled, but the requested query contained the field "
    if allowed:
        assert first_answer(described) == {"__schema": {"queryType": {"name": "Query"}}}
        assert first_answer(named) == {"__type": {"name": "Query"}}
        assert first_answer("{ helo }") == "Cannot query field 'helo' on type 'Query'. Did you mean 'hello'?"
    else:
        assert first_answer(described) == f"{refused}'__schema'."
        assert first_answer(named) == f"{refused}'__type'."
        assert first_answer("{ helo }") == "Cannot query field 'helo' on type 'Query'."
    # Which type something has is no secret: clients need it.
    assert first_answer("{ __typename }") == {"__typename": "Query"}
