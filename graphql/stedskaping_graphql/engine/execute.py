"""Running an operation with graphql-core, synchronously and without middleware."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from graphql import ExecutionResult, GraphQLSchema
from graphql import execute as run_with_graphql_core

from .context import Context
from .documents import Operation, RequestRefused, prepare

MAX_COERCION_ERRORS = 20


def introspection_allowed() -> bool:
    """Whether the schema may be asked for: the setting `STEDSKAPING_GRAPHQL_EXPLORER`."""
    return bool(getattr(settings, "STEDSKAPING_GRAPHQL_EXPLORER", False))


def execute(
    schema: GraphQLSchema,
    text: str,
    variables: dict[str, Any] | None,
    operation_name: str | None,
    context: Context,
) -> ExecutionResult:
    """Parse, validate and run a document.

    What refuses the request before anything runs is in the result's `errors`, without data.
    """
    try:
        operation = prepare(schema, text, operation_name, introspection=introspection_allowed())
        return run(schema, operation, variables, context)
    except RequestRefused as refused:
        return ExecutionResult(data=None, errors=refused.errors)


def run(
    schema: GraphQLSchema, operation: Operation, variables: dict[str, Any] | None, context: Context
) -> ExecutionResult:
    """Run a prepared operation. Raises `RequestRefused` when the variables don't fit."""
    result = run_with_graphql_core(
        schema,
        operation.document,
        context_value=context,
        variable_values=variables,
        operation_name=operation.name,
        max_coercion_errors=MAX_COERCION_ERRORS,
        is_awaitable=_never,
        hide_suggestions=not introspection_allowed(),
    )
    assert isinstance(result, ExecutionResult), "resolvers are synchronous"
    # Errors at a field have a path. Without one nothing was run.
    if result.data is None and result.errors and not any(error.path for error in result.errors):
        raise RequestRefused(result.errors)
    return result


def _never(_value: Any) -> bool:
    """Nothing is awaitable here; saying so saves a look at every value."""
    return False
