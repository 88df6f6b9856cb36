"""What the API answers about sites, pages, content and projects, and what it keeps to itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, CollectionViewRestriction, Locale, PageViewRestriction

from stedskaping_cms.models import ArticlePage
from stedskaping_core.models import InitiativePage, PluginActivation, User
from stedskaping_core.services.plugins import plugin_disable, plugin_enable

ROUTE = """
query ($key: String!, $path: String!, $locale: String) {
site(key: $key) { route(path: $path, locale: $locale) {
  __typename
  ... on PageRoute { canonicalUrl page { title path url locale { code name } } alternates { locale url } }
  ... on RedirectRoute { location permanent }
  ... on GoneRoute { path }
  ... on RestrictedRoute { kind }
} } }
"""


def route(ask: Callable[..., Any], path: str, key: str = "stedskaping", **more: Any) -> Any:
    return ask(ROUTE, {"key": key, "path": path, **more}).data["site"]["route"]


# ------------------------------------------------------------------ routing


def test_route_to_a_page(world: Any, ask: Callable[..., Any]) -> None:
    assert route(ask, "/news/article/?from=mail#top") == {
        "__typename": "PageRoute",
        "canonicalUrl": "https://stedskaping.example.org/news/article/",
        "page": {
            "title": "An article",
            "path": "/news/article/",
            "url": "https://stedskaping.example.org/news/article/",
            "locale": {"code": "nb", "name": "Norsk bokmål"},
        },
        "alternates": [{"locale": "nb", "url": "https://stedskaping.example.org/news/article/"}],
    }


def test_route_in_another_language_has_the_prefix(world: Any, ask: Callable[..., Any]) -> None:
    english = Locale.objects.create(language_code="en")
    home = world.home.copy_for_translation(english)
    home.title, home.slug = "Placemaking", "home-en"
    home.save_revision().publish()

    found = route(ask, "/en/")

    assert found["page"]["title"] == "Placemaking"
    assert found["page"]["path"] == "/en/"
    assert found["canonicalUrl"] == "https://stedskaping.example.org/en/"
    assert found["alternates"] == [
        {"locale": "nb", "url": "https://stedskaping.example.org/"},
        {"locale": "en", "url": "https://stedskaping.example.org/en/"},
    ]
    assert route(ask, "/", locale="en")["page"]["title"] == "Placemaking"
    assert route(ask, "/")["page"]["title"] == "Stedskaping"


def test_route_follows_a_redirect_of_the_site(world: Any, ask: Callable[..., Any]) -> None:
    site_id = world.home.get_site().pk
    Redirect.objects.create(old_path="/old", site_id=site_id, redirect_page=world.article, is_permanent=True)
    Redirect.objects.create(old_path="/out", redirect_link="https://example.org/", is_permanent=False)

    assert route(ask, "/old/") == {
        "__typename": "RedirectRoute",
        "location": "https://stedskaping.example.org/news/article/",
        "permanent": True,
    }
    assert route(ask, "/out")["location"] == "https://example.org/"
    assert route(ask, "/old/", key="larvik") is None


def test_route_to_an_unpublished_page_is_gone_and_to_a_draft_nothing(
    world: Any, ask: Callable[..., Any]
) -> None:
    draft = world.article.get_parent().add_child(
        instance=ArticlePage(title="Secret plan", slug="secret", intro="x", live=False)
    )
    assert route(ask, "/news/secret/") is None

    ArticlePage.objects.filter(pk=draft.pk).update(first_published_at=timezone.now())

    assert route(ask, "/news/secret/") == {"__typename": "GoneRoute", "path": "/news/secret/"}
    assert route(ask, "/nowhere/") is None


@pytest.mark.parametrize("kind", ["login", "password", "groups"])
def test_route_to_a_restricted_page_says_only_why(world: Any, ask: Callable[..., Any], kind: str) -> None:
    PageViewRestriction.objects.create(page=world.article, restriction_type=kind, password="x")

    assert route(ask, "/news/article/") == {"__typename": "RestrictedRoute", "kind": kind}


def test_somebody_signed_in_passes_a_login_restriction(world: Any, ask: Callable[..., Any]) -> None:
    PageViewRestriction.objects.create(page=world.article, restriction_type="login")

    answer = ask(ROUTE, {"key": "stedskaping", "path": "/news/article/"}, world.people[0])

    assert answer.data["site"]["route"]["__typename"] == "PageRoute"
    assert "no-store" in answer.headers["Cache-Control"]


# ------------------------------------------------------------------ what stays closed

EVERYWHERE = """
query ($id: ID!) {
  node(id: $id) { id }
  site(key: "stedskaping") {
    pages(first: 100) { nodes { title children { nodes { title } } } }
    search(query: "article") { edges { node { title } } }
    sitemap { nodes { url } }
    redirects { nodes { to } }
  }
  initiatives { nodes { title story { ... on ParagraphBlock { richText {
    html raw markdown text links { href page { title } } } } } } }
}
"""


def article_id(ask: Callable[..., Any]) -> str:
    answer = ask('{ site(key: "stedskaping") { page(path: "/news/article/") { id } } }')
    found: str = answer.data["site"]["page"]["id"]
    return found


@pytest.mark.parametrize("way", ["unpublished", "restricted", "below a restricted page"])
def test_a_closed_page_shows_nowhere(world: Any, ask: Callable[..., Any], way: str) -> None:
    world.add_initiatives(1)
    page_id = article_id(ask)
    Redirect.objects.create(old_path="/old", redirect_page=world.article)
    if way == "unpublished":
        world.article.unpublish()
    else:
        closed = world.article if way == "restricted" else world.article.get_parent()
        PageViewRestriction.objects.create(page=closed, restriction_type="login")

    answer = ask(EVERYWHERE, {"id": page_id})

    assert answer.data["node"] is None
    assert "An article" not in str(answer.body)
    assert "/news/article/" not in str(answer.body)
    rich_text = answer.data["initiatives"]["nodes"][0]["story"][0]["richText"]
    assert rich_text["html"] == "<p>See this</p>"
    assert rich_text["markdown"] == "See this"
    assert rich_text["text"] == "See this"
    assert rich_text["links"] == [{"href": None, "page": None}]


def test_an_open_page_shows_in_all_these_places(world: Any, ask: Callable[..., Any]) -> None:
    world.add_initiatives(1)
    Redirect.objects.create(old_path="/old", redirect_page=world.article)

    answer = ask(EVERYWHERE, {"id": article_id(ask)})

    url = "https://stedskaping.example.org/news/article/"
    assert answer.data["node"] is not None
    assert "An article" in [node["title"] for node in answer.data["site"]["pages"]["nodes"]]
    assert answer.data["site"]["search"]["edges"] == [{"node": {"title": "An article"}}]
    assert url in [node["url"] for node in answer.data["site"]["sitemap"]["nodes"]]
    assert answer.data["site"]["redirects"]["nodes"] == [{"to": url}]
    rich_text = answer.data["initiatives"]["nodes"][0]["story"][0]["richText"]
    assert rich_text["html"] == f'<p>See <a href="{url}">this</a></p>'
    assert rich_text["markdown"] == f"See [this]({url})"
    assert rich_text["links"] == [{"href": url, "page": {"title": "An article"}}]


def test_an_image_of_a_private_collection_is_null_also_in_a_child_collection(
    world: Any, ask: Callable[..., Any]
) -> None:
    world.add_initiatives(1)
    private = Collection.get_first_root_node().add_child(name="Private")
    child = private.add_child(name="Child")
    query = """{ initiatives { nodes { image { id } seo { image { id } } outcomes { image { id } }
        story { ... on ImageBlock { image { id } } } } } }"""
    image_id = ask(query).data["initiatives"]["nodes"][0]["image"]["id"]
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    world.image.collection = child
    world.image.save()

    found = ask(query).data["initiatives"]["nodes"][0]

    assert found["image"] is None
    assert found["seo"]["image"] is None
    assert found["outcomes"] == [{"image": None}]
    assert found["story"][1] == {"image": None}
    assert ask("query ($id: ID!) { node(id: $id) { id } }", {"id": image_id}).data["node"] is None


def test_a_draft_initiative_shows_to_its_members_only(world: Any, ask: Callable[..., Any]) -> None:
    world.add_initiatives(1)
    InitiativePage.objects.update(live=False)
    query = '{ site(key: "larvik") { initiative(slug: "project-001") { title } initiatives { totalCount } } }'
    stranger = User.objects.create_user("stranger@example.org")

    assert ask(query).data["site"] == {"initiative": None, "initiatives": {"totalCount": 0}}
    assert ask(query, user=stranger).data["site"]["initiative"] is None
    member = ask(query, user=world.people[0])
    assert member.data["site"] == {"initiative": {"title": "Project 001"}, "initiatives": {"totalCount": 0}}


def test_markup_from_editors_is_sanitised(world: Any, ask: Callable[..., Any]) -> None:
    world.article.get_parent()
    world.home.intro = (
        '<p onclick="x()">A <a href="javascript:alert(1)">b</a> <a href="//evil.example">c</a>'
        '<script>alert(1)</script> <a href="mailto:a@example.org">d</a></p>'
    )
    world.home.save()
    query = """{ site(key: "stedskaping") { page(path: "/") { ... on HomePage { intro {
        html raw text links { kind href } } } } } }"""

    intro = ask(query).data["site"]["page"]["intro"]

    assert intro["html"] == '<p>A b c <a href="mailto:a@example.org">d</a></p>'
    assert "javascript" not in intro["raw"]
    assert "script" not in intro["raw"]
    assert intro["text"] == "A b c d"
    assert intro["links"] == [
        {"kind": "EXTERNAL", "href": None},
        {"kind": "EXTERNAL", "href": None},
        {"kind": "EMAIL", "href": "mailto:a@example.org"},
    ]


# ------------------------------------------------------------------ images


def test_image_sizes_are_computed_and_never_larger_than_the_source(
    world: Any, ask: Callable[..., Any], client: Any
) -> None:
    world.add_initiatives(1)
    query = """{ initiatives { nodes { image { alt width height url
        variant(width: 300, format: WEBP) { url width height }
        crop: variant(width: 200, height: 200) { width height }
        srcSet(widths: [100, 500, 900, 5000]) { width height } } } } }"""

    image = ask(query).data["initiatives"]["nodes"][0]["image"]

    assert (image["alt"], image["width"], image["height"]) == ("A square", 1000, 600)
    assert image["srcSet"] == [
        {"width": 160, "height": 96},
        {"width": 640, "height": 384},
        {"width": 1000, "height": 600},
    ]
    assert image["crop"] == {"width": 320, "height": 320}
    assert (image["variant"]["width"], image["variant"]["height"]) == (320, 192)
    assert world.image.renditions.count() == 0
    path = urlsplit(image["variant"]["url"]).path
    served = client.get(path)
    assert (served.status_code, served["Content-Type"]) == (200, "image/webp")
    served.close()
    forged = client.get(path.replace("width-320", "width-330"))
    assert forged.status_code == 403


# ------------------------------------------------------------------ plugins per site

SWITCHES = """{ initiatives { nodes { participation { participantCount }
    funding { summary { percentOfMinimum } }
    mobilisation { followerCount } journey { phases { requirements { metric current met } } } } }
    site(key: "larvik") { plugins { slug enabled } participation { participantCount } } }"""


def switched_on(data: Any) -> dict[str, bool]:
    """Whether each plugin is on; without the one that only the tests have."""
    found = {plugin["slug"]: plugin["enabled"] for plugin in data["site"]["plugins"]}
    found.pop("dummy", None)
    return found


SHIPPED = ("participation", "funding", "mobilisation")


def test_a_plugin_that_is_off_answers_null_and_comes_back(world: Any, ask: Callable[..., Any]) -> None:
    world.add_initiatives(1)
    site = world.pilot.site
    before = ask(SWITCHES).data
    assert switched_on(before) == {"funding": True, "mobilisation": True, "participation": True}

    for slug in SHIPPED:
        plugin_disable(site=site, slug=slug)
    off = ask(SWITCHES).data
    for slug in SHIPPED:
        plugin_enable(site=site, slug=slug)

    initiative = off["initiatives"]["nodes"][0]
    assert initiative["participation"] is None
    assert initiative["funding"] is None
    assert initiative["mobilisation"] is None
    assert off["site"]["participation"] is None
    assert switched_on(off) == {"funding": False, "mobilisation": False, "participation": False}
    assert ask(SWITCHES).data == before
    assert PluginActivation.objects.filter(site=site).exclude(slug="dummy").count() == 3


def test_page_arguments_are_checked(world: Any, ask: Callable[..., Any]) -> None:
    for arguments in ("first: 0", "first: -1", "first: 101", 'after: "nonsense"'):
        answer = ask(f"{{ initiatives({arguments}) {{ nodes {{ id }} }} }}")

        assert [error["extensions"]["code"] for error in answer.body["errors"]] == ["BAD_USER_INPUT"]


PAGE = """query ($after: String, $order: InitiativeOrder) {
    initiatives(first: 3, after: $after, orderBy: $order) {
        nodes { title }
        pageInfo { hasNextPage endCursor }
    }
}"""


def test_pages_of_a_list_join_without_gap_or_repetition(world: Any, ask: Callable[..., Any]) -> None:
    world.add_initiatives(7)
    for order in ("NEWEST", "STARTS_ON", "TITLE", "NEXT_DEADLINE"):
        seen, after = [], None
        while True:
            page = ask(PAGE, {"after": after, "order": order}).data["initiatives"]
            seen += [node["title"] for node in page["nodes"]]
            after = page["pageInfo"]["endCursor"]
            if not page["pageInfo"]["hasNextPage"]:
                break
        assert sorted(seen) == [f"Project {number:03}" for number in range(1, 8)]


def test_activity_is_told_in_the_initiatives_language(world: Any, ask: Callable[..., Any]) -> None:
    world.add_initiatives(1)
    query = (
        '{ site(key: "larvik") { initiative(slug: "project-001") { activity { edges { node { text } } } } } }'
    )
    reader = User.objects.create_user("reader@example.org", locale="en")

    for user in (None, reader):
        found = ask(query, user=user).data["site"]["initiative"]["activity"]["edges"]

        assert [edge["node"]["text"] for edge in found] == ["Reisen begynner 2. mars 2026."]


def test_reasons_are_told_in_the_viewers_language(world: Any, ask: Callable[..., Any]) -> None:
    world.add_initiatives(1)
    query = "{ initiatives { nodes { viewerCan { action allowed code reason } } } }"
    reader = User.objects.create_user("reader@example.org", locale="en")

    anonymous = ask(query).data["initiatives"]["nodes"][0]["viewerCan"]
    english = ask(query, user=reader).data["initiatives"]["nodes"][0]["viewerCan"]

    submit = {"action": "submit", "allowed": False}
    assert {**submit, "code": "NOT_SIGNED_IN", "reason": "Logg inn først."} in anonymous
    reason = "Only members of the initiative can do this."
    assert {**submit, "code": "NOT_MEMBER", "reason": reason} in english
