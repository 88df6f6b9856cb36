"""What the database itself refuses."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from stedskaping_core.values import Money
from stedskaping_funding.models import BudgetLine, FundingSettings, LineKind


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"amount": Decimal("-0.01"), "secured": Decimal("-0.01")}, "amount_not_negative|secured_in_amount"),
        ({"secured": Decimal("-1")}, "funding_budgetline_secured_in_amount"),
        ({"secured": Decimal("100.01")}, "funding_budgetline_secured_in_amount"),
        ({"currency": "EUR"}, "funding_budgetline_currency"),
        ({"kind": "salary"}, "funding_budgetline_kind"),
        ({"title": ""}, "funding_budgetline_has_title"),
    ],
)
def test_line_that_makes_no_sense_is_refused(
    larvik: Any, initiative: Any, fields: dict[str, Any], constraint: str
) -> None:
    page = initiative(larvik)
    values = {"title": "Planker", "amount": Decimal(100), **fields}

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        BudgetLine.objects.create(initiative=page, **values)

    assert not BudgetLine.objects.exists()


@pytest.mark.parametrize("secured", ["0", "99.99", "100"])
def test_secured_may_be_anything_up_to_the_amount(larvik: Any, initiative: Any, secured: str) -> None:
    line = BudgetLine.objects.create(
        initiative=initiative(larvik), title="Planker", amount=Decimal(100), secured=Decimal(secured)
    )

    line.refresh_from_db()
    assert line.secured == Decimal(secured)
    assert line.cost == Money(Decimal(100), "NOK")
    assert line.kind == LineKind.MATERIAL
    assert str(line) == "Planker"


def test_line_goes_with_its_initiative_and_outlives_its_author(
    larvik: Any, initiative: Any, make_person: Any
) -> None:
    page, ada = initiative(larvik), make_person("Ada")
    line = BudgetLine.objects.create(
        initiative=page, title="Planker", amount=Decimal(100), created_by=ada, changed_by=ada
    )

    ada.delete()
    line.refresh_from_db()
    assert (line.created_by, line.changed_by) == (None, None)

    page.delete()
    assert not BudgetLine.objects.exists()


def test_settings_start_modest_and_refuse_a_negative_rate(larvik: Any) -> None:
    settings = FundingSettings.for_site(larvik.site)

    assert settings.volunteer_hourly_rate == Decimal(300)
    assert settings.budget_required_at_submission is False
    settings.volunteer_hourly_rate = Decimal(-1)
    with pytest.raises(ValidationError):
        settings.full_clean()
    with pytest.raises(IntegrityError, match="rate_not_negative"), transaction.atomic():
        settings.save()
