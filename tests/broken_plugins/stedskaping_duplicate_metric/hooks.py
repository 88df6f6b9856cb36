from stedskaping_core.plugins import Metric, hookimpl


def nothing(initiatives):
    return {}


@hookimpl
def register_metrics():
    metric = Metric("duplicate_metric.number", "Number", "count", nothing)
    return [metric, metric]
