"""Settings → Plugins: who may switch what, and what the page says."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from stedskaping_core.models import PluginActivation
from stedskaping_core.plugins.activation import enabled_slugs
from stedskaping_core.plugins.registry import get_registry
from stedskaping_core.services.plugins import plugin_disable, plugin_enable


@pytest.fixture
def manager(platform, staff, login):
    return login(staff(platform.larvik, "managers"))


def address(pilot, slug=""):
    return f"/admin/plugins/{pilot.site.pk}/" + (f"{slug}/" if slug else "")


def test_a_manager_sees_every_plugin_of_the_pilot(platform, manager, seen):
    response = manager.get(address(platform.larvik))

    assert response.status_code == 200
    cards = response.context["cards"]
    assert [card.config.slug for card in cards] == list(get_registry().plugins)
    for card in cards:
        with translation.override("en"):
            assert str(card.config.description) in seen(response)
            assert str(card.config.data_policy) in seen(response)


def test_the_entry_in_the_menu_leads_to_the_own_pilot(platform, manager):
    response = manager.get("/admin/plugins/")

    assert response.status_code == 302
    assert response.url == address(platform.larvik)


def test_another_pilots_manager_is_refused(platform, manager):
    for response in (
        manager.get(address(platform.voss)),
        manager.post(address(platform.voss, "funding"), {"switch": "off"}),
    ):
        assert (response.status_code, response.url) == (302, "/admin/")
    assert "funding" in enabled_slugs(platform.voss.site.pk)


@pytest.mark.parametrize("role", ["editors", "moderators"])
def test_other_staff_of_the_pilot_is_refused(platform, staff, login, role):
    client = login(staff(platform.larvik, role))

    assert client.get("/admin/plugins/").url == "/admin/"
    assert client.get(address(platform.larvik)).url == "/admin/"
    assert client.post(address(platform.larvik, "funding"), {"switch": "off"}).url == "/admin/"
    assert "funding" in enabled_slugs(platform.larvik.site.pk)


def test_a_superuser_chooses_between_all_sites(platform, login):
    response = login(platform.people["admin"]).get(address(platform.voss))

    assert response.status_code == 200
    assert [name for _site, name in response.context["sites"]] == ["Larvik", "Norge", "Voss"]


def test_switching_off_and_on(platform, manager, texts):
    site = platform.larvik.site

    response = manager.post(address(platform.larvik, "funding"), {"switch": "off"})

    assert (response.status_code, response.url) == (302, address(platform.larvik))
    assert "funding" not in enabled_slugs(site.pk)
    assert texts(manager) == ["Funding is off for Larvik."]
    assert PluginActivation.objects.get(site=site, slug="funding").changed_by.email == (
        "managers.larvik@example.org"
    )
    assert "funding" in enabled_slugs(platform.voss.site.pk)

    manager.post(address(platform.larvik, "funding"), {"switch": "on"})

    assert "funding" in enabled_slugs(site.pk)
    assert texts(manager) == ["Funding is on for Larvik."]


def test_the_card_says_who_changed_it_last(platform, manager):
    manager.post(address(platform.larvik, "funding"), {"switch": "off"})

    page = manager.get(address(platform.larvik)).content.decode()

    assert "by managers.Larvik" in page


def test_switching_needs_a_form_of_this_server(platform, manager):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = manager.cookies

    assert strict.post(address(platform.larvik, "funding"), {"switch": "off"}).status_code == 403
    assert manager.get(address(platform.larvik, "funding")).status_code == 405
    assert "funding" in enabled_slugs(platform.larvik.site.pk)


def test_a_refusal_is_shown(platform, manager, texts, monkeypatch):
    mobilisation = get_registry().plugins["mobilisation"]
    monkeypatch.setattr(type(mobilisation), "requires_plugins", ("funding",))
    plugin_enable(site=platform.larvik.site, slug="mobilisation")

    manager.post(address(platform.larvik, "funding"), {"switch": "off"})

    assert texts(manager) == ["Switch these off first: Mobilisation."]
    cards = {card.config.slug: card for card in manager.get(address(platform.larvik)).context["cards"]}
    with translation.override("en"):
        assert [(str(name), on) for name, on in cards["mobilisation"].needs] == [("Funding", True)]


def test_an_unknown_plugin_is_a_refusal_too(platform, manager, texts):
    manager.post(address(platform.larvik, "nosuch"), {"switch": "on"})

    assert texts(manager) == ["There is no installed plugin “nosuch”."]


def test_a_plugins_settings_go_away_with_it(platform, manager):
    settings_address = "/admin/settings/funding/"
    assert settings_address in manager.get("/admin/").content.decode()

    plugin_disable(site=platform.larvik.site, slug="funding")

    assert settings_address not in manager.get("/admin/").content.decode()


def test_the_page_needs_few_statements(
    platform, staff, login, django_assert_max_num_queries: DjangoAssertNumQueries
):
    client = login(staff(platform.larvik, "managers"))
    client.get(address(platform.larvik))

    with django_assert_max_num_queries(35):
        client.get(address(platform.larvik))
