"""Django's settings for the environment named by `STEDSKAPING_ENV`: demo (default), test or production."""

from __future__ import annotations

from stedskaping_cms.settings.base import STEDSKAPING_ENV

match STEDSKAPING_ENV:
    case "production":
        from stedskaping_cms.settings.production import *
    case "test":
        from stedskaping_cms.settings.test import *
    case _:
        from stedskaping_cms.settings.demo import *
