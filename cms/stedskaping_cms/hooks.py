"""The project's own contributions, through the same hooks that plugins use."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.models import Site

from stedskaping_cms import models
from stedskaping_cms.services import registrations_erase, registrations_export
from stedskaping_core.models import User
from stedskaping_core.plugins.contributions import DashboardCard, Erasure, GraphQLContribution, PersonalData
from stedskaping_core.plugins.hookspecs import hookimpl


@hookimpl
def register_graphql() -> GraphQLContribution:
    from stedskaping_cms.schema import courses, pages, sites
    from stedskaping_graphql.types.pages import page_loader

    shown: dict[type, Any] = {
        models.HomePage: pages.HomePage,
        models.ArticleIndexPage: pages.ArticleIndexPage,
        models.ArticlePage: pages.ArticlePage,
        models.CoursePage: courses.CoursePage,
    }
    return GraphQLContribution(
        pages=shown,
        nodes={kind._meta.name: page_loader(model) for model, kind in shown.items()},
        extend={"Site": sites.SiteEditorial},
    )


@hookimpl
def provide_dashboard_cards(site: Site, request: HttpRequest) -> list[DashboardCard]:
    from stedskaping_cms.admin.dashboard import initiative_cards

    return initiative_cards(site)


@hookimpl
def export_personal_data(user: User) -> list[PersonalData]:
    return [registrations_export(user=user)]


@hookimpl
def erase_personal_data(user: User) -> list[Erasure]:
    return [registrations_erase(user=user)]
