"""Ending statements that take too long, on PostgreSQL, while the API reads.

A transaction-wide setting would need a transaction around every request. So the connection is told before
reading and told again afterwards; a connection that can't be told is closed, so that the pool never hands on
one with our timeout. Neither goes through Django's cursor: they are not among the statements of a request.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.db import OperationalError, connection
from graphql import GraphQLError
from psycopg.pq import TransactionStatus

from ..errors import ErrorCode, LimitExceeded

QUERY_CANCELED = "57014"


@contextmanager
def limited_statements(*, reading: bool) -> Iterator[None]:
    """Inside, a statement fails after `STEDSKAPING_API_STATEMENT_TIMEOUT` seconds.

    Nothing changes for writing, with a timeout of 0 and on other databases. Afterwards the timeout is again
    what it was when the connection was opened.
    """
    seconds = settings.STEDSKAPING_API_STATEMENT_TIMEOUT
    if not reading or not seconds or connection.vendor != "postgresql":
        yield
        return
    connection.ensure_connection()
    raw: psycopg.Connection[object] = connection.connection
    raw.execute(f"SET statement_timeout = {seconds * 1000:d}")
    try:
        yield
    finally:
        _restore(raw)


def name_timeouts(errors: Iterable[GraphQLError]) -> list[GraphQLError]:
    """The errors of an execution, with `LIMIT_COST` for those of statements that took too long."""
    return [_named(error) if _is_timeout(error) else error for error in errors]


def _restore(raw: psycopg.Connection[object]) -> None:
    if connection.connection is not raw or raw.closed:
        return
    # The end of a failed transaction takes the setting back by itself, and takes no statements until then.
    if raw.info.transaction_status == TransactionStatus.INERROR:
        return
    try:
        raw.execute("RESET statement_timeout")
    except psycopg.Error:
        connection.close()


def _is_timeout(error: GraphQLError) -> bool:
    cause: BaseException | None = error
    while isinstance(cause, GraphQLError):
        cause = cause.original_error
    return isinstance(cause, OperationalError) and getattr(cause.__cause__, "sqlstate", "") == QUERY_CANCELED


def _named(error: GraphQLError) -> GraphQLError:
    refusal = LimitExceeded("Reading this took too long. Ask for less at once.", code=ErrorCode.LIMIT_COST)
    return GraphQLError(refusal.message, nodes=error.nodes, path=error.path, original_error=refusal)
