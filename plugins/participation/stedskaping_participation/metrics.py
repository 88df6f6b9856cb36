"""The numbers that participation publishes about initiatives and sites."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal

from django.db import connections
from django.db.models import Expression, F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from stedskaping_core.metrics import count_by_initiative
from stedskaping_core.models import InitiativePage
from stedskaping_core.plugins import Metric
from stedskaping_core.sites import SiteMap
from stedskaping_participation.choices import ProposalState
from stedskaping_participation.models import Proposal, Support
from stedskaping_participation.selectors import published_proposals

Numbers = Mapping[int, Decimal]


def _traces() -> tuple[tuple[QuerySet, str, str], ...]:
    """Where people leave a trace: rows, the column of the person, and the path to the initiative.

    Hidden proposals count nowhere, withdrawn ones do: their people did take part. An erased person is gone
    from all counts.
    """
    proposals = Proposal.objects.exclude(state=ProposalState.HIDDEN).filter(author__isnull=False)
    support = Support.objects.exclude(proposal__state=ProposalState.HIDDEN)
    return (proposals, "author_id", "initiative"), (support, "user_id", "proposal__initiative")


def _count_people(group: Callable[[str], Expression | F], only: Callable[[str], Q]) -> dict[int, int]:
    """Distinct people per group, over all traces. One statement.

    `group` makes the expression to group by and `only` the condition, both from a path to the initiative.
    """
    parts = [
        rows.filter(only(path))
        .order_by()
        .annotate(key=group(path), person=F(person))
        .values_list("key", "person")
        for rows, person, path in _traces()
    ]
    # The union leaves each person once per group. Django can't count over a union, so the counting is added.
    distinct = parts[0].union(*parts[1:])
    connection = connections[distinct.db]
    statement, parameters = distinct.query.get_compiler(connection=connection).as_sql()
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "key", COUNT(*) FROM ({statement}) AS people GROUP BY "key"', parameters)
        return dict(cursor.fetchall())


def participants(initiatives: Sequence[InitiativePage]) -> Numbers:
    """People who proposed or supported something, each counted once per initiative."""
    ids = [page.pk for page in initiatives]
    if not ids:
        return {}
    counted = _count_people(lambda path: F(f"{path}_id"), lambda path: Q(**{f"{path}__in": ids}))
    return {key: Decimal(number) for key, number in counted.items()}


def participants_of_sites(site_ids: Collection[int], site_map: SiteMap) -> dict[int, int]:
    """People who took part in any published initiative of each site, each counted once per site."""
    if not site_ids:
        return {}
    pages = InitiativePage.objects.live().filter(site_map.within(site_ids)).values("pk")
    counted = _count_people(
        lambda path: site_map.site_id(f"{path}__url_path"), lambda path: Q(**{f"{path}__in": pages})
    )
    return {site_id: counted.get(site_id, 0) for site_id in site_ids}


def proposals(initiatives: Sequence[InitiativePage]) -> Numbers:
    """Published proposals; a merged one counts as the one it became part of."""
    return count_by_initiative(published_proposals().filter(initiative__in=initiatives))


def concept_chosen(initiatives: Sequence[InitiativePage]) -> Numbers:
    """1 when the initiative has chosen what it builds."""
    return count_by_initiative(Proposal.objects.filter(initiative__in=initiatives, chosen=True))


METRICS = (
    Metric("participation.participants", _("Participants"), "count", participants),
    Metric("participation.proposals", _("Proposals"), "count", proposals),
    Metric("participation.concept_chosen", _("Concept chosen"), "count", concept_chosen),
)
