"""What the toolshed does for the platform."""

from stedskaping_core.models import User
from stedskaping_core.plugins import Erasure, GraphQLContribution, Metric, PersonalData, hookimpl
from stedskaping_toolshed.metrics import METRICS
from stedskaping_toolshed.models import Tool


@hookimpl
def register_metrics() -> list[Metric]:
    return METRICS


@hookimpl
def register_graphql() -> GraphQLContribution:
    from stedskaping_toolshed.schema import contribution

    return contribution()


@hookimpl
def export_personal_data(user: User) -> list[PersonalData]:
    tools = Tool.objects.filter(lender=user).select_related("initiative")
    records = [{"tool": tool.name, "initiative": tool.initiative.title} for tool in tools]
    return [PersonalData("tools", records)]


@hookimpl
def erase_personal_data(user: User) -> list[Erasure]:
    erased, _by_model = Tool.objects.filter(lender=user).delete()
    return [Erasure("tools", erased=erased)]
