"""`stedskaping plugin_purge`: delete what a plugin has stored, on purpose and after an export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from stedskaping_core.errors import Refusal
from stedskaping_core.plugins.config import PluginConfig
from stedskaping_core.plugins.registry import get_registry
from stedskaping_core.services.plugin_data import plugin_purge, row_counts


class Command(BaseCommand):
    help = (
        "Exports everything that a plugin has stored, then deletes it. Switching a plugin off keeps its data."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the plugin")
        parser.add_argument(
            "--export-to",
            required=True,
            type=Path,
            metavar="FILE.zip",
            help="where the export goes; a new file",
        )
        parser.add_argument("--yes", action="store_true", help="don't ask")

    def handle(self, *args: Any, **options: Any) -> None:
        slug = options["slug"]
        plugins = get_registry().plugins
        if slug not in plugins:
            known = ", ".join(plugins) or "none"
            raise CommandError(f"There is no installed plugin “{slug}”. The plugins are: {known}.")
        self._show(plugins[slug])
        if not options["yes"]:
            self._ask(slug)
        try:
            done = plugin_purge(slug=slug, export_to=options["export_to"])
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            raise CommandError(f"The export can't be written, so nothing was deleted: {error}") from error
        rows = sum(done.rows.values())
        self.stdout.write(
            f"Deleted {rows} rows, {done.activations} switches and {done.job_runs} records of jobs. "
            f"The export is in {done.export}. Blocks in pages were kept."
        )

    def _show(self, config: PluginConfig) -> None:
        self.stdout.write(f"{config.verbose_name} ({config.slug} {config.plugin_version}) has stored:")
        for table, number in row_counts(config).items():
            self.stdout.write(f"  {number:>8}  {table}")

    def _ask(self, slug: str) -> None:
        try:
            answer = input(f"All of it will be deleted. Type “{slug}” to go on: ")
        except EOFError:
            answer = ""
        if answer.strip() != slug:
            raise CommandError("Nothing was deleted.")
