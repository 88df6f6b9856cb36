"""Numbers about initiatives' people, for gates, dashboards and other plugins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from stedskaping_core.models import InitiativePage
from stedskaping_core.plugins import Metric
from stedskaping_mobilisation.selectors import follower_counts


def followers(initiatives: Sequence[InitiativePage]) -> Mapping[int, Decimal]:
    """How many people follow the initiative now. One statement."""
    return {key: Decimal(number) for key, number in follower_counts(initiatives).items()}


METRICS = (Metric("mobilisation.followers", _("Followers"), "count", followers),)
