"""The project for a WSGI server; `stedskaping serve` uses it."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from stedskaping_core.plugins.startup import refuse_misfits

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stedskaping_cms.settings")

application = get_wsgi_application()
refuse_misfits()
