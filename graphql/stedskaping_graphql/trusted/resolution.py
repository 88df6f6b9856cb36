"""From what a request names to the document that is run, as far as the policy allows."""

from __future__ import annotations

from dataclasses import replace

from ..engine.context import Context
from ..engine.documents import RequestRefused
from ..engine.errors import PersistedQueryNotFound, PersistedQueryRequired
from ..engine.requests import BadRequest, Parameters
from . import store
from .policy import Policy, current_policy

# Clients look for this very word, among them urql's.
NOT_FOUND = "PersistedQueryNotFound"
REQUIRED = "This API runs stored documents only: send the hash of one."
REQUIRED_OR_SIGN_IN = f"{REQUIRED[:-1]}, or sign in."


def resolve_document(parameters: Parameters, context: Context) -> Parameters:
    """The parameters with the text of the document in them.

    `context.trusted` becomes true when the request names a stored document by its hash; a text without a
    hash is never trusted. Raises `RequestRefused` with `PERSISTED_QUERY_NOT_FOUND` for an unknown hash and
    with `PERSISTED_QUERY_REQUIRED` for a text that the policy doesn't take, and `BadRequest` for a text
    that doesn't have the hash it was sent with.
    """
    policy, sha256 = current_policy(), parameters.sha256
    if sha256 is not None:
        if parameters.query and store.sha256_of(parameters.query) != sha256:
            raise BadRequest('The SHA-256 of "query" is not the one in "persistedQuery".')
        text = store.trusted_text(sha256)
        if text is not None:
            context.trusted = True
        elif not parameters.query and policy.registers:
            text = store.registered_text(sha256)
        if text is not None:
            return replace(parameters, query=text, registers=False)
        if not parameters.query:
            raise RequestRefused([PersistedQueryNotFound(NOT_FOUND)])
    if not policy.takes_text_from(context):
        # Under the strictest policy signing in wouldn't help.
        message = REQUIRED_OR_SIGN_IN if policy is Policy.PERSISTED_OR_AUTHENTICATED else REQUIRED
        raise RequestRefused([PersistedQueryRequired(message)])
    return replace(parameters, registers=parameters.registers and policy.registers)


def register_document(parameters: Parameters) -> None:
    """Keep the document when the caller and the policy want that. Call it when the document is valid."""
    if parameters.registers and parameters.sha256 is not None:
        store.register(parameters.sha256, parameters.query)
