"""The start page: the sites, the ways in, and the accounts where it is the demo."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as project
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from stedskaping_core.models import Image, PilotPage, User


def text(client: Client, language: str = "en") -> str:
    """The page as a person reads it."""
    body = client.get("/", HTTP_ACCEPT_LANGUAGE=language).content.decode()
    body = re.sub(r"<style>.*?</style>", "", body, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def test_each_site_is_a_card_with_its_published_projects(platform: Any, client: Client) -> None:
    page = text(client)

    assert "Norge For everybody: the model, the guide, courses and news www.example.org" in page
    assert "Larvik Larvik · Planned · 1 project larvik.example.org Larvik in the admin" in page
    assert "Voss Voss · Planned · 0 projects voss.example.org" in page


def test_the_number_of_statements_does_not_grow_with_the_sites(
    platform: Any,
    client: Client,
    make_pilot: Callable[[str], Any],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    # sites, their roots' translations, is one set up, pilots, initiatives, the picture at the top
    with django_assert_num_queries(6):
        client.get("/")
    for key in ("hamar", "vang", "oslo"):
        make_pilot(key)
    with django_assert_num_queries(6):
        client.get("/")


def test_a_pilots_picture_has_a_signed_address_on_this_host(platform: Any, client: Client) -> None:
    image = Image.objects.create(title="Havn", file="original_images/havn.jpg", width=800, height=500)
    PilotPage.objects.filter(slug="larvik").update(image=image)

    body = client.get("/").content.decode()

    assert re.search(rf'<img src="/images/[^/]+/{image.pk}/fill-640x400/"', body)


@pytest.mark.django_db
def test_without_sites_it_says_how_to_get_some(client: Client) -> None:
    assert "There are no sites yet. stedskaping demo adds four pilots" in text(client)


def test_accounts_are_shown_in_the_demo_only(platform: Any, client: Client, settings: Settings) -> None:
    assert User.objects.filter(email="admin@example.org").exists()

    assert "manager.larvik@example.org" not in text(client)

    settings.STEDSKAPING_ENV = "demo"
    page = text(client)
    assert f"One password for all of them: {project.STEDSKAPING_DEMO_PASSWORD}" in page
    assert "Manager manager.larvik@example.org manager.evanger@example.org" in page


def test_accounts_are_shown_only_when_there_are_any(
    platform: Any, client: Client, settings: Settings
) -> None:
    User.objects.filter(email="admin@example.org").delete()
    settings.STEDSKAPING_ENV = "demo"

    assert "One password" not in text(client)


def test_production_leads_to_the_admin(client: Client, settings: Settings) -> None:
    settings.STEDSKAPING_ENV = "production"

    response = client.get("/")

    assert (response.status_code, response["Location"]) == (302, "/admin/")


def test_the_language_is_the_readers(platform: Any, client: Client) -> None:
    response = client.get("/", HTTP_ACCEPT_LANGUAGE="nn-NO, nb;q=0.8")

    assert '<html lang="nn">' in response.content.decode()
    assert response["Vary"] == "Accept-Language"
    assert '<html lang="en">' in client.get("/", HTTP_ACCEPT_LANGUAGE="en-GB").content.decode()
    assert '<html lang="nb">' in client.get("/", HTTP_ACCEPT_LANGUAGE="fi").content.decode()


def test_the_explorer_is_offered_where_it_is_on(platform: Any, client: Client, settings: Settings) -> None:
    assert "Try the API Schema" in text(client)

    settings.STEDSKAPING_GRAPHQL_EXPLORER = False

    assert "Try the API" not in text(client)
