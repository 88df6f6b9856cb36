"""Amounts as people read them."""

from __future__ import annotations

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _


def kroner(amount: Decimal) -> str:
    """An amount in the active language: whole kroner without decimals, with the thousands apart."""
    whole = amount == amount.to_integral_value()
    number = number_format(amount, decimal_pos=0 if whole else 2, use_l10n=True, force_grouping=True)
    return _("NOK %(amount)s") % {"amount": number}


def percent(share: Decimal) -> str:
    """A share in the active language, with a decimal only when there is one."""
    whole = share == share.to_integral_value()
    return f"{number_format(share, decimal_pos=0 if whole else 1, use_l10n=True)} %"
