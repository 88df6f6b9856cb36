"""The shipped guide: complete in three languages that are translations of each other, installed once."""

from __future__ import annotations

import copy
import datetime as dt
import uuid
from typing import Any

import pytest
from wagtail.models import Locale, Page

from stedskaping_core import clock
from stedskaping_core.models import GuidePage, PermitKind, PhasePage, PhaseRequirement, PhaseTask
from stedskaping_core.plugins.registry import get_registry
from stedskaping_core.services.guides import LANGUAGES, guide_install, shipped

KEYS = ("idea", "place", "participation", "plan", "funding", "mobilise", "camp", "aftercare")
Guides = dict[str, GuidePage]


def make_homes(codes: tuple[str, ...] = LANGUAGES, slug: str = "hjem") -> dict[str, Page]:
    homes: dict[str, Page] = {}
    key = uuid.uuid4()
    for code in codes:
        locale = Locale.objects.get_or_create(language_code=code)[0]
        home = Page(title="Hjem", slug=f"{slug}-{code}", locale=locale, translation_key=key)
        homes[code] = Page.get_first_root_node().add_child(instance=home)
    return homes


@pytest.fixture(scope="module")
def shared_install(module_transaction: None) -> tuple[dict[str, Page], Guides]:
    """One installation for the whole module."""
    homes = make_homes()
    return homes, guide_install(parents=homes)


@pytest.fixture
def homes(shared_install: tuple[Any, Guides], db: None) -> dict[str, Page]:
    """A home page per language, with the guide below."""
    return copy.deepcopy(shared_install[0])


@pytest.fixture
def guides(shared_install: tuple[Any, Guides], db: None) -> Guides:
    """The installed guide per language."""
    return copy.deepcopy(shared_install[1])


def phases(guide: GuidePage) -> list[PhasePage]:
    return list(PhasePage.objects.child_of(guide).order_by("path"))


def everything() -> dict[str, Any]:
    """All that installing could add or change."""
    return {
        model.__name__: list(model._base_manager.order_by("pk").values())
        for model in (Page, GuidePage, PhasePage, PhaseTask, PhaseRequirement, PermitKind)
    }


# ------------------------------------------------------------------ what is shipped


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_guide_has_eight_published_phases(guides: Guides, code: str) -> None:
    guide = guides[code]

    assert (guide.live, guide.locale.language_code, guide.show_in_menus) == (True, code, True)
    assert [phase.live for phase in phases(guide)] == [True] * 8
    assert [phase.kind for phase in phases(guide)] == ["planning"] * 6 + ["realisation", "aftercare"]
    assert [phase.title for phase in phases(guide)] == [shipped(code)["phases"][key]["title"] for key in KEYS]
    assert all(phase.locale_id == guide.locale_id for phase in phases(guide))


@pytest.mark.parametrize("code", LANGUAGES)
def test_planning_takes_26_weeks_and_the_camp_six_days(guides: Guides, code: str) -> None:
    lengths = [
        clock.Length(phase.kind, phase.duration, phase.duration_unit) for phase in phases(guides[code])
    ]

    assert [length.amount for length in lengths] == [4, 5, 5, 4, 5, 3, 6, 0]
    assert clock.planning_length(lengths) == (0, 26 * 7)
    camp = clock.plan(dt.date(2026, 3, 2), lengths)[6]
    assert (camp.start, camp.days) == (dt.date(2026, 8, 31), 6)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_text_is_there(guides: Guides, code: str) -> None:
    guide = guides[code]
    texts = [guide.title, guide.intro, guide.search_description]
    for phase in phases(guide):
        texts += [phase.title, phase.summary, phase.slug]
        texts += [text for task in phase.tasks.all() for text in (task.title, task.help)]
        texts += [requirement.label for requirement in phase.requirements.all()]
    texts += [
        text for kind in PermitKind.objects.filter(locale=guide.locale) for text in (kind.name, kind.help)
    ]

    assert all(text.strip() for text in texts)


@pytest.mark.parametrize("code", LANGUAGES)
def test_guidance_is_made_of_blocks_that_are_offered(guides: Guides, code: str) -> None:
    offered = {block.name for block in get_registry().blocks_for("guidance", ())}

    blocks = [block for phase in phases(guides[code]) for block in phase.guidance]

    assert len(blocks) >= 30
    assert {block.block_type for block in blocks} <= offered
    assert all(phase.guidance for phase in phases(guides[code]))
    for block in blocks:
        assert block.block.clean(block.value) is not None


@pytest.mark.parametrize("code", LANGUAGES)
def test_pages_pass_their_own_checks(guides: Guides, code: str) -> None:
    for page in (guides[code], *phases(guides[code])):
        page.full_clean()
        for row in (*getattr(page, "tasks", page.get_children()).all(),):
            row.full_clean(exclude=["page"] if isinstance(row, PhaseTask) else None)


def test_every_number_is_published_by_somebody(guides: Guides) -> None:
    registry = get_registry()
    found = {
        requirement["metric"]
        for phase in shipped("structure")["phases"]
        for requirement in phase["requirements"]
    }

    assert set(PhaseRequirement.objects.values_list("metric", flat=True)) == found
    for metric in found:
        slug = metric.partition(".")[0]
        # Plugins publish more numbers as they grow; until then the requirement doesn't apply.
        assert metric in registry.metrics or slug in registry.plugins
        if slug == "core":
            assert metric in registry.metrics


def test_gates_and_tasks_are_those_of_the_model(guides: Guides) -> None:
    found = {
        key: (
            [task.title for task in phase.tasks.all() if task.required],
            [
                (need.metric, need.comparison, int(need.target))
                for need in phase.requirements.all()
                if need.blocking
            ],
        )
        for key, phase in zip(KEYS, phases(guides["en"]), strict=True)
    }

    assert {key: gates for key, (_tasks, gates) in found.items()} == {
        "idea": [("core.members", ">=", 3), ("core.facilitators", ">=", 1)],
        "place": [("core.agreements_signed", ">=", 1), ("core.permits_assessed_percent", ">=", 100)],
        "participation": [
            ("participation.participants", ">=", 30),
            ("participation.concept_chosen", ">=", 1),
        ],
        "plan": [("funding.required_lines", ">=", 1)],
        "funding": [("funding.minimum_secured_percent", ">=", 100)],
        "mobilise": [
            ("core.permits_cleared_percent", ">=", 100),
            ("mobilisation.shift_fill_percent", ">=", 80),
        ],
        "camp": [("core.camp_days_reported", ">=", 6)],
        "aftercare": [("core.outcomes_with_steward_percent", ">=", 100)],
    }
    assert all(tasks for tasks, _gates in found.values())
    advice = PhaseRequirement.objects.get(metric="mobilisation.followers", page__locale=guides["en"].locale)
    assert (advice.blocking, advice.target) == (False, 20)


def test_permits_and_agreements_are_where_they_belong(guides: Guides) -> None:
    permits = PhaseTask.objects.filter(kind="permit", page__in=phases(guides["nb"]))
    agreements = PhaseTask.objects.filter(kind="agreement", page__in=phases(guides["nb"]))

    assert {task.permit_kind.key: task.permit_kind.lead_weeks for task in permits} == {
        "event_municipal_ground": 5,
        "building_notice_simple": 3,
        "building_permit": 12,
        "event_county_road": 26,
        "food_serving": 3,
    }
    assert all(task.permit_kind.locale == task.locale == guides["nb"].locale for task in permits)
    assert {task.page.title for task in agreements} == {
        phases(guides["nb"])[1].title,
        phases(guides["nb"])[7].title,
    }


# ------------------------------------------------------------------ translations of each other


def test_languages_are_translations_of_each_other(guides: Guides) -> None:
    def keys(rows: Any) -> list[uuid.UUID]:
        return [row.translation_key for row in rows]

    first = guides["nb"]
    for code in ("nn", "en"):
        assert guides[code].translation_key == first.translation_key
        for one, other in zip(phases(first), phases(guides[code]), strict=True):
            assert one.translation_key == other.translation_key
            assert keys(one.tasks.all()) == keys(other.tasks.all())
            assert keys(one.requirements.all()) == keys(other.requirements.all())
    for kinds in zip(
        *(PermitKind.objects.filter(locale=g.locale).order_by("key") for g in guides.values()), strict=True
    ):
        assert len({kind.translation_key for kind in kinds}) == 1
        assert len({(kind.key, kind.lead_weeks, kind.source) for kind in kinds}) == 1
    assert {page.locale.language_code for page in first.get_translations(inclusive=True)} == set(LANGUAGES)


def test_no_key_is_used_twice_in_a_language(guides: Guides) -> None:
    for model in (PhasePage, PhaseTask, PhaseRequirement, PermitKind):
        for guide in guides.values():
            keys = list(model.objects.filter(locale=guide.locale).values_list("translation_key", flat=True))
            assert len(keys) == len(set(keys))


# ------------------------------------------------------------------ installing again


def test_installing_again_changes_nothing(homes: dict[str, Page], guides: Guides) -> None:
    before = everything()

    assert guide_install(parents=homes) == guides
    assert everything() == before


def test_what_editors_wrote_stays(homes: dict[str, Page], guides: Guides) -> None:
    guide = GuidePage.objects.get(pk=guides["nb"].pk)
    guide.title, guide.slug = "Vår veileder", "var-veileder"
    guide.save_revision().publish()
    first, second = phases(guide)[:2]
    first.title, first.duration = "Start", 6
    first.tasks.first().delete()
    first.save_revision().publish()
    second.delete()
    PermitKind.objects.filter(key="building_permit").update(lead_weeks=20, name="Stor søknad")
    before = everything()

    guide_install(parents=homes)

    assert everything() == before


def test_a_guide_that_was_moved_is_found(homes: dict[str, Page], guides: Guides) -> None:
    below = homes["nb"].add_child(instance=Page(title="Skolen", slug="skolen", locale=homes["nb"].locale))
    guides["nb"].move(below, "last-child")

    assert guide_install(parents=homes)["nb"] == guides["nb"]
    assert GuidePage.objects.count() == 3


def test_a_language_that_comes_later_fits_what_editors_made_of_the_others(
    homes: dict[str, Page], guides: Guides
) -> None:
    keys = [phase.translation_key for phase in phases(guides["nn"])]
    GuidePage.objects.get(pk=guides["nn"].pk).delete()
    PermitKind.objects.filter(locale=guides["nn"].locale).delete()
    first, second = phases(guides["nb"])[:2]
    first.move(guides["nb"], "last-child")
    second.tasks.first().delete()
    second.title = "Stedet!"
    second.save()

    again = guide_install(parents=homes)

    assert again["nn"].pk != guides["nn"].pk
    assert (again["nb"], again["en"]) == (guides["nb"], guides["en"])
    assert again["nn"].translation_key == guides["nb"].translation_key
    assert [phase.translation_key for phase in phases(again["nn"])] == keys
    english = {
        task.translation_key: task.kind for task in PhaseTask.objects.filter(locale=guides["en"].locale)
    }
    nynorsk = {
        task.translation_key: task.kind for task in PhaseTask.objects.filter(locale=guides["nn"].locale)
    }
    assert nynorsk == english


def test_another_place_has_a_guide_of_its_own(homes: dict[str, Page], guides: Guides) -> None:
    kinds = PermitKind.objects.count()

    other = guide_install(parents=make_homes(("nb",), slug="annet"))

    assert other["nb"].pk != guides["nb"].pk
    assert other["nb"].translation_key != guides["nb"].translation_key
    assert PermitKind.objects.count() == kinds


def test_only_shipped_languages_can_be_installed(db: None) -> None:
    homes = make_homes(("nb",), slug="fremmed")

    with pytest.raises(LookupError, match="the guide isn't shipped in fr, only in nb, nn, en"):
        guide_install(parents={"nb": homes["nb"], "fr": homes["nb"]})
    assert not GuidePage.objects.descendant_of(homes["nb"]).exists()
