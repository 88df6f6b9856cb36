"""Errors that a caller sees, each with a stable code. What isn't one of these stays inside."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar

from graphql import GraphQLError


class ErrorCode(StrEnum):
    """The values of `extensions.code`; part of the API's promise."""

    UNAUTHENTICATED = "UNAUTHENTICATED"
    FORBIDDEN = "FORBIDDEN"
    NOT_FOUND = "NOT_FOUND"
    BAD_USER_INPUT = "BAD_USER_INPUT"
    PLUGIN_DISABLED = "PLUGIN_DISABLED"
    RATE_LIMITED = "RATE_LIMITED"
    LIMIT_DEPTH = "LIMIT_DEPTH"
    LIMIT_FIELDS = "LIMIT_FIELDS"
    LIMIT_ALIASES = "LIMIT_ALIASES"
    LIMIT_TOKENS = "LIMIT_TOKENS"
    LIMIT_COST = "LIMIT_COST"
    PERSISTED_QUERY_NOT_FOUND = "PERSISTED_QUERY_NOT_FOUND"
    PERSISTED_QUERY_REQUIRED = "PERSISTED_QUERY_REQUIRED"
    INTERNAL = "INTERNAL"


class ApiError(GraphQLError):
    """An error whose message is written for the caller.

    `extensions` are added beside the code. Raise one of the subclasses.
    """

    code: ClassVar[ErrorCode] = ErrorCode.INTERNAL

    def __init__(self, message: str, *, extensions: dict[str, Any] | None = None) -> None:
        super().__init__(message, extensions={"code": str(self.code), **(extensions or {})})


class Unauthenticated(ApiError):
    """Only somebody who is signed in may do this."""

    code = ErrorCode.UNAUTHENTICATED


class Forbidden(ApiError):
    """This person may not do this."""

    code = ErrorCode.FORBIDDEN


class NotFound(ApiError):
    """It doesn't exist, or this person may not know that it does."""

    code = ErrorCode.NOT_FOUND


class BadUserInput(ApiError):
    """An argument, a variable or the document is wrong. The message says which, and what would be right."""

    code = ErrorCode.BAD_USER_INPUT


class PluginIsDisabled(ApiError):
    """The plugin is switched off for the site."""

    code = ErrorCode.PLUGIN_DISABLED


class RateLimited(ApiError):
    """Too many requests. `retry_after` is in seconds."""

    code = ErrorCode.RATE_LIMITED

    def __init__(self, message: str, *, retry_after: int) -> None:
        super().__init__(message, extensions={"retryAfter": retry_after})
        self.retry_after = retry_after


class LimitExceeded(ApiError):
    """The document asks for more than is allowed. `code` is one of the `LIMIT_…` codes."""

    def __init__(self, message: str, *, code: ErrorCode) -> None:
        super().__init__(message, extensions={"code": str(code)})


class PersistedQueryNotFound(ApiError):
    """No document is stored under the given hash."""

    code = ErrorCode.PERSISTED_QUERY_NOT_FOUND


class PersistedQueryRequired(ApiError):
    """Only stored documents may be run here."""

    code = ErrorCode.PERSISTED_QUERY_REQUIRED
