from stedskaping_core.plugins import PluginConfig


class BrokenConfig(PluginConfig):
    name = "stedskaping_foreign_event"
    slug = "foreign_event"
    verbose_name = "Broken"
    description = "Does nothing well."
    data_policy = "Stores nothing."
