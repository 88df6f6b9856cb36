"""Reading a document within the limits: graphql-core is told them, and its refusals get their codes."""

from __future__ import annotations

from collections.abc import Iterable

from graphql import GraphQLError
from graphql.validation.rules import overlapping_fields_can_be_merged
from graphql.validation.validate import ValidationAbortedError

from ..errors import ErrorCode, LimitExceeded
from .tables import Limits, check_size

# graphql-core reads this when it begins to validate. Its own number is ten times as high.
OVERLAP_BUDGET = 50_000
overlapping_fields_can_be_merged.MAX_COMPLEXITY_BUDGET = OVERLAP_BUDGET

_TOO_MANY_ERRORS = "Too many validation errors"


def check_text(text: str, limits: Limits) -> None:
    """Raises `LimitExceeded` for a document that is too long to be looked at."""
    check_size(len(text), limits.characters, ErrorCode.LIMIT_TOKENS, "Characters in the document")


def named_syntax_error(error: GraphQLError, limits: Limits) -> GraphQLError:
    """A refusal by the parser; with a code of the limits where it gave up because of one.

    The parser tells its reasons by their texts only; the tests hold on to them.
    """
    if f"more than {limits.tokens} tokens" in error.message:
        return LimitExceeded(
            f"Tokens in the document: more than the {limits.tokens:,} that are allowed.",
            code=ErrorCode.LIMIT_TOKENS,
        )
    if "nested too deeply" in error.message:
        return LimitExceeded("The document is nested too deeply.", code=ErrorCode.LIMIT_DEPTH)
    return error


def named_validation_errors(errors: Iterable[GraphQLError], limits: Limits) -> list[GraphQLError]:
    """Refusals by the validation, not more than may be reported; those by a limit have its code, alone."""
    found: list[GraphQLError] = []
    for error in errors:
        if error.message == "Maximum introspection depth exceeded":
            text = "The question about the schema goes round in circles."
            return [LimitExceeded(text, code=ErrorCode.LIMIT_DEPTH)]
        if isinstance(error, ValidationAbortedError):
            if error.message.startswith(_TOO_MANY_ERRORS):
                continue
            text = "Checking the document takes too many steps: too many fields or fragments may overlap."
            return [LimitExceeded(text, code=ErrorCode.LIMIT_FIELDS)]
        found.append(error)
    return found[: limits.errors]
