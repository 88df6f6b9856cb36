"""Turn what a model's own checks complain about into a refusal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from stedskaping_core.errors import Refusal

# Plans outside of these years are slips of the pen; far outside, the calendar itself ends.
FIRST_DAY, LAST_DAY = dt.date(2000, 1, 1), dt.date(2100, 12, 31)


@contextmanager
def refusing() -> Iterator[None]:
    """Raise `Refusal` INVALID, with a sentence per mistake, where the block raises `ValidationError`."""
    try:
        yield
    except ValidationError as error:
        raise invalid(error) from error


def check_fields(row: Model, names: Collection[str]) -> None:
    """Check these fields of an unsaved row, and the constraints between them. Raises `Refusal` INVALID.

    Wagtail looks at no more than title and slug of a draft, and a database would answer with a fault.
    """
    others = {field.name for field in row._meta.fields if field.name not in names}
    with refusing():
        row.clean_fields(exclude=others)
        row.validate_constraints(exclude=others)


def invalid(error: ValidationError) -> Refusal:
    """The refusal for a `ValidationError`. Its path is the first wrong field, named as in the API."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    field = next(iter(by_field))
    details = [
        sentence if name == NON_FIELD_ERRORS else f"{name}: {sentence}"
        for name, sentences in by_field.items()
        for sentence in sentences
    ]
    path = () if field == NON_FIELD_ERRORS else (_camel(field),)
    return Refusal("INVALID", _("This can't be stored:"), path=path, details=details)


def required_text(value: str, name: str, message: object = None) -> str:
    """`value` without the blanks around it. Raises `Refusal` BLANK, with `name` as its path, for nothing."""
    if not value.strip():
        raise Refusal("BLANK", message or _("This can't be empty."), path=(name,))
    return value.strip()


def required_reason(value: str) -> str:
    """The same for a reason."""
    return required_text(value, "reason", _("Give a reason."))


def plausible_day(day: dt.date, name: str) -> dt.date:
    """`day` itself. Raises `Refusal` OUT_OF_RANGE, with `name` as its path, for one that nobody can mean."""
    if not FIRST_DAY <= day <= LAST_DAY:
        message = _("Choose a day between %(first)d and %(last)d.")
        years = {"first": FIRST_DAY.year, "last": LAST_DAY.year}
        raise Refusal("OUT_OF_RANGE", message % years, path=(name,))
    return day


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
