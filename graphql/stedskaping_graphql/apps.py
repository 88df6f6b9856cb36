"""The Django app of the API engine."""

from __future__ import annotations

from django.apps import AppConfig


class StedskapingGraphQLConfig(AppConfig):
    """Registers templates, static files, management commands and the trusted documents."""

    name = "stedskaping_graphql"
    label = "stedskaping_graphql"
    verbose_name = "Stedskaping GraphQL"

    def ready(self) -> None:
        # Importing the module registers the system check of the schema.
        from stedskaping_graphql import checks  # noqa: F401
