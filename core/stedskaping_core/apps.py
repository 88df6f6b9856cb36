"""Core as a Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "stedskaping_core"
    label = "core"
    verbose_name = _("Stedskaping")

    def ready(self) -> None:
        # Importing the module registers the system checks of the plugin contract.
        from django.db.models.signals import post_delete
        from wagtail.admin.models import FormState

        from stedskaping_core.plugins import checks  # noqa: F401
        from stedskaping_core.services.previews import forget_with_form

        post_delete.connect(forget_with_form, sender=FormState, dispatch_uid="stedskaping_previews")
