from datetime import timedelta

from wagtail.blocks import CharBlock

from stedskaping_core.plugins import BlockType, EventType, Job, Metric, hookimpl


def nothing(*args):
    return {}


@hookimpl
def register_metrics():
    return [
        Metric("wrong_records.shoes", "Shoes", "pairs", nothing),
        Metric("wrong_records.hats", "Hats", "count", None),
        Metric("wrong_records.Bad Name", "Bad", "count", nothing),
    ]


@hookimpl
def register_jobs():
    return [
        Job("wrong_records.never", nothing, timedelta(0)),
        Job("wrong_records.what", None, timedelta(days=1)),
    ]


@hookimpl
def register_events():
    return [EventType("wrong_records." + 90 * "a", "Long")]


@hookimpl
def register_blocks():
    return [
        BlockType("wrong_records_nowhere", CharBlock, ("cellar",)),
        BlockType("wrong_records_text", CharBlock, "body"),
        BlockType("wrong_records_no_block", dict, ("body",)),
        BlockType("wrong_records_bang", lambda: 1 // 0, ("body",)),
    ]
