"""Every admin page that has an address without parameters opens, in each language of the admin."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.users.models import UserProfile

# Raises on purpose; ends the session; answers forms and choosers only; takes what no other address takes.
NOT_PAGES = ("failwhale/", "logout/", "api/", "block-preview/", "redirects/import/process/", ".*/")


def addresses(resolver: URLResolver, prefix: str = "/") -> Iterator[str]:
    for entry in resolver.url_patterns:
        address = prefix + str(entry.pattern).removeprefix("^").removesuffix("$").removesuffix(r"\Z")
        if isinstance(entry, URLResolver):
            yield from addresses(entry, address)
        elif isinstance(entry, URLPattern) and not set(address) & set("(<"):
            yield address


@pytest.mark.django_db
@pytest.mark.parametrize("language", [code for code, _name in settings.WAGTAILADMIN_PERMITTED_LANGUAGES])
def test_the_page_opens(client: Client, language: str) -> None:
    user = get_user_model().objects.create_superuser("admin@example.org", "password")
    UserProfile.objects.create(user=user, preferred_language=language)
    client.force_login(user)
    pages = [
        address
        for address in addresses(get_resolver())
        if address.startswith("/admin/") and not address.removeprefix("/admin/").startswith(NOT_PAGES)
    ]

    answers = {page: client.get(page).status_code for page in pages}

    assert len(answers) > 40
    assert {page: status for page, status in answers.items() if status not in (200, 302)} == {}
