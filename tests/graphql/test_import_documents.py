"""`stedskaping import_documents`: both kinds of manifest, all or nothing, twice the same, and pruning."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from stedskaping_graphql.models import TrustedDocument
from stedskaping_graphql.trusted import store
from stedskaping_graphql.trusted.store import sha256_of

META = "query Meta { meta { version } }"

NODE = "query Node($id: ID!) { node(id: $id) { id } }"
BOTH = f"{META} {NODE}"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_remembered() -> Any:
    store.forget()
    yield
    store.forget()


@pytest.fixture
def imported(tmp_path: Path) -> Any:
    """Write a file, import it, and answer with what the command said."""

    def run(content: Any, **options: Any) -> str:
        path = tmp_path / "documents.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        out = StringIO()
        call_command("import_documents", str(path), stdout=out, **options)
        return out.getvalue()

    return run


def manifest(*texts: str, prefix: str = "") -> dict[str, str]:
    return {prefix + sha256_of(text): text for text in texts}


def apollo(*operations: Any) -> dict[str, Any]:
    return {"format": "apollo-persisted-query-manifest", "version": 1, "operations": list(operations)}


def apollo_operation(text: str, name: str) -> dict[str, str]:
    return {"id": sha256_of(text), "name": name, "type": "query", "body": text}


def stored() -> dict[str, str]:
    return dict(TrustedDocument.objects.values_list("name", "text"))


@pytest.mark.parametrize("prefix", ["", "sha256:"])
def test_the_client_presets_file_is_imported(imported: Any, prefix: str) -> None:
    assert imported(manifest(META, NODE, BOTH, prefix=prefix)) == "3 new, 0 there already, 0 removed.\n"

    assert stored() == {"Meta": META, "Node": NODE, "Meta, Node": BOTH}
    assert store.trusted_text(sha256_of(NODE)) == NODE


def test_apollos_file_is_imported(imported: Any) -> None:
    content = apollo(apollo_operation(META, "Meta"), apollo_operation(NODE, "Node"))

    assert imported(content) == "2 new, 0 there already, 0 removed.\n"

    assert stored() == {"Meta": META, "Node": NODE}


def test_a_document_without_a_name_is_shown_by_its_hash(imported: Any) -> None:
    text = "{ meta { version } }"
    imported(manifest(text))

    document = TrustedDocument.objects.get()

    assert (document.name, str(document)) == ("", sha256_of(text))


def test_a_second_import_changes_nothing(imported: Any) -> None:
    imported(manifest(META, NODE))
    before = list(TrustedDocument.objects.values())

    assert imported(manifest(META, NODE)) == "0 new, 2 there already, 0 removed.\n"

    assert list(TrustedDocument.objects.values()) == before


def test_others_stay_unless_they_are_pruned(imported: Any) -> None:
    imported(manifest(META, NODE))

    assert imported(manifest(BOTH)) == "1 new, 0 there already, 0 removed.\n"
    assert set(stored()) == {"Meta", "Node", "Meta, Node"}
    assert store.trusted_text(sha256_of(META)) == META
    assert imported(manifest(BOTH, NODE), prune=True) == "0 new, 2 there already, 1 removed.\n"
    assert set(stored()) == {"Node", "Meta, Node"}
    # This process doesn't believe what it read before.
    assert store.trusted_text(sha256_of(META)) is None


def test_importing_takes_the_same_number_of_statements_for_2_and_50_documents(imported: Any) -> None:
    counts = []
    for number in (2, 50):
        TrustedDocument.objects.all().delete()
        texts = [f"query Q{index} {{ meta {{ version }} }}" for index in range(number)]
        with CaptureQueriesContext(connection) as captured:
            imported(manifest(*texts), prune=True)
        counts.append(len(captured))

    assert counts[0] == counts[1]


WRONG = "query Wrong { nothing }"
BROKEN = "query {"


def test_one_wrong_document_refuses_all_of_them_and_each_mistake_is_named(
    imported: Any, tmp_path: Path
) -> None:
    with pytest.raises(CommandError) as caught:
        imported(manifest(META, WRONG, BROKEN))

    assert caught.value.returncode == 1
    assert str(caught.value) == (
        f"Nothing was imported from {tmp_path / 'documents.json'}:\n"
        f"  - {sha256_of(WRONG)}: Cannot query field 'nothing' on type 'Query'.\n"
        f"  - {sha256_of(BROKEN)}: Syntax Error: Expected Name, found <EOF>."
    )
    assert stored() == {}


def test_a_document_over_the_limits_of_trusted_ones_is_refused(imported: Any) -> None:
    fields = " ".join(f"a{number}: meta {{ version }}" for number in range(100))

    with pytest.raises(CommandError, match="allowed"):
        imported(manifest(META, f"query Many {{ {fields} }}"))

    assert stored() == {}


def test_a_document_without_an_operation_is_refused(imported: Any) -> None:
    with pytest.raises(CommandError, match="Fragment 'A' is never used"):
        imported(manifest(META, "fragment A on Meta { version }"))

    assert stored() == {}


def test_introspection_is_stored_only_where_it_is_allowed(imported: Any, settings: Any) -> None:
    text = "query Schema { __schema { description } }"
    settings.STEDSKAPING_GRAPHQL_EXPLORER = False
    with pytest.raises(CommandError, match="introspection has been disabled"):
        imported(manifest(text))

    settings.STEDSKAPING_GRAPHQL_EXPLORER = True
    assert imported(manifest(text)) == "1 new, 0 there already, 0 removed.\n"


SHA1 = "0123456789abcdef0123456789abcdef01234567"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("{", "is not JSON in UTF-8: Expecting property name"),
        ([], "The file must hold a JSON object."),
        ({}, "The file has no documents."),
        (apollo(), "The file has no documents."),
        ({"a": 1}, "a: the document must be a text."),
        ({sha256_of(NODE): META}, f"{sha256_of(NODE)} is not the SHA-256 of its document."),
        ({f"sha1:{SHA1}": META}, f"sha1:{SHA1} is not a SHA-256. Set persistedDocuments: "),
        ({SHA1: META}, f'{SHA1} is not a SHA-256. Set persistedDocuments: {{ hashAlgorithm: "sha256" }} in'),
        ({"format": "x", "version": 1}, 'known is "apollo-persisted-query-manifest" in version 1.'),
        (apollo() | {"version": 2}, 'known is "apollo-persisted-query-manifest" in version 1.'),
        (apollo() | {"operations": {}}, '"operations" must be a list.'),
        (apollo("x"), 'Operation 1 must have an "id" and a "body", both texts.'),
        (
            apollo(apollo_operation(META, "Meta"), {"id": "x"}),
            'Operation 2 must have an "id" and a "body", both texts.',
        ),
        (apollo({"id": "custom", "body": META}), "custom is not the SHA-256 of its document."),
    ],
)
def test_a_file_of_another_form_is_refused(imported: Any, content: Any, problem: str) -> None:
    with pytest.raises(CommandError) as caught:
        imported(content, prune=True)

    assert problem in str(caught.value)
    assert stored() == {}


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"missing\.json can't be read: No such file or directory\."):
        call_command("import_documents", str(tmp_path / "missing.json"))


def test_the_database_refuses_an_empty_document() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        TrustedDocument.objects.create(sha256=sha256_of(""), text="")
