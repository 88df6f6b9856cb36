"""Pieces that several models share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page, Site
from wagtail_headless_preview.models import HeadlessMixin

from stedskaping_core.streams import SlotPageForm
from stedskaping_core.values import Place

if TYPE_CHECKING:
    from stedskaping_core.sites import Location


def one_of(field: str, choices: type[models.TextChoices], name: str) -> models.CheckConstraint:
    """The database's own check that `field` holds one of the choices."""
    return models.CheckConstraint(condition=Q(**{f"{field}__in": choices.values}), name=name)


class HeadlessPage(HeadlessMixin, Page):
    """Base of every page type: shown by a frontend, edited with forms that know the site's plugins."""

    base_form_class = SlotPageForm

    class Meta:
        abstract = True

    def get_client_root_url(self, request: HttpRequest) -> str:
        """Where visitors see this page's site; the preview and "view live" go there."""
        from stedskaping_core.sites import origin_of_path

        return origin_of_path(self.url_path or self.get_parent().url_path)

    def get_preview_url(self, request: HttpRequest, token: str, mode: str = "") -> str:
        """Where the frontend shows the preview: it gets the token, the mode and the page's path."""
        location = self._location()
        query = {"token": token, "mode": mode, "path": location.path if location else "/"}
        return f"{self.get_client_root_url(request)}/preview?{urlencode(query)}"

    def serve_preview(self, request: HttpRequest, preview_mode: str | None) -> HttpResponse:
        """Keep the unsaved content and send the editor to the frontend; in the panel beside the form, show
        the frontend in a frame. Raises `PermissionDenied` for somebody who may not edit the page."""
        from stedskaping_core.services.previews import preview_keep

        mode = preview_mode or ""
        token = preview_keep(page=self, user=request.user, mode=mode)
        address = self.get_preview_url(request, token, mode)
        if getattr(request, "in_preview_panel", False):
            response = render(request, "wagtail_headless_preview/preview.html", {"preview_url": address})
        else:
            response = redirect(address)
        add_never_cache_headers(response)
        return response

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """The site's id, the frontend's origin and the path there; None for a page outside every site."""
        location = self._location()
        return (location.site.id, location.site.origin, location.path) if location else None

    def get_url(self, request: HttpRequest | None = None, current_site: Site | None = None) -> str | None:
        """The whole address, since this server shows no pages itself."""
        location = self._location()
        return location.url if location else None

    url = property(get_url)

    def _location(self) -> Location | None:
        from stedskaping_core.sites import request_site_map

        return request_site_map().locate(self.url_path)


class PlaceMixin(models.Model):
    """A spot on the map: a name, an address and, together or not at all, latitude and longitude."""

    place_name = models.CharField(_("name of the place"), max_length=120, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    latitude = models.FloatField(
        _("latitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("Degrees north, for example 59.0533."),
    )
    longitude = models.FloatField(
        _("longitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text=_("Degrees east, for example 10.0352."),
    )

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                # Said twice, because a range of NULL is NULL, and a check lets NULL pass.
                | Q(latitude__isnull=False, longitude__isnull=False)
                & Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="%(app_label)s_%(class)s_place_on_earth",
                violation_error_message=_("Give both latitude and longitude, or neither."),
            ),
        )

    @property
    def place(self) -> Place | None:
        if not (self.place_name or self.address or self.latitude is not None):
            return None
        return Place(self.place_name or self.address, self.address, self.latitude, self.longitude)

    @place.setter
    def place(self, place: Place | None) -> None:
        place = place or Place("")
        self.place_name, self.address = place.name.strip(), place.address.strip()
        self.latitude, self.longitude = place.latitude, place.longitude


def place_panel(**kwargs: Any) -> MultiFieldPanel:
    """The fields of `PlaceMixin` for an editor."""
    return MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("place_name"), FieldPanel("address")]),
            FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
        ],
        heading=_("Place"),
        **kwargs,
    )
