from stedskaping_core.plugins import PluginConfig


class BrokenConfig(PluginConfig):
    name = "stedskaping_duplicate_slug"
    slug = "duplicate_slug"
    verbose_name = "Broken"
    description = "Does nothing well."
    data_policy = "Stores nothing."
