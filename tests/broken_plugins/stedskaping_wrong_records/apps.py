from stedskaping_core.plugins import PluginConfig


class BrokenConfig(PluginConfig):
    name = "stedskaping_wrong_records"
    slug = "wrong_records"
    verbose_name = "Broken"
    description = "Does nothing well."
    data_policy = "Stores nothing."
