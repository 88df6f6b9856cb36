"""Put the guide that ships with the platform into the page tree, in every language."""

from __future__ import annotations

import tomllib
import uuid
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from django.db import transaction
from wagtail.models import Locale, Page

from stedskaping_core.models import GuidePage, PermitKind, PhasePage, PhaseRequirement, PhaseTask
from stedskaping_core.streams.build import stream_items

FOLDER = "shipped_guide"
LANGUAGES = ("nb", "nn", "en")
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://stedskaping.example.org/guide")


@lru_cache(maxsize=8)
def shipped(name: str) -> Mapping[str, Any]:
    """One of the shipped files: `structure`, or a language code."""
    path = files("stedskaping_core") / FOLDER / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@transaction.atomic
def guide_install(*, parents: Mapping[str, Page]) -> dict[str, GuidePage]:
    """Install the shipped guide below `parents` (a page per language code), published.

    The languages become translations of each other. A language whose guide is there already is left as it
    is, wherever it was moved to and whatever was changed in it, so that installing again never undoes what
    editors did. Answers with the guide per language. Raises `LookupError` for a language that isn't shipped.
    """
    unknown = [code for code in parents if code not in LANGUAGES]
    if unknown:
        raise LookupError(f"the guide isn't shipped in {', '.join(unknown)}, only in {', '.join(LANGUAGES)}")
    # The languages of one place share their keys; another place's guide has others.
    place = str(next(iter(parents.values())).translation_key)
    return {code: _ensure_guide(parent, code, place) for code, parent in parents.items()}


def _ensure_guide(parent: Page, code: str, place: str) -> GuidePage:
    kinds = _permit_kinds(code)
    key = _key(place)
    found = GuidePage.objects.filter(translation_key=key, locale_id=parent.locale_id).first()
    if found is not None:
        return found
    texts = shipped(code)
    guide = GuidePage(
        title=texts["title"],
        slug=texts["slug"],
        search_description=texts["seo_description"],
        intro=texts["intro"],
        show_in_menus=True,
        locale_id=parent.locale_id,
        translation_key=key,
    )
    parent.add_child(instance=guide)
    guide.save_revision().publish()
    for structure in shipped("structure")["phases"]:
        _add_phase(guide, structure, texts["phases"][structure["key"]], kinds, place)
    return guide


def _permit_kinds(code: str) -> dict[str, PermitKind]:
    locale = Locale.objects.get(language_code=code)
    found = {}
    for structure in shipped("structure")["permit_kinds"]:
        key = structure["key"]
        texts = shipped(code)["permit_kinds"][key]
        twin = PermitKind.objects.filter(key=key).order_by("pk").first()
        found[key], _created = PermitKind.objects.get_or_create(
            key=key,
            locale=locale,
            defaults={
                "name": texts["name"],
                "help": texts["help"],
                "lead_weeks": structure["lead_weeks"],
                "source": structure["source"],
                "translation_key": twin.translation_key if twin else _key("permit_kind", key),
            },
        )
    return found


def _add_phase(
    guide: GuidePage,
    structure: Mapping[str, Any],
    texts: Mapping[str, Any],
    kinds: Mapping[str, PermitKind],
    place: str,
) -> None:
    phase_key = structure["key"]
    phase = PhasePage(
        title=texts["title"],
        slug=texts["slug"],
        summary=texts["summary"],
        search_description=texts["summary"],
        kind=structure["kind"],
        duration=structure["duration"],
        duration_unit=structure["duration_unit"],
        guidance=stream_items(texts["guidance"]),
        locale_id=guide.locale_id,
        translation_key=_key(place, phase_key),
    )
    phase.tasks = [
        PhaseTask(
            sort_order=number,
            locale_id=guide.locale_id,
            translation_key=_key(place, phase_key, "task", task["key"]),
            title=texts["tasks"][task["key"]]["title"],
            help=texts["tasks"][task["key"]]["help"],
            required=task["required"],
            kind=task["kind"],
            permit_kind=kinds[task["permit_kind"]] if "permit_kind" in task else None,
        )
        for number, task in enumerate(structure.get("tasks", ()))
    ]
    phase.requirements = [
        PhaseRequirement(
            sort_order=number,
            locale_id=guide.locale_id,
            translation_key=_key(place, phase_key, "requirement", requirement["key"]),
            metric=requirement["metric"],
            comparison=requirement["comparison"],
            target=requirement["target"],
            blocking=requirement["blocking"],
            label=texts["requirements"][requirement["key"]]["label"],
        )
        for number, requirement in enumerate(structure.get("requirements", ()))
    ]
    guide.add_child(instance=phase)
    phase.save_revision().publish()


def _key(*parts: str) -> uuid.UUID:
    """The key that makes rows of several languages translations of each other: the same on every machine."""
    return uuid.uuid5(NAMESPACE, "/".join(parts))
