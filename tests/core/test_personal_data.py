"""Handing out and forgetting what is stored about a person."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from stedskaping_dummy import trouble
from wagtail.log_actions import log
from wagtail.models import APIToken, ModelLogEntry, Page
from wagtail.users.models import UserProfile

from stedskaping_core.events import sentence
from stedskaping_core.models import Activity, Event, InitiativeMember, JourneyTask, PilotPage, User
from stedskaping_core.services.journeys import journey_reschedule, journey_task_update
from stedskaping_core.services.members import member_add

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def kari(platform: Any, make_person: Callable[..., User]) -> User:
    """Somebody who has been about everywhere."""
    person = make_person("Kari", first_name="Kari", last_name="Nordmann", password="a password")
    person.groups.add(platform.larvik.groups["managers"])
    member_add(initiative=platform.initiative, user=person, actor=platform.people["initiator"])
    tasks = JourneyTask.objects.filter(phase__journey=platform.journey, kind="todo")
    journey_task_update(task=tasks[0], actor=person, state="done", assignee=person, note="Ringte naboen")
    journey_reschedule(
        initiative=platform.initiative,
        actor=person,
        realisation_starts_on=platform.journey.realisation_starts_on + dt.timedelta(days=7),
        reason="Det regner",
    )
    PilotPage.objects.filter(pk=platform.larvik.page.pk).update(contact=person)
    Page.objects.filter(pk=platform.initiative.pk).update(
        locked=True, locked_by=person, locked_at=timezone.now()
    )
    platform.initiative.dummy_notes.create(author=person, text="Hei")
    UserProfile.objects.create(user=person)
    APIToken.objects.create(user=person, name="token", key_hash="0" * 64, prefix="abc")
    log(instance=person, action="wagtail.edit", user=platform.people["admin"])
    return person


def run(command: str, *arguments: str) -> list[str]:
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue().splitlines()


def exported(path: Path) -> dict[str, Any]:
    with zipfile.ZipFile(path) as archive:
        return {name: json.loads(archive.read(name)) for name in archive.namelist()}


def test_the_export_holds_what_core_and_plugins_know(kari: User, platform: Any, tmp_path: Path) -> None:
    path = tmp_path / "kari.zip"
    said = run("person_export", "KARI@example.org", "--to", str(path))
    files = exported(path)

    assert said[-1] == f"Written to {path}."
    assert "core/memberships: 1" in said
    assert path.stat().st_mode & 0o777 == 0o600
    account = files["core/account.json"][0]
    assert (account["email"], account["last_name"], account["groups"]) == (
        "kari@example.org",
        "Nordmann",
        [platform.larvik.groups["managers"].name],
    )
    assert files["core/memberships.json"][0]["initiative"] == "Benken"
    assert [row["kind"] for row in files["core/activities.json"]] == [
        "core.task_updated",
        "core.journey_rescheduled",
    ]
    assert [(row["relation"], row["note"]) for row in files["core/tasks.json"]] == [
        ("assigned", "Ringte naboen"),
        ("done", "Ringte naboen"),
    ]
    assert [(row["kind"], row["text"]) for row in files["core/texts.json"]] == [
        ("rescheduling", "Det regner")
    ]
    assert [row["text"] for row in files["dummy/notes.json"]] == ["Hei"]
    assert "participation/participation_proposals.json" in files


def test_no_reference_to_a_person_is_forgotten(kari: User, tmp_path: Path) -> None:
    """Whatever points at people shows in the traces, also what comes with the next version of Wagtail."""
    path = tmp_path / "kari.zip"
    run("person_export", "kari@example.org", "--to", str(path))

    traces = {(row["table"], row["column"]): row["rows"] for row in exported(path)["core/traces.json"]}
    assert traces[("core_event", "actor_id")] == 2
    assert traces[("core_journeytask", "done_by_id")] == 1
    assert traces[("core_pilotpage", "contact_id")] == 1
    assert traces[("wagtailcore_page", "locked_by_id")] == 1
    assert traces[("wagtailcore_apitoken", "user_id")] == 1
    assert not any(table.startswith("dummy_") for table, _column in traces)


def test_a_failed_export_leaves_no_file(kari: User, tmp_path: Path) -> None:
    path, err = tmp_path / "kari.zip", StringIO()

    with trouble.failing("export_personal_data"), pytest.raises(CommandError) as failed:
        call_command("person_export", "kari@example.org", "--to", str(path), stderr=err)

    assert str(failed.value) == (
        "The export is not complete, so no file was written. Mend dummy and run the command again."
    )
    assert failed.value.returncode == 1
    assert err.getvalue() == "Failed: dummy: DummyTrouble: export_personal_data was told to fail\n"
    assert not path.exists()


def test_an_existing_file_is_not_overwritten(kari: User, tmp_path: Path) -> None:
    path = tmp_path / "kari.zip"
    path.write_text("something else")

    with pytest.raises(CommandError, match="The file can't be written"):
        run("person_export", "kari@example.org", "--to", str(path))
    assert path.read_text() == "something else"


def test_erasing_anonymises_the_account(kari: User) -> None:
    old = kari.uuid
    said = run("person_erase", "kari@example.org")
    kari.refresh_from_db()

    assert said[-1] == "The account is anonymous now."
    assert kari.email.startswith("erased-")
    assert kari.email.endswith("@erased.invalid")
    assert (kari.first_name, kari.last_name, kari.display_name) == ("", "", "")
    assert (kari.is_active, kari.is_staff, kari.is_superuser) == (False, False, False)
    assert not kari.has_usable_password()
    assert not kari.groups.exists()
    assert kari.uuid != old


def test_erasing_ends_what_serves_the_person_alone(kari: User, platform: Any) -> None:
    run("person_erase", "kari@example.org")

    assert not InitiativeMember.objects.filter(user=kari).exists()
    assert not APIToken.objects.filter(user=kari).exists()
    assert not UserProfile.objects.filter(user=kari).exists()
    assert not JourneyTask.objects.filter(assignee=kari).exists()
    assert not PilotPage.objects.filter(contact=kari).exists()
    page = Page.objects.get(pk=platform.initiative.pk)
    assert (page.locked, page.locked_by) == (False, None)
    assert not platform.initiative.dummy_notes.exists()


def test_who_did_what_stays_on_record_without_the_name(kari: User, platform: Any) -> None:
    run("person_erase", "kari@example.org")

    assert JourneyTask.objects.filter(done_by=kari).count() == 1
    assert Event.objects.filter(actor=kari).count() == 2
    activities = Activity.objects.filter(initiative=platform.initiative, kind="core.member_added")
    told = [sentence(activity) for activity in activities.order_by("pk")]
    assert [text.partition(" ")[0] for text in told] == ["Team", "Facilitator", "–"]
    assert not Event.objects.filter(payload__name="Kari").exists()


def test_no_log_holds_the_address_any_more(kari: User) -> None:
    kind = ContentType.objects.get_for_model(User)
    entries = ModelLogEntry.objects.filter(content_type=kind, object_id=str(kari.pk))
    assert [entry.label for entry in entries] == ["kari@example.org"]

    run("person_erase", "kari@example.org")

    assert [entry.label for entry in entries.all()] == ["–"]


def test_erasing_ends_the_persons_sessions(kari: User) -> None:
    browser = Client()
    browser.force_login(kari)
    assert browser.get("/admin/").status_code == 200

    run("person_erase", "kari@example.org")

    assert browser.get("/admin/").status_code == 302


def test_erasing_says_what_it_did(kari: User) -> None:
    said = run("person_erase", "kari@example.org")

    assert "dummy: notes: 1 erased" in said
    assert "core: account: 1 anonymised" in said
    assert "core: memberships: 1 erased" in said
    assert "core: names in activities: 1 anonymised" in said
    assert any(line.startswith("core: records: ") and line.endswith("anonymous now.)") for line in said)


def test_a_dry_run_says_the_same_and_changes_nothing(kari: User) -> None:
    planned = run("person_erase", "kari@example.org", "--dry-run")
    kari.refresh_from_db()
    assert planned[-1] == "Nothing was changed."
    assert kari.email == "kari@example.org"
    assert APIToken.objects.filter(user=kari).exists()

    assert run("person_erase", "kari@example.org")[:-1] == planned[:-1]


def test_a_plugin_that_fails_leaves_the_request_open(kari: User) -> None:
    err = StringIO()
    with trouble.failing("erase_personal_data"), pytest.raises(CommandError) as failed:
        call_command("person_erase", "kari@example.org", stdout=StringIO(), stderr=err)

    assert str(failed.value) == (
        "The account was kept, because some data is still there. Mend dummy and run the command again."
    )
    assert err.getvalue() == "Failed: dummy: DummyTrouble: erase_personal_data was told to fail\n"
    kari.refresh_from_db()
    assert kari.email == "kari@example.org"

    assert run("person_erase", "kari@example.org")[-1] == "The account is anonymous now."


@pytest.mark.parametrize("command", [("person_export", "--to", "nobody.zip"), ("person_erase",)])
def test_somebody_who_has_no_account(db: None, command: tuple[str, ...]) -> None:
    with pytest.raises(CommandError) as failed:
        run(command[0], "nobody@example.org", *command[1:])
    assert str(failed.value) == "There is no account with the e-mail address nobody@example.org."
