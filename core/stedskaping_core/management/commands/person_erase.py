"""`stedskaping person_erase`: forget a person, and anonymise what must stay."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from stedskaping_core.management.commands._people import person_with, refuse_failures
from stedskaping_core.plugins.contributions import Erasure
from stedskaping_core.plugins.facade import hooks_for


class Command(BaseCommand):
    help = "Erases a person's data in all installed plugins and anonymises the account. Can't be undone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the person's e-mail address")
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")

    def handle(self, *args: Any, **options: Any) -> None:
        dry_run = options["dry_run"]
        answers = hooks_for(None).erase_personal_data(person_with(options["email"]), dry_run=dry_run)
        for slug, erasures in answers.by_slug.items():
            for erasure in erasures:
                self.stdout.write(f"{slug}: {_sentence(erasure)}")
        refuse_failures(
            answers.failures, self.stderr, "The account was kept, because some data is still there."
        )
        self.stdout.write("Nothing was changed." if dry_run else "The account is anonymous now.")


def _sentence(erasure: Erasure) -> str:
    numbers = (("erased", erasure.erased), ("anonymised", erasure.anonymised), ("kept", erasure.kept))
    parts = ", ".join(f"{number} {word}" for word, number in numbers if number) or "nothing"
    return f"{erasure.name}: {parts}" + (f" ({erasure.reason})" if erasure.reason else "")
