from stedskaping_core.plugins import hookimpl


@hookimpl
def on_event(evnt):
    return None
