"""`make bench`: the API beside hand-written views, as ratios within one run and as numbers of statements.

Runs in one process against a database of its own, on SQLite or on what `DATABASE_URL` names. Times depend on
the machine and how busy it is; the ratios much less. Each figure is the median of `ROUNDS`.
"""

from __future__ import annotations

import itertools
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROUNDS = 30
INITIATIVES = 200
QUERIES = Path(__file__).parents[2] / "examples" / "queries"


def main() -> None:
    """Make the data, measure, print."""
    os.environ.setdefault("STEDSKAPING_ENV", "test")
    os.environ["DJANGO_SETTINGS_MODULE"] = "stedskaping_cms.test_settings"
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        sys.path.insert(0, str(Path(__file__).parent))
        from data import make_platform

        print(f"{connection.vendor}, {INITIATIVES} initiatives, median of {ROUNDS} requests")
        make_platform(INITIATIVES)
        measure()
    finally:
        teardown_databases(databases, verbosity=0)


def measure() -> None:
    """Each operation: by hand, through the API with and without its document cache."""
    import baseline
    import orjson
    from django.test import Client

    client = Client()

    def api(name: str, variables: dict[str, Any], *, cold: bool) -> Callable[[], bytes]:
        query = sample(name)
        numbers = itertools.count()

        def ask() -> bytes:
            # A comment makes it another document, which has to be parsed and validated anew.
            text = f"{query}\n# {next(numbers)}" if cold else query
            payload = json.dumps({"query": text, "variables": variables})
            response = client.post("/graphql", payload, content_type="application/json")
            answer: bytes = response.content
            assert b'"errors"' not in answer, answer[:500]
            return answer

        return ask

    def by_hand(answer: Callable[[], Any]) -> Callable[[], bytes]:
        return lambda: orjson.dumps(answer())

    print(f"{'operation':14} {'way':22} {'ms':>8} {'statements':>11} {'bytes':>8} {'ratio':>6}")
    for name, variables, hand in (
        ("initiatives", {"first": 50}, baseline.listing),
        ("guide", {"key": "stedskaping"}, baseline.guide),
        ("initiative", {"key": "larvik", "slug": "project-0001"}, None),
    ):
        reference = report(name, "by hand", by_hand(hand), None) if hand else None
        report(name, "API, cold document", api(name, variables, cold=True), reference)
        report(name, "API, cached document", api(name, variables, cold=False), reference)


def report(name: str, way: str, ask: Callable[[], bytes], reference: float | None) -> float:
    """Measure one way and print its line; the ratio is that of requests per second to the reference's."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ask()
    with CaptureQueriesContext(connection) as captured:
        size = len(ask())
    # Before the next request: its start empties the log.
    statements = len(captured)
    times = []
    for _round in range(ROUNDS):
        started = time.perf_counter()
        ask()
        times.append(time.perf_counter() - started)
    median = statistics.median(times)
    ratio = f"{reference / median:.2f}" if reference else "–"
    print(f"{name:14} {way:22} {median * 1000:8.1f} {statements:11} {size:8} {ratio:>6}")
    return median


def sample(name: str) -> str:
    """A sample operation with its fragments."""
    from graphql import concat_ast, parse, print_ast, separate_operations

    fragments = parse((QUERIES / "fragments.graphql").read_text())
    document = concat_ast([parse((QUERIES / f"{name}.graphql").read_text()), fragments])
    (operation,) = separate_operations(document).values()
    return print_ast(operation)


if __name__ == "__main__":
    main()
