"""Budget lines of initiatives, and the settings of a pilot."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from stedskaping_core.models.base import one_of
from stedskaping_core.values import Money

NOK = "NOK"
# The column holds twelve digits, two of them after the point.
MAX_AMOUNT = Decimal("9999999999.99")


class LineKind(models.TextChoices):
    """What the money of a budget line buys."""

    TASK = "task", _("Task")
    STRUCTURE = "structure", _("Structure")
    MATERIAL = "material", _("Material")


class BudgetLine(models.Model):
    """Something an initiative needs money for, and how much of it the team has already.

    The required lines together are the minimum, all lines are the optimum. `secured` is what the team has
    recorded as certain, and `secured_note` says from whom; the platform never holds the money.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    initiative = models.ForeignKey(
        "core.InitiativePage", on_delete=models.CASCADE, related_name="funding_budget_lines"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=LineKind, default=LineKind.MATERIAL)
    title = models.CharField(_("title"), max_length=200)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3, default=NOK)
    required = models.BooleanField(_("required"), default=True)
    secured = models.DecimalField(_("secured"), max_digits=12, decimal_places=2, default=Decimal(0))
    secured_note = models.CharField(_("source of the secured money"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    # Not content: editors need no list of budget lines under "usage" of a page.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        ordering = ("position", "pk")
        constraints = (
            one_of("kind", LineKind, "funding_budgetline_kind"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="funding_budgetline_amount_not_negative"),
            # All totals of the platform are in one currency until somebody needs a second one.
            models.CheckConstraint(condition=Q(currency=NOK), name="funding_budgetline_currency"),
            models.CheckConstraint(
                condition=Q(secured__gte=0, secured__lte=F("amount")),
                name="funding_budgetline_secured_in_amount",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="funding_budgetline_has_title"),
        )
        indexes = (models.Index(fields=["initiative", "position", "id"], name="funding_budgetline_list_idx"),)

    def __str__(self) -> str:
        return self.title

    @property
    def cost(self) -> Money:
        """What the line costs."""
        return Money(self.amount, self.currency)


@register_setting(icon="funding-coins")
class FundingSettings(BaseSiteSetting):
    """How a pilot handles money."""

    volunteer_hourly_rate = models.DecimalField(
        _("value of one volunteer hour"),
        max_digits=7,
        decimal_places=2,
        default=Decimal(300),
        validators=[MinValueValidator(0), MaxValueValidator(5000)],
        help_text=_("In kroner. Grants that ask for own effort count volunteer hours at this rate."),
    )
    budget_required_at_submission = models.BooleanField(
        _("projects need a budget before they are sent in"),
        default=False,
        help_text=_(
            "At least one budget line must be there when a team sends its project to the municipality."
        ),
    )

    panels: ClassVar = [FieldPanel("volunteer_hourly_rate"), FieldPanel("budget_required_at_submission")]

    class Meta:
        verbose_name = _("funding")
        constraints = (
            models.CheckConstraint(
                condition=Q(volunteer_hourly_rate__gte=0), name="funding_fundingsettings_rate_not_negative"
            ),
        )
