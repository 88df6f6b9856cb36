"""What an exception in a hook means, policy by policy, and who is called at all."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import RequestFactory
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from stedskaping_dummy import trouble

from stedskaping_core.errors import Refusal
from stedskaping_core.events import emit
from stedskaping_core.models import Event, InitiativePage
from stedskaping_core.plugins.contributions import DashboardCard, Erasure, InitiativePanel, PersonalData
from stedskaping_core.plugins.facade import hooks_for
from stedskaping_core.plugins.registry import BUILTIN_APPS
from stedskaping_core.services.initiatives import initiative_submit
from stedskaping_core.services.plugins import plugin_disable
from stedskaping_core.tasks import BACK_OFF

LISTENERS = ["dummy", "mobilisation"]


@pytest.fixture
def site(platform: Any, dummy_at: Callable[[Any], Any]) -> Any:
    """Larvik, where the dummy is on; what was heard so far is forgotten."""
    found = dummy_at(platform.larvik.site)
    Event.objects.all().delete()
    DBTaskResult.objects.all().delete()
    return found


@pytest.fixture
def heard(site: Any) -> Callable[[], list[str]]:
    """What the dummy has heard, in order."""
    from stedskaping_dummy.models import Heard

    return lambda: [row.what for row in Heard.objects.filter(site=site)]


def cards(site: Any) -> list[str]:
    return [card.title for card in hooks_for(site).dashboard_cards(site, RequestFactory().get("/admin/"))]


# ---------------------------------------------------------------- provide_…


def test_provided_parts_of_all_plugins_that_are_on_in_order(site: Any, platform: Any) -> None:
    request = RequestFactory().get("/admin/")
    found = hooks_for(site).dashboard_cards(site, request)

    assert [card.order for card in found] == sorted(card.order for card in found)
    assert found[-1] == DashboardCard(title="Notes", value="0", order=900)
    panels = hooks_for(site).initiative_panels(platform.initiative, request)
    assert panels[-1] == InitiativePanel(title="Notes", rows=[("Written", "0")], order=900)
    assert "Notes" not in cards(platform.voss.site)


def test_a_failing_part_is_logged_and_left_out(site: Any, caplog: pytest.LogCaptureFixture) -> None:
    complete = cards(site)
    with trouble.failing("provide_dashboard_cards"):
        rest = cards(site)

    assert rest == [title for title in complete if title != "Notes"]
    assert [record.getMessage() for record in caplog.records] == [
        "plugin dummy: hook provide_dashboard_cards failed and its part is left out"
    ]


def test_parts_of_a_wrong_type_are_left_out(
    site: Any, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stedskaping_dummy.hooks.DashboardCard", dict)

    assert "Notes" not in cards(site)
    assert str(caplog.records[0].exc_info[1]) == (  # type: ignore[index]
        "provide_dashboard_cards of plugin dummy returned dict instead of DashboardCard"
    )


def test_a_failed_statement_does_not_spoil_the_callers_transaction(
    site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL refuses everything after a failed statement, unless a savepoint was set before."""

    def fail(_site: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM there_is_no_such_table")

    monkeypatch.setattr("stedskaping_dummy.hooks.DummySettings", SimpleNamespace(for_site=fail))

    with transaction.atomic():
        assert "Notes" not in cards(site)
        assert Event.objects.count() == 0


# ---------------------------------------------------------------- validate_…


@pytest.fixture
def draft(platform: Any, site: Any, make_initiative: Any) -> InitiativePage:
    author = platform.people["initiator"]
    return make_initiative(platform.larvik, "Drivhuset", author=author, status="draft")


def test_a_refusal_undoes_the_change(draft: Any, platform: Any) -> None:
    draft.dummy_notes.create(text="Not finished.")

    with pytest.raises(Refusal) as refused:
        initiative_submit(initiative=draft, actor=platform.people["initiator"])

    assert refused.value.code == "DUMMY_UNFINISHED"
    draft.refresh_from_db()
    assert draft.status == "draft"
    assert [note.text for note in draft.dummy_notes.all()] == ["Not finished."]


def test_any_other_exception_undoes_the_change_and_names_the_plugin(draft: Any, platform: Any) -> None:
    with trouble.failing("validate_initiative_submission"), pytest.raises(trouble.DummyTrouble) as caught:
        initiative_submit(initiative=draft, actor=platform.people["initiator"])

    assert caught.value.__notes__ == ["raised by plugin dummy in the hook validate_initiative_submission"]
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_without_objection_the_change_is_made(draft: Any, platform: Any) -> None:
    assert initiative_submit(initiative=draft, actor=platform.people["initiator"]).status == "submitted"
    assert [note.text for note in draft.dummy_notes.all()] == ["Looked at."]


def test_a_plugin_that_is_off_is_not_asked(draft: Any, platform: Any, site: Any) -> None:
    plugin_disable(site=site, slug="dummy")

    assert initiative_submit(initiative=draft, actor=platform.people["initiator"]).status == "submitted"
    assert not draft.dummy_notes.exists()


def test_validation_needs_the_transaction_that_it_can_undo(
    draft: Any, site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stedskaping_core.plugins.facade.connection", SimpleNamespace(in_atomic_block=False))

    with pytest.raises(transaction.TransactionManagementError, match="validate_initiative_submission"):
        hooks_for(site).validate_initiative_submission(draft, None)


# ---------------------------------------------------------------- on_…


def waiting() -> list[str]:
    """Who has a task in the queue."""
    return sorted(row.args_kwargs["args"][0] for row in DBTaskResult.objects.ready())


def test_one_task_per_plugin_that_listens_and_is_on(
    site: Any, platform: Any, background: Callable[[], list[str]], heard: Callable[[], list[str]]
) -> None:
    emit("core.outcome_added", site=site)
    assert waiting() == LISTENERS
    assert heard() == []

    emit("core.outcome_added", site=platform.voss.site)
    assert waiting() == [*LISTENERS, "mobilisation"]

    assert background() == ["done", "done", "done"]
    assert heard() == ["core.outcome_added"]


def test_what_is_not_committed_is_not_told(site: Any, background: Any) -> None:
    with transaction.atomic():
        emit("core.outcome_added", site=site)
        assert waiting() == LISTENERS
        transaction.set_rollback(True)

    assert waiting() == []


def test_another_queue_is_told_after_the_commit(
    site: Any, heard: Callable[[], list[str]], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        emit("core.outcome_added", site=site)
        assert heard() == []

    assert len(callbacks) == len(LISTENERS)
    assert heard() == ["core.outcome_added"]


def test_a_queue_that_is_gone_is_logged_and_the_person_goes_on(
    site: Any,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    def gone(*args: Any) -> None:
        raise ConnectionError("no queue")

    monkeypatch.setattr("django_tasks.backends.immediate.ImmediateBackend.enqueue", gone)

    with caplog.at_level(logging.ERROR), django_capture_on_commit_callbacks(execute=True):
        emit("core.outcome_added", site=site)

    assert Event.objects.filter(key="core.outcome_added").exists()
    assert len(caplog.records) == len(LISTENERS)
    assert "no queue" in caplog.records[0].getMessage()


def test_a_failure_is_tried_again_later_and_later(
    site: Any, background: Callable[[], list[str]], heard: Callable[[], list[str]]
) -> None:
    emit("core.outcome_added", site=site)
    DBTaskResult.objects.exclude(args_kwargs__args__0="dummy").delete()
    waits = []

    with trouble.failing("on_event"):
        for attempt in range(2, len(BACK_OFF) + 2):
            before = timezone.now()
            assert background() == ["retried"]
            again = DBTaskResult.objects.get()
            assert again.args_kwargs["args"][3] == attempt
            waits.append(round((again.run_after - before) / dt.timedelta(seconds=1)))
            assert background() == []
            DBTaskResult.objects.update(run_after=timezone.now())
        assert background() == ["DummyTrouble"]

    assert waits == [30, 300, 1800, 14400, 72000]
    assert not DBTaskResult.objects.exists()
    assert heard() == []


def test_it_may_succeed_the_second_time(
    site: Any, background: Callable[[], list[str]], heard: Callable[[], list[str]]
) -> None:
    emit("core.outcome_added", site=site)
    with trouble.failing("on_event"):
        assert sorted(background()) == ["done", "retried"]
    DBTaskResult.objects.update(run_after=timezone.now())

    assert background() == ["done"]
    assert heard() == ["core.outcome_added"]


def test_a_plugin_switched_off_meanwhile_is_not_told(
    site: Any, background: Callable[[], list[str]], heard: Callable[[], list[str]]
) -> None:
    emit("core.outcome_added", site=site)
    plugin_disable(site=site, slug="dummy")
    answers = background()

    # Of the two events, dummy was to hear the first and its own end.
    assert answers.count("outdated") == 1
    assert heard() == ["disabled"]


def test_a_switch_turned_back_meanwhile_is_not_told(
    site: Any,
    dummy_at: Callable[[Any], Any],
    background: Callable[[], list[str]],
    heard: Callable[[], list[str]],
) -> None:
    plugin_disable(site=site, slug="dummy")
    dummy_at(site)
    background()

    assert heard() == ["core.plugin_enabled", "enabled"]


def test_what_is_gone_is_not_told(site: Any, background: Callable[[], list[str]]) -> None:
    emit("core.outcome_added", site=site)
    Event.objects.all().delete()

    assert background() == ["gone", "gone"]


# ---------------------------------------------------------------- export_… / erase_… / load_…


@pytest.fixture
def resident(platform: Any) -> Any:
    """Somebody who left a note and isn't in any initiative."""
    person = platform.people["resident"]
    platform.initiative.dummy_notes.create(author=person, text="Hello")
    return person


def test_everything_installed_exports_whether_it_is_on_or_not(resident: Any, dummy: Any) -> None:
    answers = hooks_for(None).export_personal_data(resident)

    assert answers.failures == []
    asked = [slug for slug in answers.by_slug if slug not in BUILTIN_APPS.values()]
    assert asked == ["dummy", "funding", "mobilisation", "participation"]
    assert next(iter(answers.by_slug)) == "core"
    assert [type(part) for part in answers.by_slug["dummy"]] == [PersonalData]
    assert answers.by_slug["dummy"][0].records[0]["text"] == "Hello"


def test_a_failed_export_is_reported(resident: Any, caplog: pytest.LogCaptureFixture) -> None:
    with trouble.failing("export_personal_data"):
        answers = hooks_for(None).export_personal_data(resident)

    assert [str(failure) for failure in answers.failures] == [
        "dummy: DummyTrouble: export_personal_data was told to fail"
    ]
    assert "dummy" not in answers.by_slug
    assert "participation" in answers.by_slug


def test_erasing_goes_through_the_plugins_first(resident: Any) -> None:
    answers = hooks_for(None).erase_personal_data(resident, dry_run=False)

    assert list(answers.by_slug)[:4] == ["dummy", "funding", "mobilisation", "participation"]
    assert list(answers.by_slug)[-1] == "core"
    assert answers.by_slug["dummy"] == [Erasure("notes", erased=1)]
    resident.refresh_from_db()
    assert resident.is_active is False


def test_a_failed_erasure_keeps_the_account_for_the_next_try(
    resident: Any, platform: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with trouble.failing("erase_personal_data"):
        answers = hooks_for(None).erase_personal_data(resident, dry_run=False)

    assert [failure.slug for failure in answers.failures] == ["dummy"]
    assert "core" not in answers.by_slug
    resident.refresh_from_db()
    assert resident.email == "resident@example.org"
    # What the failing plugin had deleted already is back.
    assert platform.initiative.dummy_notes.count() == 1


def test_a_dry_run_changes_nothing_even_where_a_plugin_forgets_about_it(resident: Any, platform: Any) -> None:
    answers = hooks_for(None).erase_personal_data(resident, dry_run=True)

    assert answers.by_slug["dummy"] == [Erasure("notes", erased=1)]
    assert answers.by_slug["core"][0] == Erasure("account", anonymised=1)
    resident.refresh_from_db()
    assert resident.is_active is True
    assert platform.initiative.dummy_notes.count() == 1
