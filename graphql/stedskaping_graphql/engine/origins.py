"""Which web pages may use a visitor's session on this API."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import is_same_domain

_OWN_PAGES = frozenset({"same-origin", "none"})


def may_use_session(request: HttpRequest) -> bool:
    """Whether a POST with a session cookie comes from a page that may send it.

    `Origin`, which browsers add to every POST, must be this host or one of `CSRF_TRUSTED_ORIGINS`. Where it
    is missing, `Sec-Fetch-Site` must say `same-origin` or `none`, if it is there. A request with neither
    comes from a program, which can't be tricked into sending somebody else's cookie.
    """
    origin = request.headers.get("Origin")
    if origin is not None:
        return origin_allowed(request, origin)
    site = request.headers.get("Sec-Fetch-Site")
    return site is None or site in _OWN_PAGES


def origin_allowed(request: HttpRequest, origin: str) -> bool:
    """Whether `origin` is the request's own host or a trusted origin, of which some have a wildcard."""
    if origin == f"{request.scheme}://{request.get_host()}":
        return True
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    try:
        given = urlsplit(origin)
    except ValueError:
        return False
    return any(
        given.scheme == trusted.scheme and is_same_domain(given.netloc, trusted.netloc.lstrip("*"))
        for trusted in map(urlsplit, settings.CSRF_TRUSTED_ORIGINS)
        if trusted.netloc.startswith("*.")
    )
