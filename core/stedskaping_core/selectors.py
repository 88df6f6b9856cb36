"""Reads, already filtered by who asks. Nothing else queries what is shown to people."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from wagtail.models import BaseViewRestriction, CollectionViewRestriction, Locale, Page, PageViewRestriction
from wagtail.query import PageQuerySet

from stedskaping_core.choices import InitiativeStatus
from stedskaping_core.models import (
    Document,
    GuidePage,
    Image,
    InitiativePage,
    PhasePage,
    PilotPage,
)
from stedskaping_core.sites import SiteMap, site_of_page

# Norwegian readers understand the other written form better than any foreign language.
FALLBACKS = {"nb": ("nn",), "nn": ("nb",)}
# An initiative that the municipality hasn't approved yet: not even a page that somebody published shows it.
NOT_APPROVED = (InitiativeStatus.DRAFT, InitiativeStatus.SUBMITTED)


def visible_pages(request: HttpRequest) -> PageQuerySet:
    """Published pages that nothing restricts for this caller, without initiatives that aren't approved.

    One statement more the first time in a request for the restrictions, and one for each kind that there is.
    """
    # A subquery and no join, because Wagtail's search refuses joins that it has no fields for.
    waiting = InitiativePage.objects.filter(status__in=NOT_APPROVED).order_by()
    return Page.objects.live().exclude(pk__in=waiting.values("pk")).exclude(_restricted(request))


def visible_initiatives(request: HttpRequest) -> QuerySet[InitiativePage]:
    """Published and approved initiatives, and those that the caller is a member of, whatever their status."""
    public = Q(live=True) & ~Q(status__in=NOT_APPROVED) & ~_restricted(request)
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        public |= Q(pk__in=user.memberships.values("initiative_id"))
    return InitiativePage.objects.filter(public)


def visible_images(request: HttpRequest) -> QuerySet[Image]:
    """Images outside private collections."""
    return Image.objects.exclude(_in_private_collection(request))


def visible_documents(request: HttpRequest) -> QuerySet[Document]:
    """Documents outside private collections."""
    return Document.objects.exclude(_in_private_collection(request))


def restriction_of(request: HttpRequest, page: Page) -> str | None:
    """Why this caller may not see a published page: `login`, `groups` or `password`; None when they may."""
    for restriction in _refused(request, PageViewRestriction):
        if page.path.startswith(restriction.page.path):
            return str(restriction.restriction_type)
    return None


def site_ids_of(pages: Sequence[Page], site_map: SiteMap | None = None) -> list[int | None]:
    """The site of each page, in order."""
    sites = site_map or SiteMap()
    found = [sites.site_of(page.url_path) for page in pages]
    return [site.id if site else None for site in found]


def locale_order(wanted: str, default: str) -> list[str]:
    """Language codes to try, best first: the wanted one, its neighbours, the site's own."""
    order = [wanted, *FALLBACKS.get(wanted, ()), default]
    return list(dict.fromkeys(order))


def pilot_of(page: Page) -> PilotPage:
    """The pilot at the root of the page's site. Raises `PilotPage.DoesNotExist`."""
    return PilotPage.objects.get(pk=site_of_page(page).root_page_id)


def guide_for(pilot: PilotPage, locale: Locale) -> GuidePage | None:
    """The pilot's published guide in the best available language."""
    if pilot.guide_id is None:
        return None
    guide = GuidePage.objects.get(pk=pilot.guide_id)
    found = {
        g.locale.language_code: g
        for g in guide.get_translations(inclusive=True).live().select_related("locale")
    }
    order = [*locale_order(locale.language_code, guide.locale.language_code), *found]
    return next((found[code] for code in order if code in found), None)


def phases_of(guide: GuidePage) -> list[PhasePage]:
    """A guide's published phases in order."""
    return list(PhasePage.objects.child_of(guide).live().order_by("path"))


def _restricted(request: HttpRequest) -> Q:
    condition = Q(pk__in=())
    for restriction in _refused(request, PageViewRestriction):
        condition |= Q(path__startswith=restriction.page.path)
    return condition


def _in_private_collection(request: HttpRequest) -> Q:
    condition = Q(pk__in=())
    for restriction in _refused(request, CollectionViewRestriction):
        condition |= Q(collection__path__startswith=restriction.collection.path)
    return condition


def _refused(request: HttpRequest, kind: type[BaseViewRestriction]) -> list[Any]:
    """The restrictions that this caller doesn't pass.

    A shared password is kept in a browser session by Wagtail's own page views; a headless caller has shown
    none, so such a page stays closed. Read once per request and kept on it.
    """
    kept: dict[type, list[Any]] = request.__dict__.setdefault("_stedskaping_refused", {})
    if kind not in kept:
        owner = "page" if kind is PageViewRestriction else "collection"
        rows = list(
            kind.objects.exclude(restriction_type=BaseViewRestriction.NONE)
            .select_related(owner)
            .prefetch_related("groups")
        )
        groups = _groups_of(request) if rows else frozenset()
        kept[kind] = [row for row in rows if not _passes(request, row, groups)]
    return kept[kind]


def _passes(request: HttpRequest, restriction: BaseViewRestriction, groups: Collection[int]) -> bool:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return False
    if user.is_superuser or restriction.restriction_type == BaseViewRestriction.LOGIN:
        return True
    if restriction.restriction_type == BaseViewRestriction.GROUPS:
        return any(group.pk in groups for group in restriction.groups.all())
    return False


def _groups_of(request: HttpRequest) -> frozenset[int]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return frozenset()
    return frozenset(user.groups.values_list("pk", flat=True))
