"""The demo's pictures: drawn in processes of their own, while the pages are written."""

from __future__ import annotations

import hashlib
import uuid
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from os import cpu_count
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from wagtail.models import Collection

from stedskaping_cms.demo import texts
from stedskaping_cms.demo.pictures import draw
from stedskaping_cms.demo.state import NATIONAL, Demo
from stedskaping_core.models import Image

NAMESPACE = uuid.UUID("5f0b6a52-0f0c-5c1e-9d27-0a5d5b7c3e11")
# Where Wagtail keeps what is uploaded.
FOLDER = "original_images"
TITLE_LENGTH = 60
# Smaller pictures, as in the tests, are drawn faster than a process starts.
POOL_PIXELS = 400_000


def picture_uuid(key: str) -> uuid.UUID:
    """A picture is known by this id, whatever an editor calls it."""
    return uuid.uuid5(NAMESPACE, key)


class Drawings:
    """Draws the pictures whose files are missing. Use it as a context manager: the pool ends with it.

    `images_add` writes the rows at once, so that pages can show them, and `files_add` waits for the drawings.
    """

    def __init__(self, size: tuple[int, int]) -> None:
        self._size = size
        uuids = {picture_uuid(key): key for key in texts.pictures()}
        drawn = Image.objects.filter(uuid__in=uuids).exclude(file_hash="").values_list("uuid", flat=True)
        there = {uuids[uuid] for uuid in drawn}
        self._missing = {key: entry for key, entry in texts.pictures().items() if key not in there}
        self._pool: ProcessPoolExecutor | None = None
        self._futures: dict[str, Future[bytes]] = {}

    def __enter__(self) -> Drawings:
        if self._missing and self._size[0] * self._size[1] > POOL_PIXELS:
            # Fresh processes: copies of this one would share its database connection.
            self._pool = ProcessPoolExecutor(max_workers=cpu_count() or 1, mp_context=get_context("spawn"))
            self._futures = {
                key: self._pool.submit(draw, entry["kind"], entry["seed"], self._size)
                for key, entry in self._missing.items()
            }
        return self

    def __exit__(self, *_error: Any) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def images_add(self, demo: Demo) -> int:
        """Write the missing rows, in the national collection; how many that were."""
        wanted = [key for key in self._missing if key not in demo.image_ids]
        if wanted:
            root = Collection.get_first_root_node()
            name = texts.national(texts.LANGUAGES[0])["site"]["title"]
            collection = root.get_children().filter(name=name).first() or root.add_child(name=name)
            for key in wanted:
                self._row(demo, key, collection).save()
            demo.__dict__.pop("image_ids", None)
        return len(wanted)

    def _row(self, demo: Demo, key: str, collection: Collection) -> Image:
        entry = self._missing[key]
        pilot = entry.get("pilot")
        alt = entry["alt"][texts.pilots()[pilot]["locale"] if pilot else texts.LANGUAGES[0]]
        width, height = self._size
        # A name, not a file: the size is known, and reading it from every drawing would take seconds.
        return Image(
            uuid=picture_uuid(key),
            title=_title(alt),
            description=alt,
            collection=collection,
            file=f"{FOLDER}/{pilot or NATIONAL}-{key}.jpg",
            width=width,
            height=height,
            uploaded_by_user=demo.people[pilot, "editor"] if pilot else demo.admin,
        )

    def files_add(self, demo: Demo) -> int:
        """Store the drawings of the rows that have no file yet; how many that were."""
        for key, entry in self._missing.items():
            waiting = self._futures.get(key)
            drawn = waiting.result() if waiting else draw(entry["kind"], entry["seed"], self._size)
            row = Image.objects.filter(pk=demo.image_ids[key])
            wanted = row.values_list("file", flat=True).get()
            digest = hashlib.sha1(drawn, usedforsecurity=False).hexdigest()
            name = default_storage.save(wanted, ContentFile(drawn))
            row.update(file=name, file_size=len(drawn), file_hash=digest)
        return len(self._missing)


def _title(alt: str) -> str:
    """A short name from the description: “Tegning av et torg med trær, …” becomes “Et torg med trær”."""
    short = alt.removeprefix("Tegning av ").removeprefix("Teikning av ").split(",")[0].rstrip(".")
    return (short[0].upper() + short[1:])[:TITLE_LENGTH]
