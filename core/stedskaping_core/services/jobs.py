"""Run recurring jobs: once per site and period, whoever asks, and never twice at a time."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import F, Q
from django.utils import timezone
from wagtail.models import Site

from stedskaping_core.models import JobRun
from stedskaping_core.plugins.activation import enabled_sites
from stedskaping_core.plugins.contributions import Job
from stedskaping_core.plugins.registry import get_registry

logger = logging.getLogger("stedskaping.jobs")

# A runner that comes a little early counts as on time, so that an hourly cron runs an hourly job every hour.
EARLY_SHARE = 10
EARLIEST = dt.timedelta(minutes=5)


@dataclass(frozen=True)
class JobResult:
    """One run: `message` is what the job said, or how it failed."""

    key: str
    site: Site
    failed: bool
    message: str
    seconds: float


def due_jobs(
    *, keys: Sequence[str] = (), site: Site | None = None, force: bool = False
) -> Iterator[tuple[Job, Site]]:
    """The jobs that could run now, by key and site, where their plugin is on.

    `force` takes those too that ran a short while ago.
    """
    registry = get_registry()
    for key, registered in sorted(registry.jobs.items()):
        if keys and key not in keys:
            continue
        sites = Site.objects.order_by("pk") if site is None else Site.objects.filter(pk=site.pk)
        if registered.slug not in registry.builtins:
            sites = sites.filter(pk__in=enabled_sites(registered.slug))
        waiting = JobRun.objects.filter(_resting(registered.record, force), key=key).values("site_id")
        for found in sites.exclude(pk__in=waiting):
            yield registered.record, found


def job_run(job: Job, site: Site, *, force: bool = False) -> JobResult | None:
    """Run a job for a site, unless another runner has it or had it a short while ago, or its plugin has been
    switched off since the job was found due: then None.

    A failure is logged and kept in the job's `JobRun`; nothing is raised.
    """
    started = _claim(job, site, force) if _is_on(job, site) else None
    if started is None:
        return None
    try:
        message, failed = job.run(site) or "", False
    except Exception as error:
        logger.exception("job %s failed for %s", job.key, site)
        message, failed = f"{type(error).__name__}: {error}", True
    now = timezone.now()
    # A run that took longer than `at_most` has lost its claim; the row then belongs to the next one.
    JobRun.objects.filter(key=job.key, site=site, last_started_at=started).update(
        last_finished_at=now, last_message=message, last_failed=failed
    )
    return JobResult(job.key, site, failed, message, (now - started).total_seconds())


def _is_on(job: Job, site: Site) -> bool:
    slug = job.key.partition(".")[0]
    return slug in get_registry().builtins or site.pk in enabled_sites(slug)


def _claim(job: Job, site: Site, force: bool) -> dt.datetime | None:
    """The moment that marks this run, or None when the job isn't free.

    One UPDATE decides, so of several runners exactly one gets it. Its conditions are about the row itself,
    because PostgreSQL looks at them again when it had to wait for another runner; a subquery would show the
    row as it was before.
    """
    run, _created = JobRun.objects.get_or_create(key=job.key, site=site)
    now = timezone.now()
    free = JobRun.objects.filter(pk=run.pk).exclude(_resting(job, force))
    return now if free.update(last_started_at=now) else None


def _resting(job: Job, force: bool) -> Q:
    """Rows of a job that are running, or that ran so lately that they aren't due."""
    now = timezone.now()
    unfinished = Q(last_finished_at__isnull=True) | Q(last_finished_at__lt=F("last_started_at"))
    resting = unfinished & Q(last_started_at__gt=now - job.at_most)
    if not force:
        early = min(job.every / EARLY_SHARE, EARLIEST)
        resting |= Q(last_started_at__gt=now - job.every + early)
    return resting
