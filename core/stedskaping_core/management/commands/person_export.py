"""`stedskaping person_export`: everything that is stored about a person, as a zip file."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder

from stedskaping_core.management.commands._people import person_with, refuse_failures
from stedskaping_core.plugins.facade import hooks_for


class Command(BaseCommand):
    help = "Writes everything that the platform and all installed plugins hold about a person to a zip file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the person's e-mail address")
        parser.add_argument("--to", required=True, type=Path, metavar="FILE.zip", help="the file; a new one")

    def handle(self, *args: Any, **options: Any) -> None:
        answers = hooks_for(None).export_personal_data(person_with(options["email"]))
        refuse_failures(answers.failures, self.stderr, "The export is not complete, so no file was written.")
        try:
            # For the owner only: it is all about one person.
            handle = os.open(options["to"], os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise CommandError(f"The file can't be written: {error}") from error
        with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for slug, parts in answers.by_slug.items():
                for part in parts:
                    records = [dict(record) for record in part.records]
                    text = json.dumps(records, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
                    archive.writestr(f"{slug}/{part.name}.json", text)
                    self.stdout.write(f"{slug}/{part.name}: {len(records)}")
        self.stdout.write(f"Written to {options['to']}.")
