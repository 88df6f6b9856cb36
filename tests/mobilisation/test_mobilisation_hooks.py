"""Mobilisation behind the plugin contract: numbers, cards, people's data, the demo."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import RequestFactory
from django.utils import timezone, translation

from stedskaping_core.choices import InitiativeStatus
from stedskaping_core.metrics import evaluate
from stedskaping_core.models import Activity, Journey, User
from stedskaping_core.plugins import DemoContext, Erasure
from stedskaping_core.plugins.facade import hooks_for
from stedskaping_core.plugins.registry import get_registry
from stedskaping_core.services.plugins import plugin_disable, plugin_enable
from stedskaping_mobilisation import hooks
from stedskaping_mobilisation.models import Follow, FollowerMilestone

LONG_AGO = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def request_of(user: User) -> Any:
    request = RequestFactory().get("/admin/")
    request.user = user
    return request


def test_everything_is_registered_under_the_slug() -> None:
    registry = get_registry()

    assert [key for key, item in registry.metrics.items() if item.slug == "mobilisation"] == [
        "mobilisation.followers"
    ]
    assert [key for key, item in registry.events.items() if item.slug == "mobilisation"] == [
        "mobilisation.milestone_reached"
    ]
    assert [item.record.name for item in registry.blocks if item.slug == "mobilisation"] == [
        "mobilisation_follow"
    ]


@pytest.mark.parametrize("number", [1, 20, 100])
def test_followers_cost_one_statement(
    larvik: Any, initiative: Any, make_person: Any, django_assert_num_queries: Any, number: int
) -> None:
    ada, bo = make_person("Ada"), make_person("Bo")
    pages = [initiative(larvik, f"Prosjekt {n}") for n in range(number)]
    alone = initiative(larvik, "Alene")
    for page in pages:
        Follow.objects.create(initiative=page, user=ada)
        Follow.objects.create(initiative=page, user=bo, created_at=LONG_AGO, ended_at=LONG_AGO)

    metric = get_registry().metrics["mobilisation.followers"].record
    with django_assert_num_queries(1):
        answer = metric.evaluate([*pages, alone])

    assert answer == {page.pk: Decimal(1) for page in pages}


def test_metric_applies_only_where_the_plugin_is_on(
    larvik: Any, voss: Any, initiative: Any, make_person: Any
) -> None:
    here, there, ada = initiative(larvik), initiative(voss), make_person("Ada")
    for page in (here, there):
        Follow.objects.create(initiative=page, user=ada)
    key = "mobilisation.followers"
    plugin_disable(site=voss.site, slug="mobilisation")
    assert evaluate([key], [here, there])[key] == {here.pk: Decimal(1), there.pk: None}

    plugin_enable(site=voss.site, slug="mobilisation")
    assert evaluate([key], [here, there])[key] == {here.pk: Decimal(1), there.pk: Decimal(1)}


def test_card_and_panel_count_and_name_nobody(
    larvik: Any, voss: Any, initiative: Any, make_person: Any, django_assert_num_queries: Any
) -> None:
    ada, bo, siv = make_person("Ada"), make_person("Bo"), make_person("Siv")
    page = initiative(larvik)
    Follow.objects.create(initiative=page, user=ada, created_at=timezone.now() - dt.timedelta(days=31))
    Follow.objects.create(initiative=page, user=bo, notify=False)
    Follow.objects.create(initiative=page, user=siv, created_at=LONG_AGO, ended_at=LONG_AGO)
    Follow.objects.create(initiative=initiative(larvik, "Utkast", live=False), user=ada)
    Follow.objects.create(initiative=initiative(voss), user=ada)
    request = request_of(ada)

    with translation.override("en"):
        with django_assert_num_queries(4):
            (card,) = hooks.provide_dashboard_cards(larvik.site, request)
        with django_assert_num_queries(3):
            (panel,) = hooks.provide_initiative_panels(page, request)
        assert card in hooks_for(larvik.site).dashboard_cards(larvik.site, request)
        assert panel in hooks_for(larvik.site).initiative_panels(page, request)
        plugin_disable(site=larvik.site, slug="mobilisation")
        assert card not in hooks_for(larvik.site).dashboard_cards(larvik.site, request)

    assert (card.title, card.value, card.detail) == ("Followers", "2", "1 new in the last 30 days")
    assert card.url == "/admin/mobilisation/followers/"
    assert list(panel.rows) == [("Followers", "2"), ("New in the last 30 days", "1"), ("Want messages", "1")]


# ------------------------------------------------------------------ people's data


def test_export_and_erasure_also_where_the_plugin_is_off(
    larvik: Any, initiative: Any, make_person: Any
) -> None:
    ada, bo = make_person("Ada"), make_person("Bo")
    benk, scene = initiative(larvik), initiative(larvik, "Scene")
    begun = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
    ended = dt.datetime(2026, 4, 1, 12, tzinfo=dt.UTC)
    Follow.objects.create(initiative=benk, user=ada, created_at=begun, notify=False)
    Follow.objects.create(initiative=scene, user=ada, created_at=begun, ended_at=ended)
    Follow.objects.create(initiative=benk, user=bo)
    FollowerMilestone.objects.create(initiative=benk, count=10)
    plugin_disable(site=larvik.site, slug="mobilisation")
    installed = hooks_for(None)

    (file,) = installed.export_personal_data(ada).by_slug["mobilisation"]
    assert (file.name, file.records) == (
        "follows",
        [
            {"initiative": "Benk", "since": begun.isoformat(), "until": None, "wants_messages": False},
            {
                "initiative": "Scene",
                "since": begun.isoformat(),
                "until": ended.isoformat(),
                "wants_messages": True,
            },
        ],
    )

    planned = installed.erase_personal_data(ada, dry_run=True).by_slug["mobilisation"]
    assert planned == [Erasure("follows", erased=2)]
    assert Follow.objects.filter(user=ada).count() == 2

    assert installed.erase_personal_data(ada, dry_run=False).by_slug["mobilisation"] == planned
    assert list(Follow.objects.values_list("user", flat=True)) == [bo.pk]
    assert FollowerMilestone.objects.count() == 1
    assert installed.erase_personal_data(ada, dry_run=False).by_slug["mobilisation"] == []
    assert installed.export_personal_data(ada).by_slug["mobilisation"] == []


# ------------------------------------------------------------------ the demo


@pytest.fixture
def demo(larvik: Any, initiative: Any, make_person: Any) -> DemoContext:
    ada, bo = make_person("Ada"), make_person("Bo")
    benk = initiative(larvik, team=(ada,))
    day = dt.date(2026, 3, 1)
    Journey.objects.create(initiative=benk, starts_on=day, realisation_starts_on=day, realisation_ends_on=day)
    draft = initiative(larvik, "Utkast", status=InitiativeStatus.SUBMITTED, live=False)
    new = initiative(larvik, "Ny")
    crowd = [make_person(f"P{n}") for n in range(30)]
    return DemoContext(
        sites={"larvik": larvik.site},
        people={("larvik", "ada"): ada, ("larvik", "bo"): bo},
        initiatives={"benk": benk, "utkast": draft, "ny": new},
        content={
            "initiatives": {
                "benk": {"pilot": "larvik", "followers": ["ada", "bo"], "extra_followers": 28},
                "utkast": {"pilot": "larvik", "followers": ["bo"], "extra_followers": 0},
                "ny": {"pilot": "larvik", "followers": ["bo"]},
            }
        },
        extra_people=lambda pilot, number: crowd[:number],
    )


def test_demo_followers_can_be_loaded_again(demo: DemoContext, larvik: Any) -> None:
    benk, draft, new = demo.initiatives.values()

    for _time in range(2):
        assert not [f for f in hooks_for(None).load_demo_data(demo).failures if f.slug == "mobilisation"]

    numbers = {page.title: Follow.objects.filter(initiative=page).count() for page in (benk, draft, new)}
    assert numbers == {"Benk": 30, "Utkast": 0, "Ny": 1}
    follows = list(Follow.objects.filter(initiative=benk).order_by("created_at"))
    assert [row.user.display_name for row in follows[:3]] == ["Ada", "Bo", "P0"]
    assert follows[0].created_at.date() == dt.date(2026, 3, 1)
    assert follows[-1].created_at < timezone.now()
    activities = Activity.objects.filter(initiative=benk, kind="mobilisation.milestone_reached").order_by(
        "at"
    )
    assert [(row.params["count"], row.at, row.event.at) for row in activities] == [
        (10, follows[9].created_at, follows[9].created_at),
        (25, follows[24].created_at, follows[24].created_at),
    ]
    assert list(FollowerMilestone.objects.values_list("count", "reached_at")) == [
        (10, follows[9].created_at),
        (25, follows[24].created_at),
    ]


def test_demo_data_waits_silently_where_the_plugin_is_off(demo: DemoContext, larvik: Any) -> None:
    plugin_disable(site=larvik.site, slug="mobilisation")

    hooks.load_demo_data(demo)

    assert Follow.objects.count() == 31
    assert not Activity.objects.filter(kind="mobilisation.milestone_reached").exists()
