"""`metrics.evaluate`: one call per metric, None where the number doesn't apply."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from stedskaping_dummy.metrics import CALLS as calls

from stedskaping_core.metrics import evaluate
from stedskaping_core.models import InitiativePage
from stedskaping_core.services.plugins import plugin_disable
from stedskaping_core.sites import SiteMap


@pytest.fixture
def initiatives(platform: Any, dummy_at: Callable[[Any], Any], make_initiative: Any) -> list[InitiativePage]:
    """Two initiatives of Larvik, where the dummy is on, and one of Voss, where it is off."""
    author = platform.people["resident"]
    made = [
        platform.initiative,
        make_initiative(platform.larvik, "Drivhuset", author=author),
        make_initiative(platform.voss, "Brygga", author=author),
    ]
    dummy_at(platform.larvik.site)
    for text in ("one", "two"):
        made[0].dummy_notes.create(text=text)
    calls.clear()
    return made


def test_numbers_of_plugins_that_are_on(initiatives: list[InitiativePage]) -> None:
    bench, greenhouse, pier = initiatives

    assert evaluate(["dummy.notes", "core.members", "nowhere.number"], initiatives) == {
        "dummy.notes": {bench.pk: Decimal(2), greenhouse.pk: Decimal(0), pier.pk: None},
        "core.members": {bench.pk: Decimal(2), greenhouse.pk: Decimal(1), pier.pk: Decimal(1)},
        "nowhere.number": {bench.pk: None, greenhouse.pk: None, pier.pk: None},
    }
    assert calls == [2]


def test_a_plugin_that_is_off_everywhere_is_not_asked(
    initiatives: list[InitiativePage], platform: Any
) -> None:
    plugin_disable(site=platform.larvik.site, slug="dummy")
    calls.clear()

    numbers = evaluate(["dummy.notes"], initiatives)

    assert numbers == {"dummy.notes": {page.pk: None for page in initiatives}}
    assert calls == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_statements_do_not_depend_on_the_number(
    initiatives: list[InitiativePage], number: int, django_assert_num_queries: Any
) -> None:
    site_map = SiteMap()

    # The switches, and one for each metric.
    with django_assert_num_queries(3):
        evaluate(["dummy.notes", "core.members"], initiatives[:number], site_map)


def test_without_initiatives_nothing_is_asked(initiatives: list[InitiativePage]) -> None:
    assert evaluate(["dummy.notes", "core.members"], []) == {"dummy.notes": {}, "core.members": {}}
    assert calls == []
