"""All addresses of the project.

Wagtail's REST APIs and its page rendering are not here on purpose: they would show pages and blocks past the
per-site guard. The admin needs neither: pages tell it where their frontend shows them.
"""

from __future__ import annotations

from django.urls import include, path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.images import urls as wagtailimages_urls

from stedskaping_cms import views

urlpatterns = [
    path("", views.start, name="start"),
    path("", include("stedskaping_graphql.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("images/", include(wagtailimages_urls)),
    path("media/<path:path>", views.media, name="media"),
    path("preview", views.example_frontend, name="preview"),
    path("preview/<str:name>", views.example_frontend),
    # Restricted documents send people here to sign in.
    path(
        "_util/login/",
        RedirectView.as_view(pattern_name="wagtailadmin_login", query_string=True),
        name="wagtailcore_login",
    ),
]
