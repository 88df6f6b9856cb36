"""From errors of the executor to what the caller sees: own errors as they are, everything else masked."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterable
from typing import Any

from graphql import GraphQLError
from graphql.execution.values import get_argument_values

from .errors import ApiError, ErrorCode

logger = logging.getLogger("stedskaping.graphql")


def format_error(error: GraphQLError, *, request_id: str) -> dict[str, Any]:
    """One error as the caller sees it. See `format_errors`."""
    return format_errors([error], request_id=request_id)[0]


def format_errors(errors: Iterable[GraphQLError], *, request_id: str) -> list[dict[str, Any]]:
    """Errors as the caller sees them: `message`, `locations`, `path` and `extensions.code`.

    An `ApiError` keeps its message and code. What graphql-core says about the document, the variables and
    the arguments is `BAD_USER_INPUT`. Anything else gets a neutral message with `requestId`, and goes to
    the log with its traceback: once per exception, however many fields failed by it.
    """
    logged: set[int] = set()
    return [_formatted(error, request_id, logged) for error in errors]


def internal_error(error: BaseException, *, request_id: str) -> dict[str, Any]:
    """Log an unforeseen exception; answer with what the caller sees of it."""
    logger.error("Request %s failed: %s", request_id, error, exc_info=error)
    return {
        "message": _neutral(request_id),
        "extensions": {"code": str(ErrorCode.INTERNAL), "requestId": request_id},
    }


def _formatted(error: GraphQLError, request_id: str, logged: set[int]) -> dict[str, Any]:
    shown: dict[str, Any] = {"message": error.message}
    if error.locations is not None:
        shown["locations"] = [{"line": place.line, "column": place.column} for place in error.locations]
    if error.path is not None:
        shown["path"] = list(error.path)
    cause = _cause(error)
    if isinstance(cause, ApiError):
        shown["extensions"] = dict(cause.extensions or {})
    elif _is_the_callers(error, cause):
        shown["extensions"] = {"code": str(ErrorCode.BAD_USER_INPUT)}
    else:
        if id(cause) not in logged:
            logged.add(id(cause))
            path = ".".join(str(step) for step in error.path or [])
            logger.error("Request %s failed at %s: %s", request_id, path, cause, exc_info=cause)
        shown["message"] = _neutral(request_id)
        shown["extensions"] = {"code": str(ErrorCode.INTERNAL), "requestId": request_id}
    return shown


def _neutral(request_id: str) -> str:
    return f"Something went wrong on our side. Please quote the request id {request_id} if you report it."


def _cause(error: GraphQLError) -> BaseException:
    """The exception that was raised first, under the wrappings of the executor."""
    cause: BaseException = error
    while isinstance(cause, GraphQLError) and not isinstance(cause, ApiError) and cause.original_error:
        cause = cause.original_error
    return cause


def _is_the_callers(error: GraphQLError, cause: BaseException) -> bool:
    """Whether graphql-core blames the request.

    Without a path it was refused before any field ran. With a path only the coercion of arguments can be
    the caller's doing (a variable that is null where null isn't allowed); other errors of graphql-core at
    a field say that a resolver answered something its type can't show.
    """
    if error.path is None:
        return True
    return isinstance(cause, GraphQLError) and any(
        frame.f_code is get_argument_values.__code__ for frame, _ in traceback.walk_tb(cause.__traceback__)
    )
