"""Funding as a plugin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from stedskaping_core.plugins import PluginConfig


class FundingConfig(PluginConfig):
    name = "stedskaping_funding"
    slug = "funding"
    verbose_name = _("Funding")
    description = _("Budgets with required and optional lines, and how much of them is secured.")
    default_enabled = True
    settings_model = "funding.FundingSettings"
    data_policy = _("Budgets stay stored and come back when funding is switched on again.")
