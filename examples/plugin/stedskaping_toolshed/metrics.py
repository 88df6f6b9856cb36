"""The number that editors may use as a gate."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from stedskaping_core.metrics import count_by_initiative
from stedskaping_core.models import InitiativePage
from stedskaping_core.plugins import Metric
from stedskaping_toolshed.models import Tool


def tools(initiatives: Sequence[InitiativePage]) -> Mapping[int, Decimal]:
    """How many tools each initiative may borrow. One statement for all of them."""
    return count_by_initiative(Tool.objects.filter(initiative__in=initiatives))


METRICS = [Metric("toolshed.tools", _("Tools to borrow"), "count", tools)]
