"""The engine's and core's GraphQL types, through the same hook that plugins use."""

from __future__ import annotations

from typing import Any

from stedskaping_core import models
from stedskaping_core.plugins.contributions import GraphQLContribution
from stedskaping_core.plugins.hookspecs import hookimpl


@hookimpl
def register_graphql() -> GraphQLContribution:
    from stedskaping_graphql.engine import scalars
    from stedskaping_graphql.types import blocks, content, guides, initiatives, pilots, queries, sites
    from stedskaping_graphql.types.pages import page_loader

    pages: dict[type, Any] = {
        models.PilotPage: pilots.PilotPage,
        models.InitiativeIndexPage: guides.InitiativeIndexPage,
        models.InitiativePage: initiatives.Initiative,
        models.GuidePage: guides.GuidePage,
        models.PhasePage: guides.PhasePage,
    }
    return GraphQLContribution(
        query=queries.Query,
        pages=pages,
        blocks=blocks.BLOCK_TYPES,
        types=(blocks.UnknownBlock, content.Money, scalars.UUID),
        nodes={
            **{shown._meta.name: page_loader(model) for model, shown in pages.items()},
            "Initiative": initiatives.load_initiatives,
            "Outcome": initiatives.load_outcomes,
            "Pilot": pilots.load_pilots,
            "Site": sites.load_sites,
            "Image": content.load_images,
            "Document": content.load_documents,
        },
        extend={"Site": initiatives.SiteInitiatives, "Pilot": initiatives.PilotInitiatives},
    )
