"""Mobilisation as a plugin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from stedskaping_core.plugins import PluginConfig


class MobilisationConfig(PluginConfig):
    name = "stedskaping_mobilisation"
    slug = "mobilisation"
    verbose_name = _("Mobilisation")
    description = _("People follow a project and hear what it needs.")
    default_enabled = True
    data_policy = _("Followers stay stored and come back when mobilisation is switched on again.")
