"""Which plugin is on for which site."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PluginActivation(models.Model):
    """A plugin's switch for one site. Without a row the plugin's `default_enabled` counts."""

    site = models.ForeignKey("wagtailcore.Site", on_delete=models.CASCADE, related_name="plugin_activations")
    slug = models.SlugField(_("plugin"), max_length=60)
    enabled = models.BooleanField(_("switched on"))
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("plugin switch")
        verbose_name_plural = _("plugin switches")
        constraints = (models.UniqueConstraint(fields=["site", "slug"], name="core_pluginactivation_once"),)

    def __str__(self) -> str:
        return f"{self.slug}: {'on' if self.enabled else 'off'}"
