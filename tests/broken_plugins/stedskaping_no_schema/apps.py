from stedskaping_core.plugins import PluginConfig


class BrokenConfig(PluginConfig):
    name = "stedskaping_no_schema"
    slug = "no_schema"
    verbose_name = "Broken"
    description = "Does nothing well."
    data_policy = "Stores nothing."
