"""`stedskaping import_documents`: store the operations of a frontend, so that it can send their hashes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from stedskaping_graphql.schema import get_schema
from stedskaping_graphql.trusted.manifests import ManifestError, read_manifest
from stedskaping_graphql.trusted.services import documents_import


class Command(BaseCommand):
    """Imports all documents of a file, or none."""

    help = (
        "Store the GraphQL documents of a frontend as trusted: the persisted-documents.json of "
        "graphql-codegen's client preset, or Apollo's persisted query manifest."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """`FILE`, and `--prune`."""
        parser.add_argument("file", metavar="FILE", type=Path, help="what the frontend's build wrote")
        parser.add_argument(
            "--prune",
            action="store_true",
            help="remove every stored document that is not in the file; first retire older frontends",
        )

    def handle(self, *args: Any, file: Path, prune: bool = False, **options: Any) -> None:
        """Import and say what changed. Raises `CommandError` with every mistake in the file."""
        try:
            done = documents_import(get_schema(), read_manifest(file), prune=prune)
        except ManifestError as error:
            mistakes = "\n".join(f"  - {problem}" for problem in error.problems)
            raise CommandError(f"Nothing was imported from {file}:\n{mistakes}", returncode=1) from error
        self.stdout.write(f"{done.added} new, {done.kept} there already, {done.removed} removed.")
