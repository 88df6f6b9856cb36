from stedskaping_core.plugins import PluginConfig


class BrokenConfig(PluginConfig):
    name = "stedskaping_non_null_field"
    slug = "non_null_field"
    verbose_name = "Broken"
    description = "Does nothing well."
    data_policy = "Stores nothing."
