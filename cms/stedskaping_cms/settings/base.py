"""What all environments share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from stedskaping_cms import environment
from stedskaping_cms.settings import stores
from stedskaping_cms.settings.logs import logging_config
from stedskaping_core.plugins.discovery import plugin_apps

env = environment.read()

STEDSKAPING_ENV = env[environment.ENV]
STEDSKAPING_DATA_DIR = env[environment.DATA_DIR].absolute()
STEDSKAPING_PLUGINS_EXCLUDE = env[environment.PLUGINS_EXCLUDE]
STEDSKAPING_GRAPHQL_EXPLORER = env[environment.GRAPHQL_EXPLORER]
STEDSKAPING_GRAPHQL_POLICY = env[environment.GRAPHQL_POLICY]
STEDSKAPING_RATE_LIMIT_ANONYMOUS = env[environment.RATE_LIMIT_ANONYMOUS]
STEDSKAPING_RATE_LIMIT_SIGNED_IN = env[environment.RATE_LIMIT_SIGNED_IN]
STEDSKAPING_TRUSTED_PROXIES = env[environment.TRUSTED_PROXIES]
STEDSKAPING_API_STATEMENT_TIMEOUT = env[environment.API_STATEMENT_TIMEOUT]
STEDSKAPING_DEMO_PASSWORD = env[environment.DEMO_PASSWORD]

SECRET_KEY = env[environment.SECRET_KEY]
SECRET_KEY_FALLBACKS = [*env[environment.SECRET_KEY_FALLBACKS]]
ALLOWED_HOSTS = [*env[environment.ALLOWED_HOSTS]]
CSRF_TRUSTED_ORIGINS = [*env[environment.CSRF_TRUSTED_ORIGINS]]

# --- Apps and the way of a request --------------------------------------------------------------------------

INSTALLED_APPS = [
    "stedskaping_cms",
    "stedskaping_graphql",
    "stedskaping_core",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail_headless_preview",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    *plugin_apps(STEDSKAPING_PLUGINS_EXCLUDE),
]

# LocaleMiddleware is left out on purpose: it would make every API answer vary by Accept-Language. The admin
# follows the language in each person's account.
MIDDLEWARE = [
    "stedskaping_cms.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "stedskaping_cms.urls"
WSGI_APPLICATION = "stedskaping_cms.wsgi.application"
ASGI_APPLICATION = "stedskaping_cms.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Where things are kept ----------------------------------------------------------------------------------

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {
    "default": stores.database(
        env[environment.DATABASE_URL],
        data_dir=STEDSKAPING_DATA_DIR,
        pool=env[environment.DATABASE_POOL],
    ),
}
CACHES = {
    "default": stores.cache(env[environment.REDIS_URL]),
    "documents": stores.cache(env[environment.REDIS_URL], "stedskaping-documents"),
}

# An empty list of queues lets every queue name through; `stedskaping worker` takes them all by default.
TASKS: dict[str, Any] = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

MEDIA_ROOT = STEDSKAPING_DATA_DIR / "media"
MEDIA_URL = "/media/"
STATIC_ROOT: Path | None = STEDSKAPING_DATA_DIR / "static"
STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

_mail = stores.mail(env[environment.EMAIL_URL])
EMAIL_BACKEND = _mail.backend
EMAIL_HOST = _mail.host
EMAIL_PORT = _mail.port
EMAIL_HOST_USER = _mail.user
EMAIL_HOST_PASSWORD = _mail.password
EMAIL_USE_TLS = _mail.starttls
EMAIL_USE_SSL = _mail.tls
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env[environment.MAIL_FROM]

LOGGING = logging_config(format=env[environment.LOG_FORMAT], level=env[environment.LOG_LEVEL])

# --- Languages and time -------------------------------------------------------------------------------------

# Each language by its own name, the way the people who speak it look for it.
LANGUAGES = [("nb", "Norsk bokmål"), ("nn", "Norsk nynorsk"), ("en", "English")]
LANGUAGE_CODE = "nb"
TIME_ZONE = "Europe/Oslo"
USE_I18N = True
USE_TZ = True

# --- People -------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "core.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "wagtailadmin_login"

# --- Wagtail ------------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Stedskaping"
WAGTAILADMIN_BASE_URL = env[environment.ADMIN_BASE_URL]
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILIMAGES_IMAGE_MODEL = "core.Image"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_DOCUMENT_MODEL = "core.Document"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odp", "ods", "odt", "pdf", "pptx", "rtf", "txt", "xlsx", "zip"]
# Through Django, so that the privacy of a collection holds.
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {"default": stores.search(DATABASES["default"])}
WAGTAIL_HEADLESS_PREVIEW = {"CLIENT_URLS": {"default": "{SITE_ROOT_URL}"}}
# Nothing about the people who work here goes to other companies' servers.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# A page with many blocks has more form fields than Django's limit of 1,000.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
