"""What a load balancer or Kubernetes asks."""

from __future__ import annotations

import logging

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from stedskaping_cms import health

# A probe names the container's address, which is not an allowed host.
PROBE = {"HTTP_HOST": "10.0.0.7"}


def test_the_process_is_up_without_asking_any_database(client: Client) -> None:
    response = client.get("/healthz", **PROBE)

    assert response.status_code == 200
    assert response.json() == {"status": "ok"}
    assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_ready(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client.get("/readyz", **PROBE)

    # SELECT 1, is there a table of migrations, which migrations are applied
    with django_assert_num_queries(3):
        response = client.get("/readyz", **PROBE)

    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "checks": {"database": "ok", "migrations": "ok", "cache": "ok"},
    }
    assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_a_migration_that_is_not_applied_is_named(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    newest = health._newest_migrations()
    monkeypatch.setattr(health, "_newest_migrations", lambda: newest | {("core", "9999_future")})

    response = client.get("/readyz", **PROBE)

    assert response.status_code == 503
    assert response.json() == {
        "status": "unavailable",
        "checks": {"database": "ok", "migrations": "not applied: core.9999_future", "cache": "ok"},
    }


def test_without_a_database_the_answer_says_so_and_tells_no_details(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse() -> None:
        raise OperationalError("connection to server at 10.1.2.3 failed for user stedskaping")

    monkeypatch.setattr(connection, "cursor", refuse)
    with caplog.at_level(logging.ERROR):
        response = client.get("/readyz", **PROBE)

    assert response.status_code == 503
    assert response.json() == {
        "status": "unavailable",
        "checks": {
            "database": "failed with OperationalError",
            "migrations": "not checked",
            "cache": "ok",
        },
    }
    assert "10.1.2.3" in caplog.text


@pytest.mark.django_db
def test_a_cache_that_forgets_is_named(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "get", lambda key: None)

    response = client.get("/readyz", **PROBE)

    assert response.status_code == 503
    assert response.json()["checks"]["cache"] == "doesn't give back what it was given"


def test_other_paths_pass_on(client: Client) -> None:
    response = client.get("/healthz/", **PROBE)

    assert response.status_code == 400
