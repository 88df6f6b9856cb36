"""The admin's preview: from the editor's form over our own token to the frontend's page."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client
from pytest_django import Settings

from stedskaping_cms.models import ArticleIndexPage
from stedskaping_core.models import PagePreview, PilotPage, SiteProfile, User
from stedskaping_core.services.previews import preview_keep
from stedskaping_graphql.schema import get_schema

ORIGIN = "https://larvik.example.org"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FRONTEND = Path(__file__).parents[2] / "examples" / "frontend"


@pytest.fixture
def editor(platform: Any, staff: Any) -> User:
    made: User = staff(platform.larvik, "editors")
    return made


@pytest.fixture
def browser(editor: User, login: Any) -> Client:
    made: Client = login(editor)
    return made


def form(browser: Client, address: str, **changes: str) -> dict[str, str]:
    """What a browser sends for a page's form with these fields changed."""
    response = browser.get(address)
    form = response.context["form"]
    data = {}
    for name in form.fields:
        value = form[name].value()
        data[name] = value if isinstance(value, str | int) else ""
    data["intro"] = json.dumps({"blocks": [], "entityMap": {}})
    data |= {
        "body-count": "0",
        "story-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    for formset in form.formsets.values():
        data |= {f"{formset.prefix}-TOTAL_FORMS": "0", f"{formset.prefix}-INITIAL_FORMS": "0"}
    return {**data, **changes}


def preview(browser: Client, address: str, **data: str) -> Any:
    """Send the form's content like the admin's own script, then open the preview."""
    answer = browser.post(f"{address}preview/", form(browser, address, **data))
    assert answer.json() == {"is_valid": True, "is_available": True}
    return browser.get(f"{address}preview/", {"mode": ""})


def edit_address(page: Any) -> str:
    return f"/admin/pages/{page.pk}/edit/"


def shown(token: str) -> Any:
    """What the API answers to the token."""
    answer = Client().post(
        "/graphql",
        json.dumps({"query": "{ preview { page { title path } } }"}),
        content_type="application/json",
        headers={"X-Preview-Token": token},
    )
    return answer.json()["data"]["preview"]


def test_preview_leads_to_the_sites_own_frontend(platform: Any, browser: Client) -> None:
    page = platform.larvik.page

    response = preview(browser, edit_address(page), title="Not saved")

    assert (response.status_code, "no-store" in response["Cache-Control"]) == (302, True)
    address = urlsplit(response["Location"])
    query = parse_qs(address.query, keep_blank_values=True)
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{ORIGIN}/preview"
    assert (query["mode"], query["path"]) == ([""], ["/"])
    assert shown(query["token"][0])["page"] == {"title": "Not saved", "path": "/"}
    assert PilotPage.objects.get(pk=page.pk).title == "Larvik"


def test_the_panel_frames_the_frontend(platform: Any, browser: Client) -> None:
    address = edit_address(platform.larvik.page)
    preview(browser, address, title="Not saved")

    response = browser.get(f"{address}preview/", {"mode": "", "in_preview_panel": "true"})

    assert response.status_code == 200
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert f'<iframe src="{ORIGIN}/preview?token=' in response.content.decode()


def test_a_new_page_is_shown_below_its_parent(platform: Any, browser: Client) -> None:
    address = f"/admin/pages/add/cms/articlepage/{_news(platform).pk}/"

    response = preview(browser, address, title="New article", slug="new-article", intro="Short")

    query = parse_qs(urlsplit(response["Location"]).query)
    assert query["path"] == ["/news/new-article/"]
    assert shown(query["token"][0])["page"] == {"title": "New article", "path": "/news/new-article/"}
    assert PagePreview.objects.get().parent_id == _news(platform).pk


def _news(platform: Any) -> Any:
    found = ArticleIndexPage.objects.first()
    return found or platform.larvik.page.add_child(instance=ArticleIndexPage(title="News", slug="news"))


def test_closing_the_preview_withdraws_it(platform: Any, browser: Client) -> None:
    address = edit_address(platform.larvik.page)
    new = f"/admin/pages/add/cms/articlepage/{_news(platform).pk}/"
    preview(browser, address, title="Not saved")
    preview(browser, new, title="New article", slug="new", intro="Short")
    assert PagePreview.objects.count() == 2

    browser.delete(f"{address}preview/")
    assert [row.page for row in PagePreview.objects.all()] == [None]

    browser.delete(f"{new}preview/")
    assert not PagePreview.objects.exists()


def test_nobody_else_gets_a_preview(platform: Any, staff: Any, login: Any) -> None:
    other = login(staff(platform.voss, "managers"))

    response = other.get(f"{edit_address(platform.larvik.page)}preview/")

    assert response.status_code == 302
    assert not PagePreview.objects.exists()


# ------------------------------------------------------------------ the page of the demo


def test_the_example_is_served_in_the_demo_only(client: Client, settings: Settings) -> None:
    assert client.get("/preview").status_code == 404

    settings.STEDSKAPING_ENV = "demo"
    page = client.get("/preview")

    assert page.content == (FRONTEND / "preview.html").read_bytes()
    assert b"<script>" not in page.content
    assert "X-Frame-Options" not in page
    assert "frame-ancestors 'self' http://localhost:*" in page["Content-Security-Policy"]
    assert client.get("/preview/preview.js")["Content-Type"] == "text/javascript; charset=utf-8"
    for name in ("urls.py", "..%2F..%2Fpyproject.toml", "%2Fetc%2Fpasswd", ""):
        assert client.get(f"/preview/{name}").status_code == 404


def test_the_examples_query_fits_the_schema() -> None:
    from graphql import parse, validate

    script = (FRONTEND / "preview.js").read_text()
    query, parts = script.partition("const QUERY = `")[2], script.partition("const PARTS = `")[2]

    document = query.partition("`;")[0].replace("${PARTS}", parts.partition("`;")[0])

    assert validate(get_schema(), parse(document)) == []


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
def test_a_browser_draws_the_unsaved_title(
    live_server: Any, platform: Any, editor: User, settings: Settings, tmp_path: Path
) -> None:
    settings.STEDSKAPING_ENV = "demo"
    SiteProfile.objects.filter(key="larvik").update(origin=live_server.url)
    page = PilotPage.objects.get(pk=platform.larvik.page.pk)
    page.title = "Ikke lagret <ennå>"
    page.intro = "<p>Også <b>teksten</b></p>"
    page.body = [
        {"type": "heading", "value": {"text": "Havna", "level": "2"}},
        {"type": "quote", "value": {"quote": "Her blir det fint", "attribution": "Kari"}},
    ]
    token = preview_keep(page=page, user=editor)

    drawn = rendered(f"{live_server.url}/preview?{urlencode({'token': token, 'mode': ''})}", tmp_path)

    assert "<h1>Ikke lagret &lt;ennå&gt;</h1>" in drawn
    assert "<p>Også <b>teksten</b></p>" in drawn
    assert '<h2 id="havna">Havna</h2>' in drawn
    assert "<blockquote><p>Her blir det fint</p><footer>Kari</footer></blockquote>" in drawn

    PagePreview.objects.all().delete()
    assert "This preview is over." in rendered(f"{live_server.url}/preview?token={token}", tmp_path)


def rendered(address: str, folder: Path) -> str:
    """The page's elements as Chromium has them when everything has been loaded."""
    assert CHROMIUM is not None
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync")
    quiet = ("--disable-background-networking", "--disable-component-update", "--disable-quic")
    done = subprocess.run(
        [
            CHROMIUM,
            *options,
            *quiet,
            f"--user-data-dir={folder / 'chromium'}",
            "--virtual-time-budget=10000",
            "--dump-dom",
            address,
        ],
        capture_output=True,
        check=True,
        text=True,
        timeout=120,
    )
    return done.stdout
