"""The docs name everything that people can use, with its exact signature."""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import inspect
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import get_commands, load_command_class

from stedskaping_cms import environment
from stedskaping_core.plugins import contributions, hookspecs
from stedskaping_core.plugins.config import PluginConfig
from stedskaping_core.plugins.manager import HOOKS
from stedskaping_core.plugins.registry import get_registry

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
EXAMPLE = ROOT / "examples" / "plugin"
AUTHORS, EDITORS, OPERATORS = (
    (DOCS / f"{name}.md").read_text() for name in ("plugin-author", "editor", "operator")
)
RECORDS = {
    name: record
    for name, record in vars(contributions).items()
    if dataclasses.is_dataclass(record) and record.__module__ == contributions.__name__
}
COMMANDS = sorted(name for name, app in get_commands().items() if app.startswith("stedskaping_"))


def section(text: str, heading: str) -> str:
    """What stands below a heading of the third level."""
    found = re.search(rf"^### {re.escape(heading)}\n(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"there is no heading “### {heading}”"
    return found.group(1)


def signatures(text: str) -> list[str]:
    """The Python blocks of a section, each on one line."""
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    return [re.sub(r"\s+", " ", block).replace("( ", "(").replace(", )", ")").strip() for block in blocks]


def signature_of(record: Any) -> str:
    parts = []
    for field in dataclasses.fields(record):
        part = f"{field.name}: {field.type}"
        if isinstance(field.default, dt.timedelta):
            part += f" = timedelta(hours={field.default // dt.timedelta(hours=1)})"
        elif field.default is not dataclasses.MISSING:
            part += f" = {field.default!r}"
        elif field.default_factory is not dataclasses.MISSING:
            part += f" = {field.default_factory()!r}"
        parts.append(part)
    return f"{record.__name__}({', '.join(parts)})"


def usage_of(command: str) -> str:
    """A command with its own arguments, without those of every Django command."""
    parser = argparse.ArgumentParser(
        prog=f"stedskaping {command}",
        add_help=False,
        formatter_class=lambda prog: argparse.HelpFormatter(prog, width=1000),
    )
    load_command_class(get_commands()[command], command).add_arguments(parser)
    # In a table a bar has to be escaped.
    return parser.format_usage().removeprefix("usage: ").strip().replace("|", r"\|")


@pytest.mark.parametrize("hook", HOOKS)
def test_every_hook(hook: str) -> None:
    expected = hook + str(inspect.signature(getattr(hookspecs, hook))).replace("'", "")

    assert signatures(section(AUTHORS, hook)) == [expected]


@pytest.mark.parametrize("name", RECORDS)
def test_every_record(name: str) -> None:
    assert signatures(section(AUTHORS, name)) == [signature_of(RECORDS[name])]


@pytest.mark.parametrize("name", PluginConfig.__annotations__)
def test_every_attribute_of_the_config(name: str) -> None:
    kind = PluginConfig.__annotations__[name].removeprefix("ClassVar[").removesuffix("]")

    assert f"| `{name}: {kind}` |" in AUTHORS


def test_no_hook_or_record_that_is_gone() -> None:
    headings = re.findall(r"^### (\w+)$", AUTHORS, re.MULTILINE)

    assert headings == [*HOOKS, *RECORDS]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command(command: str) -> None:
    assert f"| `{usage_of(command)}` |" in OPERATORS


@pytest.mark.parametrize("variable", environment.VARIABLES, ids=lambda variable: variable.name)
def test_every_environment_variable(variable: Any) -> None:
    assert f"| `{variable.name}` | {variable.kind.expected.replace('|', chr(92) + '|')}" in OPERATORS


def test_every_metric() -> None:
    registry = get_registry()
    known = {key: item.record.unit for key, item in registry.metrics.items() if item.slug != "dummy"}
    written = dict(re.findall(r"^\| [^|]+ \| `([a-z_]+\.[a-z_]+)` \| (\w+) \|$", EDITORS, re.MULTILINE))

    assert written == known


EXAMPLE_FILES = sorted(
    path.relative_to(EXAMPLE).as_posix()
    for path in EXAMPLE.rglob("*")
    if path.suffix in (".py", ".toml") and "migrations" not in path.parts
)


@pytest.mark.parametrize("name", EXAMPLE_FILES)
def test_the_example_is_what_the_page_shows(name: str) -> None:
    language = "toml" if name.endswith(".toml") else "python"

    assert f"`{name}`:\n\n```{language}\n{(EXAMPLE / name).read_text()}```\n" in AUTHORS


def anchor(heading: str) -> str:
    """A heading's address on the page, as code hosts make it."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@pytest.mark.parametrize("page", sorted(path.name for path in DOCS.glob("*.md")))
def test_links_lead_somewhere(page: str) -> None:
    text = (DOCS / page).read_text()
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        name, _hash, fragment = target.partition("#")
        path = (DOCS / name) if name else (DOCS / page)
        headings = re.findall(r"^#+ (.+)$", path.read_text(), re.MULTILINE) if path.suffix == ".md" else []
        if not path.exists() or (fragment and fragment not in map(anchor, headings)):
            broken.append(target)

    assert broken == []
