"""Previews through the API: what a token shows, and that every token that doesn't count answers null."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client, override_settings
from django.utils import timezone
from wagtail.models import Comment, Page, Site

from stedskaping_cms.models import ArticlePage
from stedskaping_core.choices import DurationUnit, PhaseKind, TaskKind
from stedskaping_core.models import (
    Journey,
    PagePreview,
    PermitKind,
    PhasePage,
    PhaseRequirement,
    PhaseTask,
    User,
)
from stedskaping_core.plugins.registry import get_registry
from stedskaping_core.services.personal_data import personal_data_erase
from stedskaping_core.services.pilots import pilot_create
from stedskaping_core.services.previews import preview_discard, preview_keep

QUERY = """
  { preview { mode page { __typename id title path url
      ... on PilotPage { intro { html } body { __typename ... on ParagraphBlock { richText { html } } } }
      ... on PhasePage { kind position guidance { __typename ... on HeadingBlock { text } }
        tasks { title help { text } leadWeeks } requirements { metric label target } }
      ... on InitiativeIndexPage { introduction: intro { text } }
      ... on Initiative { summary members { displayName: role } } } } }
"""
ORIGIN = "https://larvik.example.org"

Ask = Callable[..., Any]


@pytest.fixture
def editor(world: Any) -> User:
    """Somebody who may edit Larvik's pages."""
    user: User = User.objects.create_user("editor@example.org", display_name="Editor")
    user.groups.add(world.pilot.groups["editors"])
    return user


@pytest.fixture
def admin(world: Any) -> User:
    return User.objects.create_superuser("boss@example.org", display_name="Boss")


@pytest.fixture
def page(world: Any) -> Any:
    """Larvik's front page with a title that nobody has saved."""
    unsaved = world.pilot.page.specific
    unsaved.title = "Not saved yet"
    return unsaved


@pytest.fixture
def show(client: Client) -> Ask:
    """Ask for the preview with a token, and get `preview` of the answer."""

    def send(token: str | None, query: str = QUERY, **headers: str) -> Any:
        if token is not None:
            headers["X-Preview-Token"] = token
        response = client.post(
            "/graphql", json.dumps({"query": query}), content_type="application/json", headers=headers
        )
        body = response.json()
        assert "errors" not in body, body["errors"]
        assert response["Cache-Control"] == "private, no-store"
        return body["data"]["preview"]

    return send


def move_clock(**ago: float) -> None:
    """Pretend that all previews were made so much earlier."""
    for row in PagePreview.objects.all():
        PagePreview.objects.filter(pk=row.pk).update(expires_at=row.expires_at - dt.timedelta(**ago))


# ------------------------------------------------------------------ what is shown


def test_a_token_shows_unsaved_title_texts_and_blocks(world: Any, page: Any, editor: User, show: Ask) -> None:
    link = f'<a linktype="page" id="{world.home.pk}">home</a>'
    page.intro = f"<p>Go {link}<script>1</script></p>"
    page.body = [
        {"type": "paragraph", "value": f"<p>And {link}</p>"},
    ]

    preview = show(preview_keep(page=page, user=editor, mode="wide"))

    assert preview["mode"] == "wide"
    shown = preview["page"]
    assert (shown["__typename"], shown["title"], shown["path"]) == ("PilotPage", "Not saved yet", "/")
    assert shown["intro"]["html"] == '<p>Go <a href="https://stedskaping.example.org/">home</a></p>'
    assert shown["body"] == [
        {
            "__typename": "ParagraphBlock",
            "richText": {"html": '<p>And <a href="https://stedskaping.example.org/">home</a></p>'},
        }
    ]
    assert Page.objects.get(pk=page.pk).title == "Larvik"


def test_unsaved_tasks_and_requirements_of_a_phase(world: Any, admin: User, show: Ask) -> None:
    phase = world.phases[0].specific
    phase.guidance = [{"type": "heading", "value": {"text": "New", "level": "2"}}]
    first = phase.tasks.all()[0]
    first.title = "Renamed"
    phase.tasks = [first, PhaseTask(title="Added", help="<p>Like so</p>", sort_order=1)]
    phase.requirements = [PhaseRequirement(metric="core.facilitators", target=2, label="Two")]

    shown = show(preview_keep(page=phase, user=admin))["page"]

    assert [(task["title"], task["help"]["text"]) for task in shown["tasks"]] == [
        ("Renamed", "Do"),
        ("Added", "Like so"),
    ]
    assert shown["requirements"] == [{"metric": "core.facilitators", "label": "Two", "target": "2"}]
    assert shown["guidance"] == [{"__typename": "HeadingBlock", "text": "New"}]
    assert shown["position"] == 1
    assert [task.title for task in PhasePage.objects.get(pk=phase.pk).tasks.all()] == ["Plan task", "Permit"]


def new_phase(parent: Page, title: str) -> PhasePage:
    """A page as the admin makes it for a preview: with a place in the tree and without a primary key."""
    page = PhasePage(
        title=title, slug="new-one", kind=PhaseKind.PLANNING, duration=2, duration_unit=DurationUnit.WEEKS
    )
    page.path, page.depth = parent.get_last_child()._inc_path(), parent.depth + 1
    page.set_url_path(parent)
    page.tasks = [PhaseTask(title="First task")]
    return page


def test_a_page_that_was_never_saved(world: Any, admin: User, show: Ask) -> None:
    shown = show(preview_keep(page=new_phase(world.guide, "Brand new"), user=admin))["page"]

    assert (shown["title"], shown["path"]) == ("Brand new", "/guide/new-one/")
    assert [task["title"] for task in shown["tasks"]] == ["First task"]
    assert shown["requirements"] == []
    assert shown["position"] == 4
    assert not PhasePage.objects.filter(title="Brand new").exists()


def test_an_initiative_and_a_new_address(world: Any, editor: User, show: Ask) -> None:
    world.add_initiatives(1)
    page = world.initiatives[0]
    page.slug, page.summary = "other", "Not saved"

    shown = show(preview_keep(page=page, user=editor))["page"]

    assert shown["summary"] == "Not saved"
    assert shown["url"].endswith("/other/")
    assert len(shown["members"]) == 2
    assert Journey.objects.count() == 1


def test_the_editors_remarks_are_left_out(world: Any, page: Any, editor: User) -> None:
    Comment.objects.create(page=page, user=editor, text="Is this true?", contentpath="title")

    preview_keep(page=page, user=editor)

    assert "Is this true?" not in json.dumps(PagePreview.objects.get().content)


def test_other_pages_stay_hidden(world: Any, page: Any, editor: User, show: Ask) -> None:
    world.article.unpublish()
    page.intro = f'<p><a linktype="page" id="{world.article.pk}">draft</a></p>'

    assert show(preview_keep(page=page, user=editor))["page"]["intro"]["html"] == "<p>draft</p>"


# ------------------------------------------------------------------ rows and tokens


def test_one_row_per_person_and_page_and_one_token_while_it_lives(
    page: Any, editor: User, admin: User, show: Ask
) -> None:
    token = preview_keep(page=page, user=editor)
    page.title = "Later words"
    assert preview_keep(page=page, user=editor) == token
    other = preview_keep(page=page, user=admin)

    assert other != token
    assert PagePreview.objects.count() == 2
    assert show(token)["page"]["title"] == "Later words"


def test_one_row_per_person_parent_and_type_of_new_pages(world: Any, admin: User) -> None:
    token = preview_keep(page=new_phase(world.guide, "A"), user=admin)

    assert preview_keep(page=new_phase(world.guide, "B"), user=admin) == token
    row = PagePreview.objects.get()
    assert (row.page, row.parent_id, row.content["title"]) == (None, world.guide.pk, "B")
    with pytest.raises(IntegrityError), transaction.atomic():
        PagePreview.objects.filter(pk=row.pk).update(page=world.guide)


def test_the_token_is_not_in_the_database(page: Any, editor: User) -> None:
    token = preview_keep(page=page, user=editor)

    assert len(token) == 43
    assert token not in str(PagePreview.objects.values().get())


def test_a_preview_lives_an_hour_from_the_last_change(page: Any, editor: User, show: Ask) -> None:
    token = preview_keep(page=page, user=editor)
    left = PagePreview.objects.get().expires_at - timezone.now()
    assert dt.timedelta(minutes=59) < left <= dt.timedelta(hours=1)

    move_clock(minutes=40)
    preview_keep(page=page, user=editor)
    move_clock(minutes=40)

    assert show(token)["page"]["title"] == "Not saved yet"


def test_after_an_hour_the_address_never_works_again(page: Any, editor: User, show: Ask) -> None:
    token = preview_keep(page=page, user=editor)
    move_clock(minutes=61)

    renewed = preview_keep(page=page, user=editor)

    assert renewed != token
    assert show(token) is None
    assert show(renewed) is not None


def test_another_secret_key_makes_other_tokens(page: Any, editor: User, show: Ask) -> None:
    preview_keep(page=page, user=editor)

    with override_settings(SECRET_KEY="another key for this test", SECRET_KEY_FALLBACKS=[]):
        assert show(preview_keep(page=page, user=editor)) is not None


def test_only_people_who_may_edit_get_a_token(world: Any, page: Any) -> None:
    with pytest.raises(PermissionDenied):
        preview_keep(page=page, user=world.people[0])
    assert not PagePreview.objects.exists()


# ------------------------------------------------------------------ tokens that don't count


def expired(user: User, page: Any) -> None:
    move_clock(minutes=60)


def deactivated(user: User, page: Any) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def without_rights(user: User, page: Any) -> None:
    user.groups.clear()


def discarded(user: User, page: Any) -> None:
    assert preview_discard(user_id=user.pk, page_id=page.pk) == 1


def erased(user: User, page: Any) -> None:
    personal_data_erase(user)
    assert not PagePreview.objects.exists()


def site_deleted(user: User, page: Any) -> None:
    Site.objects.filter(root_page=page).delete()


@pytest.mark.parametrize("happening", [expired, deactivated, without_rights, discarded, erased, site_deleted])
def test_a_withdrawn_token_answers_null(
    page: Any, editor: User, show: Ask, happening: Callable[[User, Any], None]
) -> None:
    token = preview_keep(page=page, user=editor)
    assert show(token) is not None

    happening(editor, page)

    assert show(token) is None


@pytest.mark.parametrize(
    "alter",
    [
        lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
        lambda token: token + "=",
        lambda token: token.swapcase(),
        lambda token: token[1:],
        lambda token: "",
        lambda token: "x" * 5000,
        lambda token: "æøå",
        lambda token: None,
    ],
)
def test_an_altered_token_answers_null(page: Any, editor: User, show: Ask, alter: Any) -> None:
    assert show(alter(preview_keep(page=page, user=editor))) is None


def test_the_frontend_of_another_site_gets_null(world: Any, page: Any, editor: User, show: Ask) -> None:
    pilot_create(
        key="voss",
        name="Voss",
        municipality="Voss",
        municipality_number="4621",
        hostname="voss.localhost",
        origin="https://voss.example.org",
        locale="nb",
        guide=world.guide,
    )
    token = preview_keep(page=page, user=editor)

    assert show(token, Origin=ORIGIN) is not None
    assert show(token, Host="larvik.example.org") is not None
    # The API's own host, and the default site's, where the API may be.
    assert show(token) is not None
    assert show(token, Host="stedskaping.example.org") is not None
    assert show(token, Host="voss.example.org") is None
    assert show(token, Origin="https://voss.example.org") is None
    assert show(token, Origin="https://stedskaping.example.org") is None
    assert show(token, Origin="https://evil.example.org") is None
    assert show(token, Origin="null") is None


def test_a_page_type_without_a_type_in_the_api_is_never_shown(
    world: Any, page: Any, editor: User, show: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = preview_keep(page=page, user=editor)
    types = {"": (ArticlePage,), "funding": (type(page),)}
    monkeypatch.setattr("stedskaping_graphql.types.reading.page_types", lambda: {"": types[""]})
    assert show(token) is None

    # A plugin's, where the plugin is on and where it is off.
    monkeypatch.setattr("stedskaping_graphql.types.reading.page_types", lambda: types)
    for site_ids, is_shown in ((frozenset({world.pilot.site.pk}), True), (frozenset(), False)):
        monkeypatch.setattr(
            "stedskaping_graphql.types.reading.switches", lambda context, ids=site_ids: {"funding": ids}
        )
        assert (show(token, "{ preview { mode } }") is not None) is is_shown


def test_content_that_lost_what_it_needs_answers_null(
    world: Any, admin: User, show: Ask, caplog: pytest.LogCaptureFixture
) -> None:
    kind = PermitKind.objects.create(key="fire", name="Fire", lead_weeks=1, locale=world.home.locale)
    page = new_phase(world.guide, "A")
    page.tasks = [PhaseTask(title="Ask", kind=TaskKind.PERMIT, permit_kind=kind)]
    token = preview_keep(page=page, user=admin)
    assert show(token)["page"]["tasks"][0]["leadWeeks"] == 1

    kind.delete()

    assert show(token) is None
    assert f"preview {PagePreview.objects.get().pk} can't be read" in caplog.messages


def test_nothing_is_told_apart(page: Any, editor: User, client: Client) -> None:
    token = preview_keep(page=page, user=editor)
    expired(editor, page)

    answers = {
        client.get("/graphql", {"query": "{ preview { mode } }"}, headers=headers).content
        for headers in ({}, {"X-Preview-Token": token}, {"X-Preview-Token": "unknown"})
    }

    assert answers == {b'{"data":{"preview":null}}'}


def test_a_get_with_a_token_is_private(page: Any, editor: User, client: Client) -> None:
    token = preview_keep(page=page, user=editor)

    answers = [
        client.get("/graphql", {"query": query}, headers={"X-Preview-Token": token})
        for query in ("{ preview { page { title } } }", "{ meta { version } }")
    ]

    assert [answer["Cache-Control"] for answer in answers] == ["private, no-store"] * 2
    assert client.get("/graphql", {"query": "{ preview { mode } }"})["Cache-Control"] == "private, no-store"


# ------------------------------------------------------------------ old rows


def test_the_job_deletes_what_has_expired(world: Any, page: Any, editor: User, admin: User) -> None:
    preview_keep(page=page, user=editor)
    move_clock(minutes=60)
    preview_keep(page=page, user=admin)
    job = get_registry().jobs["core.previews_forget"].record

    assert job.every == dt.timedelta(hours=1)
    assert job.run(world.pilot.site) == "1 old preview deleted"
    assert [row.user for row in PagePreview.objects.all()] == [admin]


def test_statements_of_a_preview(
    page: Any, admin: User, client: Client, django_assert_num_queries: Any
) -> None:
    token = preview_keep(page=page, user=admin)
    client.get("/graphql", {"query": "{ meta { version } }"})

    # The row; the page, five foreign keys of its content, its parent, and two about the editors' remarks, all
    # by Wagtail; the sites in two.
    with django_assert_num_queries(11):
        client.get(
            "/graphql", {"query": "{ preview { page { title } } }"}, headers={"X-Preview-Token": token}
        )
