"""A plugin's lists in the admin: read-only, shown where the plugin is on, filtered by the person's pilots."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path
from wagtail.admin.menu import MenuItem
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSet

from stedskaping_core.staff import StaffScope


def plugin_menu_item(slug: str) -> type[MenuItem]:
    """A class of menu items that are shown to people with a site where the plugin is on."""

    class PluginMenuItem(MenuItem):
        def is_shown(self, request: HttpRequest) -> bool:
            return bool(StaffScope.of(request).sites_with(slug))

    return PluginMenuItem


class PluginListView(generic.IndexView):
    """One list. Subclasses set `slug`, `model` and `columns`, and answer `rows(scope)`."""

    slug: ClassVar[str] = ""
    paginate_by = 50
    # Page permissions decide here, by site; the model's own permissions are not given to anybody.
    permission_policy = None
    any_permission_required = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not StaffScope.of(request).sites_with(self.slug):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def rows(self, scope: StaffScope) -> QuerySet[Any]:
        """What the list shows to somebody with this scope."""
        raise NotImplementedError

    def get_base_queryset(self) -> QuerySet[Any]:
        return self.rows(StaffScope.of(self.request))

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Equal rows keep one order, so that none is missed between two pages."""
        ordered = super().order_queryset(queryset)
        return ordered.order_by(*ordered.query.order_by, "pk")


class PluginListing(ViewSet):
    """The addresses and the menu item of one `PluginListView`."""

    view_class: type[PluginListView]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self._view(), name="index"),
            path("results/", self._view(results_only=True), name="results"),
        ]

    def _view(self, **kwargs: Any) -> Any:
        return self.construct_view(
            self.view_class,
            index_url_name=self.get_url_name("index"),
            index_results_url_name=self.get_url_name("results"),
            header_icon=self.icon,
            **kwargs,
        )

    @cached_property
    def menu_item_class(self) -> type[MenuItem]:
        return plugin_menu_item(self.view_class.slug)
