"""What staff see: how many follow the projects of their own pilots, and never who."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.admin.menu import admin_menu
from wagtail.models import ReferenceIndex

from stedskaping_core.models import User
from stedskaping_core.services.plugins import plugin_disable
from stedskaping_mobilisation.models import Follow
from stedskaping_mobilisation.services import follow

URL = "/admin/mobilisation/followers/"


@pytest.fixture
def ada(larvik: Any, make_person: Any) -> User:
    """Works for Larvik."""
    user: User = make_person("Ada")
    user.groups.add(larvik.groups["editors"])
    return user


@pytest.fixture
def root(make_person: Any) -> User:
    user: User = make_person("Root", is_superuser=True)
    return user


@pytest.fixture
def scene(larvik: Any, voss: Any, initiative: Any, make_person: Any) -> None:
    """Two projects in Larvik and one in Voss, with two, no and one follower."""
    solveig = make_person("Solveig")
    for page in (initiative(larvik, "Scene"), initiative(voss, "Bru")):
        follow(initiative=page, user=solveig)
    initiative(larvik, "Benk")
    follow(initiative=larvik.index.get_children().get(title="Scene").specific, user=make_person("Torbjorn"))


def listed(client: Client, user: User, query: str = "") -> list[tuple[str, int, int]]:
    client.force_login(user)
    response = client.get(URL + query)
    assert response.status_code == 200
    assert "Solveig" not in response.content.decode()
    return [(page.title, page.follower_count, page.new_followers) for page in response.context["object_list"]]


def in_menu(user: User) -> bool:
    request = RequestFactory().get("/admin/")
    request.user = User.objects.get(pk=user.pk)
    return "mobilisation" in [item.name for item in admin_menu.menu_items_for_request(request)]


@pytest.mark.usefixtures("scene")
def test_staff_see_numbers_of_their_own_pilots(ada: User, root: User, client: Client) -> None:
    assert listed(client, ada) == [("Scene", 2, 2), ("Benk", 0, 0)]
    assert listed(client, ada, "?ordering=follower_count") == [("Benk", 0, 0), ("Scene", 2, 2)]
    assert listed(client, root) == [("Scene", 2, 2), ("Bru", 1, 1), ("Benk", 0, 0)]
    assert listed(client, root, "?q=scene") == [("Scene", 2, 2)]
    assert listed(client, ada, "?q=bru") == []
    body = b"".join(client.get(f"{URL}?export=csv")).decode()  # type: ignore[arg-type]
    assert [row.split(",")[0] for row in body.splitlines()[1:]] == ["Scene", "Benk"]


@pytest.mark.usefixtures("scene")
def test_list_and_menu_follow_the_switch(larvik: Any, ada: User, root: User, client: Client) -> None:
    assert (in_menu(ada), in_menu(root)) == (True, True)
    plugin_disable(site=larvik.site, slug="mobilisation")

    assert (in_menu(ada), in_menu(root)) == (False, True)
    assert listed(client, root) == [("Bru", 1, 1)]
    client.force_login(ada)
    assert client.get(URL).status_code == 302


@pytest.mark.usefixtures("scene")
def test_people_without_a_pilot_see_nothing(make_person: Any, client: Client) -> None:
    resident = make_person("Nemo")

    assert not in_menu(resident)
    client.force_login(resident)
    assert client.get(URL).status_code == 302


def test_list_costs_the_same_for_one_project_and_for_many(
    larvik: Any, initiative: Any, ada: User, client: Client, django_assert_num_queries: Any
) -> None:
    client.force_login(ada)
    initiative(larvik)
    with CaptureQueriesContext(connection) as first:
        client.get(f"{URL}results/")
    for number in range(54):
        initiative(larvik, f"Prosjekt {number}")

    with django_assert_num_queries(len(first)):
        pages = [client.get(f"{URL}results/")]
    pages.append(client.get(f"{URL}results/?p=2"))

    titles = [page.title for response in pages for page in response.context["object_list"]]
    assert (len(titles), len(set(titles))) == (55, 55)
    assert len(pages[0].context["object_list"]) == 50


@pytest.mark.usefixtures("scene")
def test_usage_of_a_page_names_no_followers(larvik: Any) -> None:
    page = Follow.objects.first().initiative  # type: ignore[union-attr]

    assert ReferenceIndex.get_references_to(page).count() == 0
