"""Plugins are found by entry points, without importing anything."""

from __future__ import annotations

import sys
from importlib.metadata import EntryPoint

import pytest

from stedskaping_core.plugins.discovery import DiscoveryError, discover, origin_of, plugin_apps

GROUP = "stedskaping.plugins"


def points(**values: str) -> list[EntryPoint]:
    return [EntryPoint(name.rstrip("_"), value, GROUP) for name, value in values.items()]


def test_plugins_are_sorted_by_slug_and_not_imported() -> None:
    found = discover(points=points(zoo="stedskaping_zoo", art="stedskaping_art.plugin"))

    assert list(found.items()) == [("art", "stedskaping_art.plugin"), ("zoo", "stedskaping_zoo")]
    assert "stedskaping_zoo" not in sys.modules


def test_excluded_plugins_are_left_out_whatever_is_wrong_with_them() -> None:
    assert discover(exclude=("zoo",), points=points(zoo="a:b", art="stedskaping_art")) == {
        "art": "stedskaping_art"
    }


def test_one_distribution_seen_twice_is_one_plugin() -> None:
    """An editable install beside a built one shows the same entry point two times."""
    assert discover(points=points(art="stedskaping_art", art_="stedskaping_art")) == {
        "art": "stedskaping_art"
    }


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        (
            "Art",
            "stedskaping_art",
            "The plugin entry point “Art = stedskaping_art” is named badly. Use a lower-case Python "
            "identifier, for example “treasure_hunt”; it becomes the plugin's slug.",
        ),
        (
            "street-art",
            "stedskaping_art",
            "The plugin entry point “street-art = stedskaping_art” is named badly. Use a lower-case Python "
            "identifier, for example “treasure_hunt”; it becomes the plugin's slug.",
        ),
        (
            "art",
            "stedskaping_art:Config",
            "The plugin entry point “art = stedskaping_art:Config” must name a module, "
            "without “:” or extras.",
        ),
        (
            "art",
            "stedskaping_art [gallery]",
            "The plugin entry point “art = stedskaping_art [gallery]” must name a module, "
            "without “:” or extras.",
        ),
    ],
)
def test_malformed_entry_points(name: str, value: str, problem: str) -> None:
    with pytest.raises(DiscoveryError) as caught:
        discover(points=[EntryPoint(name, value, GROUP)])

    assert str(caught.value) == problem


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(DiscoveryError) as caught:
        discover(points=points(art="one", art_="two", Zoo="three"))

    assert str(caught.value).splitlines() == [
        "Two installed distributions offer a plugin “art”: one and two. Uninstall one of them, or leave "
        "both out with STEDSKAPING_PLUGINS_EXCLUDE=art.",
        "The plugin entry point “Zoo = three” is named badly. Use a lower-case Python identifier, for "
        "example “treasure_hunt”; it becomes the plugin's slug.",
    ]


def test_the_shipped_plugins_go_the_same_way() -> None:
    apps = plugin_apps(exclude=("dummy",))

    assert apps == ["stedskaping_funding", "stedskaping_mobilisation", "stedskaping_participation"]


def test_the_distribution_behind_a_plugin() -> None:
    origin = origin_of("stedskaping_funding")

    assert origin is not None
    assert (origin.distribution, origin.version) == ("stedskaping", "0.1.0")
    assert origin_of("stedskaping_core") is None
