"""The dummy's number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from stedskaping_core.metrics import count_by_initiative
from stedskaping_core.models import InitiativePage
from stedskaping_core.plugins import Metric
from stedskaping_dummy.models import Note

# The size of every call, for the tests.
CALLS: list[int] = []


def notes(initiatives: Sequence[InitiativePage]) -> Mapping[int, Decimal]:
    CALLS.append(len(initiatives))
    return count_by_initiative(Note.objects.filter(initiative__in=initiatives))


METRICS = (Metric("dummy.notes", _("Notes"), "count", notes),)
