"""Participation on the admin's home page and on an initiative's overview."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Site

from stedskaping_core.models import InitiativePage
from stedskaping_core.plugins import DashboardCard, InitiativePanel
from stedskaping_participation.choices import ProposalState
from stedskaping_participation.metrics import participants
from stedskaping_participation.models import Proposal
from stedskaping_participation.selectors import proposals_on_sites

CARD_DAYS = 30
INDEX = "participation_proposals:index"


def dashboard_cards(site: Site, request: HttpRequest) -> list[DashboardCard]:
    """How many proposals came in the last 30 days, and how many wait for an answer."""
    since = timezone.now() - dt.timedelta(days=CARD_DAYS)
    published = proposals_on_sites({site.pk}).filter(state=ProposalState.PUBLISHED)
    recent = published.filter(created_at__gte=since).count()
    waiting = published.filter(answer_published=False).count()
    detail = ngettext("%(number)s waits for an answer", "%(number)s wait for an answer", waiting)
    return [
        DashboardCard(
            title=_("Proposals in the last %(days)s days") % {"days": CARD_DAYS},
            value=str(recent),
            detail=detail % {"number": waiting},
            url=reverse(INDEX),
            icon="participation-voices",
            order=200,
        )
    ]


def initiative_panels(initiative: InitiativePage, request: HttpRequest) -> list[InitiativePanel]:
    """How far participation has come in one initiative."""
    rows = Proposal.objects.filter(initiative=initiative, state=ProposalState.PUBLISHED)
    facts = list(rows.values_list("title", "answer_published", "chosen"))
    people = participants([initiative]).get(initiative.pk, 0)
    chosen = next((title for title, _answered, is_chosen in facts if is_chosen), _("not yet"))
    return [
        InitiativePanel(
            title=_("Participation"),
            rows=(
                (_("Participants"), str(people)),
                (_("Proposals"), str(len(facts))),
                (_("Answered"), str(sum(answered for _title, answered, _chosen in facts))),
                (_("Concept chosen"), chosen),
            ),
            url=f"{reverse(INDEX)}?{urlencode({'initiative': initiative.pk})}",
            order=200,
        )
    ]
