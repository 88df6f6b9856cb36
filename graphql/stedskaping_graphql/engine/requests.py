"""Reading a GraphQL request out of an HTTP request, after the GraphQL-over-HTTP specification."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import orjson
from django.http import HttpRequest, UnreadablePostError

from .errors import ApiError, BadUserInput, ErrorCode, LimitExceeded
from .limits.tables import TRUSTED

# Nobody's body may be longer, so nothing longer is read.
BODY_LIMIT = TRUSTED.body_bytes

RESPONSE_TYPE = "application/graphql-response+json"
JSON_TYPE = "application/json"


_SHA256 = re.compile(r"[0-9a-f]{64}")


class BadRequest(Exception):
    """The HTTP request isn't a GraphQL request. `status` is the answer's, `error` is for the caller."""

    def __init__(self, message: str, status: int = 400, error: ApiError | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.error = error or BadUserInput(message)


def body_too_long(allowed: int) -> BadRequest:
    """The refusal of a body of more than `allowed` bytes."""
    message = f"The body is longer than {allowed // 1024} KiB."
    return BadRequest(message, 413, LimitExceeded(message, code=ErrorCode.LIMIT_TOKENS))


@dataclass(frozen=True)
class Parameters:
    """What a caller sends: the document or its hash, its variables and which operation to run."""

    query: str
    variables: dict[str, Any] | None
    operation_name: str | None
    # The hash by which a stored document is asked for; `query` is empty unless the text came with it.
    sha256: str | None = None
    # Whether the caller wants the document to be kept under its hash, see `trusted.resolution`.
    registers: bool = False


def response_type(request: HttpRequest) -> str:
    """The media type of the answer, from `Accept`.

    `application/json` unless the newer type is asked for: the specification wants that for callers that
    don't say. Raises `BadRequest` with 406 when neither is acceptable.
    """
    if not request.headers.get("Accept"):
        return JSON_TYPE
    # Sorted by the caller's preference. Parameters are left out of the comparison, because people ask for
    # "application/json; charset=utf-8", which is what they get.
    for media in request.accepted_types:
        for offered in (JSON_TYPE, RESPONSE_TYPE):
            if media.main_type in ("*", "application") and media.sub_type in ("*", offered.partition("/")[2]):
                return offered
    raise BadRequest(f"This API answers {RESPONSE_TYPE} or {JSON_TYPE}; your Accept takes neither.", 406)


def read_parameters(request: HttpRequest) -> Parameters:
    """The parameters of a GET or POST. Raises `BadRequest` with the status that fits."""
    return _from_body(request) if request.method == "POST" else _from_query(request)


def _from_query(request: HttpRequest) -> Parameters:
    given: dict[str, Any] = {
        name: request.GET[name] for name in ("query", "operationName", "documentId") if name in request.GET
    }
    for name in ("variables", "extensions"):
        text = request.GET.get(name)
        if text:
            given[name] = _decoded(text.encode(), f'The parameter "{name}"')
    return _checked(given)


def _from_body(request: HttpRequest) -> Parameters:
    if request.content_type != JSON_TYPE:
        raise BadRequest(f"Send a body of {JSON_TYPE}, not {request.content_type or 'without a type'}.", 415)
    charset = (request.content_params or {}).get("charset", "utf-8")
    if charset.lower() not in ("utf-8", "utf8"):
        raise BadRequest(f"Send the body in UTF-8, not in {charset}.", 415)
    given = _decoded(_body(request), "The body")
    if isinstance(given, list):
        raise BadRequest("Send one operation per request; batches are not taken.")
    if not isinstance(given, dict):
        raise BadRequest('The body must be a JSON object with "query" in it.')
    return _checked(given)


def _body(request: HttpRequest) -> bytes:
    try:
        announced = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        announced = 0
    if announced > BODY_LIMIT:
        raise body_too_long(BODY_LIMIT)
    try:
        body = request.body
    except UnreadablePostError:
        raise BadRequest("The body could not be read.") from None
    if len(body) > BODY_LIMIT:
        raise body_too_long(BODY_LIMIT)
    return body


def _decoded(text: bytes, what: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        raise BadRequest(f"{what} is not valid JSON.") from None


def _checked(given: dict[str, Any]) -> Parameters:
    operation_name = given.get("operationName")
    if operation_name is not None and not isinstance(operation_name, str):
        raise BadRequest('The parameter "operationName" must be a string or left out.')
    for name in ("variables", "extensions"):
        if given.get(name) is not None and not isinstance(given[name], dict):
            raise BadRequest(f'The parameter "{name}" must be a JSON object or left out.')
    persisted = (given.get("extensions") or {}).get("persistedQuery")
    sha256, other = _document_id(given), _persisted_query(persisted)
    if sha256 and other and sha256 != other:
        raise BadRequest('"documentId" and "persistedQuery" name different documents.')
    sha256 = sha256 or other
    query = given.get("query")
    if query is None and sha256 is not None:
        query = ""
    elif not isinstance(query, str) or not query.strip():
        raise BadRequest('The parameter "query" must be a string with a GraphQL document.')
    registers = bool(persisted and query)
    return Parameters(query, given.get("variables"), operation_name or None, sha256, registers)


def _document_id(given: dict[str, Any]) -> str | None:
    """The hash in `documentId`, as the appendix on persisted documents has it."""
    name = given.get("documentId")
    if name is None:
        return None
    if given.get("query") is not None:
        raise BadRequest('Send "query" or "documentId", not both.')
    prefix, _, sha256 = name.partition(":") if isinstance(name, str) else ("", "", "")
    if prefix != "sha256" or not _SHA256.fullmatch(sha256):
        raise BadRequest('The parameter "documentId" must be "sha256:" and 64 digits from 0 to 9 and a to f.')
    return sha256


def _persisted_query(extension: Any) -> str | None:
    """The hash in the extension `persistedQuery`, as Apollo's clients send it."""
    if extension is None:
        return None
    if not isinstance(extension, dict) or extension.get("version") != 1:
        raise BadRequest('The extension "persistedQuery" is known in version 1 only.')
    sha256 = extension.get("sha256Hash")
    if not isinstance(sha256, str) or not _SHA256.fullmatch(sha256):
        raise BadRequest('"sha256Hash" of "persistedQuery" must be 64 digits from 0 to 9 and a to f.')
    return sha256
