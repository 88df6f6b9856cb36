"""What staff see in the admin: the sites of the pilots that they work for."""

from __future__ import annotations

from functools import cached_property

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from wagtail.models import GroupPagePermission, Page

from stedskaping_core.models import InitiativePage
from stedskaping_core.plugins.activation import activation_table
from stedskaping_core.sites import SiteMap

WORK = ("add_page", "change_page", "publish_page")


class StaffScope:
    """The part of the platform that a person works with.

    A site belongs to it when one of the person's groups may add, change or publish pages from the site's
    root page (of any language) or from above it. For superusers that is every site.
    """

    def __init__(self, request: HttpRequest) -> None:
        self.user = request.user

    @classmethod
    def of(cls, request: HttpRequest) -> StaffScope:
        """The scope of who makes this request, worked out once."""
        kept: StaffScope = request.__dict__.setdefault("_stedskaping_staff_scope", cls(request))
        return kept

    @cached_property
    def site_map(self) -> SiteMap:
        return SiteMap()

    @cached_property
    def site_ids(self) -> frozenset[int]:
        """The ids of the person's sites."""
        if not self.user.is_authenticated or not self.user.is_active:
            return frozenset()
        sites = self.site_map.sites.values()
        if self.user.is_superuser:
            return frozenset(site.id for site in sites)
        granted = GroupPagePermission.objects.filter(group__user=self.user, permission__codename__in=WORK)
        condition = Q(pk__in=())
        for path in set(granted.values_list("page__path", flat=True)):
            condition |= Q(path__startswith=path)
        roots = {root for site in sites for root in site.root_ids.values()}
        reached = set(Page.objects.filter(condition, pk__in=roots).values_list("pk", flat=True))
        return frozenset(site.id for site in sites if reached.intersection(site.root_ids.values()))

    def sites_with(self, slug: str) -> frozenset[int]:
        """Those of the person's sites where the plugin is on."""
        return self.site_ids & self._activations.get(slug, frozenset())

    def initiatives_with(self, slug: str) -> QuerySet[InitiativePage]:
        """All initiatives of these sites, drafts too."""
        return InitiativePage.objects.filter(self.site_map.within(self.sites_with(slug)))

    @cached_property
    def _activations(self) -> dict[str, frozenset[int]]:
        return dict(activation_table())
