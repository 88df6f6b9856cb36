"""The checks of one request in the order in which they are made, for the HTTP endpoint."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from graphql import GraphQLError

from ..context import Context
from ..documents import Operation, RequestRefused
from ..errors import ErrorCode, LimitExceeded
from ..masking import format_errors
from ..requests import body_too_long
from .rates import DOCUMENT_PRICE, REQUEST_PRICE, charge
from .tables import Limits, check_size, limits_for
from .timeouts import name_timeouts


def check_body(request: HttpRequest, limits: Limits) -> None:
    """Whether the body is small enough for this caller. Raises `BadRequest` with 413.

    It was read already, up to the size that trusted documents may have: only then is it known to be one.
    """
    if request.method == "POST" and len(request.body) > limits.body_bytes:
        raise body_too_long(limits.body_bytes)


def charge_document(context: Context) -> None:
    """Before a document is read that isn't in the cache. Raises `RateLimited`."""
    charge(context, DOCUMENT_PRICE)


def admit(operation: Operation, variables: dict[str, Any] | None, context: Context) -> None:
    """Before an operation is run. Raises `RequestRefused` when it costs too much, and `RateLimited` when its
    caller has spent too much in this minute."""
    cost = operation.cost(variables)
    charge(context, REQUEST_PRICE + cost)
    try:
        check_size(cost, limits_for(context).cost, ErrorCode.LIMIT_COST, "Cost in objects of the answer")
    except LimitExceeded as error:
        raise RequestRefused([error]) from error


def report(errors: Sequence[GraphQLError], context: Context) -> list[dict[str, Any]]:
    """Errors as the caller sees them, as many as may be reported. All of ours are logged."""
    shown = format_errors(name_timeouts(errors), request_id=context.request_id)
    return shown[: limits_for(context).errors]
