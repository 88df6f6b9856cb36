from stedskaping_core.plugins import hookimpl


@hookimpl
def register_graphql():
    return {"query": None}
