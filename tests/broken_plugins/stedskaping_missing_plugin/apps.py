from stedskaping_core.plugins import PluginConfig


class BrokenConfig(PluginConfig):
    name = "stedskaping_missing_plugin"
    slug = "missing_plugin"
    verbose_name = "Broken"
    description = "Does nothing well."
    data_policy = "Stores nothing."
    requires_plugins = ("nowhere",)
