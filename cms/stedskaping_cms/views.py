"""The few pages that Django itself shows besides the admin."""

from __future__ import annotations

from pathlib import Path
from posixpath import normpath

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from stedskaping_cms.start import start_context

IMAGE_FOLDERS = ("images/", "original_images/", "avatar_images/")
# A small frontend for the demo, which only the source code brings along.
FRONTEND = Path(__file__).parents[2] / "examples" / "frontend"
FRONTEND_FILES = {"preview.html": "text/html", "preview.js": "text/javascript", "preview.css": "text/css"}


def _is_staff(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.has_perm("wagtailadmin.access_admin")


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What opens where, for people who try the demo. In production the root leads to the admin."""
    if settings.STEDSKAPING_ENV == "production":
        return redirect("wagtailadmin_home")
    # There is no middleware for it, because answers of the API must not vary by this header.
    with translation.override(translation.get_language_from_request(request)):
        response = render(request, "stedskaping_cms/start.html", start_context())
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Image files for the admin's own lists and choosers.

    The public gets images by signed addresses (`/images/…`) and documents by `/documents/…`, which know who
    may see what. A path in the media folder knows nothing of that, so it is for staff, and for images only.
    """
    is_image = path.startswith(IMAGE_FOLDERS) and path == normpath(path)
    if not (is_image and _is_staff(request) and default_storage.exists(path)):
        raise Http404
    response = FileResponse(default_storage.open(path))
    response["Cache-Control"] = "private, max-age=3600"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


@require_safe
@xframe_options_exempt
def example_frontend(request: HttpRequest, name: str = "preview.html") -> HttpResponse:
    """The demo's sites have no frontend of their own: this page stands in for it when editors open a preview.

    It runs at the sites' addresses, so it may be framed by the admin at another one. Nowhere else than in
    the demo, and 404 where the examples weren't installed.
    """
    file = FRONTEND / name
    if settings.STEDSKAPING_ENV != "demo" or name not in FRONTEND_FILES or not file.is_file():
        raise Http404
    response = HttpResponse(file.read_bytes(), content_type=f"{FRONTEND_FILES[name]}; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    response["Referrer-Policy"] = "no-referrer"
    local = "http://localhost:* http://127.0.0.1:* http://*.localhost:*"
    response["Content-Security-Policy"] = (
        f"default-src 'self'; img-src 'self' {local}; frame-ancestors 'self' {local}"
    )
    return response
