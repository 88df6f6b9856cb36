"""The plugin contract: what a plugin author imports.

    from stedskaping_core.plugins import Metric, PluginConfig, hookimpl

See `hookspecs` for every hook: when it runs, for whom, what it returns and what an exception does.
"""

from stedskaping_core.plugins.config import PluginConfig
from stedskaping_core.plugins.contributions import (
    BlockType,
    DashboardCard,
    DemoContext,
    Erasure,
    EventType,
    GraphQLContribution,
    InitiativePanel,
    Job,
    Metric,
    PersonalData,
)
from stedskaping_core.plugins.hookspecs import hookimpl

__all__ = [
    "BlockType",
    "DashboardCard",
    "DemoContext",
    "Erasure",
    "EventType",
    "GraphQLContribution",
    "InitiativePanel",
    "Job",
    "Metric",
    "PersonalData",
    "PluginConfig",
    "hookimpl",
]
