"""Editing forms that check more than one field at a time."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from stedskaping_core.streams import SlotPageForm


class CourseForm(SlotPageForm):
    """A date that people have signed up for stays: they have arranged themselves around it."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        formset = self.formsets.get("sessions")
        if formset is not None and formset.is_valid():
            for form in formset.deleted_forms:
                if form.instance.pk and form.instance.registrations.exists():
                    message = _("People have signed up for %(session)s, so it can't be deleted.")
                    self.add_error(None, ValidationError(message, params={"session": form.instance}))
        return cleaned
