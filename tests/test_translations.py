"""Bokmål and Nynorsk are complete: every translatable text has a translation, compiled and current."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[1]
PACKAGES = sorted(
    path.parent
    for pattern in ("*/stedskaping_*/__init__.py", "plugins/*/stedskaping_*/__init__.py")
    for path in ROOT.glob(pattern)
)
LANGUAGES = ("nb", "nn")

# How many leading arguments of a call belong to the message, and whether the first of them is its context.
MESSAGE_ARGUMENTS = {"_": 1, "gettext": 1, "ngettext": 2, "pgettext": 2, "npgettext": 3}
STRING = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
TEMPLATE_CALL = re.compile(rf"\b(_|n?p?gettext)\(\s*({STRING}(?:\s*,\s*{STRING})*)")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")

Message = tuple[str | None, str]


def message(function: str, texts: list[str]) -> Message:
    """The context (None where there is none) and the id of a message."""
    return (texts[0], texts[1]) if function.startswith(("pgettext", "npgettext")) else (None, texts[0])


def messages_in_python(source: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        function = name.removesuffix("_lazy").removesuffix("_noop")
        arguments = node.args[: MESSAGE_ARGUMENTS.get(function, 0)]
        texts = [a.value for a in arguments if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if texts and len(texts) == len(arguments):
            yield message(function, texts)


def messages_in_template(source: str) -> Iterator[Message]:
    for function, arguments in TEMPLATE_CALL.findall(templatize(source)):
        yield message(function, [ast.literal_eval(text) for text in re.findall(STRING, arguments)])


def messages_of(package: Path) -> set[Message]:
    """All translatable texts of a package, as gettext would find them."""
    found: set[Message] = set()
    for path in package.rglob("*.py"):
        if "migrations" not in path.parts:
            found.update(messages_in_python(path.read_text()))
    for path in package.rglob("templates/**/*"):
        if path.suffix in (".html", ".txt", ".xml", ".svg"):
            found.update(messages_in_template(path.read_text()))
    return {found_message for found_message in found if found_message[1]}


def catalogue(package: Path, language: str, suffix: str) -> Path:
    return package / "locale" / language / "LC_MESSAGES" / f"django.{suffix}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
def test_every_text_is_translated(package: Path, language: str) -> None:
    wanted = messages_of(package)
    path = catalogue(package, language, "po")
    entries = [entry for entry in polib.pofile(str(path)) if not entry.obsolete] if path.exists() else []
    finished = {(entry.msgctxt, entry.msgid) for entry in entries if entry.translated()}

    missing = sorted((text for _context, text in wanted - finished), key=str.lower)

    assert missing == [], f"{len(missing)} texts have no translation; `make messages` collects them"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
def test_translations_keep_the_placeholders(package: Path, language: str) -> None:
    path = catalogue(package, language, "po")
    if not path.exists():
        return
    changed = [
        entry.msgid
        for entry in polib.pofile(str(path)).translated_entries()
        if not entry.msgid_plural
        and sorted(PLACEHOLDER.findall(entry.msgid)) != sorted(PLACEHOLDER.findall(entry.msgstr))
    ]

    assert changed == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
def test_what_is_compiled_is_what_is_written(package: Path, language: str) -> None:
    path = catalogue(package, language, "po")
    if not path.exists():
        return

    def texts(entries: list[polib.POEntry] | list[polib.MOEntry]) -> set[tuple[object, ...]]:
        return {
            (e.msgctxt, e.msgid, e.msgstr or tuple(sorted(e.msgstr_plural.items())))
            for e in entries
            if e.msgid
        }

    written = texts(polib.pofile(str(path)).translated_entries())
    compiled = texts(list(polib.mofile(str(catalogue(package, language, "mo")))))

    assert compiled == written, "run `make messages`"


def test_the_search_for_texts_finds_what_gettext_finds() -> None:
    python = 'A = _("one " "text")\nB = npgettext("month", "May", "Mays", 2)\nC = _(name)'
    template = (
        '{% load i18n %}{% translate "It\'s here" %}{% translate "May" context "month" %}'
        "{% blocktranslate count n=n %}{{ n }} seat{% plural %}{{ n }} seats{% endblocktranslate %}"
        "{% blocktranslate trimmed %}\n  two\n  lines\n{% endblocktranslate %}"
    )

    assert set(messages_in_python(python)) == {(None, "one text"), ("month", "May")}
    assert set(messages_in_template(template)) == {
        (None, "It's here"),
        ("month", "May"),
        (None, "%(n)s seat"),
        (None, "two lines"),
    }
