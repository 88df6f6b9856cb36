from stedskaping_core.plugins import PluginConfig


class BrokenConfig(PluginConfig):
    name = "stedskaping_raises_at_start"
    slug = "raises_at_start"
    verbose_name = "Broken"
    description = "Does nothing well."
    data_policy = "Stores nothing."
