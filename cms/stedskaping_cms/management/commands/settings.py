"""`stedskaping settings`: every environment variable, what it is for and what counts now."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from stedskaping_cms import environment
from stedskaping_cms.variables import Variable

BEGIN = "<!-- settings: made by `stedskaping settings --update` -->"
END = "<!-- end of settings -->"


def markdown_table() -> str:
    """All variables as a Markdown table."""
    rows = ["| variable | value | default | what it does |", "|---|---|---|---|"]
    for variable in environment.VARIABLES:
        cells = (f"`{variable.name}`", variable.kind.expected, _default(variable), _notes(variable))
        rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(rows)


def with_current_table(document: str) -> str:
    """`document` with a fresh table between the two markers. Raises ValueError when they are missing."""
    pattern = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)
    if not pattern.search(document):
        raise ValueError(f"The markers {BEGIN} and {END} are missing.")
    return pattern.sub(lambda _: f"{BEGIN}\n\n{markdown_table()}\n\n{END}", document)


def _default(variable: Variable) -> str:
    shown = variable.kind.show(variable.default)
    default = f"`{shown}`" if shown else "–"
    if variable.required_in_production:
        return f"{default}; **required in production**"
    if variable.production is not None:
        return f"{default}; in production `{variable.kind.show(variable.production)}`"
    return default


def _notes(variable: Variable) -> str:
    return variable.description + (" Secret." if variable.secret else "")


class Command(BaseCommand):
    help = "Lists every environment variable that Stedskaping reads, with the value that counts now."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--update", metavar="FILE", type=Path, help="renew the table in a Markdown file")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["update"]:
            self._update(options["update"])
            return
        values = environment.read()
        for variable in environment.VARIABLES:
            shown = variable.kind.show(values[variable])
            if variable.secret and shown:
                shown = "(set, secret)" if values[variable] != variable.default else "(default)"
            self.stdout.write(self.style.SUCCESS(f"{variable.name}={shown}"))
            self.stdout.write(f"    {_notes(variable)}\n    Expected: {variable.kind.expected}.")
        for name in environment.unknown():
            self.stderr.write(self.style.WARNING(f"{name} is set, but Stedskaping doesn't read it."))

    def _update(self, path: Path) -> None:
        try:
            path.write_text(with_current_table(path.read_text()))
        except (OSError, ValueError) as problem:
            raise CommandError(str(problem)) from problem
