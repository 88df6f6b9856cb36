"""Which documents may be run: the setting `STEDSKAPING_GRAPHQL_POLICY`."""

from __future__ import annotations

from enum import StrEnum

from django.conf import settings

from ..engine.context import Context


class Policy(StrEnum):
    """What the API takes beside trusted documents."""

    OPEN = "open"
    PERSISTED_OR_AUTHENTICATED = "persisted_or_authenticated"
    TRUSTED_ONLY = "trusted_only"

    def takes_text_from(self, context: Context) -> bool:
        """Whether this caller may send a document of their own."""
        if self is Policy.PERSISTED_OR_AUTHENTICATED:
            return context.user.is_authenticated
        return self is Policy.OPEN

    @property
    def registers(self) -> bool:
        """Whether a document that was sent with its hash may be asked for by the hash alone later on."""
        return self is Policy.OPEN


def current_policy() -> Policy:
    """The policy of this server."""
    return Policy(settings.STEDSKAPING_GRAPHQL_POLICY)
