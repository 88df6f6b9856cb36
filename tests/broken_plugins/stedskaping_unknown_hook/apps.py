from stedskaping_core.plugins import PluginConfig


class BrokenConfig(PluginConfig):
    name = "stedskaping_unknown_hook"
    slug = "unknown_hook"
    verbose_name = "Broken"
    description = "Does nothing well."
    data_policy = "Stores nothing."
