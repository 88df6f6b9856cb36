"""The tests' database: migrated once, then copied.

Running Wagtail's and our migrations takes longer than most test runs. So the migrated SQLite database is kept
in pytest's cache, under a name made from all migration files; a run with the same migrations copies it into
memory. `pytest --create-db` makes it anew. On PostgreSQL every run migrates.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from pytest_django import DjangoDbBlocker


def migrations_digest() -> str:
    """A name that changes with every change of a migration."""
    digest = hashlib.sha256(repr((django.VERSION, settings.INSTALLED_APPS)).encode())
    for config in apps.get_app_configs():
        for path in sorted(Path(config.path, "migrations").glob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:20]


@pytest.fixture(scope="session")
def kept_database(request: pytest.FixtureRequest) -> Path | None:
    """Where the migrated database is kept, whether it exists or not; None when nothing shall be kept."""
    if connection.vendor != "sqlite" or request.config.getvalue("nomigrations"):
        return None
    cache: pytest.Cache | None = getattr(request.config, "cache", None)
    folder = cache.mkdir("database") if cache else Path(tempfile.gettempdir())
    path = folder / f"stedskaping-{migrations_digest()}.sqlite3"
    if request.config.getvalue("create_db"):
        path.unlink(missing_ok=True)
    return path


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, kept_database: Path | None
) -> Iterator[None]:
    """Fill the test database in memory, which lives as long as a connection to it is open."""
    if kept_database is None or not kept_database.exists():
        yield
        return
    memory = sqlite3.connect(connection.creation._get_test_db_name(), uri=True)
    with sqlite3.connect(kept_database) as kept:
        kept.backup(memory)
    kept.close()
    yield
    memory.close()


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, kept_database: Path | None
) -> None:
    """Keep the migrated database for the next run."""
    if kept_database is None or kept_database.exists():
        return
    # Written beside its place and then moved, so that no other process sees half of it.
    unfinished = kept_database.with_suffix(f".{os.getpid()}")
    kept = sqlite3.connect(unfinished)
    with django_db_blocker.unblock():
        connection.ensure_connection()
        connection.connection.backup(kept)
    kept.close()
    unfinished.rename(kept_database)
