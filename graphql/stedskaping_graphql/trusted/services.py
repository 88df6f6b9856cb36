"""Storing trusted documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from graphql import GraphQLError, GraphQLSchema, OperationDefinitionNode, parse

from ..engine.documents import RequestRefused, prepare
from ..engine.execute import introspection_allowed
from ..models import TrustedDocument
from . import store
from .manifests import ManifestError


@dataclass(frozen=True)
class Imported:
    """How many documents are new, were there before, and were removed."""

    added: int
    kept: int
    removed: int


def documents_import(schema: GraphQLSchema, documents: Mapping[str, str], *, prune: bool = False) -> Imported:
    """Store documents, given by the SHA-256 of their text; with `prune` remove all others.

    Each must be valid for the schema, and within the limits for trusted documents. Raises `ManifestError`
    with what is wrong with each, and stores nothing then. A second time it changes nothing.
    """
    names: dict[str, str] = {}
    problems: list[str] = []
    for sha256, text in documents.items():
        try:
            names[sha256] = _checked(schema, text)
        except RequestRefused as refused:
            problems += [f"{sha256}: {error.message}" for error in refused.errors]
    if problems:
        raise ManifestError(problems)
    with transaction.atomic():
        present = set(TrustedDocument.objects.values_list("pk", flat=True))
        new = [
            TrustedDocument(sha256=sha256, text=text, name=names[sha256])
            for sha256, text in documents.items()
            if sha256 not in present
        ]
        # Another import may be doing the same at this moment.
        TrustedDocument.objects.bulk_create(new, ignore_conflicts=True)
        unwanted = present - documents.keys() if prune else set()
        TrustedDocument.objects.filter(pk__in=unwanted).delete()
    store.forget()
    return Imported(len(new), len(documents) - len(new), len(unwanted))


def _checked(schema: GraphQLSchema, text: str) -> str:
    """The names of the operations in a document. Raises `RequestRefused` when one of them can't be run."""
    try:
        definitions = parse(text).definitions
    except GraphQLError as error:
        raise RequestRefused([error]) from error
    operations = [item for item in definitions if isinstance(item, OperationDefinitionNode)]
    names = [item.name.value for item in operations if item.name]
    # A document with one operation, or with none, needs no name.
    for name in names if len(names) > 1 else (None,):
        prepare(schema, text, name, introspection=introspection_allowed())
    return ", ".join(names)[: TrustedDocument.NAME_LENGTH]
