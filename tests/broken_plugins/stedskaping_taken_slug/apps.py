from stedskaping_core.plugins import PluginConfig


class BrokenConfig(PluginConfig):
    name = "stedskaping_taken_slug"
    slug = "graphql"
    verbose_name = "Broken"
    description = "Does nothing well."
    data_policy = "Stores nothing."
