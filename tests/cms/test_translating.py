"""wagtail-localize: translating pages through its own records and through its pages in the admin."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from stedskaping_cms.models import ArticlePage, CoursePage, CourseSession
from stedskaping_core.models import PhasePage
from stedskaping_core.services.plugins import plugin_disable

HEADING = {
    "type": "heading",
    "value": {"text": "Samle folk", "level": "2"},
    "id": "11111111-0000-4000-8000-1",
}
LIST = {
    "type": "checklist",
    "value": {
        "title": "Husk",
        "entries": [{"type": "item", "value": "Kaffe", "id": "22222222-0000-4000-8000-1"}],
    },
    "id": "11111111-0000-4000-8000-2",
}
OFF = {
    "type": "funding_budget",
    "value": {"initiative": None, "heading": "Pengene"},
    "id": "11111111-0000-4000-8000-3",
}
GONE = {"type": "solar_panel", "value": {"watts": [1, None]}, "id": "11111111-0000-4000-8000-4"}
TEXT = {"type": "paragraph", "value": "<p>Ring <b>naboen</b>.</p>", "id": "11111111-0000-4000-8000-5"}


@pytest.fixture
def english(platform):
    """English, with the pages above the guide's phases translated already."""
    locale = Locale.objects.get_or_create(language_code="en")[0]
    platform.national.root_page.specific.copy_for_translation(locale)
    platform.guide.copy_for_translation(locale).save_revision().publish()
    return locale


@pytest.fixture
def phase(platform):
    page = PhasePage.objects.child_of(platform.guide).first()
    page.guidance = json.dumps([HEADING, LIST, OFF, GONE, TEXT])
    page.save_revision().publish()
    return PhasePage.objects.get(pk=page.pk)


def translate(page, locale, words):
    """Translate every string of the page that `words` knows, and publish."""
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
    for segment in source.stringsegment_set.select_related("string", "context"):
        if segment.string.data in words:
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                locale=locale,
                context=segment.context,
                defaults={"data": words[segment.string.data]},
            )
    translation.save_target(publish=True)
    return page.get_translation(locale)


def strings(page):
    source, _created = TranslationSource.update_or_create_from_instance(page)
    return {segment.string.data for segment in source.stringsegment_set.select_related("string")}


WORDS = {
    "Idé": "Idea",
    "ide": "idea",
    "Samle folk.": "Gather people.",
    "Samle folk": "Gather people",
    "Husk": "Remember",
    "Kaffe": "Coffee",
    "Pengene": "The money",
    "Ring <b>naboen</b>.": "Call <b>the neighbour</b>.",
    "Finn ei gruppe": "Find a group",
    "Minst to": "At least two",
}


def raw(page):
    return [dict(item) for item in page.guidance.raw_data]


def test_the_streams_words_are_offered_for_translation(phase, english):
    found = strings(phase)

    assert {"Samle folk", "Husk", "Kaffe", "Pengene", "Ring <b>naboen</b>."} <= found
    assert {"Finn ei gruppe", "Minst to"} <= found


def test_a_phase_in_english(phase, english):
    translated = translate(phase, english, WORDS)

    assert (translated.title, translated.summary) == ("Idea", "Gather people.")
    assert [item["type"] for item in raw(translated)] == [item["type"] for item in raw(phase)]
    assert raw(translated)[0]["value"] == {"text": "Gather people", "level": "2"}
    assert raw(translated)[1]["value"]["entries"][0]["value"] == "Coffee"
    assert raw(translated)[2]["value"]["heading"] == "The money"
    assert "Call <b>the neighbour</b>." in raw(translated)[4]["value"]


def test_what_isnt_installed_survives_translating(phase, english):
    translated = translate(phase, english, WORDS)

    assert raw(translated)[3] == GONE
    phase.title = "Idé og folk"
    phase.save_revision().publish()
    again = translate(
        PhasePage.objects.get(pk=phase.pk), english, {**WORDS, "Idé og folk": "Idea and people"}
    )
    assert (again.pk, again.title) == (translated.pk, "Idea and people")
    assert raw(again)[3] == GONE


def test_a_block_of_a_plugin_that_is_off_survives_too(phase, english, platform):
    translate(phase, english, WORDS)
    plugin_disable(site=platform.national, slug="funding")

    translated = translate(phase, english, {**WORDS, "Kaffe": "Coffee and cake"})

    assert raw(translated)[1]["value"]["entries"][0]["value"] == "Coffee and cake"
    assert raw(translated)[2] == {**OFF, "value": {"initiative": None, "heading": "The money"}}


def test_tasks_and_requirements_go_along_and_their_facts_stay_the_same(phase, english):
    translated = translate(phase, english, WORDS)

    assert (translated.kind, translated.duration, translated.duration_unit) == (
        phase.kind,
        phase.duration,
        phase.duration_unit,
    )
    tasks = {task.title: task.required for task in translated.tasks.all()}
    assert tasks == {"Find a group": True, "Søk": True, "Avtale": False}
    requirement = translated.requirements.get()
    assert (requirement.label, requirement.metric, requirement.target) == ("At least two", "core.members", 2)
    assert requirement.translation_key == phase.requirements.get().translation_key


def test_an_article_with_its_picture_and_body(platform, english):
    article = ArticlePage(title="Taket", slug="taket", intro="Tørt.", locale=platform.guide.locale)
    article.body = json.dumps([HEADING, GONE])
    platform.larvik.page.add_child(instance=article)
    platform.larvik.page.copy_for_translation(english)

    translated = translate(
        article, english, {"Taket": "The roof", "Tørt.": "Dry.", "Samle folk": "Gather people"}
    )

    assert (translated.title, translated.intro, translated.slug) == ("The roof", "Dry.", "taket")
    assert [dict(item) for item in translated.body.raw_data] == [
        {**HEADING, "value": {"text": "Gather people", "level": "2"}},
        GONE,
    ]
    assert translated.url == "https://larvik.example.org/en/taket/"


def test_a_courses_dates_stay_with_the_original(platform, english):
    start = dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC)
    course = CoursePage(title="Kurs", slug="kurs", locale=platform.guide.locale)
    course.sessions = [CourseSession(starts_at=start, ends_at=start + dt.timedelta(hours=2), place="Oslo")]
    platform.guide.get_parent().add_child(instance=course)

    translated = translate(course, english, {"Kurs": "Course"})

    assert translated.title == "Course"
    assert CourseSession.objects.get().page_id == course.pk


# ------------------------------------------------------------------ through the admin


@pytest.fixture
def editor(platform, login):
    return login(platform.people["admin"])


def test_an_editor_translates_a_phase_in_the_admin(phase, english, editor, seen):
    form = editor.get(f"/admin/localize/submit/page/{phase.pk}/")
    assert form.status_code == 200

    response = editor.post(f"/admin/localize/submit/page/{phase.pk}/", {"locales": [english.pk]})

    translated = phase.get_translation(english)
    assert (response.status_code, response.url) == (302, f"/admin/pages/{translated.pk}/edit/")
    page = editor.get(response.url)
    assert page.status_code == 200
    for words in ("Samle folk", "Kaffe", "Pengene"):
        assert words in seen(page)


def test_a_translated_string_is_saved_and_published_there(
    phase, english, editor, django_capture_on_commit_callbacks
):
    editor.post(f"/admin/localize/submit/page/{phase.pk}/", {"locales": [english.pk]})
    translation = Translation.objects.get(source__object_id=phase.translation_key)
    segment = translation.source.stringsegment_set.get(string__data="Kaffe")

    saved = editor.put(
        f"/admin/localize/translate/{translation.pk}/strings/{segment.pk}/edit/",
        "value=Coffee",
        content_type="application/x-www-form-urlencoded",
    )
    address = f"/admin/pages/{phase.get_translation(english).pk}/edit/"
    with django_capture_on_commit_callbacks(execute=True):
        published = editor.post(address, {"action": "publish"})

    assert (saved.status_code, published.status_code) == (201, 302)
    page = phase.get_translation(english)
    assert page.live
    assert raw(page)[1]["value"]["entries"][0]["value"] == "Coffee"
    assert raw(page)[3] == GONE


def test_staff_of_a_pilot_may_translate_its_pages(platform, staff, login, english):
    article = ArticlePage(title="Taket", slug="taket", intro="Tørt.", locale=platform.guide.locale)
    platform.larvik.page.add_child(instance=article)
    platform.larvik.page.copy_for_translation(english)

    client = login(staff(platform.larvik, "editors"))

    assert client.get(f"/admin/localize/submit/page/{article.pk}/").status_code == 200
    assert Page.objects.get(pk=article.pk).get_translations().count() == 0
