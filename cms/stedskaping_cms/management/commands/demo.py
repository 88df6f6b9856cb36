"""`stedskaping demo`: fills an empty database with four pilots, their projects and the people in them."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from stedskaping_cms.demo.load import load
from stedskaping_cms.demo.people import accounts
from stedskaping_cms.demo.state import Demo


class Command(BaseCommand):
    help = "Fills an empty database with demo content and lists its accounts. Again, it adds what is missing."
    requires_migrations_checks = True

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.STEDSKAPING_ENV == "production":
            raise CommandError("The demo's accounts have a known password: it is never loaded in production.")
        started = time.monotonic()
        load(Demo(tell=self.stdout.write))
        self.stdout.write(self.style.SUCCESS(f"The demo is ready ({time.monotonic() - started:.0f} s).\n"))
        self._show_accounts()

    def _show_accounts(self) -> None:
        # Commands speak English, whatever language the project has.
        with translation.override("en"):
            rows = [(account.email, str(account.role), account.pilot) for account in accounts()]
        widths = [max(len(row[column]) for row in rows) for column in range(3)]
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.stdout.write("  ".join(cells).rstrip())
        self.stdout.write("Residents as well: r01@ … r12@, for example r01.larvik@example.org.")
        self.stdout.write(f"One password for all of them: {settings.STEDSKAPING_DEMO_PASSWORD}")
