from stedskaping_core.plugins import PluginConfig


class BrokenConfig(PluginConfig):
    name = "stedskaping_circle_two"
    slug = "circle_two"
    verbose_name = "Broken"
    description = "Does nothing well."
    data_policy = "Stores nothing."
    requires_plugins = ("circle_one",)
