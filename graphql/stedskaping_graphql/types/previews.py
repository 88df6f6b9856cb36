"""What an editor has on the screen and hasn't saved, for the frontend that the admin's preview opens."""

from __future__ import annotations

from dataclasses import dataclass

import graphene
from wagtail.models import Page as PageModel

from stedskaping_core.services.previews import preview_read
from stedskaping_core.sites import SiteFacts
from stedskaping_graphql.engine.context import Context
from stedskaping_graphql.engine.fields import field
from stedskaping_graphql.types import reading
from stedskaping_graphql.types.pages import Page

HEADER = "X-Preview-Token"


@dataclass(frozen=True)
class PreviewValue:
    """An unsaved page and the preview mode that the editor chose."""

    page: PageModel
    mode: str


class Preview(graphene.ObjectType):
    """A page as its editor has it on the screen."""

    class Meta:
        possible_types = (PreviewValue,)

    page = field(Page, required=False)
    mode = field(graphene.String, description="Empty unless the page type offers several.")


def preview_of(context: Context) -> PreviewValue | None:
    """The preview that the request's token opens; None for every token that doesn't count, whatever is wrong
    with it.

    What the page mentions (pictures, other pages) is shown as to everybody else: the token opens one page.
    """
    context.mark_private()
    token = context.request.headers.get(HEADER, "")
    found = preview_read(token) if token else None
    if found is None:
        return None
    page, mode = found
    site = reading.site_of(context, page)
    if site is None or not _is_offered(context, page, site) or _is_foreign(context, site):
        return None
    return PreviewValue(page, mode)


def _is_offered(context: Context, page: PageModel, site: SiteFacts) -> bool:
    """Whether the API has a type for the page; a plugin's only where the plugin is on."""
    for slug, models in reading.page_types().items():
        if type(page) in models:
            return not slug or site.id in reading.switches(context)[slug]
    return False


def _is_foreign(context: Context, site: SiteFacts) -> bool:
    """Whether the frontend of another site asks.

    A browser says by `Origin` whose page it is. Servers send none; then it counts when they ask at the
    address of another site's frontend. The default site's is everybody's, since the API may be there.
    """
    origin = context.request.headers.get("Origin")
    if origin is not None:
        return origin != site.origin
    host = context.request.get_host().lower()
    others = [other for other in reading.site_map(context).sites.values() if other.id != site.id]
    return any(other.origin.partition("://")[2].lower() == host and not other.is_default for other in others)
