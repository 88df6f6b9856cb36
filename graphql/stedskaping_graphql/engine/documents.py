"""Parsing and validating a document once: the second time it comes out of a cache by its hash."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    OperationType,
    parse,
    specified_rules,
    validate,
)

from .errors import BadUserInput, LimitExceeded
from .limits.cost import Amount, amount, price
from .limits.counts import Counts, count
from .limits.documents import check_text, named_syntax_error, named_validation_errors
from .limits.tables import TRUSTED, Limits

CACHE_SIZE = 500
# Longer documents are nobody's everyday query; keeping them would let a few callers fill the memory.
LONGEST_CACHED = 20_000

_EXTENSION = "stedskaping.documents"
_TRUSTED_EXTENSION = "stedskaping.trusted_documents"


class RequestRefused(Exception):
    """The request can't be executed. `errors` say why; nothing was run."""

    def __init__(self, errors: list[GraphQLError]) -> None:
        super().__init__("; ".join(error.message for error in errors))
        self.errors = errors


@dataclass(frozen=True)
class Operation:
    """A document that is valid for the schema, and the operation in it that is to be run."""

    document: DocumentNode
    definition: OperationDefinitionNode
    price: Amount = 0

    def cost(self, variables: dict[str, Any] | None) -> int:
        """How many objects its answer may have with these variables, see `limits.cost`."""
        return amount(self.price, variables)

    @property
    def is_query(self) -> bool:
        """Whether it only reads."""
        return self.definition.operation is OperationType.QUERY

    @property
    def name(self) -> str | None:
        """The operation's name, if it has one."""
        return self.definition.name.value if self.definition.name else None


@dataclass(frozen=True)
class Entry:
    """A valid document, what it asks for, and the operations of it that were run: by name, with prices."""

    document: DocumentNode
    counts: Counts
    operations: dict[str | None, Operation] = field(default_factory=dict)


class DocumentCache:
    """The last `size` valid documents, by hash. Safe to use from several threads."""

    def __init__(self, size: int = CACHE_SIZE) -> None:
        self._size = size
        self._documents: OrderedDict[tuple[bytes, bool], Entry] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._documents)

    def get(self, key: tuple[bytes, bool]) -> Entry | None:
        """The document under `key`, which counts as used now."""
        with self._lock:
            document = self._documents.get(key)
            if document is not None:
                self._documents.move_to_end(key)
            return document

    def put(self, key: tuple[bytes, bool], document: Entry) -> None:
        """Keep a document; the one that wasn't used for longest goes."""
        with self._lock:
            self._documents[key] = document
            self._documents.move_to_end(key)
            while len(self._documents) > self._size:
                self._documents.popitem(last=False)


def cache_of(schema: GraphQLSchema, *, trusted: bool = False) -> DocumentCache:
    """The cache that belongs to this schema: a document is valid for one schema only.

    Trusted documents have one of their own, out of which nobody can push them by sending many others.
    """
    extension = _TRUSTED_EXTENSION if trusted else _EXTENSION
    cache = schema.extensions.get(extension)
    if not isinstance(cache, DocumentCache):
        cache = schema.extensions.setdefault(extension, DocumentCache())
    return cache


def prepare(
    schema: GraphQLSchema,
    text: str,
    operation_name: str | None = None,
    *,
    introspection: bool,
    limits: Limits = TRUSTED,
    trusted: bool = False,
    before_reading: Callable[[], None] | None = None,
) -> Operation:
    """Parse and validate `text` within the limits, and choose the operation.

    Without `introspection` the schema can't be asked for, and errors make no suggestions that would give
    it away. `before_reading` is called when the document isn't in the cache, before it is parsed; it may
    raise. Raises `RequestRefused` with what is wrong.
    """
    try:
        check_text(text, limits)
        key = (hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest(), introspection)
        cache = cache_of(schema, trusted=trusted)
        entry = cache.get(key)
        if entry is None:
            if before_reading is not None:
                before_reading()
            entry = _validated(schema, text, introspection, limits)
            if trusted or len(text) <= LONGEST_CACHED:
                cache.put(key, entry)
        else:
            # Somebody with wider limits may have brought it in.
            entry.counts.check(limits)
    except LimitExceeded as error:
        raise RequestRefused([error]) from error
    operation = entry.operations.get(operation_name)
    if operation is None:
        definition = _choose(entry.document, operation_name)
        operation = Operation(entry.document, definition, price(schema, entry.document, definition))
        entry.operations[operation_name] = operation
    return operation


def _validated(schema: GraphQLSchema, text: str, introspection: bool, limits: Limits) -> Entry:
    try:
        document = parse(text, max_tokens=limits.tokens)
    except GraphQLError as error:
        raise RequestRefused([named_syntax_error(error, limits)]) from error
    counts = count(document, len(text))
    counts.check(limits)
    rules = [*specified_rules] if introspection else [*specified_rules, NoSchemaIntrospectionCustomRule]
    errors = validate(schema, document, rules, max_errors=limits.errors, hide_suggestions=not introspection)
    if errors:
        raise RequestRefused(named_validation_errors(errors, limits))
    return Entry(document, counts)


def _choose(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    operations = [item for item in document.definitions if isinstance(item, OperationDefinitionNode)]
    names = ", ".join(item.name.value for item in operations if item.name)
    if name:
        chosen = [item for item in operations if item.name and item.name.value == name]
        if not chosen:
            known = f"it has {names}" if names else "its operations have no names"
            raise _refused(f'There is no operation "{name}" in the document; {known}.')
    elif len(operations) > 1:
        raise _refused(f'The document has several operations ({names}): say which one in "operationName".')
    else:
        chosen = operations
    if not chosen:
        raise _refused("The document has no operation, only fragments.")
    if chosen[0].operation is OperationType.SUBSCRIPTION:
        raise _refused("This API has no subscriptions.")
    return chosen[0]


def _refused(message: str) -> RequestRefused:
    return RequestRefused([BadUserInput(message)])
