from stedskaping_core.plugins import PluginConfig


class BrokenConfig(PluginConfig):
    name = "stedskaping_block_without_prefix"
    slug = "block_without_prefix"
    verbose_name = "Broken"
    description = "Does nothing well."
    data_policy = "Stores nothing."
