"""The dummy as a plugin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from stedskaping_core.plugins import PluginConfig


class DummyConfig(PluginConfig):
    name = "stedskaping_dummy"
    slug = "dummy"
    verbose_name = _("Dummy")
    description = _("Notes about projects, for the tests.")
    requires_plugins = ("participation",)
    default_enabled = False
    settings_model = "dummy.DummySettings"
    data_policy = _("Notes stay stored.")
