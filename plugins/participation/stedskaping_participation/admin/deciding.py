"""One proposal in the admin: what it says, and what the team decides about it.

The form only collects; every change goes through the services, which check it once more.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.views import generic

from stedskaping_core.errors import Refusal
from stedskaping_core.staff import StaffScope
from stedskaping_participation import SLUG
from stedskaping_participation.models import Proposal
from stedskaping_participation.selectors import published_proposals, staff_proposals
from stedskaping_participation.services.decisions import proposal_answer, proposal_choose, proposal_merge

# The form's field for each input that a service may complain about.
FIELDS = {"state": "answer_state", "text": "answer_text", "into": "merge_into"}


class DecisionForm(WagtailAdminModelForm):
    """The team's answer and decisions."""

    publish = forms.BooleanField(
        label=_("Publish the answer"),
        required=False,
        help_text=_("Everybody can read it then. It can be corrected later, but not taken back."),
    )
    choose = forms.BooleanField(
        label=_("This is the chosen concept"),
        required=False,
        help_text=_("The project builds this one. It takes the place of a concept that was chosen before."),
    )
    merge_into = forms.ModelChoiceField(
        label=_("Make it a part of"),
        required=False,
        queryset=Proposal.objects.none(),
        help_text=_(
            "Everybody who supports this proposal supports the other one then. Links to this one lead there."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = published_proposals().filter(initiative=self.instance.initiative_id)
        self.fields["merge_into"].queryset = others.exclude(pk=self.instance.pk)
        self.initial.setdefault("publish", self.instance.answer_published)
        self.initial.setdefault("choose", self.instance.chosen)

    def decide(self, user: Any) -> None:
        """Do what was changed. Raises `Refusal`, and nothing is changed then."""
        answer = {"answer_state", "answer_text", "publish"}
        with transaction.atomic():
            if answer.intersection(self.changed_data):
                proposal_answer(
                    proposal=self.instance,
                    actor=user,
                    state=self.cleaned_data["answer_state"],
                    text=self.cleaned_data["answer_text"],
                    publish=self.cleaned_data["publish"],
                )
            if "choose" in self.changed_data:
                proposal_choose(proposal=self.instance, actor=user, chosen=self.cleaned_data["choose"])
            if self.cleaned_data["merge_into"]:
                proposal_merge(proposal=self.instance, into=self.cleaned_data["merge_into"], actor=user)


PANELS = ObjectList(
    [
        HelpPanel(template="stedskaping_participation/admin/proposal.html", heading=_("The proposal")),
        MultiFieldPanel(
            [FieldPanel("answer_state"), FieldPanel("answer_text"), FieldPanel("publish")],
            heading=_("Answer"),
        ),
        MultiFieldPanel([FieldPanel("choose"), FieldPanel("merge_into")], heading=_("Decision")),
    ],
    base_form_class=DecisionForm,
)


class ProposalView(generic.EditView):
    """Read a proposal, answer it, choose it, merge it."""

    model = Proposal
    page_title = _("Proposal")
    # The person's pilots decide here; the model's own permissions are not given to anybody.
    permission_policy = None
    permission_required = None
    success_message = _("The decision on “%(object)s” was saved.")
    error_message = _("The decision could not be saved.")
    actions: ClassVar = ["edit"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not StaffScope.of(request).sites_with(SLUG):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Proposal]:
        """Only of the person's pilots where participation is on; the others are not found."""
        proposals = staff_proposals(StaffScope.of(self.request))
        return proposals.select_related("initiative", "author", "merged_into", "answered_by", "image")

    def get_panel(self) -> Any:
        return PANELS.bind_to_model(Proposal)

    def form_valid(self, form: DecisionForm) -> HttpResponseBase:
        self.form = form
        try:
            form.decide(self.request.user)
        except Refusal as refusal:
            form.add_error(FIELDS.get(refusal.path[0]) if refusal.path else None, str(refusal))
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)
        return self.save_action()
