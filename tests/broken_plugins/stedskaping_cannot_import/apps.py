from stedskaping_core.plugins import PluginConfig


class BrokenConfig(PluginConfig):
    name = "stedskaping_cannot_import"
    slug = "cannot_import"
    verbose_name = "Broken"
    description = "Does nothing well."
    data_policy = "Stores nothing."
