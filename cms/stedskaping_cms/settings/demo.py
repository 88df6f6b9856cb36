"""Everything on one machine, nothing to set: for trying out and for developing."""

from __future__ import annotations

from stedskaping_cms import environment
from stedskaping_cms.settings import base
from stedskaping_cms.settings.base import *
from stedskaping_cms.settings.secret import kept_secret_key

DEBUG = base.env[environment.DEBUG]

STEDSKAPING_DATA_DIR.mkdir(parents=True, exist_ok=True)
SECRET_KEY = base.SECRET_KEY or kept_secret_key(STEDSKAPING_DATA_DIR / "secret_key")

# Static files come straight from the packages, so that nothing has to be collected first.
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
