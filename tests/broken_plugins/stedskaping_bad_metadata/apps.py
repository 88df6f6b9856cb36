from stedskaping_core.plugins import PluginConfig


class BrokenConfig(PluginConfig):
    name = "stedskaping_bad_metadata"
    slug = "Bad-Metadata"
    verbose_name = "Broken"
    description = ""
    data_policy = " "
    settings_model = "core.SiteProfile"
    requires_plugins = "funding"
