from stedskaping_core.plugins import GraphQLContribution, hookimpl


@hookimpl
def register_graphql():
    import graphene

    class InitiativeNonNullField(graphene.ObjectType):
        number = graphene.Int()

    return GraphQLContribution(initiative=graphene.NonNull(InitiativeNonNullField))
