"""Funding's implementations of the plugin contract."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Site

from stedskaping_core.errors import Refusal
from stedskaping_core.models import InitiativePage, JourneyPhase, User
from stedskaping_core.plugins import (
    BlockType,
    DashboardCard,
    DemoContext,
    Erasure,
    EventType,
    GraphQLContribution,
    InitiativePanel,
    Metric,
    PersonalData,
    hookimpl,
)
from stedskaping_core.sites import SiteMap, site_of_page
from stedskaping_funding import demo as demo_data
from stedskaping_funding import personal_data
from stedskaping_funding.blocks import BLOCKS
from stedskaping_funding.events import EVENTS
from stedskaping_funding.formatting import kroner, percent
from stedskaping_funding.metrics import METRICS
from stedskaping_funding.models import BudgetLine, FundingSettings
from stedskaping_funding.selectors import budgets, lines_without_amount, totals

BUDGET_LINE_WITHOUT_AMOUNT = "BUDGET_LINE_WITHOUT_AMOUNT"
BUDGET_REQUIRED = "BUDGET_REQUIRED"


@hookimpl
def register_graphql() -> GraphQLContribution:
    # Imported here: the types need all apps to be ready, and only the API needs them.
    from stedskaping_funding.schema import contribution

    return contribution()


@hookimpl
def register_blocks() -> list[BlockType]:
    return list(BLOCKS)


@hookimpl
def register_metrics() -> list[Metric]:
    return list(METRICS)


@hookimpl
def register_events() -> list[EventType]:
    return list(EVENTS)


@hookimpl
def provide_dashboard_cards(site: Site, request: HttpRequest) -> list[DashboardCard]:
    initiatives = InitiativePage.objects.filter(SiteMap().within({site.pk}), live=True)
    sums = totals(BudgetLine.objects.filter(initiative__in=initiatives.values("pk")))
    return [
        DashboardCard(
            title=_("Secured money"),
            value=kroner(sums.secured.amount),
            detail=_("of %(optimum)s in all budgets, %(minimum)s of it required")
            % {"optimum": kroner(sums.optimum.amount), "minimum": kroner(sums.minimum.amount)},
            url=reverse("funding_budget_lines:index"),
            icon="funding-coins",
            order=300,
        )
    ]


@hookimpl
def provide_initiative_panels(initiative: InitiativePage, request: HttpRequest) -> list[InitiativePanel]:
    sums = budgets([initiative])[initiative.pk].totals
    rows = [
        (_("Minimum (required lines)"), kroner(sums.minimum.amount)),
        (_("Optimum (all lines)"), kroner(sums.optimum.amount)),
        (_("Secured"), kroner(sums.secured.amount)),
        (_("Secured part of the minimum"), percent(sums.percent_of_minimum)),
    ]
    url = f"{reverse('funding_budget_lines:index')}?initiative={initiative.pk}"
    return [InitiativePanel(title=_("Budget"), rows=rows, url=url, order=300)]


@hookimpl
def validate_phase_completion(phase: JourneyPhase, actor: User) -> None:
    """A budget with required lines that nobody has put a price on is no ground to go on from.

    Asked only of phases that have a requirement on one of this plugin's metrics; a requirement that the
    facilitator has waived asks for nothing.
    """
    asked = phase.requirements.filter(metric__startswith="funding.", waiver__isnull=True)
    if not asked.exists():
        return
    unpriced = lines_without_amount(phase.journey.initiative)
    if unpriced:
        message = _("These budget lines are required and have no amount yet:")
        raise Refusal(BUDGET_LINE_WITHOUT_AMOUNT, message, details=[line.title for line in unpriced])


@hookimpl
def validate_initiative_submission(initiative: InitiativePage, actor: User) -> None:
    wanted = FundingSettings.for_site(site_of_page(initiative)).budget_required_at_submission
    if wanted and not BudgetLine.objects.filter(initiative=initiative).exists():
        raise Refusal(BUDGET_REQUIRED, _("This municipality asks for a budget. Add at least one line."))


@hookimpl
def export_personal_data(user: User) -> list[PersonalData]:
    return personal_data.export(user)


@hookimpl
def erase_personal_data(user: User, dry_run: bool) -> list[Erasure]:
    return personal_data.erase(user, dry_run=dry_run)


@hookimpl
def load_demo_data(demo: DemoContext) -> None:
    demo_data.load(demo)
