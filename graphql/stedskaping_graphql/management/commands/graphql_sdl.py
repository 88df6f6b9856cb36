"""`manage.py graphql_sdl`: the schema as text, for the repository, for code generators and for review."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from stedskaping_graphql.engine.assembly import print_sdl
from stedskaping_graphql.schema import get_schema


class Command(BaseCommand):
    """Prints the schema, writes it to a file, or says how it differs from one."""

    help = "Print the GraphQL schema, write it to a file, or compare it with one."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--out FILE` and `--check FILE`, of which one may be given."""
        target = parser.add_mutually_exclusive_group()
        target.add_argument("--out", metavar="FILE", type=Path, help="write the schema to this file")
        target.add_argument(
            "--check",
            metavar="FILE",
            type=Path,
            help="exit with 1 and show the difference when the file differs",
        )

    def handle(self, *args: Any, out: Path | None = None, check: Path | None = None, **options: Any) -> None:
        """Do what the options say. Raises `CommandError` when `--check` finds a difference."""
        sdl = print_sdl(get_schema())
        if out is not None:
            out.write_text(sdl, encoding="utf-8")
        elif check is not None:
            self._compare(sdl, check)
        else:
            self.stdout.write(sdl, ending="")

    def _compare(self, sdl: str, path: Path) -> None:
        written = path.read_text(encoding="utf-8") if path.exists() else ""
        if written == sdl:
            return
        lines = difflib.unified_diff(
            written.splitlines(keepends=True),
            sdl.splitlines(keepends=True),
            str(path),
            "the schema of the code",
        )
        self.stdout.writelines(lines)
        raise CommandError(f"{path} is not the schema of the code. Write it with --out {path}.", returncode=1)
