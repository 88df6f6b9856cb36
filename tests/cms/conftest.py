"""What the admin's tests share: people who work for a pilot, and browsers in which they have signed in."""

from __future__ import annotations

import html
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import translation
from wagtail.users.models import UserProfile

from stedskaping_core.models import User
from stedskaping_core.services.pilots import Pilot

Staff = Callable[[Pilot, str], User]
Login = Callable[[User], Client]


@pytest.fixture
def staff(make_person: Callable[..., User]) -> Staff:
    """`staff(larvik, "managers")` is in that group of the pilot: managers.larvik@example.org."""

    def make(pilot: Pilot, role: str) -> User:
        user = make_person(f"{role}.{pilot.site.site_name}")
        user.groups.add(pilot.groups[role])
        return user

    return make


@pytest.fixture
def login() -> Login:
    """A browser in which the person has signed in, with the admin in English."""

    def sign_in(user: User) -> Client:
        UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "en"})
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def texts() -> Callable[..., list[str]]:
    """The messages that the next page shows, as a person reads them."""

    def read(client: Client) -> list[str]:
        response = client.get("/admin/account/")
        with translation.override("en"):
            return [html.unescape(str(message)).strip() for message in response.context["messages"]]

    return read


@pytest.fixture
def seen() -> Callable[..., str]:
    """A page's text as a person reads it."""

    def read(response: HttpResponse) -> str:
        return html.unescape(response.content.decode())

    return read
