from stedskaping_core.plugins import PluginConfig


class BrokenConfig(PluginConfig):
    name = "stedskaping_eager"
    slug = "eager"
    verbose_name = "Broken"
    description = "Does nothing well."
    data_policy = "Stores nothing."
    requires_plugins = ("raises_at_start",)
    default_enabled = True
