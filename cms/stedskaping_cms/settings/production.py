"""For people's real projects: refuses to start half configured, and speaks HTTPS only."""

from __future__ import annotations

from stedskaping_cms import environment
from stedskaping_cms.settings import base
from stedskaping_cms.settings.base import *

DEBUG = False

STORAGES = base.STORAGES | {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SESSION_COOKIE_SECURE = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = base.env[environment.SSL_REDIRECT]
SECURE_HSTS_SECONDS = base.env[environment.HSTS_SECONDS]
# Other sub-domains of the municipality's domain are not ours to decide about.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if _header := base.env[environment.PROXY_SSL_HEADER]:
    SECURE_PROXY_SSL_HEADER = ("HTTP_" + _header.upper().replace("-", "_"), "https")
