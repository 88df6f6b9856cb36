"""`stedskaping serve`: the web server."""

from __future__ import annotations

import argparse
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from stedskaping_cms.server import Server, ServerOptions


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return value


class Command(BaseCommand):
    help = "Serves the API and the admin until it is stopped (Ctrl+C or SIGTERM)."
    requires_migrations_checks = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
        parser.add_argument("--port", type=_positive, default=8000, help="port (default: %(default)s)")
        parser.add_argument("--workers", type=_positive, default=1, help="processes (default: %(default)s)")
        parser.add_argument(
            "--threads", type=_positive, default=8, help="threads in each process (default: %(default)s)"
        )
        parser.add_argument(
            "--with-worker",
            action=argparse.BooleanOptionalAction,
            default=settings.STEDSKAPING_ENV == "demo",
            help="also run background tasks in this process (default: in the demo only)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        server = ServerOptions(**{name: options[name] for name in ServerOptions.__dataclass_fields__})
        shown = "localhost" if server.host in ("127.0.0.1", "0.0.0.0", "::", "::1") else server.host
        self.stdout.write(f"Stedskaping answers on http://{shown}:{server.port}/ (Ctrl+C stops it).")
        Server(server).run()
