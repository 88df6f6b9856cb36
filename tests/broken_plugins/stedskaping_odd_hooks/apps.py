from stedskaping_core.plugins import PluginConfig


class BrokenConfig(PluginConfig):
    name = "stedskaping_odd_hooks"
    slug = "odd_hooks"
    verbose_name = "Broken"
    description = "Does nothing well."
    data_policy = "Stores nothing."
