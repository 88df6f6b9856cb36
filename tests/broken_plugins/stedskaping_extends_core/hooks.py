from stedskaping_core.plugins import GraphQLContribution, hookimpl


@hookimpl
def register_graphql():
    import graphene

    class SiteMore(graphene.ObjectType):
        number = graphene.Int()

    return GraphQLContribution(extend={"Site": SiteMore})
