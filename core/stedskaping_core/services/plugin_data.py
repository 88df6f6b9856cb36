"""A plugin's stored data as a whole: count it, write it to a file, delete it on purpose."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any

from django.core import serializers
from django.db import DatabaseError, transaction
from django.db.models import PROTECT, RESTRICT, ForeignKey, Model, ProtectedError, RestrictedError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from stedskaping_core.errors import Refusal
from stedskaping_core.models import JobRun, PluginActivation
from stedskaping_core.plugins.config import PluginConfig
from stedskaping_core.plugins.registry import get_registry

BATCH = 500


@dataclass(frozen=True)
class Purge:
    """What was done: rows per table, switches of sites, records of jobs, and where the export is."""

    rows: Mapping[str, int]
    activations: int
    job_runs: int
    export: Path


def row_counts(config: PluginConfig) -> dict[str, int]:
    """The number of rows in each of the plugin's tables."""
    models = config.get_models(include_auto_created=True)
    counts = {model._meta.db_table: model._base_manager.count() for model in models}
    return dict(sorted(counts.items()))


def plugin_purge(*, slug: str, export_to: Path) -> Purge:
    """Write everything the plugin has stored to the zip file `export_to`, then delete it: all or nothing.

    Its switches and the records of its jobs go too. Blocks in pages stay, and so does core's record of
    events. The archive holds `manifest.json` and one file per model, a JSON object per line, which
    `stedskaping loaddata` reads. Raises `Refusal`: NOT_INSTALLED, EXPORT_EXISTS, PROTECTED when something
    else needs the rows, CHANGED when somebody wrote meanwhile. Then the archive is gone as well.
    """
    config = get_registry().plugins.get(slug)
    if config is None:
        raise Refusal("NOT_INSTALLED", _("There is no installed plugin “%(slug)s”.") % {"slug": slug})
    with _new_file(export_to) as file, transaction.atomic():
        return _purge(config, file, export_to)


@contextmanager
def _new_file(path: Path) -> Iterator[IO[bytes]]:
    """A file for the owner only, since there may be personal data in it; gone again after an exception."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise Refusal("EXPORT_EXISTS", _("%(path)s is there already.") % {"path": path}) from error
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
    except BaseException:
        path.unlink()
        raise


def _purge(config: PluginConfig, file: IO[bytes], path: Path) -> Purge:
    models = _deletion_order(config)
    counts = row_counts(config)
    keys = _export(config, models, counts, file)
    try:
        for model in models:
            _delete(model, keys[model])
    except (ProtectedError, RestrictedError, DatabaseError) as error:
        message = _("Something else needs these rows, so nothing was deleted: %(detail)s")
        raise Refusal("PROTECTED", message % {"detail": error.args[0]}) from error
    left = [table for table, number in row_counts(config).items() if number]
    if left:
        message = _("Rows were added meanwhile, so nothing was deleted: %(tables)s. Try again.")
        raise Refusal("CHANGED", message % {"tables": ", ".join(left)})
    return Purge(
        rows=counts,
        activations=PluginActivation.objects.filter(slug=config.slug).delete()[0],
        job_runs=JobRun.objects.filter(key__startswith=f"{config.slug}.").delete()[0],
        export=path,
    )


def _deletion_order(config: PluginConfig) -> list[type[Model]]:
    """The plugin's models, those that refer to others before these."""
    models = list(config.get_models())
    sorter: TopologicalSorter[type[Model]] = TopologicalSorter(dict.fromkeys(models, ()))
    for model in models:
        for field in _links(model):
            if field.related_model in models and field.related_model is not model:
                sorter.add(field.related_model, model)
    try:
        return list(sorter.static_order())
    except CycleError:
        # They refer to each other, so every order is as good; the database has the last word.
        return models


def _links(model: type[Model]) -> list[ForeignKey[Any, Any]]:
    return [field for field in model._meta.get_fields() if isinstance(field, ForeignKey)]


def _export(
    config: PluginConfig, models: Sequence[type[Model]], counts: Mapping[str, int], file: IO[bytes]
) -> dict[type[Model], list[Any]]:
    """Write the archive; the keys of the rows that are in it, which are locked until the transaction ends."""
    keys: dict[type[Model], list[Any]] = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        manifest = {
            "plugin": config.slug,
            "version": config.plugin_version,
            "written": timezone.now().isoformat(),
            "rows": dict(counts),
        }
        archive.writestr("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=2))
        for model in models:
            keys[model] = []
            with archive.open(f"{model._meta.label_lower}.jsonl", "w") as entry:
                text = TextIOWrapper(entry, encoding="utf-8")
                serializers.serialize("jsonl", _noting(model, keys[model]), stream=text, ensure_ascii=False)
                text.flush()
    file.flush()
    os.fsync(file.fileno())
    return keys


def _noting(model: type[Model], keys: list[Any]) -> Iterator[Model]:
    rows = model._base_manager.order_by("pk")
    if not model._meta.parents:
        rows = rows.select_for_update()
    for row in rows.iterator(chunk_size=BATCH):
        keys.append(row.pk)
        yield row


def _delete(model: type[Model], keys: Sequence[Any]) -> None:
    """Delete these rows, those that other rows of the model protect after the others."""
    guards = [
        f
        for f in _links(model)
        if f.related_model is model and f.remote_field.on_delete in (PROTECT, RESTRICT)
    ]
    # A page takes its place in the tree with it.
    manager = model._default_manager if issubclass(model, Page) else model._base_manager
    waiting = set(keys)
    while waiting:
        needed: set[Any] = set()
        for guard in guards:
            needed |= set(manager.filter(pk__in=waiting).values_list(guard.attname, flat=True))
        # Rows in a circle protect each other: let the database say so.
        wave = sorted(waiting - needed) or sorted(waiting)
        for start in range(0, len(wave), BATCH):
            manager.filter(pk__in=wave[start : start + BATCH]).delete()
        waiting -= set(wave)
