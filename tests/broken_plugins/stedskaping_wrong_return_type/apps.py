from stedskaping_core.plugins import PluginConfig


class BrokenConfig(PluginConfig):
    name = "stedskaping_wrong_return_type"
    slug = "wrong_return_type"
    verbose_name = "Broken"
    description = "Does nothing well."
    data_policy = "Stores nothing."
