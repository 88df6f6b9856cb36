"""Global ids, scalars and enums: what goes out, what comes in, and what is refused how."""

from __future__ import annotations

import base64
import datetime
import decimal
import uuid
from typing import Any

import graphene
import pytest
from django.db.models import TextChoices
from graphql import GraphQLError, graphql_sync, parse_value, print_schema

from stedskaping_graphql.engine import scalars
from stedskaping_graphql.engine.errors import BadUserInput
from stedskaping_graphql.engine.fields import argument, enum_type, field, input_field, list_of, non_null_list
from stedskaping_graphql.engine.ids import from_global_id, to_global_id

DAY = datetime.date(2027, 5, 31)
MOMENT = datetime.datetime(2027, 5, 31, 18, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
KEY = uuid.UUID("6f1c2d3e-4b5a-4c6d-8e7f-0a1b2c3d4e5f")


def test_global_id_goes_there_and_back() -> None:
    assert to_global_id("Pilot", 12) == "UGlsb3Q6MTI"
    assert from_global_id("UGlsb3Q6MTI") == ("Pilot", "12")
    assert from_global_id(to_global_id("FundingPledge", KEY)) == ("FundingPledge", str(KEY))
    assert from_global_id(to_global_id("A", "b:c")) == ("A", "b:c")


@pytest.mark.parametrize(
    "given",
    [
        "",
        "!",
        "UGlsb3Q6MTI=",
        "UGlsb3Q6MTJ",  # decodes to the same bytes as the id of pilot 12
        "å",
        "a" * 301,
        to_global_id("Pilot", ""),
        to_global_id("", "1"),
        to_global_id("no type", "1"),
        to_global_id("Pilot", "1\x00"),
        base64.urlsafe_b64encode(b"\xff\xfe").decode().rstrip("="),
    ],
)
def test_malformed_global_id_names_the_argument(given: str) -> None:
    with pytest.raises(BadUserInput) as caught:
        from_global_id(given, "initiativeId")
    assert caught.value.message == 'The argument "initiativeId" is not an id that this API has given out.'


def test_global_id_of_another_type_is_refused() -> None:
    assert from_global_id("UGlsb3Q6MTI", expected="Pilot") == ("Pilot", "12")
    with pytest.raises(BadUserInput) as caught:
        from_global_id("UGlsb3Q6MTI", "siteId", expected="Site")
    assert caught.value.message == 'The argument "siteId" takes the id of a Site, not of a Pilot.'


@pytest.mark.parametrize(
    ("scalar", "value", "shown"),
    [
        (scalars.Date, DAY, "2027-05-31"),
        (scalars.DateTime, MOMENT, "2027-05-31T18:00:00+02:00"),
        (scalars.DateTime, MOMENT.astimezone(datetime.UTC), "2027-05-31T16:00:00+00:00"),
        (scalars.Decimal, decimal.Decimal("1250.50"), "1250.50"),
        (scalars.Decimal, decimal.Decimal("1E+3"), "1000"),
        (scalars.Decimal, 7, "7"),
        (scalars.UUID, KEY, str(KEY)),
        (scalars.JSON, {"a": [1, None]}, {"a": [1, None]}),
    ],
)
def test_scalar_shows(scalar: Any, value: Any, shown: Any) -> None:
    assert scalar.serialize(value) == shown


@pytest.mark.parametrize(
    ("scalar", "value"),
    [
        (scalars.Date, MOMENT),
        (scalars.Date, "2027-05-31"),
        (scalars.DateTime, datetime.datetime(2027, 5, 31)),
        (scalars.DateTime, DAY),
        (scalars.Decimal, 1.5),
        (scalars.Decimal, decimal.Decimal("NaN")),
        (scalars.Decimal, True),
        (scalars.UUID, str(KEY)),
    ],
)
def test_scalar_does_not_show_what_it_is_not(scalar: Any, value: Any) -> None:
    with pytest.raises(GraphQLError, match="can't show"):
        scalar.serialize(value)


@pytest.mark.parametrize(
    ("scalar", "given", "value"),
    [
        (scalars.Date, "2027-05-31", DAY),
        (scalars.DateTime, "2027-05-31T18:00:00+02:00", MOMENT),
        (scalars.DateTime, "2027-05-31T16:00Z", MOMENT),
        (scalars.Decimal, "-12.50", decimal.Decimal("-12.50")),
        (scalars.Decimal, 12, decimal.Decimal(12)),
        (scalars.UUID, str(KEY).upper(), KEY),
        (scalars.JSON, {"a": 1}, {"a": 1}),
    ],
)
def test_scalar_takes(scalar: Any, given: Any, value: Any) -> None:
    assert scalar.parse_value(given) == value


@pytest.mark.parametrize(
    ("scalar", "given", "message"),
    [
        (scalars.Date, "31.05.2027", "Date takes a day written as YYYY-MM-DD, for example 2027-05-31."),
        (scalars.Date, "20270531", "Date takes a day written as YYYY-MM-DD, for example 2027-05-31."),
        (scalars.Date, "2027-02-29", "Date: there is no day 2027-02-29 in the calendar."),
        (
            scalars.DateTime,
            "2027-05-31",
            "DateTime takes a moment written as ISO 8601, for example 2027-05-31T18:00:00+02:00.",
        ),
        (
            scalars.DateTime,
            "2027-05-31T18:00",
            "DateTime: 2027-05-31T18:00 has no offset. Add one, for example 2027-05-31T18:00Z"
            " or 2027-05-31T18:00+02:00.",
        ),
        (scalars.DateTime, "2027-05-31T25:00Z", "DateTime: there is no moment 2027-05-31T25:00Z."),
        (
            scalars.Decimal,
            12.5,
            'Decimal takes a string or an integer, not a float: write "12.50", a float is not exact.',
        ),
        (scalars.Decimal, "1e9", 'Decimal takes a number in a string, for example "1250.50", or an integer.'),
        (scalars.Decimal, True, 'Decimal takes a number in a string, for example "1250.50", or an integer.'),
        (
            scalars.Decimal,
            10**40,
            'Decimal takes a number in a string, for example "1250.50", or an integer.',
        ),
        (scalars.UUID, "{6f1c2d3e}", "UUID takes 32 hexadecimal digits in groups of 8-4-4-4-12."),
    ],
)
def test_scalar_refuses_with_a_clear_sentence(scalar: Any, given: Any, message: str) -> None:
    with pytest.raises(GraphQLError) as caught:
        scalar.parse_value(given)
    assert caught.value.message == message


@pytest.mark.parametrize(
    ("scalar", "literal", "value"),
    [
        (scalars.Date, '"2027-05-31"', DAY),
        (scalars.DateTime, '"2027-05-31T18:00:00+02:00"', MOMENT),
        (scalars.Decimal, '"1.10"', decimal.Decimal("1.10")),
        (scalars.Decimal, "3", decimal.Decimal(3)),
        (scalars.UUID, f'"{KEY}"', KEY),
        (
            scalars.JSON,
            '{a: [1, 2.5, "x", null, true], b: {c: RED}}',
            {"a": [1, 2.5, "x", None, True], "b": {"c": "RED"}},
        ),
    ],
)
def test_scalar_literal(scalar: Any, literal: str, value: Any) -> None:
    assert scalar.parse_literal(parse_value(literal)) == value


def test_json_literal_fills_in_variables() -> None:
    assert scalars.JSON.parse_literal(parse_value("{a: $x}"), {"x": 5}) == {"a": 5}


@pytest.mark.parametrize(
    ("scalar", "literal", "message"),
    [
        (scalars.Date, "2027", "Date takes a string, not 2027."),
        (scalars.Decimal, "12.5", 'Decimal takes a string or an integer, not 12.5: write it as "12.50".'),
    ],
)
def test_scalar_literal_refused(scalar: Any, literal: str, message: str) -> None:
    with pytest.raises(GraphQLError) as caught:
        scalar.parse_literal(parse_value(literal))
    assert caught.value.message == message


class TaskKind(TextChoices):
    """Not part of the schema."""

    TODO = "todo", "To do"
    PERMIT = "permit", "Permit"


def test_enum_shows_stored_values_and_gives_members() -> None:
    given: list[Any] = []
    kind = enum_type(TaskKind, description="What kind of task it is.")
    assert enum_type(TaskKind, description="What kind of task it is.") is kind

    class Query(graphene.ObjectType):
        kinds = field(non_null_list(kind), only=argument(list_of(kind)))

        @staticmethod
        def resolve_kinds(parent: Any, info: Any, only: Any = ()) -> list[Any]:
            given.extend(only)
            return ["todo", TaskKind.PERMIT]

    schema = graphene.Schema(query=Query).graphql_schema
    result = graphql_sync(schema, "{ kinds(only: [PERMIT, TODO]) }")
    assert result.errors is None
    assert result.data == {"kinds": ["TODO", "PERMIT"]}
    assert given == [TaskKind.PERMIT, TaskKind.TODO]
    assert type(given[0]) is TaskKind
    assert print_schema(schema) == (
        "type Query {\n  kinds(only: [TaskKind!]): [TaskKind!]!\n}\n\n"
        '"""What kind of task it is."""\nenum TaskKind {\n  TODO\n  PERMIT\n}'
    )


def test_field_helpers() -> None:
    class MoneyInput(graphene.InputObjectType):
        amount = input_field(scalars.Decimal)
        currency = input_field(graphene.String, required=False, default_value="NOK")

    class Query(graphene.ObjectType):
        always = field(graphene.String)
        maybe = field(graphene.String, required=False, name="perhaps")
        many = field(non_null_list(graphene.Int), money=argument(MoneyInput, required=True))

    printed = print_schema(graphene.Schema(query=Query).graphql_schema)
    assert "  always: String!\n  perhaps: String\n  many(money: MoneyInput!): [Int!]!\n" in printed
    assert '  amount: Decimal!\n  currency: String = "NOK"\n' in printed
