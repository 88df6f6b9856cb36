"""What resolvers get as `info.context`: one object per request, and nothing that outlives it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Hashable
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import LazyObject

from .siblings import Siblings

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from graphql import GraphQLResolveInfo

T = TypeVar("T")

# Headers by which a caller says who they are, beside the session cookie. An answer to a request with one
# of them is never public.
CREDENTIAL_HEADERS = ("Authorization", "X-Session-Token", "X-Preview-Token")


class Context:
    """The state of one request.

    `request` is Django's request and `user` who asks. `siblings` and `cache` belong to the batching and to
    `memo`. `tags` are the cache tags of what was read, `private` says that something was read that depends
    on the viewer, `trusted` says that the document is a trusted one, and `request_id` is the id that a
    person quotes when they report a fault.
    """

    def __init__(self, request: HttpRequest) -> None:
        user = getattr(request, "user", None)
        # Django's lazy user would read the session. Without credentials there is none, and the answer can
        # be shared; selectors that look at `request.user` see the same.
        if user is None or (isinstance(user, LazyObject) and not carries_credentials(request)):
            request.user = AnonymousUser()
        self.request = request
        self.siblings = Siblings()
        self.cache: dict[Hashable, Any] = {}
        self.tags: set[str] = set()
        self.private = False
        self.trusted = False

    @property
    def user(self) -> AbstractBaseUser | AnonymousUser:
        """Who asks."""
        return self.request.user

    @cached_property
    def request_id(self) -> str:
        """The id a middleware gave the request, else a fresh one."""
        given = getattr(self.request, "request_id", None)
        return str(given) if given else uuid.uuid4().hex

    def memo(self, key: Hashable, factory: Callable[[], T]) -> T:
        """The value under `key`, made by `factory` when it is asked for the first time in this request."""
        if key not in self.cache:
            self.cache[key] = factory()
        return cast(T, self.cache[key])

    def tag(self, model_label: str, pk: object) -> None:
        """Record that the answer depends on this row, as the cache tag `label:pk`."""
        self.tags.add(f"{model_label}:{pk}")

    def mark_private(self) -> None:
        """Record that the answer depends on the viewer, so that no shared cache may keep it."""
        self.private = True

    def start_over(self) -> None:
        """Forget what was read. Called before each mutation, which would otherwise answer from before it."""
        self.siblings = Siblings()
        self.cache.clear()


def context_of(info: GraphQLResolveInfo) -> Context:
    """The typed context of a resolver's `info`."""
    return cast(Context, info.context)


def carries_credentials(request: HttpRequest) -> bool:
    """Whether the request has a session cookie or a header that says who the caller is."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        return True
    return any(name in request.headers for name in CREDENTIAL_HEADERS)
