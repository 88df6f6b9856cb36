"""Recurring work."""

from __future__ import annotations

from datetime import timedelta

from wagtail.models import Site

from stedskaping_core.plugins import Job
from stedskaping_mobilisation.models import FollowerMilestone
from stedskaping_mobilisation.selectors import follower_counts, running_initiatives
from stedskaping_mobilisation.services import milestones_reach, milestones_up_to


def tell_milestones(site: Site) -> str | None:
    """Look at the follower numbers of the site's initiatives and tell of new milestones.

    Two statements when nothing is new, however many initiatives there are.
    """
    initiatives = {page.pk: page for page in running_initiatives(site.pk)}
    counts = follower_counts(initiatives.values())
    told = set(
        FollowerMilestone.objects.filter(initiative__in=list(counts)).values_list("initiative_id", "count")
    )
    number = 0
    for pk, followers in counts.items():
        if any((pk, milestone) not in told for milestone in milestones_up_to(followers)):
            number += milestones_reach(initiative=initiatives[pk], followers=followers) is not None
    return f"milestones told: {number}" if number else None


JOBS = (Job("mobilisation.milestones", tell_milestones, timedelta(minutes=15)),)
