"""What staff see: their own pilots' budgets, where funding is on."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.admin.menu import admin_menu

from stedskaping_core.models import User
from stedskaping_core.services.plugins import plugin_disable
from stedskaping_funding.blocks import BudgetBlock
from stedskaping_funding.formatting import kroner, percent
from stedskaping_funding.models import BudgetLine

URL = "/admin/funding/budget-lines/"


@pytest.fixture
def staff(make_person: Any) -> Any:
    """A person in a group of a pilot."""

    def make(name: str, *pilots: Any, role: str = "editors") -> User:
        user: User = make_person(name)
        for pilot in pilots:
            user.groups.add(pilot.groups[role])
        return user

    return make


@pytest.fixture
def lines(larvik: Any, voss: Any, initiative: Any) -> None:
    for pilot, title in ((larvik, "Tak"), (voss, "Bru")):
        page = initiative(pilot, f"Prosjektet i {pilot.site.site_name}")
        BudgetLine.objects.create(initiative=page, title=title, amount=Decimal(100), secured_note="Banken")


def titles(client: Client, user: User, query: str = "") -> list[str]:
    client.force_login(user)
    response = client.get(URL + query)
    assert response.status_code == 200
    return [line.title for line in response.context["object_list"]]


def in_menu(user: User) -> bool:
    request = RequestFactory().get("/admin/")
    request.user = User.objects.get(pk=user.pk)
    return "funding" in [item.name for item in admin_menu.menu_items_for_request(request)]


@pytest.mark.usefixtures("lines")
def test_staff_see_the_lines_of_their_own_pilots(
    larvik: Any, voss: Any, staff: Any, make_person: Any, client: Client
) -> None:
    assert titles(client, staff("Ada", larvik)) == ["Tak"]
    assert titles(client, staff("Bo", voss, role="moderators")) == ["Bru"]
    assert titles(client, staff("Siv", larvik, voss, role="managers")) == ["Tak", "Bru"]
    assert titles(client, make_person("Root", is_superuser=True)) == ["Tak", "Bru"]


@pytest.mark.usefixtures("lines")
def test_others_see_neither_list_nor_menu(
    larvik: Any, voss: Any, staff: Any, make_person: Any, client: Client
) -> None:
    ada, root, nobody = staff("Ada", larvik), make_person("Root", is_superuser=True), staff("Nemo")
    nobody.groups.add(larvik.groups["editors"])
    larvik.groups["editors"].page_permissions.all().delete()

    for user in (ada, nobody):
        client.force_login(user)
        assert client.get(URL).status_code == 302
        assert client.get(f"{URL}results/").status_code == 302
        assert not in_menu(user)
    assert in_menu(root)
    client.logout()
    assert client.get(URL).headers["Location"].startswith("/admin/login/")


@pytest.mark.usefixtures("lines")
def test_list_and_menu_follow_the_switch_of_the_site(
    larvik: Any, voss: Any, staff: Any, make_person: Any, client: Client
) -> None:
    ada, bo, root = staff("Ada", larvik), staff("Bo", voss), make_person("Root", is_superuser=True)
    assert in_menu(ada)
    assert in_menu(bo)
    plugin_disable(site=voss.site, slug="funding")

    assert in_menu(ada)
    assert not in_menu(bo)
    assert titles(client, root) == ["Tak"]
    client.force_login(bo)
    assert client.get(URL).status_code == 302


@pytest.mark.usefixtures("lines")
def test_filters_offer_only_what_the_person_may_see(
    larvik: Any, voss: Any, staff: Any, client: Client
) -> None:
    ada = staff("Ada", larvik)
    other = BudgetLine.objects.get(title="Bru").initiative
    own = BudgetLine.objects.get(title="Tak").initiative

    assert titles(client, ada, f"?initiative={own.pk}&kind=material&required=true") == ["Tak"]
    assert titles(client, ada, "?required=false") == []
    assert titles(client, ada, "?q=banken") == ["Tak"]
    assert titles(client, ada, "?q=bru") == []
    page = client.get(URL).content.decode()
    assert own.title in page
    assert other.title not in page
    # What isn't offered can't be asked for: the answer is the same as without it.
    assert titles(client, ada, f"?initiative={other.pk}") == ["Tak"]


@pytest.mark.usefixtures("lines")
def test_list_as_a_spreadsheet(larvik: Any, staff: Any, client: Client) -> None:
    client.force_login(staff("Ada", larvik, role="managers"))

    body = b"".join(client.get(f"{URL}?export=csv")).decode()  # type: ignore[arg-type]

    heading, row = body.splitlines()
    assert heading.count(",") == 8
    assert row.startswith("Prosjektet i Larvik,Tak,material,100.00,NOK,True,0.00,Banken,")
    assert client.get(f"{URL}?export=xlsx").status_code == 200


def test_list_costs_the_same_for_one_line_and_for_twenty(
    larvik: Any, initiative: Any, make_person: Any, client: Client, django_assert_num_queries: Any
) -> None:
    client.force_login(make_person("Root", is_superuser=True))
    BudgetLine.objects.create(initiative=initiative(larvik), title="Tak", amount=Decimal(1))
    with CaptureQueriesContext(connection) as first:
        client.get(f"{URL}results/")
    for number in range(19):
        page = initiative(larvik, f"Prosjekt {number}")
        BudgetLine.objects.create(initiative=page, title=f"Linje {number}", amount=Decimal(1))

    with django_assert_num_queries(len(first)):
        response = client.get(f"{URL}results/")

    assert len(response.context["object_list"]) == 20


def test_preview_of_the_block_shows_example_numbers(db: None) -> None:
    block = BudgetBlock()
    with translation.override("en"):
        value = block.get_preview_value()
        html = block.render(value, context=block.get_preview_context(value, {}))

    assert "What we have, and what is missing" in html
    assert '<progress max="100" value="69.4">' in html
    assert (
        "NOK 87,000 is secured. The project needs at least NOK 118,000, and 69.4 % of that is there." in html
    )


def test_block_shows_the_chosen_project(larvik: Any, initiative: Any) -> None:
    page = initiative(larvik)
    BudgetLine.objects.create(initiative=page, title="Tak", amount=Decimal(2000), secured=Decimal(500))
    block = BudgetBlock()

    with translation.override("en"):
        html = block.render(block.to_python({"initiative": page.pk, "heading": ""}))
        empty = block.render(block.to_python({"initiative": None, "heading": ""}))

    assert "NOK 500 is secured. The project needs at least NOK 2,000, and 25.0 % of that is there." in html
    assert "<h3>" not in html
    assert "Choose a project." in empty


@pytest.mark.parametrize(
    ("amount", "text"), [("0", "NOK 0"), ("1234567", "NOK 1,234,567"), ("99.5", "NOK 99.50")]
)
def test_amounts_as_people_read_them(amount: str, text: str) -> None:
    with translation.override("en"):
        assert kroner(Decimal(amount)) == text
        assert (percent(Decimal("33.3")), percent(Decimal("100.0"))) == ("33.3 %", "100 %")
