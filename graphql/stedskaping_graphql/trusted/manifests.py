"""The lists of documents that build tools write: graphql-codegen's client preset and Apollo's manifest."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from .store import sha256_of

APOLLO = "apollo-persisted-query-manifest"
PREFIX = "sha256:"
_SHA1 = re.compile(r"(sha1:)?[0-9a-f]{40}")


class ManifestError(Exception):
    """The file can't be imported. `problems` has one sentence for each mistake."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


def read_manifest(path: Path) -> dict[str, str]:
    """The documents in a file, by the SHA-256 of their text.

    Takes `{"<hash>": "<document>"}`, with or without `sha256:` before the hash, and Apollo's
    `{"format": …, "version": 1, "operations": [{"id": "<hash>", "body": "<document>"}]}`. Raises
    `ManifestError` when it is neither, is empty, or has a hash that isn't the document's.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ManifestError([f"{path} can't be read: {error.strerror}."]) from error
    except ValueError as error:
        raise ManifestError([f"{path} is not JSON in UTF-8: {error}."]) from error
    entries = list(_entries(content))
    if not entries:
        raise ManifestError(["The file has no documents."])
    problems = [problem for key, text in entries if (problem := _wrong_hash(key, text))]
    if problems:
        raise ManifestError(problems)
    return {key.removeprefix(PREFIX): text for key, text in entries}


def _entries(content: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(content, dict):
        raise ManifestError(["The file must hold a JSON object."])
    if "format" in content:
        yield from _apollos(content)
        return
    for key, text in content.items():
        if not isinstance(text, str):
            raise ManifestError([f"{key}: the document must be a text."])
        yield key, text


def _apollos(content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if content["format"] != APOLLO or content.get("version") != 1:
        raise ManifestError([f'The only format that is known is "{APOLLO}" in version 1.'])
    operations = content.get("operations")
    if not isinstance(operations, list):
        raise ManifestError(['"operations" must be a list.'])
    for number, operation in enumerate(operations, start=1):
        given = operation if isinstance(operation, dict) else {}
        key, text = given.get("id"), given.get("body")
        if not isinstance(key, str) or not isinstance(text, str):
            raise ManifestError([f'Operation {number} must have an "id" and a "body", both texts.'])
        yield key, text


def _wrong_hash(key: str, text: str) -> str | None:
    if key.removeprefix(PREFIX) == sha256_of(text):
        return None
    if _SHA1.fullmatch(key):
        advice = 'Set persistedDocuments: { hashAlgorithm: "sha256" } in the code generator.'
        return f"{key} is not a SHA-256. {advice}"
    return f"{key} is not the SHA-256 of its document."
