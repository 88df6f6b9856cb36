"""The platform's own numbers about initiatives, and the way to ask for any plugin's numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_DOWN, Decimal

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from stedskaping_core.choices import JourneyPhaseState, MemberRole, TaskKind, TaskState
from stedskaping_core.models import CampDayReport, InitiativeMember, InitiativePage, JourneyTask, Outcome
from stedskaping_core.plugins.activation import activation_table
from stedskaping_core.plugins.contributions import Metric
from stedskaping_core.plugins.registry import get_registry
from stedskaping_core.sites import SiteMap

Numbers = Mapping[int, Decimal]
HUNDRED = Decimal(100)


def evaluate(
    keys: Iterable[str], initiatives: Sequence[InitiativePage], site_map: SiteMap | None = None
) -> dict[str, dict[int, Decimal | None]]:
    """Each metric's number for each initiative, by metric key and primary key.

    None means "not applicable": the plugin that publishes the metric isn't installed, or is off for the
    initiative's site. One call of `evaluate` per metric, however many initiatives there are.
    """
    registry = get_registry()
    wanted = set(keys)
    answers: dict[str, dict[int, Decimal | None]] = {
        key: {page.pk: None for page in initiatives} for key in wanted
    }
    table = (
        activation_table() if any(key.partition(".")[0] not in registry.builtins for key in wanted) else {}
    )
    sites = _site_ids(initiatives, site_map or SiteMap()) if table else {}
    for key in sorted(wanted & registry.metrics.keys()):
        registered = registry.metrics[key]
        builtin = registered.slug in registry.builtins
        asked = [page for page in initiatives if builtin or sites[page.pk] in table[registered.slug]]
        if asked:
            numbers = registered.record.evaluate(asked)
            answers[key].update({page.pk: Decimal(numbers.get(page.pk, 0)) for page in asked})
    return answers


def _site_ids(initiatives: Sequence[InitiativePage], site_map: SiteMap) -> dict[int, int | None]:
    sites = {page.pk: site_map.site_of(page.url_path) for page in initiatives}
    return {key: site.id if site else None for key, site in sites.items()}


def count_by_initiative(queryset: object, field: str = "initiative_id") -> dict[int, Decimal]:
    """Rows per initiative, for a metric's `evaluate`. One statement."""
    rows = queryset.order_by().values_list(field).annotate(number=Count("pk"))  # type: ignore[attr-defined]
    return {key: Decimal(number) for key, number in rows}


def percent(part: int | Decimal, whole: int | Decimal) -> Decimal:
    """`part` of `whole` in percent with one decimal; nothing to do counts as all done.

    Rounded down, so that a gate at 100 never opens at 99.97.
    """
    if not whole:
        return HUNDRED
    return (Decimal(part) * HUNDRED / Decimal(whole)).quantize(Decimal("0.1"), rounding=ROUND_DOWN)


def members(initiatives: Sequence[InitiativePage]) -> Numbers:
    return count_by_initiative(
        InitiativeMember.objects.filter(initiative__in=initiatives).exclude(role=MemberRole.FACILITATOR)
    )


def facilitators(initiatives: Sequence[InitiativePage]) -> Numbers:
    return count_by_initiative(
        InitiativeMember.objects.filter(initiative__in=initiatives, role=MemberRole.FACILITATOR)
    )


def permits_assessed_percent(initiatives: Sequence[InitiativePage]) -> Numbers:
    return _permit_percent(initiatives, ~Q(state=TaskState.NOT_ASSESSED))


def permits_cleared_percent(initiatives: Sequence[InitiativePage]) -> Numbers:
    return _permit_percent(initiatives, Q(state__in=(TaskState.GRANTED, TaskState.NOT_NEEDED)))


def _permit_percent(initiatives: Sequence[InitiativePage], condition: Q) -> Numbers:
    rows = (
        JourneyTask.objects.filter(kind=TaskKind.PERMIT, phase__journey__initiative__in=initiatives)
        .exclude(phase__state=JourneyPhaseState.SKIPPED)
        .order_by()
        .values_list("phase__journey__initiative_id")
        .annotate(all=Count("pk"), some=Count("pk", filter=condition))
    )
    found = {key: percent(some, whole) for key, whole, some in rows}
    return {page.pk: found.get(page.pk, HUNDRED) for page in initiatives}


def agreements_signed(initiatives: Sequence[InitiativePage]) -> Numbers:
    tasks = JourneyTask.objects.filter(
        kind=TaskKind.AGREEMENT, state=TaskState.DONE, phase__journey__initiative__in=initiatives
    )
    return count_by_initiative(tasks, "phase__journey__initiative_id")


def camp_days_reported(initiatives: Sequence[InitiativePage]) -> Numbers:
    return count_by_initiative(
        CampDayReport.objects.filter(journey__initiative__in=initiatives), "journey__initiative_id"
    )


def outcomes_with_steward_percent(initiatives: Sequence[InitiativePage]) -> Numbers:
    """Without any outcome the answer is 0: there is nothing yet that somebody looks after."""
    rows = (
        Outcome.objects.filter(initiative__in=initiatives)
        .order_by()
        .values_list("initiative_id")
        .annotate(all=Count("pk"), some=Count("pk", filter=~Q(steward="")))
    )
    return {key: percent(some, whole) for key, whole, some in rows}


METRICS = (
    Metric("core.members", _("Members"), "count", members),
    Metric("core.facilitators", _("Facilitators"), "count", facilitators),
    Metric("core.permits_assessed_percent", _("Permits assessed"), "percent", permits_assessed_percent),
    Metric(
        "core.permits_cleared_percent", _("Permits granted or not needed"), "percent", permits_cleared_percent
    ),
    Metric("core.agreements_signed", _("Agreements signed"), "count", agreements_signed),
    Metric("core.camp_days_reported", _("Camp days reported"), "count", camp_days_reported),
    Metric(
        "core.outcomes_with_steward_percent",
        _("Outcomes with a steward"),
        "percent",
        outcomes_with_steward_percent,
    ),
)
