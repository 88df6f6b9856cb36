"""An initiative as a page: its status lives outside of revisions, forms and copies."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.actions.copy_page import CopyPageAction
from wagtail.models import Revision

from stedskaping_core.models import InitiativePage
from stedskaping_core.services.initiatives import (
    initiative_approve,
    initiative_discontinue,
    initiative_send_back,
    initiative_submit,
    set_status,
)


def fresh(page: InitiativePage) -> InitiativePage:
    found: InitiativePage = InitiativePage.objects.get(pk=page.pk)
    return found


def test_an_old_revision_brings_no_old_status_back(world: Any) -> None:
    page = world.add_initiative("Broen", status="draft")
    old = page.save_revision()
    initiative_submit(initiative=page, actor=None)
    initiative_approve(initiative=page, actor=None)
    initiative_discontinue(initiative=page, actor=None, reason="Nei.")
    since = fresh(page).status_changed_at

    old.publish()

    found = fresh(page)
    assert (found.status, found.status_reason, found.status_changed_at) == ("discontinued", "Nei.", since)


def test_a_revision_shows_the_status_of_now(world: Any) -> None:
    page = world.add_initiative("Broen", status="draft")
    old = page.save_revision()
    page = initiative_submit(initiative=page, actor=None)
    initiative_send_back(initiative=page, actor=None, reason="Hvor?")

    seen = Revision.objects.get(pk=old.pk).as_object()

    assert (seen.status, seen.status_reason) == ("draft", "Hvor?")


@pytest.mark.parametrize("saved_by", ["save", "publish", "unpublish"])
def test_a_page_read_before_a_change_of_status_does_not_undo_it(world: Any, saved_by: str) -> None:
    page = world.add_initiative("Broen", status="submitted")
    read_before = fresh(page)
    revision = read_before.save_revision()
    initiative_approve(initiative=page, actor=None)

    if saved_by == "save":
        read_before.title = "Brua"
        read_before.save()
    elif saved_by == "publish":
        read_before.publish(revision)
    else:
        read_before.unpublish()

    assert fresh(page).status == "active"
    assert read_before.status != "active" or saved_by == "publish"


def test_other_columns_are_saved_as_ever(world: Any) -> None:
    page = fresh(world.initiative)
    page.title, page.slug, page.place_name = "Brua", "brua", "Bekken"

    page.save()

    found = fresh(page)
    assert (found.title, found.place_name, found.url_path) == ("Brua", "Bekken", "/larvik/initiatives/brua/")


def test_named_columns_are_saved_and_no_others(world: Any) -> None:
    page = fresh(world.initiative)
    page.summary, page.address = "Kort.", "Torget 1"

    page.save(update_fields=["summary"])

    assert (fresh(page).summary, fresh(page).address) == ("Kort.", "")


def test_only_set_status_writes_the_status(world: Any) -> None:
    page = fresh(world.initiative)
    page.status, page.title = "realised", "Brua"
    page.save()
    assert (fresh(page).status, fresh(page).title) == ("active", "Brua")

    set_status(page, "paused", "Regn")

    assert (fresh(page).status, fresh(page).status_reason) == ("paused", "Regn")


def test_the_status_is_in_no_form() -> None:
    fields = InitiativePage.get_edit_handler().get_form_class().base_fields

    assert not {"status", "status_reason", "status_changed_at"} & fields.keys()
    assert {"title", "summary", "image", "story", "place_name", "latitude"} <= fields.keys()


@pytest.mark.parametrize("by_action", [True, False])
def test_a_copy_is_a_draft_of_its_own(world: Any, by_action: bool) -> None:
    page = world.initiative
    attributes = {"slug": "kopi", "title": "Kopi"}

    if by_action:
        copied = CopyPageAction(page, update_attrs=attributes).execute(skip_permission_checks=True)
    else:
        copied = page.copy(update_attrs=attributes)

    found = fresh(copied)
    assert (found.status, found.status_reason, found.story.raw_data[:]) == (
        "draft",
        "",
        page.story.raw_data[:],
    )
    assert found.status_changed_at > page.status_changed_at
    assert not found.members.exists()
    assert not found.outcomes.exists()
    assert not hasattr(found, "journey")
    assert [revision.as_object().status for revision in found.revisions.all()] == [
        "draft"
    ] * found.revisions.count()


def test_deleting_a_page_takes_its_journey_along(world: Any) -> None:
    journey = world.journey

    fresh(world.initiative).delete()

    assert not type(journey).objects.filter(pk=journey.pk).exists()


def test_a_place_is_both_or_neither(world: Any) -> None:
    page = fresh(world.initiative)
    page.place = None
    assert (page.place, page.place_name, page.address, page.latitude) == (None, "", "", None)

    page.latitude, page.longitude = 59.0, 10.0

    assert (page.place.name, page.place.latitude, page.place.longitude) == ("", 59.0, 10.0)
