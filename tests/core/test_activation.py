"""Switching plugins on and off for a site."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Site

from stedskaping_core.errors import Refusal
from stedskaping_core.models import Event, PluginActivation
from stedskaping_core.plugins.activation import (
    activation_table,
    enabled_configs,
    enabled_sites,
    enabled_slugs,
    table_of,
)
from stedskaping_core.services.plugins import plugin_disable, plugin_enable

DEFAULT = {"funding", "mobilisation", "participation"}


@pytest.fixture
def sites(make_pilot: Any, dummy: Any) -> tuple[Site, Site]:
    made = make_pilot("larvik").site, make_pilot("voss").site
    Event.objects.all().delete()
    return made


def test_one_statement_answers_for_all_sites_and_plugins(
    sites: tuple[Site, Site], django_assert_num_queries: Any
) -> None:
    plugin_enable(site=sites[0], slug="dummy")

    with django_assert_num_queries(1):
        table = activation_table()
    assert table["dummy"] == {sites[0].pk}
    assert table["funding"] >= {sites[0].pk, sites[1].pk}


def test_without_a_switch_the_default_counts(sites: tuple[Site, Site]) -> None:
    PluginActivation.objects.all().delete()

    assert enabled_slugs(sites[0].pk) == DEFAULT
    assert [config.slug for config in enabled_configs(sites[0].pk)] == sorted(DEFAULT)


def test_outside_every_site_nothing_is_on(db: None) -> None:
    assert enabled_slugs(None) == frozenset()
    assert enabled_sites("nowhere") == frozenset()


def test_switching_on_and_off_again(sites: tuple[Site, Site], make_person: Any) -> None:
    larvik, voss = sites
    kari, ola = make_person("Kari"), make_person("Ola")
    before = timezone.now()

    assert plugin_enable(site=larvik, slug="dummy", actor=kari) is True
    assert enabled_slugs(larvik.pk) == {*DEFAULT, "dummy"}
    assert enabled_slugs(voss.pk) == DEFAULT
    switch = PluginActivation.objects.get(site=larvik, slug="dummy")
    assert (switch.enabled, switch.changed_by, switch.changed_at >= before) == (True, kari, True)

    assert plugin_disable(site=larvik, slug="dummy", actor=ola) is True
    assert enabled_slugs(larvik.pk) == DEFAULT
    switch.refresh_from_db()
    assert (switch.enabled, switch.changed_by) == (False, ola)


def test_every_turn_is_an_event(sites: tuple[Site, Site], make_person: Any) -> None:
    kari = make_person("Kari")
    plugin_enable(site=sites[0], slug="dummy", actor=kari)
    plugin_disable(site=sites[0], slug="dummy")

    events = Event.objects.order_by("pk").values_list("key", "site", "actor", "payload")
    assert list(events) == [
        ("core.plugin_enabled", sites[0].pk, kari.pk, {"slug": "dummy"}),
        ("core.plugin_disabled", sites[0].pk, None, {"slug": "dummy"}),
    ]


def test_turning_a_switch_the_way_it_stands_does_nothing(sites: tuple[Site, Site]) -> None:
    assert plugin_enable(site=sites[0], slug="funding") is False
    assert plugin_disable(site=sites[0], slug="dummy") is False
    assert not Event.objects.exists()


def test_a_plugin_waits_for_what_it_needs(sites: tuple[Site, Site]) -> None:
    plugin_disable(site=sites[0], slug="participation")

    with pytest.raises(Refusal) as refused:
        plugin_enable(site=sites[0], slug="dummy")
    assert refused.value.code == "REQUIRES_PLUGIN"
    assert "dummy" not in enabled_slugs(sites[0].pk)

    plugin_enable(site=sites[0], slug="participation")
    assert plugin_enable(site=sites[0], slug="dummy") is True


def test_a_plugin_stays_while_another_needs_it(sites: tuple[Site, Site]) -> None:
    plugin_enable(site=sites[0], slug="dummy")

    with pytest.raises(Refusal) as refused:
        plugin_disable(site=sites[0], slug="participation")
    assert refused.value.code == "REQUIRED_BY"
    assert enabled_slugs(sites[0].pk) == {*DEFAULT, "dummy"}
    assert plugin_disable(site=sites[1], slug="participation") is True


def test_a_switch_from_before_the_need_does_not_count(sites: tuple[Site, Site]) -> None:
    """A new version of a plugin may need another one that was switched off before."""
    for slug, enabled in (("dummy", True), ("participation", False)):
        PluginActivation.objects.update_or_create(site=sites[0], slug=slug, defaults={"enabled": enabled})

    assert enabled_slugs(sites[0].pk) == DEFAULT - {"participation"}


def test_needs_are_followed_to_the_end(sites: tuple[Site, Site]) -> None:
    def plugin(*needs: str) -> Any:
        return SimpleNamespace(requires_plugins=needs, default_enabled=True)

    plugins: dict[str, Any] = {"a": plugin("b"), "b": plugin("c"), "c": plugin(), "d": plugin("gone")}
    PluginActivation.objects.create(site=sites[0], slug="c", enabled=False)
    table = table_of(plugins)

    assert sites[0].pk not in table["a"] | table["b"] | table["c"]
    assert sites[1].pk in table["a"] & table["b"] & table["c"]
    assert table["d"] == frozenset()


@pytest.mark.parametrize("turn", [plugin_enable, plugin_disable])
def test_an_unknown_plugin(sites: tuple[Site, Site], turn: Callable[..., bool]) -> None:
    with pytest.raises(Refusal) as refused:
        turn(site=sites[0], slug="nowhere")
    assert refused.value.code == "NOT_INSTALLED"
