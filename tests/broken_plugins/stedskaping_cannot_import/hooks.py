from a_package_that_nobody_has import METRICS

from stedskaping_core.plugins import hookimpl


@hookimpl
def register_metrics():
    return METRICS
