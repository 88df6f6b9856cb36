"""What the two commands about a person's data share."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.management.base import CommandError, OutputWrapper

from stedskaping_core.models import User
from stedskaping_core.plugins.facade import Failure


def person_with(email: str) -> User:
    """The account with this e-mail address. Raises `CommandError`."""
    try:
        return User.objects.get_by_natural_key(email)
    except User.DoesNotExist as error:
        raise CommandError(f"There is no account with the e-mail address {email}.") from error


def refuse_failures(failures: Sequence[Failure], stderr: OutputWrapper, consequence: str) -> None:
    """Name the plugins that failed and end with status 1: the request stays open."""
    for failure in failures:
        stderr.write(f"Failed: {failure}")
    if failures:
        slugs = ", ".join(failure.slug for failure in failures)
        raise CommandError(f"{consequence} Mend {slugs} and run the command again.")
