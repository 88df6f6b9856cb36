from stedskaping_core.plugins import PluginConfig


class BrokenConfig(PluginConfig):
    name = "stedskaping_extends_core"
    slug = "extends_core"
    verbose_name = "Broken"
    description = "Does nothing well."
    data_policy = "Stores nothing."
