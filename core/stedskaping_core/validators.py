"""Checks of single values that several apps' fields share."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LINK_STARTS = ("https://", "http://", "mailto:", "tel:", "/")


def validate_link(value: str) -> None:
    """Only addresses that are safe to put in an `href`. Raises `ValidationError`."""
    if value.startswith("//") or not value.startswith(LINK_STARTS):
        raise ValidationError(_("Write https://…, mailto:…, tel:… or a path that starts with /."))
