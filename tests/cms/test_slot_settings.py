"""A site's settings have a slot too: it offers blocks of plugins that are on for that site."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.apps import apps
from wagtail.contrib.settings.views import get_setting_edit_handler

from stedskaping_cms.models import SiteSettings
from stedskaping_core.services.plugins import plugin_enable
from stedskaping_core.streams.block import FORM_TYPE

OWN = ["paragraph", "action"]
NOTE = {
    "type": "dummy_note",
    "value": {"text": "Hei", "parts": []},
    "id": "00000000-0000-4000-8000-000000000001",
}


def form_of(settings: SiteSettings, data: Any = None) -> Any:
    return get_setting_edit_handler(SiteSettings).get_form_class()(data, instance=settings)


@pytest.fixture
def dummy_is_installed() -> None:
    assert apps.is_installed("stedskaping_dummy"), "see tests/dummy_plugin"


@pytest.mark.usefixtures("dummy_is_installed")
def test_the_footer_offers_what_is_on(make_pilot: Any) -> None:
    larvik, voss = make_pilot("larvik").site, make_pilot("voss").site
    plugin_enable(site=larvik, slug="dummy")

    for site, offered in ((larvik, [*OWN, "dummy_note"]), (voss, OWN)):
        form = form_of(SiteSettings(site=site))
        texts = form.formsets["texts"]
        assert list(form.fields["footer"].block.child_blocks) == offered
        # The settings' own texts in other languages, and the empty form that the editor's script copies.
        assert list(texts.empty_form.fields["footer"].block.child_blocks) == offered


@pytest.mark.usefixtures("dummy_is_installed")
def test_the_footer_keeps_what_is_off(make_pilot: Any) -> None:
    settings = SiteSettings.objects.create(site=make_pilot("larvik").site, footer=[])
    SiteSettings.objects.filter(pk=settings.pk).update(footer=[NOTE])
    settings.refresh_from_db()
    shown = form_of(settings)
    state = shown.fields["footer"].block.get_form_state(shown.initial["footer"])
    assert [item["type"] for item in state] == [FORM_TYPE]

    data = {
        **{"title": "Larvik", "contact_email": "", "footer-count": "1", "footer-0-deleted": ""},
        **{"footer-0-order": "0", "footer-0-type": FORM_TYPE, "footer-0-id": NOTE["id"]},
        "footer-0-value": state[0]["value"],
    }
    for prefix in shown.formsets:
        data |= {f"{prefix}-{part}_FORMS": "0" for part in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")}
    form = form_of(settings, data)
    assert form.is_valid(), form.errors
    form.save()

    saved = SiteSettings.objects.get(pk=settings.pk)
    assert json.loads(json.dumps(list(saved.footer.raw_data))) == [NOTE]
    assert saved.title == "Larvik"
