"""The guard in front of plugins: by the site of each object, with the switches read once."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import RequestFactory

from stedskaping_graphql import guard
from stedskaping_graphql.engine.context import Context


@pytest.fixture
def context(monkeypatch: pytest.MonkeyPatch) -> Context:
    reads: list[str] = []

    def table() -> dict[str, frozenset[int]]:
        reads.append("table")
        return {"funding": frozenset({1, 3}), "mobilisation": frozenset()}

    def sites() -> str:
        reads.append("sites")
        return "sites"

    def site_ids(pages: Any, site_map: Any) -> list[int | None]:
        assert site_map == "sites"
        return [page.site_id for page in pages]

    monkeypatch.setattr(guard, "activation_table", table)
    monkeypatch.setattr(guard, "SiteMap", sites)
    monkeypatch.setattr(guard, "site_ids_of", site_ids)
    context = Context(RequestFactory().get("/graphql"))
    context.cache["reads"] = reads
    return context


def test_sites_and_initiatives_go_by_their_site(context: Context) -> None:
    sites = [SimpleNamespace(pk=pk) for pk in (1, 2, 3)]
    initiatives = [SimpleNamespace(site_id=site_id) for site_id in (2, 3, None)]
    assert guard.plugin_is_on(context, "funding", "Site", sites) == [True, False, True]
    assert guard.plugin_is_on(context, "funding", "Initiative", initiatives) == [False, True, False]
    assert guard.plugin_is_on(context, "mobilisation", "Initiative", initiatives) == [False, False, False]
    assert context.cache["reads"] == ["table", "sites"]


def test_viewer_and_query_ask_for_the_plugin_anywhere(context: Context) -> None:
    assert guard.plugin_is_on(context, "funding", "Viewer", ["person"]) == [True]
    assert guard.plugin_is_on(context, "funding", "Query", [None]) == [True]
    assert guard.plugin_is_on(context, "mobilisation", "Query", [None]) == [False]
    assert guard.plugin_is_on(context, "unknown", "Viewer", ["person"]) == [False]
