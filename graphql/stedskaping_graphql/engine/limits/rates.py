"""Rationing: what one person, or one address, may spend in a minute.

Counted in Django's cache, in windows of a minute of the clock, so that all processes share the count when
the cache is Redis. Who is signed in is counted as a person, wherever they are; everybody else by address.
"""

from __future__ import annotations

import logging
import math
from time import time

from django.conf import settings
from django.core.cache import cache

from ..context import Context
from ..errors import RateLimited
from .addresses import client_address

logger = logging.getLogger("stedskaping.graphql")

WINDOW = 60
# What a request costs beside its objects, and what reading a new document costs: roughly what they need in
# processor time, compared with an object.
REQUEST_PRICE = 50
DOCUMENT_PRICE = 500


def charge(context: Context, price: int) -> None:
    """Count `price` for the caller.

    Raises `RateLimited` when that is more than a minute has for them; `retry_after` says when the next minute
    begins. If the cache can't be reached the request is let through and that is logged: being without limits
    for a while hurts less than being without an API.
    """
    who, allowed = _ration(context)
    if not allowed:
        return
    now = time()
    window = int(now // WINDOW)
    try:
        spent = _count(f"stedskaping:rate:{who}:{window}", price)
    except Exception:
        logger.exception("The rate limit could not be counted.")
        return
    if spent > allowed:
        raise RateLimited(
            f"You asked for more than a minute allows ({allowed:,}). Please wait a little.",
            retry_after=max(1, math.ceil((window + 1) * WINDOW - now)),
        )


def rates() -> dict[str, int]:
    """What a minute allows, as the API shows it. 0 means that nothing is counted."""
    return {
        "anonymous": settings.STEDSKAPING_RATE_LIMIT_ANONYMOUS,
        "signedIn": settings.STEDSKAPING_RATE_LIMIT_SIGNED_IN,
        "request": REQUEST_PRICE,
        "document": DOCUMENT_PRICE,
    }


def _ration(context: Context) -> tuple[str, int]:
    """Who is counted, and what they may spend."""
    if context.user.is_authenticated:
        return f"person:{context.user.pk}", settings.STEDSKAPING_RATE_LIMIT_SIGNED_IN
    return f"address:{client_address(context.request)}", settings.STEDSKAPING_RATE_LIMIT_ANONYMOUS


def _count(key: str, price: int) -> int:
    """Add to a counter, which is made when it isn't there. Two processes may make it at the same time."""
    try:
        return cache.incr(key, price)
    except ValueError:
        if cache.add(key, price, timeout=2 * WINDOW):
            return price
        return cache.incr(key, price)
