"""A slot's field: migrations know its name, the registry knows its blocks."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from stedskaping_core.models import PhasePage
from stedskaping_core.streams import SlotStreamField


def test_migrations_know_the_slot_only() -> None:
    name, path, args, kwargs = PhasePage._meta.get_field("guidance").deconstruct()

    assert (name, path) == ("guidance", "stedskaping_core.streams.field.SlotStreamField")
    assert args == ["guidance"]
    assert sorted(kwargs) == ["blank", "verbose_name"]


def test_a_field_made_from_its_own_record_is_the_same() -> None:
    field = PhasePage._meta.get_field("guidance")
    again = field.clone()

    assert again.deconstruct()[1:] == field.deconstruct()[1:]
    assert list(again.stream_block.child_blocks) == list(field.stream_block.child_blocks)


def test_a_slot_that_does_not_exist() -> None:
    field = SlotStreamField("cellar")
    field.set_attributes_from_name("cellar")

    assert [(message.id, message.msg, message.hint) for message in field.check()] == [
        ("stedskaping.E002", "There is no slot “cellar”.", "Choose one of body, footer, guidance, story.")
    ]


@pytest.mark.parametrize("exclude", ["dummy", "dummy,funding,mobilisation,participation"])
def test_plugins_come_and_go_without_migrations_of_the_platform(exclude: str) -> None:
    environ = {**os.environ, "STEDSKAPING_ENV": "test", "STEDSKAPING_PLUGINS_EXCLUDE": exclude}
    environ.pop("DATABASE_URL", None)
    command = [
        sys.executable,
        "-m",
        "stedskaping_cms.cli",
        "makemigrations",
        "core",
        "cms",
        "--check",
        "--dry-run",
    ]
    ended = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)

    assert (ended.returncode, ended.stderr) == (0, ""), ended.stdout
