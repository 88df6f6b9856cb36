from stedskaping_core.plugins import hookimpl


@hookimpl
async def on_enabled(site):
    return None


@hookimpl(wrapper=True)
def register_metrics():
    return (yield)


@hookimpl
def validate_phase_completion(phase, actor=None):
    return None


@hookimpl
def on_disabled(*sites):
    return None


@hookimpl
def register_jobs():
    return []


@hookimpl(specname="register_jobs")
def register_more_jobs():
    return []
