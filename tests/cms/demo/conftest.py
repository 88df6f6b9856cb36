"""The loaded demo, for the tests of one module."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from stedskaping_cms.demo import load as demo_load
from stedskaping_cms.demo import texts
from stedskaping_cms.demo.state import Demo
from stedskaping_core.models import (
    Journey,
)
from stedskaping_core.readiness import JourneyStatus, journey_statuses

SIZE = (64, 40)


@dataclass(frozen=True)
class Loaded:
    """What the two runs of the fixture said, part by part."""

    first: list[str]
    second: list[str]


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Loaded]:
    """The whole demo, loaded in two runs: the first one ends when the plugins' data is asked for.

    It is there for the tests of one module, inside one transaction that is taken back at the end.
    """
    first: list[str] = []
    second: list[str] = []

    def fail(_demo: Demo) -> int:
        raise RuntimeError("pulled the plug")

    with django_db_blocker.unblock(), transaction.atomic():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(demo_load, "_plugins", fail)
            with pytest.raises(RuntimeError, match="pulled the plug"):
                demo_load.load(Demo(size=SIZE, tell=first.append))
        assert demo_load.load(Demo(size=SIZE, tell=second.append))
        yield Loaded(first, second)
        transaction.set_rollback(True)


@pytest.fixture
def statuses(demo: Loaded) -> dict[str, JourneyStatus]:
    """The journeys' statuses today, by the keys of the content files."""
    slugs = {entry["slug"]: key for key, entry in texts.initiatives().items()}
    journeys = list(Journey.objects.select_related("initiative"))
    found = journey_statuses(journeys)
    return {slugs[journey.initiative.slug]: found[journey.pk] for journey in journeys}
