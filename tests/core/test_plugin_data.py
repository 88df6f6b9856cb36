"""`stedskaping plugins` and `plugin_purge`: what a plugin has stored, shown, exported, deleted on purpose."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core import serializers
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from stedskaping_dummy import models

from stedskaping_core.errors import Refusal
from stedskaping_core.models import Event, InitiativePage, JobRun, PluginActivation
from stedskaping_core.services import plugin_data

pytestmark = pytest.mark.usefixtures("english")

TABLES = ["dummy_dummypage", "dummy_dummysettings", "dummy_heard", "dummy_note", "dummy_note_readers"]
BLOCK = {
    "type": "dummy_note",
    "value": {"text": "Hei", "parts": []},
    "id": "00000000-0000-4000-8000-000000000001",
}


@pytest.fixture
def stored(platform: Any, dummy_at: Callable[[Any], Any]) -> Any:
    """Something in every table of the dummy, and more."""
    site = dummy_at(platform.larvik.site)
    kari = platform.people["resident"]
    first = models.Note.objects.create(initiative=platform.initiative, author=kari, text="Først")
    answer = models.Note.objects.create(initiative=platform.initiative, text="Svar", answers=first)
    models.Note.objects.create(initiative=platform.initiative, text="Svar på svar", answers=answer)
    first.readers.add(kari)
    models.Heard.objects.create(site=site, what="something", note=answer)
    models.DummySettings.objects.create(site=site, greeting="Hei")
    home = platform.national.root_page
    home.add_child(instance=models.DummyPage(title="Dummy", slug="dummy", locale=home.locale))
    JobRun.objects.create(key="dummy.tidy", site=site)
    JobRun.objects.create(key="funding.reminders", site=site)
    InitiativePage.objects.filter(pk=platform.initiative.pk).update(story=[BLOCK])
    return platform


def counts() -> dict[str, int]:
    return plugin_data.row_counts(models.Note._meta.app_config)


def purge(*arguments: str) -> str:
    out = StringIO()
    call_command("plugin_purge", *arguments, stdout=out)
    return out.getvalue()


def test_it_says_what_is_stored_exports_it_and_deletes_it(stored: Any, tmp_path: Path) -> None:
    path = tmp_path / "dummy.zip"
    said = purge("dummy", "--export-to", str(path), "--yes")

    assert said.splitlines() == [
        "Dummy (dummy 1.2.3) has stored:",
        "         1  dummy_dummypage",
        "         1  dummy_dummysettings",
        "         1  dummy_heard",
        "         3  dummy_note",
        "         1  dummy_note_readers",
        f"Deleted 7 rows, 2 switches and 1 records of jobs. The export is in {path}. "
        "Blocks in pages were kept.",
    ]
    assert counts() == dict.fromkeys(TABLES, 0)
    assert not PluginActivation.objects.filter(slug="dummy").exists()
    assert [run.key for run in JobRun.objects.all()] == ["funding.reminders"]


def test_what_is_not_the_plugins_own_stays(stored: Any, tmp_path: Path) -> None:
    events, switches = Event.objects.count(), PluginActivation.objects.exclude(slug="dummy").count()
    home = stored.national.root_page
    home.refresh_from_db()
    children = home.numchild
    purge("dummy", "--export-to", str(tmp_path / "dummy.zip"), "--yes")

    page = InitiativePage.objects.get(pk=stored.initiative.pk)
    assert page.story.raw_data[0] == BLOCK
    assert Event.objects.count() == events
    assert PluginActivation.objects.count() == switches
    # The page took its place in the tree with it.
    home.refresh_from_db()
    assert home.numchild == children - 1


def test_the_export_can_be_read_back(stored: Any, tmp_path: Path) -> None:
    before = {note.text: note.pk for note in models.Note.objects.all()}
    path = tmp_path / "dummy.zip"
    purge("dummy", "--export-to", str(path), "--yes")

    with zipfile.ZipFile(path) as archive:
        names = sorted(archive.namelist())
        manifest = json.loads(archive.read("manifest.json"))
        lines = archive.read("dummy.note.jsonl").decode()
    assert names == [
        "dummy.dummypage.jsonl",
        "dummy.dummysettings.jsonl",
        "dummy.heard.jsonl",
        "dummy.note.jsonl",
        "manifest.json",
    ]
    assert (manifest["plugin"], manifest["version"]) == ("dummy", "1.2.3")
    assert manifest["rows"] == dict(zip(TABLES, (1, 1, 1, 3, 1), strict=True))
    assert "Svar på svar" in lines
    for found in serializers.deserialize("jsonl", lines):
        found.save()
    assert {note.text: note.pk for note in models.Note.objects.all()} == before
    assert [person.email for person in models.Note.objects.get(text="Først").readers.all()] == [
        "resident@example.org"
    ]


def test_the_export_is_for_the_owner_only(stored: Any, tmp_path: Path) -> None:
    path = tmp_path / "dummy.zip"
    purge("dummy", "--export-to", str(path), "--yes")

    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("typed", "goes_on"), [("dummy", True), (" dummy ", True), ("yes", False), ("", False)]
)
def test_the_slug_has_to_be_typed_again(
    stored: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, goes_on: bool
) -> None:
    asked = []
    monkeypatch.setattr("builtins.input", lambda question: asked.append(question) or typed)
    arguments = ("dummy", "--export-to", str(tmp_path / "dummy.zip"))

    if goes_on:
        purge(*arguments)
    else:
        with pytest.raises(CommandError, match="Nothing was deleted"):
            purge(*arguments)

    assert asked == ["All of it will be deleted. Type “dummy” to go on: "]
    assert counts()["dummy_note"] == (0 if goes_on else 3)


def test_nobody_there_to_type_means_no(stored: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(question: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", closed)

    with pytest.raises(CommandError, match="Nothing was deleted"):
        purge("dummy", "--export-to", str(tmp_path / "dummy.zip"))


def test_unknown_plugins_are_refused(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError) as failed:
        purge("nowhere", "--export-to", str(tmp_path / "nowhere.zip"), "--yes")
    assert str(failed.value) == (
        "There is no installed plugin “nowhere”. "
        "The plugins are: dummy, funding, mobilisation, participation."
    )
    with pytest.raises(Refusal) as refused:
        plugin_data.plugin_purge(slug="core", export_to=tmp_path / "core.zip")
    assert refused.value.code == "NOT_INSTALLED"


def test_an_export_is_never_overwritten(stored: Any, tmp_path: Path) -> None:
    path = tmp_path / "dummy.zip"
    path.write_text("something precious")

    with pytest.raises(CommandError, match=r"dummy\.zip is there already"):
        purge("dummy", "--export-to", str(path), "--yes")
    assert path.read_text() == "something precious"
    assert counts()["dummy_note"] == 3


def test_without_an_export_nothing_is_deleted(stored: Any, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="The export can't be written, so nothing was deleted"):
        purge("dummy", "--export-to", str(tmp_path / "no such folder" / "dummy.zip"), "--yes")
    assert counts()["dummy_note"] == 3


def test_when_the_database_refuses_everything_stays(
    stored: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A ledger, for example, refuses to be deleted."""
    delete = plugin_data._delete

    def refuse(model: Any, keys: Any) -> None:
        if model is models.DummySettings:
            raise DatabaseError("the ledger is kept for ten years")
        delete(model, keys)

    monkeypatch.setattr(plugin_data, "_delete", refuse)
    path = tmp_path / "dummy.zip"

    with pytest.raises(CommandError) as failed:
        purge("dummy", "--export-to", str(path), "--yes")
    assert str(failed.value) == (
        "Something else needs these rows, so nothing was deleted: the ledger is kept for ten years"
    )
    assert [counts()[table] for table in TABLES] == [1, 1, 1, 3, 1]
    assert not path.exists()


def test_rows_that_came_meanwhile_stop_it(
    stored: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = plugin_data._export

    def export_and_write(*arguments: Any) -> Any:
        keys = export(*arguments)
        models.Note.objects.create(initiative=stored.initiative, text="Too late")
        return keys

    monkeypatch.setattr(plugin_data, "_export", export_and_write)

    with pytest.raises(CommandError) as failed:
        purge("dummy", "--export-to", str(tmp_path / "dummy.zip"), "--yes")
    assert str(failed.value) == ("Rows were added meanwhile, so nothing was deleted: dummy_note. Try again.")
    assert counts()["dummy_note"] == 3


def test_a_plugin_can_be_used_again_afterwards(
    stored: Any, dummy_at: Callable[[Any], Any], tmp_path: Path
) -> None:
    purge("dummy", "--export-to", str(tmp_path / "dummy.zip"), "--yes")
    dummy_at(stored.larvik.site)
    models.Note.objects.create(initiative=stored.initiative, text="New")

    assert counts()["dummy_note"] == 1


# ---------------------------------------------------------------- stedskaping plugins


def listed(*arguments: str) -> str:
    out = StringIO()
    call_command("plugins", *arguments, stdout=out, no_color=True)
    return out.getvalue()


def test_the_list_for_people(stored: Any) -> None:
    entry = listed().partition("\n\n")[0]

    assert entry.splitlines() == [
        "dummy 1.2.3: Dummy",
        "  distribution stedskaping-dummy (module stedskaping_dummy)",
        "  needs        participation",
        "  settings     dummy.DummySettings",
        "  hooks        erase_personal_data, export_personal_data, load_demo_data, on_disabled, on_enabled, "
        "on_event, provide_dashboard_cards, provide_initiative_panels, register_blocks, register_events, "
        "register_graphql, register_jobs, register_metrics, validate_initiative_submission, "
        "validate_phase_completion",
        "  tables       " + ", ".join(TABLES),
        "  on at        Larvik (a new site starts with it off)",
    ]


def test_the_list_for_programs(stored: Any, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        found = json.loads(listed("--json"))

    assert found["problems"] == []
    shown = {plugin["slug"]: plugin for plugin in found["plugins"]}
    assert sorted(shown) == ["dummy", "funding", "mobilisation", "participation"]
    assert shown["dummy"]["sites"] == ["Larvik"]
    assert shown["dummy"]["tables"] == TABLES
    assert shown["funding"]["sites"] == ["Norge", "Larvik", "Voss"]
    assert shown["funding"]["distribution"] == "stedskaping"
