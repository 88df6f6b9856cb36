"""Settings → Plugins: what each plugin does, and its switch for one site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Site
from wagtail.permissions import policy_registry

from stedskaping_cms.admin.permissions import administered_site, plugin_policy
from stedskaping_core.errors import Refusal
from stedskaping_core.models import PluginActivation, User
from stedskaping_core.plugins.activation import enabled_slugs
from stedskaping_core.plugins.config import PluginConfig
from stedskaping_core.plugins.registry import get_registry
from stedskaping_core.services.plugins import plugin_disable, plugin_enable
from stedskaping_core.staff import StaffScope


@dataclass(frozen=True)
class Card:
    """One plugin as the page shows it. `needs` and `needed_by` are names with whether that one is on here."""

    config: PluginConfig
    enabled: bool
    activation: PluginActivation | None
    needs: tuple[tuple[Any, bool], ...]
    needed_by: tuple[Any, ...]
    settings_url: str

    @property
    def changed_by(self) -> User | None:
        return self.activation.changed_by if self.activation else None


class PluginsMenuItem(MenuItem):
    """Shown to those who may switch the plugins of at least one site."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(plugin_policy.user_has_permission(request.user, "change"))


class ChooseSiteView(View):
    """Leads to the first site that the person administers."""

    def get(self, request: HttpRequest) -> HttpResponse:
        site = administered_sites(request).first()
        if site is None:
            raise PermissionDenied
        return redirect("stedskaping_plugins:site", site.pk)


class PluginsView(WagtailAdminTemplateMixin, TemplateView):
    """The cards of one site."""

    page_title = gettext_lazy("Plugins")
    header_icon = "plugin"
    template_name = "stedskaping_cms/admin/plugins.html"

    def get_page_subtitle(self) -> str:
        return name_of(self.site)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("stedskaping_plugins:index"), "label": self.page_title},
            {"url": "", "label": name_of(self.site)},
        ]

    def dispatch(self, request: HttpRequest, *args: Any, site_id: int, **kwargs: Any) -> HttpResponseBase:
        self.site = administered_site(request.user, site_id)  # type: ignore[arg-type]
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sites = [(site, name_of(site)) for site in administered_sites(self.request)]
        return {
            **super().get_context_data(**kwargs),
            "site": self.site,
            "sites": sites if len(sites) > 1 else [],
            "cards": cards(self.site, self.request.user),  # type: ignore[arg-type]
        }


class SwitchView(View):
    """Switches one plugin of one site on or off. The services refuse what doesn't fit, with a reason."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, site_id: int, slug: str) -> HttpResponse:
        user: User = request.user  # type: ignore[assignment]
        site = administered_site(user, site_id)
        turn_on = request.POST.get("switch") == "on"
        try:
            changed = (plugin_enable if turn_on else plugin_disable)(site=site, slug=slug, actor=user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            if changed:
                sentence = (
                    _("%(plugin)s is on for %(site)s.") if turn_on else _("%(plugin)s is off for %(site)s.")
                )
                names = {"plugin": get_registry().plugins[slug].verbose_name, "site": name_of(site)}
                messages.success(request, sentence % names)
        return redirect("stedskaping_plugins:site", site.pk)


def administered_sites(request: HttpRequest) -> Any:
    """The sites whose plugins the person may switch."""
    sites = plugin_policy.sites_user_has_permission_for(request.user, "change")
    return sites.order_by("site_name", "hostname")


def name_of(site: Site) -> str:
    """What people call a site."""
    return site.site_name or site.hostname


def cards(site: Site, user: User) -> list[Card]:
    """Every installed plugin in calling order, with the same number of statements for one as for twenty."""
    plugins = get_registry().plugins
    on = enabled_slugs(site.pk)
    rows = PluginActivation.objects.filter(site=site).select_related("changed_by")
    activations = {row.slug: row for row in rows}
    return [
        Card(
            config=config,
            enabled=slug in on,
            activation=activations.get(slug),
            needs=tuple((plugins[other].verbose_name, other in on) for other in config.requires_plugins),
            needed_by=tuple(
                other.verbose_name
                for key, other in plugins.items()
                if key in on and slug in other.requires_plugins
            ),
            settings_url=_settings_url(config, site, user) if slug in on else "",
        )
        for slug, config in plugins.items()
    ]


def _settings_url(config: PluginConfig, site: Site, user: User) -> str:
    if not config.settings_model:
        return ""
    model = config.get_model(config.settings_model.partition(".")[2])
    if not policy_registry.get_by_type(model).user_has_permission_for_instance(user, "change", site):
        return ""
    return reverse("wagtailsettings:edit", args=(model._meta.app_label, model._meta.model_name, site.pk))


def hide_settings_of_plugins_that_are_off(request: HttpRequest, items: list[MenuItem]) -> None:
    """A plugin's own entry under Settings goes away where the plugin is off for every site of the person."""
    plugins = get_registry().plugins
    entries = [item for item in items if getattr(getattr(item, "model", None), "_meta", None)]
    if any(item.model._meta.app_label in plugins for item in entries):
        scope = StaffScope.of(request)
        for item in entries:
            slug = item.model._meta.app_label
            if slug in plugins and not scope.sites_with(slug):
                items.remove(item)
