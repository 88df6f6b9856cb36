"""The admin's start page: cards with numbers for each site that a person works for."""

from __future__ import annotations

import re

import pytest
from wagtail.models import Page

from stedskaping_cms.admin.dashboard import SiteCardsPanel
from stedskaping_core.services.plugins import plugin_disable


def panels(client):
    return [panel for panel in client.get("/admin/").context["panels"] if isinstance(panel, SiteCardsPanel)]


@pytest.fixture
def manager(platform, staff, login):
    return login(staff(platform.larvik, "managers"))


def test_one_row_of_cards_per_own_site(platform, manager, make_initiative):
    make_initiative(platform.larvik, "Kiosken", author=platform.people["initiator"], status="submitted")

    [panel] = panels(manager)

    assert panel.site == platform.larvik.site
    own = {card.title: (card.value, card.url) for card in panel.cards[:3]}
    site = platform.larvik.site.pk
    assert own == {
        "Waiting for your answer": ("1", f"/admin/initiatives/?site={site}&status=submitted"),
        "On their way": ("1", f"/admin/initiatives/?site={site}&status=active&status=paused"),
        "Built": ("0", f"/admin/initiatives/?site={site}&status=realised&status=in_stewardship"),
    }


def test_a_superuser_sees_pilots_first(platform, login):
    sites = [panel.site.site_name for panel in panels(login(platform.people["admin"]))]

    assert sites[:2] == ["Larvik", "Voss"]


def test_the_cards_of_a_plugin_follow_its_switch(platform, manager):
    assert "Followers" in [card.title for card in panels(manager)[0].cards]

    plugin_disable(site=platform.larvik.site, slug="mobilisation")

    assert "Followers" not in [card.title for card in panels(manager)[0].cards]


def test_a_card_leads_to_the_list_behind_it(platform, manager):
    card = panels(manager)[0].cards[1]

    assert [row.initiative.title for row in manager.get(card.url).context["table"].data] == ["Benken"]


def test_the_menu_shows_the_initiatives(platform, manager, staff, login):
    assert "/admin/initiatives/" in manager.get("/admin/").content.decode()


def test_the_number_of_pages_is_about_the_own_pilots(platform, staff, login):
    in_both = staff(platform.larvik, "managers")
    in_both.groups.add(platform.voss.groups["editors"])

    def number(user):
        summary = login(user).get("/admin/").content.decode().partition("w-summary__list")[2]
        return int(re.search(r"(\d+)\s+Pages", summary)[1])

    # Each pilot has its front page and the list of initiatives; Larvik has one initiative.
    assert number(in_both) == 5
    assert number(platform.people["admin"]) == Page.objects.exclude(depth=1).count()


def test_help_is_for_editors(manager):
    page = manager.get("/admin/").content.decode()

    assert "editor guide" in page
    assert "What's new in Wagtail" not in page
