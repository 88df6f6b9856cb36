from stedskaping_core.plugins import PluginConfig


class BrokenConfig(PluginConfig):
    name = "stedskaping_unknown_parameter"
    slug = "unknown_parameter"
    verbose_name = "Broken"
    description = "Does nothing well."
    data_policy = "Stores nothing."
