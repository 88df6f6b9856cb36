from stedskaping_core.plugins import PluginConfig


class BrokenConfig(PluginConfig):
    name = "stedskaping_no_settings"
    slug = "no_settings"
    verbose_name = "Broken"
    description = "Does nothing well."
    data_policy = "Stores nothing."
    settings_model = "no_settings.Nothing"
