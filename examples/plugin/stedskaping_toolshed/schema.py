"""The toolshed in the API: initiative { toolshed { tools { name } } }."""

from collections.abc import Sequence

import graphene
from graphql import GraphQLResolveInfo

from stedskaping_core.models import InitiativePage
from stedskaping_core.plugins import GraphQLContribution
from stedskaping_graphql.engine.batching import batched
from stedskaping_graphql.engine.fields import field, non_null_list
from stedskaping_toolshed.models import Tool


class ToolshedTool(graphene.ObjectType):
    """A tool that somebody lends."""

    class Meta:
        possible_types = (Tool,)

    name = field(graphene.String)


class InitiativeToolshed(graphene.ObjectType):
    """What an initiative may borrow."""

    tools = field(non_null_list(ToolshedTool))

    @staticmethod
    @batched
    def resolve_tools(initiatives: Sequence[InitiativePage], info: GraphQLResolveInfo) -> list[list[Tool]]:
        found: dict[int, list[Tool]] = {page.pk: [] for page in initiatives}
        for tool in Tool.objects.filter(initiative__in=initiatives):
            found[tool.initiative_id].append(tool)
        return [found[page.pk] for page in initiatives]


def contribution() -> GraphQLContribution:
    return GraphQLContribution(initiative=InitiativeToolshed)
