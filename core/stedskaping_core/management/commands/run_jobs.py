"""`stedskaping run_jobs`: the recurring work that is due, once; from cron, as often as you like."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from wagtail.models import Site

from stedskaping_core.plugins.registry import get_registry
from stedskaping_core.services.jobs import due_jobs, job_run
from stedskaping_core.sites import SiteMap


class Command(BaseCommand):
    help = "Runs the jobs that are due, for every site where their plugin is on. Safe to run beside itself."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--job", action="append", default=[], metavar="KEY", help="only this job (repeatable)"
        )
        parser.add_argument("--site", metavar="KEY", help="only for the site with this key")
        parser.add_argument("--force", action="store_true", help="also jobs that ran a short while ago")
        parser.add_argument("--dry-run", action="store_true", help="only say what would run")

    def handle(self, *args: Any, **options: Any) -> None:
        keys, force = options["job"], options["force"]
        known = get_registry().jobs
        for key in keys:
            if key not in known:
                raise CommandError(
                    f"There is no job “{key}”. The jobs are: {', '.join(sorted(known)) or 'none'}."
                )
        site = self._site(options["site"]) if options["site"] else None
        failed = []
        for job, place in due_jobs(keys=keys, site=site, force=force):
            if options["dry_run"]:
                self.stdout.write(f"{job.key} for {place.site_name or place.hostname} would run")
                continue
            result = job_run(job, place, force=force)
            if result is None:
                continue
            line = f"{job.key} for {place.site_name or place.hostname}: {result.message or 'done'}"
            self.stdout.write(f"{line} ({result.seconds:.1f} s)")
            if result.failed:
                failed.append(job.key)
        if failed:
            raise CommandError(f"{len(failed)} failed: {', '.join(failed)}. The log says why.")

    def _site(self, key: str) -> Site:
        sites = SiteMap()
        facts = sites.by_key(key)
        if facts is None:
            keys = ", ".join(sorted(site.key for site in sites.sites.values()))
            raise CommandError(f"There is no site with the key “{key}”. The keys are: {keys}.")
        return Site.objects.get(pk=facts.id)
