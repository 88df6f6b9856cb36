from stedskaping_core.plugins import hookimpl


@hookimpl
def register_metrics():
    return {"wrong_return_type.number": None}


@hookimpl
def register_jobs():
    return [lambda site: None]
