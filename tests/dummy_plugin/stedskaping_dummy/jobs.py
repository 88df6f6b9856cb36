"""The dummy's recurring work."""

from __future__ import annotations

from datetime import timedelta

from wagtail.models import Site

from stedskaping_core.plugins import Job
from stedskaping_dummy.models import Heard
from stedskaping_dummy.trouble import pass_or_fail


def tidy(site: Site) -> str | None:
    pass_or_fail("tidy")
    Heard.objects.create(site=site, what="job")
    return "tidied"


JOBS = (Job("dummy.tidy", tidy, timedelta(hours=1)),)
