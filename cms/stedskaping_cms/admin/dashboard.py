"""The admin's start page: for each site a row of cards with numbers, from the platform and its plugins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.models import Site

from stedskaping_cms.selectors import initiatives_by_status, staff_sites
from stedskaping_core.choices import InitiativeStatus
from stedskaping_core.models import PilotPage
from stedskaping_core.plugins.contributions import DashboardCard
from stedskaping_core.plugins.facade import hooks_for

# People who work for more sites than this find the others in the list of initiatives.
SITES_SHOWN = 8


class SiteCardsPanel(Component):
    """The cards of one site."""

    order = 100
    template_name = "stedskaping_cms/admin/site_cards.html"

    def __init__(self, site: Site, request: HttpRequest) -> None:
        self.site = site
        self.cards = hooks_for(site).dashboard_cards(site, request)

    def get_context_data(self, parent_context: Mapping[str, Any] | None) -> dict[str, Any]:
        name = self.site.site_name or self.site.hostname
        return {"site": self.site, "name": name, "cards": self.cards}


def site_panels(request: HttpRequest) -> list[SiteCardsPanel]:
    """One panel for each site that the person works for and that has anything to say, pilots first."""
    is_pilot = Exists(PilotPage.objects.filter(pk=OuterRef("root_page")))
    sites = staff_sites(request).order_by(is_pilot.desc(), "site_name", "hostname")[:SITES_SHOWN]
    panels = [SiteCardsPanel(site, request) for site in sites]
    return [panel for panel in panels if panel.cards]


def initiative_cards(site: Site) -> list[DashboardCard]:
    """The platform's own cards of a pilot: what waits for an answer, what is going on, what stands."""
    if not PilotPage.objects.filter(pk=site.root_page_id).exists():
        return []
    numbers = initiatives_by_status(site)
    waiting = numbers[InitiativeStatus.SUBMITTED]
    running = numbers[InitiativeStatus.ACTIVE] + numbers[InitiativeStatus.PAUSED]
    built = numbers[InitiativeStatus.REALISED] + numbers[InitiativeStatus.IN_STEWARDSHIP]
    ended = numbers[InitiativeStatus.DISCONTINUED]
    return [
        DashboardCard(
            title=_("Waiting for your answer"),
            value=str(waiting),
            detail=_("Submitted by residents") if waiting else _("Nothing is waiting"),
            url=_list_url(site, InitiativeStatus.SUBMITTED),
            icon="mail",
            order=10,
        ),
        DashboardCard(
            title=_("On their way"),
            value=str(running),
            detail=_("%(paused)d paused, %(drafts)d drafts")
            % {"paused": numbers[InitiativeStatus.PAUSED], "drafts": numbers[InitiativeStatus.DRAFT]},
            url=_list_url(site, InitiativeStatus.ACTIVE, InitiativeStatus.PAUSED),
            icon="initiative",
            order=20,
        ),
        DashboardCard(
            title=_("Built"),
            value=str(built),
            detail=_("%(stewarded)d in stewardship; %(ended)d discontinued")
            % {"stewarded": numbers[InitiativeStatus.IN_STEWARDSHIP], "ended": ended},
            url=_list_url(site, InitiativeStatus.REALISED, InitiativeStatus.IN_STEWARDSHIP),
            icon="tick-inverse",
            order=30,
        ),
    ]


def _list_url(site: Site, *statuses: InitiativeStatus) -> str:
    query = urlencode([("site", site.pk), *(("status", status.value) for status in statuses)])
    return f"{reverse('stedskaping_initiatives:index')}?{query}"
