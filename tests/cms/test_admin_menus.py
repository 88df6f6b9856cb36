"""Settings → Menus: staff change the menus of their own sites, with two levels of links."""

from __future__ import annotations

import pytest
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from stedskaping_cms.models import Menu, MenuItem

LIST = "/admin/menus/"


@pytest.fixture
def menus(platform):
    return {
        pilot.site.site_name: Menu.objects.create(site=pilot.site, locale=pilot.page.locale, key="main")
        for pilot in (platform.larvik, platform.voss)
    }


@pytest.fixture
def manager(platform, staff, login):
    return login(staff(platform.larvik, "managers"))


def link(title, *, page="", url="", below=(), **more):
    return {"title": title, "page": page, "url": url, "items": inline_formset(list(below)), **more}


def below(title, *, page="", url=""):
    return {"title": title, "page": page, "url": url}


def form(site, locale, *links, key="main"):
    return nested_form_data(
        {"site": site.pk, "locale": locale.pk, "key": key, "items": inline_formset(list(links))}
    )


def test_the_list_holds_the_own_menus(manager, menus, login, platform):
    assert list(manager.get(LIST).context["object_list"]) == [menus["Larvik"]]
    assert len(login(platform.people["admin"]).get(LIST).context["object_list"]) == 2


def test_another_sites_menu_is_closed(manager, menus, platform):
    for view in ("edit", "delete", "history", "usage"):
        assert manager.get(f"{LIST}{view}/{menus['Voss'].pk}/").url == "/admin/"
    manager.post(f"{LIST}delete/{menus['Voss'].pk}/")
    assert Menu.objects.filter(pk=menus["Voss"].pk).exists()


def test_editors_have_no_menus(staff, login, platform, menus):
    client = login(staff(platform.larvik, "editors"))

    assert client.get(LIST).url == "/admin/"
    assert client.get(f"{LIST}edit/{menus['Larvik'].pk}/").url == "/admin/"


def test_the_form_offers_the_own_sites(manager, platform):
    field = manager.get(f"{LIST}new/").context["form"].fields["site"]

    assert list(field.queryset) == [platform.larvik.site]


def test_a_menu_for_another_site_isnt_saved(manager, platform):
    response = manager.post(f"{LIST}new/", form(platform.voss.site, platform.voss.page.locale))

    assert response.status_code == 200
    assert Menu.objects.count() == 0


def test_writing_a_menu_of_two_levels(manager, platform):
    pilot = platform.larvik
    links = (
        link("Prosjekter", page=pilot.index.pk, below=[below("Benken", page=platform.initiative.pk)]),
        link("Ring", url="tel:+4712345678"),
    )

    response = manager.post(f"{LIST}new/", form(pilot.site, pilot.page.locale, *links))

    assert response.status_code == 302
    menu = Menu.objects.get()
    found = [
        (item.title, item.page_id, item.url, [sub.title for sub in item.items.all()])
        for item in menu.items.all()
    ]
    assert found == [("Prosjekter", pilot.index.pk, "", ["Benken"]), ("Ring", None, "tel:+4712345678", [])]
    assert manager.get(f"{LIST}edit/{menu.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"url": ""}, "Choose a page or write an address: exactly one of them."),
        ({"url": "javascript:alert(1)"}, "Write https://…, mailto:…, tel:… or a path that starts with /."),
        ({"url": "//evil.example"}, "Write https://…, mailto:…, tel:… or a path that starts with /."),
    ],
)
def test_a_link_must_lead_somewhere(manager, platform, seen, wrong, message):
    pilot = platform.larvik

    response = manager.post(f"{LIST}new/", form(pilot.site, pilot.page.locale, link("Hvor?", **wrong)))

    assert response.status_code == 200
    assert message in seen(response)
    assert MenuItem.objects.count() == 0
