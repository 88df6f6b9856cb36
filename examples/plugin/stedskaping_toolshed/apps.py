"""Toolshed as a plugin."""

from django.utils.translation import gettext_lazy as _

from stedskaping_core.plugins import PluginConfig


class ToolshedConfig(PluginConfig):
    name = "stedskaping_toolshed"
    slug = "toolshed"
    verbose_name = _("Toolshed")
    description = _("Neighbours lend their tools to a project.")
    data_policy = _("The list of tools stays stored and comes back when the toolshed is switched on again.")
