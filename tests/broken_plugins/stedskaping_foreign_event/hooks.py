from stedskaping_core.plugins import EventType, hookimpl


@hookimpl
def register_events():
    return [EventType("core.phase_completed", "Phase completed")]
