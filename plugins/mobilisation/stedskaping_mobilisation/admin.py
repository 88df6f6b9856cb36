"""Followers in the admin: how many, never who."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import NumberColumn, StatusTagColumn, TitleColumn
from wagtail.admin.viewsets.base import ViewSetGroup

from stedskaping_core.listings import PluginListing, PluginListView
from stedskaping_core.models import InitiativePage
from stedskaping_core.staff import StaffScope
from stedskaping_mobilisation.selectors import RECENTLY, with_follower_numbers


class FollowerView(PluginListView):
    """The projects of the pilots that the person works for, with their numbers of followers."""

    slug = "mobilisation"
    model = InitiativePage
    page_title = _("Followers")
    default_ordering = "-follower_count"
    # In the database itself: a search index knows nothing of the numbers that the list is ordered by.
    search_backend_name = None
    search_fields = ("title", "place_name")
    list_export: ClassVar = ["title", "status", "follower_count", "new_followers"]
    export_headings: ClassVar = {
        "follower_count": _("Followers"),
        "new_followers": _("New in the last 30 days"),
    }
    export_filename = "followers"

    columns: ClassVar = [
        TitleColumn(
            "title",
            label=_("Project"),
            sort_key="title",
            get_url=lambda page: reverse("wagtailadmin_pages:edit", args=(page.pk,)),
        ),
        StatusTagColumn("status", label=_("Status"), accessor="get_status_display", sort_key="status"),
        NumberColumn("follower_count", label=_("Followers"), sort_key="follower_count"),
        NumberColumn("new_followers", label=_("New in the last 30 days"), sort_key="new_followers"),
    ]

    def rows(self, scope: StaffScope) -> QuerySet[Any]:
        """Initiatives in the person's pilots."""
        initiatives = scope.initiatives_with("mobilisation").defer("story")
        return with_follower_numbers(initiatives, since=timezone.now() - RECENTLY)


class FollowerListing(PluginListing):
    """Where the list is found."""

    name = "mobilisation_followers"
    url_prefix = "mobilisation/followers"
    icon = "group"
    menu_label = _("Followers")
    view_class = FollowerView


class MobilisationGroup(ViewSetGroup):
    """The plugin's entry in the menu."""

    menu_label = _("Mobilisation")
    menu_name = "mobilisation"
    menu_icon = "group"
    menu_order = 330
    items: ClassVar = (FollowerListing,)
