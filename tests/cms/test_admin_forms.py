"""Editing forms: what is offered, and what is kept though it isn't offered."""

from __future__ import annotations

import json

import pytest
from django.utils import translation
from wagtail.blocks import Block
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from stedskaping_cms.models import SiteSettings
from stedskaping_core.models import PhasePage, PilotLeadTime, PilotPage
from stedskaping_core.services.plugins import plugin_disable, plugin_enable
from stedskaping_core.streams.block import FORM_TYPE

OFF = {"type": "funding_budget", "value": {"initiative": None, "heading": "Pengene"}, "id": "6e0f5b0a-1"}
GONE = {"type": "solar_panel", "value": {"watts": [1, 2.5, None], "æøå": "<b>"}, "id": "6e0f5b0a-2"}
TEXT = {"type": "paragraph", "value": "<p>Før</p>", "id": "6e0f5b0a-3"}


@pytest.fixture
def phase(platform):
    """A phase with a block of a plugin that is off for the guide's site, and one of a plugin that is gone."""
    plugin_disable(site=platform.national, slug="funding")
    page = PhasePage.objects.child_of(platform.guide).first()
    page.guidance = json.dumps([OFF, TEXT, GONE])
    page.save_revision().publish()
    return PhasePage.objects.get(pk=page.pk)


@pytest.fixture
def admin(platform, login):
    return login(platform.people["admin"])


def stored(page):
    return [dict(item) for item in type(page).objects.get(pk=page.pk).guidance.raw_data]


def posted(form, **changes):
    """What a browser sends back for the phase's form, with `changes` in the paragraph of its guidance."""
    page = form.instance
    states = form.fields["guidance"].block.get_form_state(form.initial["guidance"])
    items = {"count": len(states)}
    for number, state in enumerate(states):
        value = state["value"] if state["type"] == FORM_TYPE else rich_text(changes["paragraph"])
        items[str(number)] = {
            "type": state["type"],
            "id": state["id"],
            "order": number,
            "deleted": "",
            "value": value,
        }
    tasks = [
        {
            "id": task.pk,
            "title": task.title,
            "help": rich_text(task.help),
            "kind": task.kind,
            "permit_kind": task.permit_kind_id or "",
            "required": "on" if task.required else "",
        }
        for task in page.tasks.all()
    ]
    requirements = [
        {
            "id": row.pk,
            "metric": changes.get("metric", row.metric),
            "comparison": row.comparison,
            "target": row.target,
            "label": row.label,
        }
        for row in page.requirements.all()
    ]
    return nested_form_data(
        {
            "title": page.title,
            "slug": page.slug,
            "kind": page.kind,
            "duration": page.duration,
            "duration_unit": page.duration_unit,
            "summary": page.summary,
            "guidance": items,
            "tasks": inline_formset(tasks, initial=len(tasks)),
            "requirements": inline_formset(requirements, initial=len(requirements)),
            "comments": inline_formset([]),
            "action-publish": "action-publish",
        }
    )


def test_blocks_that_arent_there_survive_an_edit(admin, phase):
    form = admin.get(f"/admin/pages/{phase.pk}/edit/").context["form"]

    response = admin.post(f"/admin/pages/{phase.pk}/edit/", posted(form, paragraph="<p>Etter</p>"))

    assert response.status_code == 302
    first, middle, last = stored(phase)
    assert first == OFF
    assert last == GONE
    assert (middle["type"], middle["id"]) == ("paragraph", TEXT["id"])
    assert "Etter" in middle["value"]


def test_they_are_not_offered(admin, phase):
    block = admin.get(f"/admin/pages/{phase.pk}/edit/").context["form"].fields["guidance"].block

    offered = [child.name for child in block.ordered_child_blocks()]
    assert "paragraph" in offered
    assert "funding_budget" not in offered
    assert "solar_panel" not in offered


def test_the_page_says_that_they_are_kept(admin, phase, seen):
    text = seen(admin.get(f"/admin/pages/{phase.pk}/edit/"))

    assert text.count(FORM_TYPE) >= 3
    assert "stedskaping_core/slot-stream-block.js" in text


def test_switched_on_again_the_block_is_back(admin, phase, platform):
    form = admin.get(f"/admin/pages/{phase.pk}/edit/").context["form"]
    admin.post(f"/admin/pages/{phase.pk}/edit/", posted(form, paragraph="<p>Etter</p>"))

    plugin_enable(site=platform.national, slug="funding")

    form = admin.get(f"/admin/pages/{phase.pk}/edit/").context["form"]
    states = form.fields["guidance"].block.get_form_state(form.initial["guidance"])
    assert [state["type"] for state in states] == ["funding_budget", "paragraph", FORM_TYPE]


# ------------------------------------------------------------------ choices


def options(bound_field, value):
    """The labels that a select offers in English, by group."""
    found = {}
    with translation.override("en"):
        for group, choices, _number in bound_field.field.widget.optgroups("", [value]):
            found.setdefault(str(group or ""), []).extend(str(choice["label"]) for choice in choices)
    return found


def metric_options(form):
    field = form.formsets["requirements"].forms[0]["metric"]
    return options(field, field.value())


def test_metrics_are_a_choice_by_plugin(admin, phase):
    found = metric_options(admin.get(f"/admin/pages/{phase.pk}/edit/").context["form"])

    assert "Members (core.members)" in found["The platform"]
    assert "Secured part of the minimum (funding.minimum_secured_percent)" in found["Funding"]


def test_a_metric_of_a_plugin_that_is_gone_stays_chosen(admin, phase):
    phase.requirements.update(metric="solar.kilowatts")
    phase.save_revision()
    form = admin.get(f"/admin/pages/{phase.pk}/edit/").context["form"]
    assert metric_options(form)[""] == ["---------", "solar.kilowatts (not installed)"]

    admin.post(f"/admin/pages/{phase.pk}/edit/", posted(form, paragraph="<p>Etter</p>"))

    assert PhasePage.objects.get(pk=phase.pk).requirements.get().metric == "solar.kilowatts"


def test_lead_times_are_given_for_known_kinds_of_permits(admin, platform):
    page = PilotPage.objects.get(pk=platform.larvik.page.pk)
    page.lead_times.add(PilotLeadTime(permit_key="building", weeks=9))
    page.save_revision().publish()

    form = admin.get(f"/admin/pages/{platform.larvik.page.pk}/edit/").context["form"]

    field = form.formsets["lead_times"].forms[0]["permit_key"]
    assert options(field, "gone") == {"": ["---------", "Byggesøknad", "gone (unknown)"]}


# ------------------------------------------------------------------ settings of a site


def test_the_footers_form_offers_what_is_on(platform, staff, login):
    client = login(staff(platform.larvik, "managers"))
    response = client.get(f"/admin/settings/cms/sitesettings/{platform.larvik.site.pk}/")

    names = [child.name for child in response.context["form"].fields["footer"].block.ordered_child_blocks()]
    assert names == ["paragraph", "action"]


def test_a_footers_unknown_block_survives(platform, admin):
    settings = SiteSettings.for_site(platform.larvik.site)
    settings.footer = json.dumps([GONE])
    settings.save()
    address = f"/admin/settings/cms/sitesettings/{platform.larvik.site.pk}/"
    form = admin.get(address).context["form"]
    [state] = form.fields["footer"].block.get_form_state(form.initial["footer"])
    item = {"type": state["type"], "id": state["id"], "order": 0, "deleted": "", "value": state["value"]}

    response = admin.post(
        address,
        nested_form_data(
            {
                "title": "Larvik bygger",
                "contact_email": "",
                "footer": {"count": 1, "0": item},
                "social_links": inline_formset([]),
                "texts": inline_formset([]),
            }
        ),
    )

    assert response.status_code == 302
    saved = SiteSettings.objects.get(site=platform.larvik.site)
    assert saved.title == "Larvik bygger"
    assert [dict(item) for item in saved.footer.raw_data] == [GONE]


def test_another_pilots_settings_are_closed(platform, staff, login):
    client = login(staff(platform.larvik, "managers"))

    assert client.get(f"/admin/settings/cms/sitesettings/{platform.voss.site.pk}/").url == "/admin/"


# ------------------------------------------------------------------ previews of blocks


def test_every_block_has_a_preview(admin, phase):
    field = PhasePage._meta.get_field("guidance")

    for name, block in field.stream_block.child_blocks.items():
        response = admin.get("/admin/block-preview/", {"id": block.definition_prefix})

        assert response.status_code == 200, name
        page = response.content.decode()
        assert f"block-{name}" in page
        assert "stedskaping_cms/block_preview.css" in page


def test_a_forms_blocks_are_not_remembered_by_wagtail(admin, phase):
    admin.get(f"/admin/pages/{phase.pk}/edit/")
    before = len(Block.definition_registry)

    admin.get(f"/admin/pages/{phase.pk}/edit/")

    assert len(Block.definition_registry) == before
