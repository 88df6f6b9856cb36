"""The buttons on an initiative's overview. Each calls one of core's services, which say who may and when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages

from stedskaping_cms.admin.permissions import worked_initiative
from stedskaping_core.errors import Refusal
from stedskaping_core.models import InitiativePage, JourneyPhase, JourneyRequirement, User
from stedskaping_core.services.initiatives import initiative_approve, initiative_send_back
from stedskaping_core.services.journeys import journey_phase_complete, requirement_waive


def approve(page: InitiativePage, user: User, data: QueryDict) -> str:
    initiative_approve(initiative=page, actor=user)
    return _("“%(title)s” is approved and published.") % {"title": page.title}


def send_back(page: InitiativePage, user: User, data: QueryDict) -> str:
    initiative_send_back(initiative=page, actor=user, reason=data.get("reason", ""))
    return _("“%(title)s” is sent back to the team.") % {"title": page.title}


def complete_phase(page: InitiativePage, user: User, data: QueryDict) -> str:
    # The form names the phase, so that a second click doesn't complete the next one as well.
    phase = JourneyPhase.objects.filter(journey__initiative=page, uuid=_key(data, "phase")).first()
    if phase is None:
        raise Http404
    journey_phase_complete(phase=phase, actor=user)
    return _("“%(title)s” is completed.") % {"title": phase.title}


def waive(page: InitiativePage, user: User, data: QueryDict) -> str:
    requirements = JourneyRequirement.objects.filter(phase__journey__initiative=page)
    requirement = requirements.filter(uuid=_key(data, "requirement")).first()
    if requirement is None:
        raise Http404
    requirement_waive(requirement=requirement, actor=user, reason=data.get("reason", ""))
    return _("The requirement is waived. Your reason stays on record.")


DECISIONS: Mapping[str, Callable[[InitiativePage, User, QueryDict], str]] = {
    "approve": approve,
    "send-back": send_back,
    "complete-phase": complete_phase,
    "waive": waive,
}


class DecisionView(View):
    """Takes one decision and goes back to the overview, which says what happened."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, pk: int, decision: str) -> HttpResponse:
        user: User = request.user  # type: ignore[assignment]
        page = worked_initiative(request, pk)
        if decision not in DECISIONS:
            raise Http404
        try:
            sentence = DECISIONS[decision](page, user, request.POST)
        except Refusal as refusal:
            details = "; ".join(str(detail) for detail in refusal.details)
            messages.error(request, f"{refusal.message} {details}".strip())
        else:
            messages.success(request, sentence)
        return redirect("stedskaping_initiatives:overview", page.pk)


def _key(data: QueryDict, name: str) -> UUID:
    try:
        return UUID(data.get(name, ""))
    except ValueError:
        raise Http404 from None
