from stedskaping_core.plugins import PluginConfig


class BrokenConfig(PluginConfig):
    name = "stedskaping_circle_one"
    slug = "circle_one"
    verbose_name = "Broken"
    description = "Does nothing well."
    data_policy = "Stores nothing."
    requires_plugins = ("circle_two",)
