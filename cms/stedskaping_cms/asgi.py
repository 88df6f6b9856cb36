"""The project for an ASGI server."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

from stedskaping_core.plugins.startup import refuse_misfits

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stedskaping_cms.settings")

application = get_asgi_application()
refuse_misfits()
