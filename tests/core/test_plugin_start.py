"""The whole way: a broken plugin with a real entry point stops the start-up and is named on the terminal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from stedskaping_core.plugins.problems import PluginError
from stedskaping_core.plugins.startup import blame, set_up

BROKEN = Path(__file__).parent.parent / "broken_plugins"
Ended = subprocess.CompletedProcess[str]
LEAVE_OUT = "Mend it, uninstall it, or leave it out with STEDSKAPING_PLUGINS_EXCLUDE="
OWN_SLUGS = ["funding", "mobilisation", "participation"]


@pytest.fixture
def stedskaping(tmp_path: Path) -> Callable[..., Ended]:
    """`stedskaping("check", install={"slug": "module"})` runs the command in a process of its own, in which
    distributions with these entry points are installed. `code=` runs Python code instead."""

    def run(*arguments: str, install: dict[str, str], code: str = "") -> Ended:
        for number, (slug, module) in enumerate(install.items()):
            info = tmp_path / f"broken_{number}-9.9.dist-info"
            info.mkdir()
            (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: broken-{number}\nVersion: 9.9\n")
            name = slug.rstrip("+")
            (info / "entry_points.txt").write_text(f"[stedskaping.plugins]\n{name} = {module}\n")
        environ = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "STEDSKAPING_ENV": "test",
            "STEDSKAPING_PLUGINS_EXCLUDE": "dummy",
            "DJANGO_SETTINGS_MODULE": "stedskaping_cms.settings",
            "PYTHONPATH": os.pathsep.join([str(tmp_path), str(BROKEN)]),
        }
        return subprocess.run(
            [sys.executable, *(("-c", code) if code else ("-m", "stedskaping_cms.cli", *arguments))],
            env=environ,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_a_misspelt_hook_stops_the_start(stedskaping: Callable[..., Ended]) -> None:
    ended = stedskaping("check", install={"unknown_parameter": "stedskaping_unknown_parameter"})

    assert ended.returncode == 1
    assert (
        "?: (stedskaping.E001) Plugin “unknown_parameter”, hook on_event: takes the parameter “evnt”, which "
        "it doesn't have.\n\tHINT: Its parameters are: event.\n"
    ) in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_list_of_plugins_shows_it(stedskaping: Callable[..., Ended]) -> None:
    ended = stedskaping("plugins", "--json", install={"unknown_parameter": "stedskaping_unknown_parameter"})

    assert ended.returncode == 0, ended.stderr
    shown = {plugin["slug"]: plugin for plugin in json.loads(ended.stdout)["plugins"]}
    assert sorted(shown) == [*OWN_SLUGS, "unknown_parameter"]
    assert shown["unknown_parameter"] == {
        "slug": "unknown_parameter",
        "name": "Broken",
        "version": "9.9",
        "distribution": "broken-0",
        "module": "stedskaping_unknown_parameter",
        "requires": [],
        "default_enabled": False,
        "settings_model": "",
        "hooks": ["on_event"],
        "tables": [],
        "sites": None,
        "problems": [
            "Plugin “unknown_parameter”, hook on_event: takes the parameter “evnt”, which it doesn't have. "
            "Its parameters are: event."
        ],
    }
    assert [shown[slug]["problems"] for slug in OWN_SLUGS] == [[], [], []]


def test_graphql_that_does_not_fit_stops_the_start(stedskaping: Callable[..., Ended]) -> None:
    ended = stedskaping("check", install={"non_null_field": "stedskaping_non_null_field"})

    assert ended.returncode == 1
    assert (
        'Plugin “non_null_field”, hook register_graphql: "initiative" is InitiativeNonNullField!, but the '
        "field on Initiative has to be null where the plugin is off.\n"
        "\tHINT: Give the object type itself, without NonNull or List.\n"
    ) in ended.stderr


@pytest.mark.parametrize(
    ("module", "error"),
    [
        ("stedskaping_cannot_load", "RuntimeError: the licence file is missing"),
        ("stedskaping_nowhere", "ModuleNotFoundError: No module named 'stedskaping_nowhere'"),
    ],
)
def test_an_app_that_cannot_be_loaded(stedskaping: Callable[..., Ended], module: str, error: str) -> None:
    ended = stedskaping("plugins", install={"lost": module})

    assert ended.returncode == 2
    assert ended.stderr == f"Plugin “lost”: its app {module} can't be loaded: {error}. {LEAVE_OUT}lost.\n"
    assert f"lost  ({module}, broken-0 9.9)\n" in ended.stdout


def test_two_distributions_with_one_slug(stedskaping: Callable[..., Ended]) -> None:
    points = {"twice": "stedskaping_duplicate_slug", "twice+": "stedskaping_duplicate_slug_too"}
    ended = stedskaping("check", install=points)

    assert ended.returncode == 2
    assert ended.stderr == (
        "Two installed distributions offer a plugin “twice”: stedskaping_duplicate_slug and "
        "stedskaping_duplicate_slug_too. Uninstall one of them, or leave both out with "
        "STEDSKAPING_PLUGINS_EXCLUDE=twice.\n"
    )


def test_a_server_without_system_checks_refuses_to_start(stedskaping: Callable[..., Ended]) -> None:
    install = {"unknown_parameter": "stedskaping_unknown_parameter"}
    ended = stedskaping(code="import stedskaping_cms.wsgi", install=install)

    assert ended.returncode == 1
    assert ended.stderr.splitlines()[-1] == (
        "stedskaping_core.plugins.problems.PluginError: Plugin “unknown_parameter”, hook on_event: takes the "
        "parameter “evnt”, which it doesn't have. Its parameters are: event."
    )


def test_the_one_to_blame_is_found_by_its_frames(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BROKEN))
    points = {"funding": "stedskaping_funding", "lost": "stedskaping_cannot_load"}
    try:
        __import__("stedskaping_cannot_load.apps")
    except RuntimeError as error:
        problem = blame(error, points)

    assert problem is not None
    assert problem.slug == "lost"


def test_a_syntax_error_is_put_down_to_the_plugin(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    package = tmp_path / "stedskaping_misspelt"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "apps.py").write_text("class =\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    try:
        __import__("stedskaping_misspelt.apps")
    except SyntaxError as error:
        problem = blame(error, {"funding": "stedskaping_funding", "misspelt": "stedskaping_misspelt"})

    assert problem is not None
    assert problem.statement == (
        "Plugin “misspelt”: its app stedskaping_misspelt can't be loaded: SyntaxError: invalid syntax "
        "(apps.py, line 1)."
    )


def test_a_slug_that_is_the_label_of_another_app() -> None:
    error = ImproperlyConfigured("Application labels aren't unique, duplicates: taggit")

    problem = blame(error, {"funding": "stedskaping_funding", "taggit": "stedskaping_tags"})

    assert str(problem) == "Plugin “taggit”: another app has this slug as its label. Choose another slug."


def test_nobody_is_blamed_for_the_faults_of_others() -> None:
    assert blame(RuntimeError("no disk"), {"funding": "stedskaping_funding"}) is None


def test_only_plugins_faults_are_reworded(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OSError("no disk")

    monkeypatch.setattr("django.setup", fail)

    with pytest.raises(OSError, match="no disk"):
        set_up()


def test_a_plugins_fault_is_reworded(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise ModuleNotFoundError("No module named 'stedskaping_funding'", name="stedskaping_funding")

    monkeypatch.setattr("django.setup", fail)

    with pytest.raises(PluginError, match="Plugin “funding”: its app stedskaping_funding can't be loaded"):
        set_up()
