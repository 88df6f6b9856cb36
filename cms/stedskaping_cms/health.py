"""`/healthz`: the process answers. `/readyz`: it can do its work.

The checks are our own: django-health-check knows no check for pending migrations, answers 500 instead of 503
and brings a DNS library along. They sit in a middleware in front of all others, so that a probe needs no
allowed host name, no HTTPS and no session.
"""

from __future__ import annotations

import functools
import logging
import uuid
from collections.abc import Callable

from django.core.cache import cache
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

logger = logging.getLogger(__name__)


class NotReady(Exception):
    """A check failed; the text says what is missing and holds nothing secret."""


class HealthMiddleware:
    """Answers `/healthz` and `/readyz`, and lets everything else pass."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        match request.path_info:
            case "/healthz":
                response: HttpResponse = JsonResponse({"status": "ok"})
            case "/readyz":
                response = readiness()
            case _:
                return self.get_response(request)
        response["Cache-Control"] = "no-store"
        return response


def readiness() -> JsonResponse:
    """200 when every check passes, otherwise 503; either way each check with `ok` or what is wrong."""
    results: dict[str, str] = {}
    for name, check in CHECKS.items():
        # Without a database, asking for its migrations would only wait for the connection once more.
        database_gone = check is check_migrations and results["database"] != "ok"
        results[name] = "not checked" if database_gone else _outcome(name, check)
    ready = all(result == "ok" for result in results.values())
    return JsonResponse(
        {"status": "ok" if ready else "unavailable", "checks": results}, status=200 if ready else 503
    )


def _outcome(name: str, check: Callable[[], None]) -> str:
    try:
        check()
    except NotReady as problem:
        return str(problem)
    except Exception as error:
        # Anyone may read the answer, so the details (hosts, users) go to the log only.
        logger.error("The readiness check %s failed with %s: %s", name, type(error).__name__, error)
        return f"failed with {type(error).__name__}"
    return "ok"


def check_database() -> None:
    """The database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def check_migrations() -> None:
    """The database is as this version of the code expects it. Raises `NotReady` with what is missing."""
    missing = _newest_migrations() - MigrationRecorder(connection).applied_migrations().keys()
    if missing:
        names = ", ".join(sorted(f"{app}.{name}" for app, name in missing))
        raise NotReady(f"not applied: {names}")


@functools.cache
def _newest_migrations() -> frozenset[tuple[str, str]]:
    """The last migration of each app, as the code on disk has it."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def check_cache() -> None:
    """The cache gives back what it was given. Raises `NotReady`."""
    key = f"readyz-{uuid.uuid4()}"
    cache.set(key, key, timeout=10)
    if cache.get(key) != key:
        raise NotReady("doesn't give back what it was given")
    cache.delete(key)


CHECKS: dict[str, Callable[[], None]] = {
    "database": check_database,
    "migrations": check_migrations,
    "cache": check_cache,
}
