"""Participation as a plugin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from stedskaping_core.plugins import PluginConfig


class ParticipationConfig(PluginConfig):
    name = "stedskaping_participation"
    slug = "participation"
    verbose_name = _("Participation")
    description = _("Residents propose what could be built and support each other's proposals.")
    default_enabled = True
    settings_model = "participation.ParticipationSettings"
    data_policy = _(
        "Proposals and support stay stored and come back when participation is switched on again."
    )
