"""Addresses from the environment as Django's settings: database, cache, search and mail."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import dj_database_url

SQLITE = "django.db.backends.sqlite3"
POSTGRESQL = "django.db.backends.postgresql"

# Readers don't wait for the writer (WAL). A transaction takes its write lock when it begins (IMMEDIATE), so
# that it waits its turn instead of failing half-way with "database is locked".
SQLITE_OPTIONS: dict[str, Any] = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}


def database(url: str, *, data_dir: Path, pool: int) -> dict[str, Any]:
    """The database at `url`, or a SQLite file in `data_dir` when there is none.

    `pool` is the largest number of PostgreSQL connections of one process; 0 means no pool.
    """
    config: dict[str, Any] = (
        dict(dj_database_url.parse(url)) if url else {"ENGINE": SQLITE, "NAME": data_dir / "db.sqlite3"}
    )
    options = config.setdefault("OPTIONS", {})
    if config["ENGINE"] == SQLITE:
        config["OPTIONS"] = SQLITE_OPTIONS | options
        return config
    options.setdefault("connect_timeout", 5)
    if pool:
        options["pool"] = {"min_size": 1, "max_size": pool, "timeout": 5}
    return config | {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True}


def cache(url: str, name: str = "stedskaping") -> dict[str, Any]:
    """Redis at `url`, or the process's own memory when there is none. `name` keeps caches apart."""
    if not url:
        # Django's 300 entries would be pushed out by the rate limits of 300 addresses.
        return {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": name,
            "OPTIONS": {"MAX_ENTRIES": 10_000},
        }
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": url,
        "KEY_PREFIX": name,
        "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},
    }


def search(database: dict[str, Any]) -> dict[str, Any]:
    """Search in the database itself; PostgreSQL knows the stems of Norwegian words."""
    backend = {"BACKEND": "wagtail.search.backends.database"}
    if database["ENGINE"] == POSTGRESQL:
        backend["SEARCH_CONFIG"] = "norwegian"
    return backend


@dataclass(frozen=True)
class Mail:
    """Where mail goes. `starttls` and `tls` exclude each other."""

    backend: str
    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False


def mail(url: str) -> Mail:
    """The mail server at `smtp://…` or `smtps://…`, or the terminal for `console:`."""
    parts = urlsplit(url)
    if parts.scheme == "console":
        return Mail(backend="django.core.mail.backends.console.EmailBackend")
    tls = parts.scheme == "smtps"
    return Mail(
        backend="django.core.mail.backends.smtp.EmailBackend",
        host=parts.hostname or "localhost",
        port=parts.port or (465 if tls else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=not tls and parse_qs(parts.query).get("starttls") != ["false"],
        tls=tls,
    )
