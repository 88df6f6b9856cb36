"""The editorial pages, menus, settings and courses as the API tells them."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, PageViewRestriction, Site

from stedskaping_cms.models import (
    ArticleIndexPage,
    ArticlePage,
    CoursePage,
    CourseRegistration,
    CourseSession,
    HomePage,
    Menu,
    MenuItem,
    MenuSubItem,
    SiteSettings,
    SiteText,
    SocialLink,
)
from stedskaping_core.services.plugins import plugin_disable

START = dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC)
FOOTER = {"type": "paragraph", "value": "<p>Ring oss.</p>", "id": "f-1"}


@pytest.fixture
def larvik(platform):
    """Larvik with an index, an article below it, and English pages."""
    index = platform.larvik.page.add_child(
        instance=ArticleIndexPage(
            title="Nytt", slug="nytt", intro="Siste nytt.", locale=platform.larvik.page.locale
        )
    )
    index.add_child(
        instance=ArticlePage(
            title="Taket er på",
            slug="taket",
            intro="Endelig tørt.",
            body=json.dumps(
                [
                    {"type": "heading", "value": {"text": "Dag tre", "level": "2"}, "id": "b-1"},
                    {"type": "funding_budget", "value": {"initiative": None, "heading": ""}, "id": "b-2"},
                    {"type": "solar_panel", "value": {}, "id": "b-3"},
                ]
            ),
            locale=platform.larvik.page.locale,
        )
    )
    english = Locale.objects.get_or_create(language_code="en")[0]
    platform.larvik.page.copy_for_translation(english).save_revision().publish()
    return platform.larvik


def page_of(graphql, path, fields, **options):
    selection = f"__typename title path {fields}"
    query = f'{{ site(key: "larvik") {{ page(path: "{path}") {{ {selection} }} }} }}'
    return graphql(query, **options)["data"]["site"]["page"]


def test_articles(larvik, graphql):
    index = page_of(graphql, "/nytt/", "... on ArticleIndexPage { intro } children { nodes { path } }")
    article = page_of(
        graphql, "/nytt/taket/", "... on ArticlePage { intro image { url } body { __typename id } }"
    )

    assert index == {
        "__typename": "ArticleIndexPage",
        "title": "Nytt",
        "path": "/nytt/",
        "intro": "Siste nytt.",
        "children": {"nodes": [{"path": "/nytt/taket/"}]},
    }
    assert article["intro"] == "Endelig tørt."
    assert article["image"] is None
    assert [block["id"] for block in article["body"]] == ["b-1", "b-2"]


def test_blocks_of_a_plugin_that_is_off_are_not_delivered(larvik, graphql):
    plugin_disable(site=larvik.site, slug="funding")

    article = page_of(graphql, "/nytt/taket/", "... on ArticlePage { body { id } }")

    assert article["body"] == [{"id": "b-1"}]


# ------------------------------------------------------------------ menus

MENU = """
query ($locale: String) {
  site(key: "larvik") {
    menu(key: "main", locale: $locale) { items { ...Link items { ...Link items { title } } } }
  }
}
fragment Link on MenuItem { title url page { title } }
"""


@pytest.fixture
def menu(larvik, platform):
    menu = Menu(site=larvik.site, locale=larvik.page.locale, key="main")
    news = MenuItem(title="Nytt", page=ArticleIndexPage.objects.get(), sort_order=0)
    news.items = [
        MenuSubItem(title="Taket", page=ArticlePage.objects.get(), sort_order=0),
        MenuSubItem(title="Kommunen", url="https://larvik.example.org/", sort_order=1),
    ]
    menu.items = [news, MenuItem(title="Ring", url="tel:+4712345678", sort_order=1)]
    menu.save()
    return menu


def items(graphql, **variables):
    return graphql(MENU, variables)["data"]["site"]["menu"]["items"]


def test_a_menu_has_two_levels(menu, graphql):
    assert items(graphql) == [
        {
            "title": "Nytt",
            "url": "https://larvik.example.org/nytt/",
            "page": {"title": "Nytt"},
            "items": [
                {
                    "title": "Taket",
                    "url": "https://larvik.example.org/nytt/taket/",
                    "page": {"title": "Taket er på"},
                    "items": [],
                },
                {"title": "Kommunen", "url": "https://larvik.example.org/", "page": None, "items": []},
            ],
        },
        {"title": "Ring", "url": "tel:+4712345678", "page": None, "items": []},
    ]


def test_links_to_what_one_may_not_see_are_left_out(menu, graphql):
    PageViewRestriction.objects.create(page=ArticlePage.objects.get(), restriction_type="login")
    assert [item["title"] for item in items(graphql)[0]["items"]] == ["Kommunen"]

    ArticleIndexPage.objects.get().unpublish()
    assert [item["title"] for item in items(graphql)] == ["Ring"]


def test_the_best_language_there_is(menu, larvik, graphql):
    english = Locale.objects.get(language_code="en")
    assert [item["title"] for item in items(graphql, locale="en")] == ["Nytt", "Ring"]

    english_menu = Menu.objects.create(site=larvik.site, locale=english, key="main")
    MenuItem.objects.create(menu=english_menu, title="Call", url="tel:1")

    assert [item["title"] for item in items(graphql, locale="en")] == ["Call"]
    assert [item["title"] for item in items(graphql, locale="nn")] == ["Nytt", "Ring"]


def test_no_menu_is_null(platform, graphql):
    answer = graphql('{ site(key: "voss") { menu(key: "main") { key } } }')

    assert answer["data"]["site"]["menu"] is None


def test_a_menus_statements_dont_grow(menu, graphql):
    def statements():
        with CaptureQueriesContext(connection) as captured:
            items(graphql)
        return len(captured)

    statements()
    few = statements()
    for number in range(20):
        item = MenuItem.objects.create(menu=menu, title=f"Nytt {number}", page=ArticlePage.objects.get())
        MenuSubItem.objects.create(parent=item, title="Under", page=ArticleIndexPage.objects.get())

    assert len(items(graphql)) == 22
    assert statements() == few


# ------------------------------------------------------------------ settings

SETTINGS = """
query ($locale: String) {
  site(key: "larvik") {
    settings(locale: $locale) {
      title contactEmail socialLinks { kind url }
      footer { __typename ... on ParagraphBlock { richText { text } } }
    }
  }
}
"""


def shown(graphql, **variables):
    return graphql(SETTINGS, variables)["data"]["site"]["settings"]


def test_settings_are_always_there(platform, graphql):
    assert shown(graphql) == {"title": "Larvik", "contactEmail": None, "socialLinks": [], "footer": []}
    assert SiteSettings.objects.filter(site=platform.larvik.site).count() == 0


def test_settings_in_each_language(larvik, graphql):
    settings = SiteSettings(site=larvik.site, title="Larvik bygger", contact_email="post@example.org")
    settings.footer = json.dumps([FOOTER, {"type": "solar_panel", "value": {}, "id": "f-2"}])
    settings.social_links = [SocialLink(kind="mastodon", url="https://example.org/@larvik")]
    settings.texts = [SiteText(locale=Locale.objects.get(language_code="en"), title="Larvik builds")]
    settings.save()

    norwegian = shown(graphql)
    english = shown(graphql, locale="en")

    assert norwegian == {
        "title": "Larvik bygger",
        "contactEmail": "post@example.org",
        "socialLinks": [{"kind": "mastodon", "url": "https://example.org/@larvik"}],
        "footer": [{"__typename": "ParagraphBlock", "richText": {"text": "Ring oss."}}],
    }
    # What isn't written in English comes from the site's own language.
    assert english == {**norwegian, "title": "Larvik builds"}


# ------------------------------------------------------------------ courses

COURSE = """
... on CoursePage {
  intro { text } sessions { id startsAt endsAt place capacity seatsLeft viewerRegistered }
}
"""


@pytest.fixture
def course(larvik):
    index = ArticleIndexPage.objects.get()
    page = CoursePage(title="Kurs", slug="kurs", intro="<p>To dager.</p>", locale=larvik.page.locale)
    page.sessions = [
        CourseSession(
            starts_at=START + dt.timedelta(days=day),
            ends_at=START + dt.timedelta(days=day, hours=6),
            place=place,
            capacity=capacity,
        )
        for day, (place, capacity) in enumerate([("Oslo", 2), ("Nettmøte", None)])
    ]
    return index.add_child(instance=page)


def test_seats_are_counted(course, make_person, graphql):
    session = course.sessions.first()
    kari, ola, liv = (make_person(name) for name in ("Kari", "Ola", "Liv"))
    for person, state in ((kari, "registered"), (ola, "registered"), (liv, "waitlisted")):
        CourseRegistration.objects.create(session=session, user=person, state=state)

    def rows(user=None):
        found = page_of(graphql, "/nytt/kurs/", COURSE, user=user)["sessions"]
        return [(row["place"], row["capacity"], row["seatsLeft"], row["viewerRegistered"]) for row in found]

    assert rows() == [("Oslo", 2, 0, False), ("Nettmøte", None, None, False)]
    assert rows(kari) == [("Oslo", 2, 0, True), ("Nettmøte", None, None, False)]
    assert rows(liv) == [("Oslo", 2, 0, True), ("Nettmøte", None, None, False)]


def test_times_and_ids(course, graphql):
    page = page_of(graphql, "/nytt/kurs/", COURSE)

    assert page["intro"] == {"text": "To dager."}
    first = page["sessions"][0]
    assert (first["startsAt"], first["endsAt"]) == ("2027-03-01T09:00:00+00:00", "2027-03-01T15:00:00+00:00")
    assert len({row["id"] for row in page["sessions"]}) == 2


def test_a_lists_courses_cost_the_same(course, larvik, graphql):
    pages = 'pages(where: {types: ["CoursePage"]})'
    query = f'{{ site(key: "larvik") {{ {pages} {{ nodes {{ {COURSE} }} }} }} }}'

    def statements():
        with CaptureQueriesContext(connection) as captured:
            graphql(query)
        return len(captured)

    one = statements()
    for number in range(5):
        page = CoursePage(title=f"Kurs {number}", slug=f"kurs-{number}", locale=larvik.page.locale)
        page.sessions = [
            CourseSession(starts_at=START, ends_at=START + dt.timedelta(hours=1), place="Voss", capacity=3)
        ]
        ArticleIndexPage.objects.get().add_child(instance=page)

    assert statements() == one


def test_the_national_front_page(platform, graphql):
    home = HomePage(title="Hjem", slug="hjem", intro="<p>Velkommen.</p>", locale=platform.larvik.page.locale)
    platform.national.root_page.get_parent().add_child(instance=home)
    Site.objects.filter(pk=platform.national.pk).update(root_page=home)

    answer = graphql(
        '{ site { page(path: "/") { __typename ... on HomePage { intro { html } body { id } } } } }'
    )

    assert answer["data"]["site"]["page"] == {
        "__typename": "HomePage",
        "intro": {"html": "<p>Velkommen.</p>"},
        "body": [],
    }
