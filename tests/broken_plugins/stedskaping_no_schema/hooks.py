from stedskaping_core.plugins import GraphQLContribution, hookimpl


@hookimpl
def register_graphql():
    import graphene

    class InitiativeNoSchema(graphene.ObjectType):
        """Without any field."""

    return GraphQLContribution(initiative=InitiativeNoSchema)
