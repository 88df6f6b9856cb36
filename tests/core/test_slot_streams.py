"""Streams keep what they don't know, byte for byte, whatever happens to the page."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import BadRequest
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.datastructures import MultiValueDict
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from stedskaping_core.models import InitiativePage
from stedskaping_core.services.plugins import plugin_disable
from stedskaping_core.streams.block import FORM_TYPE, KeptBlock

pytestmark = pytest.mark.usefixtures("english")

QUOTE = {
    "type": "quote",
    "value": {"quote": "Ja!", "attribution": "Kari"},
    "id": "00000000-0000-4000-8000-000000000001",
}
DUMMY = {
    "type": "dummy_note",
    "value": {
        "text": "Hei",
        "parts": [{"type": "line", "value": "æøå", "id": "00000000-0000-4000-8000-0000000000aa"}],
    },
    "id": "00000000-0000-4000-8000-000000000002",
}
GONE = [
    {
        "type": "gone_gallery",
        "value": {"zebra": [1, {"deep": [True, None, "æ“ø”å"]}], "apple": 1.5, "": ""},
        "id": "00000000-0000-4000-8000-000000000003",
    },
    {"type": "gone_number", "value": 12345678901234567890, "id": "00000000-0000-4000-8000-000000000004"},
    {"type": "gone_nothing", "value": None, "id": "00000000-0000-4000-8000-000000000005"},
    {"type": "gone_list", "value": ["<b>", []], "id": "00000000-0000-4000-8000-000000000006"},
]
STREAM = [GONE[0], QUOTE, GONE[1], DUMMY, GONE[2], GONE[3]]


@pytest.fixture
def page(platform: Any, dummy_at: Callable[[Any], Any]) -> InitiativePage:
    """An initiative of Larvik, where the dummy is on, with blocks of plugins that nobody has any more."""
    dummy_at(platform.larvik.site)
    InitiativePage.objects.filter(pk=platform.initiative.pk).update(story=STREAM)
    return InitiativePage.objects.get(pk=platform.initiative.pk)


def stored(page: Any) -> str:
    """The column's text in the database."""
    return str(InitiativePage.objects.annotate(raw=Cast("story", TextField())).get(pk=page.pk).raw)


def blocks_of(page: Any) -> list[tuple[str, str]]:
    return [(child.block_type, type(child.block).__name__) for child in page.story]


def test_reading_knows_what_it_can(page: InitiativePage) -> None:
    assert blocks_of(page) == [
        ("gone_gallery", "KeptBlock"),
        ("quote", "QuoteBlock"),
        ("gone_number", "KeptBlock"),
        ("dummy_note", "NoteBlock"),
        ("gone_nothing", "KeptBlock"),
        ("gone_list", "KeptBlock"),
    ]
    assert page.story[0].value == GONE[0]["value"]
    assert page.story[3].value["parts"][0].value == "æøå"


def test_loading_and_saving(page: InitiativePage) -> None:
    before = stored(page)
    page.save()
    assert stored(page) == before

    # Also after every item has been looked at.
    page = InitiativePage.objects.get(pk=page.pk)
    assert len(list(page.story)) == 6
    page.save()
    assert stored(page) == before


def test_moving_items_around(page: InitiativePage) -> None:
    page.story.insert(0, ("quote", {"quote": "Først", "attribution": ""}))
    del page.story[2]
    page.save()

    saved = json.loads(stored(page))
    assert [item["type"] for item in saved] == [
        "quote",
        *(item["type"] for item in STREAM if item is not QUOTE),
    ]
    assert [item for item in saved if item["type"].startswith("gone")] == GONE


def test_setting_items_by_name(page: InitiativePage) -> None:
    page.story = [("gone_gallery", {"a": [1]}), ("quote", {"quote": "Ja", "attribution": ""})]
    page.save()

    assert [(item["type"], item["value"]) for item in json.loads(stored(page))] == [
        ("gone_gallery", {"a": [1]}),
        ("quote", {"quote": "Ja", "attribution": ""}),
    ]


def test_a_revision_and_its_publication(page: InitiativePage) -> None:
    before = stored(page)
    revision = page.save_revision()
    assert json.loads(revision.content["story"]) == STREAM

    InitiativePage.objects.filter(pk=page.pk).update(story=[])
    revision.publish()
    assert stored(page) == before


def test_a_copy_of_the_page(page: InitiativePage) -> None:
    copied = page.copy(update_attrs={"slug": "kopi", "title": "Kopi"}, keep_live=False)

    assert stored(copied) == stored(page)


def test_a_copy_for_translation(page: InitiativePage) -> None:
    nynorsk = Locale.objects.get_or_create(language_code="nn")[0]
    for parent in page.get_ancestors().filter(depth__gt=1).specific():
        parent.copy_for_translation(nynorsk)
    twin = page.copy_for_translation(nynorsk)

    assert stored(twin) == stored(page)


def test_a_translation_that_wagtail_localize_makes_and_keeps_in_step(page: InitiativePage) -> None:
    nynorsk = Locale.objects.get_or_create(language_code="nn")[0]
    for parent in page.get_ancestors().filter(depth__gt=1).specific():
        parent.copy_for_translation(nynorsk)
    source, _created = TranslationSource.get_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=nynorsk)
    translation.save_target(publish=False)
    twin = page.get_translation(nynorsk).get_latest_revision_as_object()
    assert [child.get_prep_value() for child in twin.story if child.block_type.startswith("gone")] == GONE

    # The dummy had segments; after it is uninstalled they meet a block that can't take them.
    items = [*STREAM, {**GONE[0], "id": "00000000-0000-4000-8000-000000000007"}]
    InitiativePage.objects.filter(pk=page.pk).update(story=items)
    source.update_from_db()
    translation.save_target(publish=False)
    twin = page.get_translation(nynorsk).get_latest_revision_as_object()
    assert [child.block_type for child in twin.story] == [item["type"] for item in items]


def test_segments_of_a_block_that_is_gone_leave_it_alone() -> None:
    block = KeptBlock()

    assert block.get_translatable_segments({"text": "Hei"}) == []
    assert block.restore_translated_segments({"text": "Hei"}, [object()]) == {"text": "Hei"}


def test_a_pickled_stream(page: InitiativePage) -> None:
    again = pickle.loads(pickle.dumps(page.story))

    assert [child.get_prep_value() for child in again] == STREAM


def test_what_visitors_and_search_see(page: InitiativePage) -> None:
    assert "Ja!" in str(page.story)
    assert "zebra" not in str(page.story)
    field = InitiativePage._meta.get_field("story")
    assert field.get_searchable_content(page.story) == ["Ja!", "Kari", "Hei", "æøå"]


def test_two_revisions_are_compared_by_what_is_stored(page: InitiativePage) -> None:
    other = InitiativePage.objects.get(pk=page.pk)
    other.story[0].value = {"zebra": [2]}
    comparison = page.get_edit_handler().get_bound_panel(instance=page).get_comparison()
    story = next(found(page, other) for found in comparison if found(page, other).field_label() == "Story")

    assert story.has_changed()
    assert "zebra" in story.htmldiff()


# ---------------------------------------------------------------- the editing form


def form_for(page: Any, user: Any, data: Any = None) -> Any:
    form_class = type(page).get_edit_handler().get_form_class()
    return form_class(data, instance=page, parent_page=page.get_parent().specific, for_user=user)


def flatten(prefix: str, value: Any) -> dict[str, str]:
    """Form data as the editor's script posts it, from the state that it was given."""
    if isinstance(value, dict):
        return {
            name: text
            for key, part in value.items()
            for name, text in flatten(f"{prefix}-{key}", part).items()
        }
    if isinstance(value, list):
        data = {f"{prefix}-count": str(len(value))}
        for number, item in enumerate(value):
            data |= {
                f"{prefix}-{number}-deleted": "",
                f"{prefix}-{number}-order": str(number),
                f"{prefix}-{number}-type": item["type"],
                f"{prefix}-{number}-id": item["id"] or "",
                **flatten(f"{prefix}-{number}-value", item["value"]),
            }
        return data
    return {prefix: "" if value is None else str(value)}


def posted(page: Any, form: Any) -> dict[str, str]:
    """The whole form, posted as it was shown."""
    block = form.fields["story"].block
    data = flatten("story", block.get_form_state(form.initial["story"]))
    for name in ("title", "slug", "summary", "place_name", "address", "latitude", "longitude"):
        data[name] = "" if getattr(page, name) is None else str(getattr(page, name))
    for prefix in form.formsets:
        data |= {f"{prefix}-{part}_FORMS": "0" for part in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")}
    return data


def save(page: Any, user: Any, data: dict[str, str]) -> None:
    files: Any = MultiValueDict()
    form_class = type(page).get_edit_handler().get_form_class()
    form = form_class(data, files, instance=page, parent_page=page.get_parent().specific, for_user=user)
    assert form.is_valid(), form.errors
    form.save()


@pytest.mark.parametrize("dummy_is_on", [True, False])
def test_the_form_gives_back_what_it_was_given(page: Any, platform: Any, dummy_is_on: bool) -> None:
    if not dummy_is_on:
        plugin_disable(site=platform.larvik.site, slug="dummy")
    before = stored(page)
    form = form_for(page, platform.people["admin"])

    save(page, platform.people["admin"], posted(page, form))

    assert json.loads(stored(page)) == STREAM
    assert stored(page) == before


def test_the_form_holds_kept_items_in_hidden_fields(page: Any, platform: Any) -> None:
    form = form_for(page, platform.people["admin"])
    state = form.fields["story"].block.get_form_state(form.initial["story"])

    assert [item["type"] for item in state] == [
        FORM_TYPE,
        "quote",
        FORM_TYPE,
        "dummy_note",
        FORM_TYPE,
        FORM_TYPE,
    ]
    assert json.loads(state[0]["value"]) == {"type": "gone_gallery", "value": GONE[0]["value"]}


def test_kept_items_can_be_moved_and_deleted(page: Any, platform: Any) -> None:
    data = posted(page, form_for(page, platform.people["admin"]))
    data |= {"story-0-order": "5", "story-5-order": "0", "story-2-deleted": "1", "story-1-deleted": "1"}
    save(page, platform.people["admin"], data)

    assert json.loads(stored(page)) == [GONE[3], DUMMY, GONE[2], GONE[0]]


def test_the_menu_offers_blocks_of_plugins_that_are_on(page: Any, platform: Any) -> None:
    def offered() -> list[str]:
        return list(form_for(page, platform.people["admin"]).fields["story"].block.child_blocks)

    own = ["heading", "paragraph", "image", "quote", "checklist", "callout", "video", "document"]
    assert offered()[: len(own)] == own
    assert "dummy_note" in offered()
    plugin_disable(site=platform.larvik.site, slug="dummy")
    assert "dummy_note" not in offered()
    for slug in ("funding", "mobilisation", "participation"):
        plugin_disable(site=platform.larvik.site, slug=slug)
    assert offered() == own


def test_a_new_page_goes_by_its_parent(platform: Any, dummy_at: Callable[[Any], Any]) -> None:
    dummy_at(platform.larvik.site)
    form_class = InitiativePage.get_edit_handler().get_form_class()

    def offered(pilot: Any) -> Any:
        form = form_class(
            instance=InitiativePage(), parent_page=pilot.index, for_user=platform.people["admin"]
        )
        return form.fields["story"].block.child_blocks

    assert offered(platform.larvik).offers("dummy_note")
    assert not offered(platform.voss).offers("dummy_note")


def test_forms_do_not_share_their_blocks(page: Any, platform: Any) -> None:
    """Saving a draft takes "required" off the blocks of its form for a moment."""
    one = form_for(page, platform.people["admin"]).fields["story"].block
    other = form_for(page, platform.people["admin"]).fields["story"].block
    one.defer_required_validation()

    assert one.child_blocks["quote"].is_deferred_validation
    assert not getattr(other.child_blocks["quote"], "is_deferred_validation", False)
    shared = InitiativePage._meta.get_field("story").stream_block
    assert not getattr(shared.child_blocks["quote"], "is_deferred_validation", False)


def test_a_plugin_switched_off_while_the_form_was_open(page: Any, platform: Any) -> None:
    data = posted(page, form_for(page, platform.people["admin"]))
    data["story-3-value-text"] = "Changed in the meantime"
    plugin_disable(site=platform.larvik.site, slug="dummy")
    save(page, platform.people["admin"], data)

    changed = {**DUMMY, "value": {**DUMMY["value"], "text": "Changed in the meantime"}}  # type: ignore[dict-item]
    assert json.loads(stored(page)) == [changed if item is DUMMY else item for item in STREAM]


def test_a_plugin_switched_on_while_the_form_was_open(
    page: Any, platform: Any, dummy_at: Callable[[Any], Any]
) -> None:
    plugin_disable(site=platform.larvik.site, slug="dummy")
    data = posted(page, form_for(page, platform.people["admin"]))
    assert data["story-3-type"] == FORM_TYPE
    dummy_at(platform.larvik.site)
    save(page, platform.people["admin"], data)

    assert json.loads(stored(page)) == STREAM


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"type": "gone_list"}'])
def test_a_damaged_form_is_refused_rather_than_half_saved(page: Any, platform: Any, damage: str) -> None:
    data = posted(page, form_for(page, platform.people["admin"]))
    data["story-0-value"] = damage

    with pytest.raises(BadRequest, match="came back damaged"):
        save(page, platform.people["admin"], data)


def test_an_edited_block_whose_plugin_is_gone_is_refused(page: Any, platform: Any) -> None:
    data = posted(page, form_for(page, platform.people["admin"]))
    data["story-1-type"] = "gone_gallery"

    with pytest.raises(BadRequest, match="There is no block “gone_gallery” any more"):
        save(page, platform.people["admin"], data)


def test_the_admin_page_carries_the_kept_items(page: Any, platform: Any, client: Any) -> None:
    plugin_disable(site=platform.larvik.site, slug="dummy")
    client.force_login(platform.people["admin"])
    body = client.get(f"/admin/pages/{page.pk}/edit/").content.decode()

    assert "stedskaping.SlotStreamBlock" in body
    assert "stedskaping_core/slot-stream-block.js" in body
    assert "gone_gallery" in body
    assert "Dummy note" not in body
