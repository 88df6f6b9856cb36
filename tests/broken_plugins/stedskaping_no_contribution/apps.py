from stedskaping_core.plugins import PluginConfig


class BrokenConfig(PluginConfig):
    name = "stedskaping_no_contribution"
    slug = "no_contribution"
    verbose_name = "Broken"
    description = "Does nothing well."
    data_policy = "Stores nothing."
