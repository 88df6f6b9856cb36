"""The project as a Django app: templates, editorial pages and management commands."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "stedskaping_cms"
    label = "cms"
    verbose_name = _("Stedskaping CMS")

    def ready(self) -> None:
        from stedskaping_cms.admin import permissions

        permissions.register()
