"""Settings: what addresses become, what production insists on, and which pages Django serves."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import NoReverseMatch, reverse

from stedskaping_cms.settings import stores
from stedskaping_cms.settings.logs import JsonFormatter
from stedskaping_cms.settings.secret import kept_secret_key
from stedskaping_core.plugins.discovery import plugin_apps

PRODUCTION = {
    "STEDSKAPING_ENV": "production",
    "SECRET_KEY": "0123456789-abcdefghijklmnopqrstuvwxyz-0123456789-abcdef",
    "ALLOWED_HOSTS": "cms.example.no",
    "WAGTAILADMIN_BASE_URL": "https://cms.example.no",
    "DATABASE_URL": "sqlite:///never-opened.sqlite3",
    "EMAIL_URL": "smtp://mail.example.no",
    "DEFAULT_FROM_EMAIL": "post@example.no",
    "STEDSKAPING_PROXY_SSL_HEADER": "X-Forwarded-Proto",
}


def test_without_an_address_the_database_is_a_tuned_sqlite_file() -> None:
    assert stores.database("", data_dir=Path("/data"), pool=10) == {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": Path("/data/db.sqlite3"),
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }


def test_postgresql_comes_with_a_pool_and_checked_connections() -> None:
    url = "postgres://user:p%40ss@host.example.no:5433/name?sslmode=require"

    assert stores.database(url, data_dir=Path("/data"), pool=7) == {
        "ENGINE": "django.db.backends.postgresql",
        "USER": "user",
        "PASSWORD": "p@ss",
        "HOST": "host.example.no",
        "PORT": 5433,
        "NAME": "name",
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": False,
        "OPTIONS": {
            "sslmode": "require",
            "connect_timeout": 5,
            "pool": {"min_size": 1, "max_size": 7, "timeout": 5},
        },
    }


def test_a_pool_of_none_is_no_pool() -> None:
    config = stores.database("postgres://host/name", data_dir=Path("/data"), pool=0)

    assert "pool" not in config["OPTIONS"]


@pytest.mark.parametrize(
    ("url", "backend"),
    [
        ("", "django.core.cache.backends.locmem.LocMemCache"),
        ("redis://host:6379/0", "django.core.cache.backends.redis.RedisCache"),
    ],
)
def test_cache(url: str, backend: str) -> None:
    assert stores.cache(url)["BACKEND"] == backend
    assert stores.cache(url, "documents") != stores.cache(url, "others")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("console:", stores.Mail(backend="django.core.mail.backends.console.EmailBackend")),
        (
            "smtp://user:p%40ss@mail.example.no",
            stores.Mail(
                backend="django.core.mail.backends.smtp.EmailBackend",
                host="mail.example.no",
                port=587,
                user="user",
                password="p@ss",
                starttls=True,
            ),
        ),
        (
            "smtp://localhost:25?starttls=false",
            stores.Mail(backend="django.core.mail.backends.smtp.EmailBackend", port=25),
        ),
        (
            "smtps://mail.example.no",
            stores.Mail(
                backend="django.core.mail.backends.smtp.EmailBackend",
                host="mail.example.no",
                port=465,
                tls=True,
            ),
        ),
    ],
)
def test_mail(url: str, expected: stores.Mail) -> None:
    assert stores.mail(url) == expected


def test_postgresql_searches_with_norwegian_stems() -> None:
    assert stores.search({"ENGINE": stores.POSTGRESQL})["SEARCH_CONFIG"] == "norwegian"
    assert "SEARCH_CONFIG" not in stores.search({"ENGINE": stores.SQLITE})


def test_the_demos_secret_key_stays_and_is_private(tmp_path: Path) -> None:
    path = tmp_path / "secret_key"

    first = kept_secret_key(path)

    assert len(first) == 50
    assert kept_secret_key(path) == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_json_log_line() -> None:
    record = logging.LogRecord("stedskaping", logging.INFO, __file__, 1, "Møte %s", ("nå",), None)
    record.created = 0.5

    assert json.loads(JsonFormatter().format(record)) == {
        "time": "1970-01-01T00:00:00.500+00:00",
        "level": "INFO",
        "logger": "stedskaping",
        "message": "Møte nå",
    }


def test_plugins_are_the_last_apps_and_sorted() -> None:
    plugins = plugin_apps(settings.STEDSKAPING_PLUGINS_EXCLUDE)

    assert settings.INSTALLED_APPS[:3] == ["stedskaping_cms", "stedskaping_graphql", "stedskaping_core"]
    assert settings.INSTALLED_APPS[len(settings.INSTALLED_APPS) - len(plugins) :] == plugins


def run_check(**environ: str) -> subprocess.CompletedProcess[str]:
    """`stedskaping check --deploy` in an environment of its own, where warnings count as errors."""
    inherited = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL",)}
    return subprocess.run(
        [sys.executable, "-m", "stedskaping_cms.cli", "check", "--deploy", "--fail-level", "WARNING"],
        env={**inherited, "DJANGO_SETTINGS_MODULE": "stedskaping_cms.settings", **environ},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_passes_djangos_deployment_checks(tmp_path: Path) -> None:
    ended = run_check(**PRODUCTION, STEDSKAPING_DATA_DIR=str(tmp_path))

    assert ended.returncode == 0, ended.stderr


def test_neither_rest_api_nor_rendered_pages_are_mounted() -> None:
    for name in (
        "wagtailapi:pages:listing",
        "wagtailapi_v3:openapi-json",
        "wagtail_serve",
    ):
        with pytest.raises(NoReverseMatch):
            reverse(name)


@pytest.mark.django_db
def test_the_start_page(client: Client) -> None:
    response = client.get("/")

    assert response.status_code == 200
    assert 'href="/admin/"' in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/about/", "/media/images/house.jpg", "/api/v2/pages/"])
def test_visitors_find_neither_pages_nor_files(client: Client, path: str) -> None:
    default_storage.save("images/house.jpg", ContentFile(b"picture"))

    assert client.get(path).status_code == 404


@pytest.mark.django_db
def test_staff_see_images_in_the_media_folder_and_nothing_else(client: Client) -> None:
    image = default_storage.save("images/shed.jpg", ContentFile(b"picture"))
    document = default_storage.save("documents/plan.pdf", ContentFile(b"plan"))
    client.force_login(get_user_model().objects.create_superuser("admin@example.org", "password"))

    response = client.get(f"/media/{image}")

    assert response.status_code == 200
    assert b"".join(response) == b"picture"
    assert response["Cache-Control"] == "private, max-age=3600"
    assert client.get(f"/media/{document}").status_code == 404
    assert client.get("/media/images/../documents/plan.pdf").status_code == 404
    assert client.get("/media/images/missing.jpg").status_code == 404
