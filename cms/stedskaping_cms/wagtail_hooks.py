"""Where the project joins Wagtail's admin. What it does stands in `admin/`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from stedskaping_cms.admin import dashboard, pages, plugins, urls
from stedskaping_cms.admin.initiatives import InitiativesMenuItem
from stedskaping_cms.admin.menus import MenuViewSet
from stedskaping_core.streams import prepare_blocks

hooks.register("register_page_header_buttons", pages.overview_button)
hooks.register("register_page_listing_more_buttons", pages.overview_button)
hooks.register("before_delete_page", pages.keep_courses_with_participants)
hooks.register("before_bulk_action", pages.keep_courses_with_participants_in_bulk)
# After Wagtail has put its own items there.
hooks.register("construct_homepage_summary_items", pages.count_own_pages, order=10)
hooks.register("construct_help_menu", pages.hide_news_for_developers)
hooks.register("construct_settings_menu", plugins.hide_settings_of_plugins_that_are_off)


@hooks.register("register_admin_urls")
def admin_urls() -> Sequence[URLPattern | URLResolver]:
    # The addresses are collected before the first request is answered.
    prepare_blocks()
    return urls.urlpatterns


@hooks.register("register_admin_viewset")
def menu_viewset() -> MenuViewSet:
    return MenuViewSet()


@hooks.register("register_admin_menu_item")
def initiatives_item() -> MenuItem:
    url = reverse("stedskaping_initiatives:index")
    return InitiativesMenuItem(_("Initiatives"), url, name="initiatives", icon_name="initiative", order=150)


@hooks.register("register_settings_menu_item")
def plugins_item() -> MenuItem:
    url = reverse("stedskaping_plugins:index")
    return plugins.PluginsMenuItem(_("Plugins"), url, name="plugins", icon_name="plugin", order=10)


@hooks.register("register_icons")
def icons(found: list[str]) -> list[str]:
    return [*found, "stedskaping_cms/icons/plugin.svg", "stedskaping_cms/icons/initiative.svg"]


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("stedskaping_cms/admin.css"))


@hooks.register("construct_homepage_panels")
def site_cards(request: HttpRequest, panels: list[Any]) -> None:
    panels.extend(dashboard.site_panels(request))
