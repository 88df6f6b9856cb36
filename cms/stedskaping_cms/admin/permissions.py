"""Permissions that are given per site, the way Wagtail gives those for a site's settings."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from wagtail import hooks
from wagtail.contrib.settings.forms import SitePermissionForm
from wagtail.models import Site
from wagtail.permission_policies.sites import SitePermissionPolicy
from wagtail.permissions import register_permission_policy

from stedskaping_cms.models import Menu
from stedskaping_cms.selectors import staff_initiatives
from stedskaping_core.models import InitiativePage, PluginActivation, User


class OnePermissionPolicy(SitePermissionPolicy):
    """Who may change a thing of a site may also add and delete it."""

    def _get_permission_codename(self, action: str) -> str:
        return str(super()._get_permission_codename("change"))


plugin_policy = OnePermissionPolicy(PluginActivation)
menu_policy = OnePermissionPolicy(Menu)


class PluginPermissionForm(SitePermissionForm):
    """In the form of a group: the sites whose plugins it may switch."""

    settings_model = PluginActivation
    icon = "plugin"


class MenuPermissionForm(SitePermissionForm):
    """In the form of a group: the sites whose menus it may change."""

    settings_model = Menu
    icon = "list-ul"


def register() -> None:
    """Tell Wagtail the policies, and let the form of a group say for which sites they are given."""
    register_permission_policy(PluginActivation, plugin_policy)
    register_permission_policy(Menu, menu_policy)
    hooks.register("register_permissions", _for_all_sites)
    hooks.register("register_group_permission_panel", lambda: PluginPermissionForm)
    hooks.register("register_group_permission_panel", lambda: MenuPermissionForm)


def _for_all_sites() -> models.QuerySet[Permission]:
    return Permission.objects.filter(
        content_type__app_label__in=("core", "cms"), codename__in=("change_pluginactivation", "change_menu")
    )


def administered_site(user: User, pk: int) -> Site:
    """The site, when the person may switch its plugins. Raises `Http404` or `PermissionDenied`."""
    site: Site = get_object_or_404(Site, pk=pk)
    if not plugin_policy.user_has_permission_for_instance(user, "change", site):
        raise PermissionDenied
    return site


def worked_initiative(request: HttpRequest, pk: int) -> InitiativePage:
    """The initiative, when it is one that the person sees. Raises `Http404` or `PermissionDenied`."""
    page: InitiativePage = get_object_or_404(InitiativePage, pk=pk)
    if not staff_initiatives(request).filter(pk=pk).exists():
        raise PermissionDenied
    return page
