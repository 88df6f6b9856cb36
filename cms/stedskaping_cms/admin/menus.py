"""The list and the form of menus. Staff see and change the menus of their own sites."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.views.generic import history, usage
from wagtail.admin.viewsets.model import ModelViewSet

from stedskaping_cms.admin.permissions import menu_policy
from stedskaping_cms.models import Menu


class MenuForm(WagtailAdminModelForm):
    """Offers only the sites whose menus the person may change."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["site"]
        field.queryset = menu_policy.sites_user_has_permission_for(self.for_user, "change")
        if field.queryset.count() == 1 and not self.instance.pk:
            self.initial.setdefault("site", field.queryset.get().pk)


class OwnSites:
    """Refuses a menu of a site that isn't the person's."""

    def get_object(self, *args: Any, **kwargs: Any) -> Menu:
        menu: Menu = super().get_object(*args, **kwargs)  # type: ignore[misc]
        if not menu_policy.user_has_permission_for_instance(self.request.user, "change", menu):  # type: ignore[attr-defined]
            raise PermissionDenied
        return menu


class MenuListView(generic.IndexView):
    """The menus of the person's sites."""

    def get_base_queryset(self) -> QuerySet[Menu]:
        menus = menu_policy.instances_user_has_permission_for(self.request.user, "change")
        found: QuerySet[Menu] = (
            menus.select_related("site", "locale")
            .annotate(links=Count("items"))
            .order_by("site__site_name", "key", "locale_id")
        )
        return found


class MenuEditView(OwnSites, generic.EditView):
    """Changes a menu."""


class MenuDeleteView(OwnSites, generic.DeleteView):
    """Deletes a menu."""


class MenuHistoryView(OwnSites, history.HistoryView):
    """Who changed a menu, and when."""


class MenuUsageView(OwnSites, usage.UsageView):
    """Nothing refers to a menu; Wagtail's page says so."""


class MenuViewSet(ModelViewSet):
    """Settings → Menus."""

    model = Menu
    name = "menus"
    icon = "list-ul"
    menu_label = _("Menus")
    menu_order = 40
    add_to_settings_menu = True
    copy_view_enabled = False
    index_view_class = MenuListView
    edit_view_class = MenuEditView
    delete_view_class = MenuDeleteView
    history_view_class = MenuHistoryView
    usage_view_class = MenuUsageView
    edit_handler = ObjectList(Menu.panels, base_form_class=MenuForm)
    list_display: ClassVar = [
        "key",
        Column("site", label=_("Site")),
        Column("locale", label=_("Language")),
        Column("links", label=_("Links")),
    ]
