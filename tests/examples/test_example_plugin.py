"""The example plugin is built and installed as a distribution of its own, and works."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PLUGIN = ROOT / "examples" / "plugin"
Ended = subprocess.CompletedProcess[str]
Run = Callable[..., Ended]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """`run("-m", "module", …)` starts Python with the built plugin installed, on a database of its own."""
    installed = tmp_path_factory.mktemp("installed")
    environ = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environ |= {"STEDSKAPING_ENV": "test", "STEDSKAPING_PLUGINS_EXCLUDE": "dummy"}
    # The outer run's options and its place among parallel workers are not for the inner one.
    environ = {name: value for name, value in environ.items() if not name.startswith("PYTEST_")}
    pip = ["-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    command = [sys.executable, *pip, "--disable-pip-version-check", "--target", str(installed), str(PLUGIN)]
    built = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    environ["PYTHONPATH"] = str(installed)

    def python(*arguments: str) -> Ended:
        command = [sys.executable, *arguments]
        return subprocess.run(command, env=environ, cwd=ROOT, capture_output=True, text=True, check=False)

    return python


def test_it_is_found_and_fits(run: Run) -> None:
    ended = run("-m", "stedskaping_cms.cli", "plugins", "--json")

    assert ended.returncode == 0, ended.stderr
    shown = {plugin["slug"]: plugin for plugin in json.loads(ended.stdout)["plugins"]}
    assert shown["toolshed"] == {
        "slug": "toolshed",
        "name": "Toolshed",
        "version": "0.1.0",
        "distribution": "stedskaping-toolshed",
        "module": "stedskaping_toolshed",
        "requires": [],
        "default_enabled": False,
        "settings_model": "",
        "hooks": ["erase_personal_data", "export_personal_data", "register_graphql", "register_metrics"],
        "tables": ["toolshed_tool"],
        "sites": None,
        "problems": [],
    }


def test_its_migrations_are_complete(run: Run) -> None:
    ended = run("-m", "stedskaping_cms.cli", "makemigrations", "toolshed", "--check", "--dry-run")

    assert (ended.returncode, ended.stdout) == (0, "No changes detected in app 'toolshed'\n"), ended.stderr


def test_its_own_tests_pass(run: Run) -> None:
    """Its number as a gate, its field in the API, on and off, a person's data."""
    ended = run("-m", "pytest", "-q", str(PLUGIN / "tests"))

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "3 passed" in ended.stdout
