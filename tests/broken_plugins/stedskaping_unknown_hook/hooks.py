from stedskaping_core.plugins import hookimpl


@hookimpl
def register_metric():
    return []


@hookimpl
def before_breakfast():
    return []
