"""The states of a proposal. GraphQL shows the member names, the database keeps the values."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProposalState(models.TextChoices):
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    MERGED = "merged", _("Merged")
    HIDDEN = "hidden", _("Hidden")


class AnswerState(models.TextChoices):
    EVALUATING = "evaluating", _("Being evaluated")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Rejected")
