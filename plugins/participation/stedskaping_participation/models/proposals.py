"""What people propose for an initiative's place, and who supports it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stedskaping_core.models.base import PlaceMixin, one_of
from stedskaping_participation.choices import AnswerState, ProposalState

MAX_BODY = 5000


class Proposal(PlaceMixin):
    """One proposal. Its text is plain; the services in `services` are the only ones that change its state.

    The answer belongs to the initiative's team. It is a draft until `answer_published`, and only then has a
    date. `author` is empty after the person was erased.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    initiative = models.ForeignKey(
        "core.InitiativePage",
        on_delete=models.CASCADE,
        related_name="participation_proposals",
        verbose_name=_("initiative"),
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="participation_proposals",
        verbose_name=_("author"),
    )
    title = models.CharField(_("title"), max_length=120)
    body = models.TextField(_("text"), validators=[MaxLengthValidator(MAX_BODY)])
    category = models.SlugField(_("category"), max_length=40, blank=True)
    image = models.ForeignKey(
        "core.Image",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("image"),
    )
    state = models.CharField(
        _("state"), max_length=20, choices=ProposalState, default=ProposalState.PUBLISHED, editable=False
    )
    # RESTRICT lets a whole initiative be deleted, but never the proposal that an old address leads to.
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.RESTRICT,
        related_name="merged",
        verbose_name=_("merged into"),
    )
    answer_state = models.CharField(_("answer"), max_length=20, choices=AnswerState, blank=True)
    answer_text = models.TextField(
        _("text of the answer"), blank=True, validators=[MaxLengthValidator(MAX_BODY)]
    )
    answer_published = models.BooleanField(_("answer is public"), default=False, editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("answered by"),
    )
    chosen = models.BooleanField(
        _("chosen concept"), default=False, editable=False, help_text=_("This is what the initiative builds.")
    )
    created_at = models.DateTimeField(_("proposed"), default=timezone.now, editable=False)
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ("-created_at", "-pk")
        constraints = (
            *PlaceMixin.Meta.constraints,
            one_of("state", ProposalState, "participation_proposal_state"),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(body=""), name="participation_proposal_has_words"
            ),
            models.CheckConstraint(
                condition=Q(state=ProposalState.MERGED, merged_into__isnull=False)
                | (~Q(state=ProposalState.MERGED) & Q(merged_into__isnull=True)),
                name="participation_proposal_merged_leads_on",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="participation_proposal_not_into_itself",
            ),
            models.CheckConstraint(
                condition=Q(answer_state="", answer_text="", answer_published=False, answered_at__isnull=True)
                | Q(answer_state__in=AnswerState.values, answer_published=False, answered_at__isnull=True)
                | (
                    Q(answer_state__in=AnswerState.values, answer_published=True, answered_at__isnull=False)
                    & ~Q(answer_text="")
                ),
                name="participation_proposal_answer_complete",
                violation_error_message=_("A published answer has a state, a text and a date."),
            ),
            models.CheckConstraint(
                condition=Q(chosen=False) | Q(state=ProposalState.PUBLISHED),
                name="participation_proposal_chosen_is_public",
            ),
            models.UniqueConstraint(
                fields=["initiative"], condition=Q(chosen=True), name="participation_proposal_one_chosen"
            ),
        )
        indexes = (
            models.Index(
                fields=["initiative", "state", "-created_at", "-id"], name="participation_proposal_list"
            ),
        )

    def __str__(self) -> str:
        return self.title


class Support(models.Model):
    """One person stands behind one proposal. Counts are counts of these rows, kept nowhere else."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="supports")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="participation_supports"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("support")
        verbose_name_plural = _("support")
        constraints = (
            models.UniqueConstraint(fields=["proposal", "user"], name="participation_support_once"),
        )

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.user_id}"
