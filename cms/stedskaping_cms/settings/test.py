"""For the tests: the same in every shell. Only `DATABASE_URL` and the excluded plugins may differ."""

from __future__ import annotations

import tempfile
from pathlib import Path

from stedskaping_cms import environment
from stedskaping_cms.settings import base, stores
from stedskaping_cms.settings.base import *
from stedskaping_cms.settings.logs import logging_config

STEDSKAPING_GRAPHQL_EXPLORER = True
STEDSKAPING_GRAPHQL_POLICY = "open"
# All tests come from one address; those about rates set a limit.
STEDSKAPING_RATE_LIMIT_ANONYMOUS = STEDSKAPING_RATE_LIMIT_SIGNED_IN = 0
STEDSKAPING_TRUSTED_PROXIES = ()
# Off: most tests of the engine need no database. The tests of the timeout switch it on.
STEDSKAPING_API_STATEMENT_TIMEOUT = 0
STEDSKAPING_DATA_DIR = Path(tempfile.gettempdir()) / "stedskaping-test"
MEDIA_ROOT = STEDSKAPING_DATA_DIR / "media"

SECRET_KEY = "the tests' key, which protects nothing and is the same everywhere"
SECRET_KEY_FALLBACKS = []
ALLOWED_HOSTS = ["localhost", "127.0.0.1", ".localhost", ".example.org", "testserver"]
CSRF_TRUSTED_ORIGINS = []
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

DATABASES = {
    "default": stores.database(
        base.env[environment.DATABASE_URL] or "sqlite://:memory:", data_dir=STEDSKAPING_DATA_DIR, pool=0
    ),
}
CACHES = {"default": stores.cache(""), "documents": stores.cache("", "stedskaping-documents")}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []}}
STORAGES = base.STORAGES | {"default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
# Static files are looked up when they are asked for; reading all folders first would slow every test down.
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = "Stedskaping <noreply@example.org>"
LOGGING = logging_config(format="text", level="WARNING")
WAGTAILADMIN_BASE_URL = "http://testserver"
