"""Addresses below `/admin/` that are ours."""

from __future__ import annotations

from django.urls import include, path

from stedskaping_cms.admin.decisions import DecisionView
from stedskaping_cms.admin.initiatives import InitiativesView
from stedskaping_cms.admin.overview import OverviewView
from stedskaping_cms.admin.plugins import ChooseSiteView, PluginsView, SwitchView

plugins = [
    path("", ChooseSiteView.as_view(), name="index"),
    path("<int:site_id>/", PluginsView.as_view(), name="site"),
    path("<int:site_id>/<slug:slug>/", SwitchView.as_view(), name="switch"),
]
initiatives = [
    path("", InitiativesView.as_view(), name="index"),
    path("results/", InitiativesView.as_view(results_only=True), name="index_results"),
    path("<int:pk>/", OverviewView.as_view(), name="overview"),
    path("<int:pk>/<slug:decision>/", DecisionView.as_view(), name="decide"),
]

urlpatterns = [
    path("plugins/", include((plugins, "stedskaping_plugins"))),
    path("initiatives/", include((initiatives, "stedskaping_initiatives"))),
]
