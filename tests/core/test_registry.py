"""The registry: complete, in a fixed order, frozen."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from typing import Any

import pytest
from django.apps import apps

from stedskaping_core.plugins.config import PluginConfig
from stedskaping_core.plugins.contributions import GraphQLContribution, Metric
from stedskaping_core.plugins.registry import Registry, build_registry, get_registry


@pytest.fixture
def registry() -> Registry:
    return get_registry()


def test_the_platform_comes_first_and_plugins_follow_by_slug(registry: Registry) -> None:
    plugins = sorted(c.slug for c in apps.get_app_configs() if isinstance(c, PluginConfig))

    assert registry.builtins == ("core", "graphql", "cms")
    assert registry.slugs == ("core", "graphql", "cms", *plugins)


def test_the_order_of_the_apps_does_not_count() -> None:
    configs = list(apps.get_app_configs())
    one, other = build_registry(configs), build_registry(reversed(configs))

    assert one.slugs == other.slugs
    assert list(one.metrics) == list(other.metrics)
    assert [item.record.name for item in one.blocks] == [item.record.name for item in other.blocks]
    assert [slug for slug, _own, _contribution in one.graphql_contributions()] == [
        slug for slug, _own, _contribution in other.graphql_contributions()
    ]


def test_it_is_built_once(registry: Registry) -> None:
    assert get_registry() is registry


def test_nothing_can_be_changed(registry: Registry) -> None:
    metric: Any = registry.metrics["core.members"].record

    for mapping in (registry.plugins, registry.metrics, registry.jobs, registry.events):
        with pytest.raises(TypeError):
            mapping["more"] = metric  # type: ignore[index]
    with pytest.raises(FrozenInstanceError):
        registry.blocks = ()  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        metric.key = "core.other"
    assert isinstance(registry.blocks, tuple)


def test_every_record_knows_whose_it_is(registry: Registry, dummy: Any) -> None:
    assert isinstance(registry.metrics["dummy.notes"].record, Metric)
    assert registry.metrics["dummy.notes"].slug == "dummy"
    assert registry.events["dummy.note_written"].slug == "dummy"
    assert registry.jobs["dummy.tidy"].slug == "dummy"
    assert [item.slug for item in registry.blocks if item.record.name == "dummy_note"] == ["dummy"]


def test_blocks_of_a_slot(registry: Registry, dummy: Any) -> None:
    everything = [block.name for block in registry.blocks_for("footer", None)]
    own = [block.name for block in registry.blocks_for("footer", ())]
    with_dummy = [block.name for block in registry.blocks_for("footer", ("dummy", "nowhere"))]

    assert own == ["paragraph", "action"]
    assert with_dummy == ["paragraph", "action", "dummy_note"]
    assert everything == with_dummy


def test_graphql_contributions_say_whose_they_are(registry: Registry, dummy: Any) -> None:
    contributions = {slug: (own, record) for slug, own, record in registry.graphql_contributions()}

    assert contributions["dummy"][0] is False
    assert contributions["graphql"][0] is True
    assert isinstance(contributions["dummy"][1], GraphQLContribution)


def test_a_plugin_knows_where_it_comes_from(registry: Registry, dummy: PluginConfig) -> None:
    assert (dummy.distribution, dummy.plugin_version) == ("stedskaping-dummy", "1.2.3")
    assert (dummy.label, dummy.slug) == ("dummy", "dummy")


def test_code_that_is_not_installed_has_no_version(registry_of: Any) -> None:
    config = registry_of("no_contribution").plugins["no_contribution"]

    assert (config.distribution, config.plugin_version) == ("unknown", "unknown")
