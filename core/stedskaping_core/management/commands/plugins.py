"""`stedskaping plugins`: what is installed, where it is on, and what is wrong with it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from stedskaping_core.plugins.report import PluginReport, report


class Command(BaseCommand):
    help = "Lists the installed plugins: version, hooks, tables, sites where they are on, and problems."
    # Problems are what people look for here; they must not stop the command.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print JSON for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        found = report()
        if options["json"]:
            self.stdout.write(json.dumps(asdict(found), ensure_ascii=False, indent=2))
            return
        for plugin in found.plugins:
            self._show(plugin)
        if not found.plugins:
            self.stdout.write("No plugin is installed.")
        for problem in found.problems:
            self.stdout.write(self.style.ERROR(f"Problem: {problem}"))

    def _show(self, plugin: PluginReport) -> None:
        self.stdout.write(self.style.MIGRATE_HEADING(f"{plugin.slug} {plugin.version}: {plugin.name}"))
        default = "on" if plugin.default_enabled else "off"
        sites = "unknown" if plugin.sites is None else ", ".join(plugin.sites) or "nowhere"
        for label, value in (
            ("distribution", f"{plugin.distribution} (module {plugin.module})"),
            ("needs", ", ".join(plugin.requires) or "no other plugin"),
            ("settings", plugin.settings_model or "none"),
            ("hooks", ", ".join(plugin.hooks) or "none"),
            ("tables", ", ".join(plugin.tables) or "none"),
            ("on at", f"{sites} (a new site starts with it {default})"),
        ):
            self.stdout.write(f"  {label:<13}{value}")
        for problem in plugin.problems:
            self.stdout.write(self.style.ERROR(f"  problem      {problem}"))
        self.stdout.write("")
