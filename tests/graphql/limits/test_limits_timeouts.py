"""The timeout of statements while the API reads: set before, taken back afterwards, named when it strikes."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection
from graphql import GraphQLError
from psycopg.pq import TransactionStatus

from stedskaping_graphql.engine.limits import timeouts
from stedskaping_graphql.engine.limits.timeouts import limited_statements, name_timeouts

needs_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL has the timeout")


class Raw:
    """A connection to PostgreSQL that writes down what it is told."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.closed = False
        self.info = SimpleNamespace(transaction_status=TransactionStatus.IDLE)
        self.broken = False

    def execute(self, statement: str) -> None:
        if self.broken:
            raise psycopg.OperationalError("gone")
        self.told.append(statement)


class Fake:
    """Django's side of it."""

    vendor = "postgresql"

    def __init__(self) -> None:
        self.connection: Raw | None = Raw()
        self.closed = False

    def ensure_connection(self) -> None:
        assert self.connection is not None

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Fake:
    settings.STEDSKAPING_API_STATEMENT_TIMEOUT = 5
    fake = Fake()
    monkeypatch.setattr(timeouts, "connection", fake)
    return fake


def test_set_before_and_taken_back_after(fake: Fake) -> None:
    raw = fake.connection
    assert raw is not None
    with limited_statements(reading=True):
        assert raw.told == ["SET statement_timeout = 5000"]
    assert raw.told == ["SET statement_timeout = 5000", "RESET statement_timeout"]


def test_taken_back_after_a_failure(fake: Fake) -> None:
    raw = fake.connection
    assert raw is not None
    with pytest.raises(RuntimeError), limited_statements(reading=True):
        raise RuntimeError
    assert raw.told[-1] == "RESET statement_timeout"


@pytest.mark.parametrize(
    ("reading", "seconds", "vendor"), [(False, 5, "postgresql"), (True, 0, "postgresql"), (True, 5, "sqlite")]
)
def test_nothing_is_told(fake: Fake, settings: Any, reading: bool, seconds: int, vendor: str) -> None:
    settings.STEDSKAPING_API_STATEMENT_TIMEOUT = seconds
    fake.vendor = vendor
    assert fake.connection is not None
    with limited_statements(reading=reading):
        assert fake.connection.told == []
    assert fake.connection.told == []


def test_a_connection_that_cant_be_told_is_closed(fake: Fake) -> None:
    assert fake.connection is not None
    with limited_statements(reading=True):
        fake.connection.broken = True
    assert fake.closed


def test_a_connection_that_is_gone_or_failed_is_left_alone(fake: Fake) -> None:
    raw = fake.connection
    assert raw is not None
    with limited_statements(reading=True):
        raw.info.transaction_status = TransactionStatus.INERROR
    with limited_statements(reading=True):
        raw.closed = True
    raw.closed = False
    with limited_statements(reading=True):
        fake.connection = Raw()
    assert "RESET statement_timeout" not in raw.told
    assert fake.connection is not None
    assert fake.connection.told == []


def canceled(sqlstate: str) -> GraphQLError:
    cause = psycopg.OperationalError("canceling statement")
    cause.sqlstate = sqlstate
    error = OperationalError("canceling statement")
    error.__cause__ = cause
    return GraphQLError("canceling", path=["pilots"], original_error=GraphQLError("x", original_error=error))


def test_a_timeout_is_named_and_other_errors_stay() -> None:
    others = [canceled("57P01"), GraphQLError("x", original_error=RuntimeError("y")), GraphQLError("z")]
    named, *kept = name_timeouts([canceled("57014"), *others])
    assert kept == others
    assert (named.message, named.path, named.extensions) == (
        "Reading this took too long. Ask for less at once.",
        ["pilots"],
        {"code": "LIMIT_COST"},
    )


def timeout_in_force() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        return str(cursor.fetchone()[0])


@needs_postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_real_thing(settings: Any) -> None:
    settings.STEDSKAPING_API_STATEMENT_TIMEOUT = 1
    before = timeout_in_force()

    with limited_statements(reading=True), connection.cursor() as cursor:
        inside = timeout_in_force()
        with pytest.raises(OperationalError) as caught:
            cursor.execute("SELECT pg_sleep(30)")

    assert inside == "1s"
    assert timeout_in_force() == before
    (named,) = name_timeouts([GraphQLError("x", original_error=caught.value)])
    assert (named.extensions or {})["code"] == "LIMIT_COST"


@needs_postgresql
@pytest.mark.django_db
def test_the_real_thing_inside_a_transaction(settings: Any) -> None:
    settings.STEDSKAPING_API_STATEMENT_TIMEOUT = 1
    before = timeout_in_force()
    with limited_statements(reading=True):
        assert timeout_in_force() == "1s"
    assert timeout_in_force() == before
