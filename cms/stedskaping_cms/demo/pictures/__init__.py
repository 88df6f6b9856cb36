"""Illustrations for demo content: neighbourhoods, building camps, people and place marks.

Everything is drawn with Pillow from a kind and a seed; nothing is read from disk. The same
arguments give the same bytes for as long as the version of Pillow stays the same.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from random import Random

from .canvas import Canvas
from .chart import chart
from .emblem import logo
from .palette import BRIGHT_PALETTES, PALETTES, WINTER_PALETTES
from .portrait import portrait
from .scenes_bridge import bridge
from .scenes_camp import camp_building
from .scenes_country import garden, mountain_village, winter
from .scenes_gathering import school, stage
from .scenes_green import bench, park, playground
from .scenes_making import people_meeting, workshop
from .scenes_skate import skatepark
from .scenes_town import square, street
from .scenes_water import boathouse, waterfront

_SCENES: dict[str, Callable[[Canvas], None]] = {
    "park": park,
    "playground": playground,
    "waterfront": waterfront,
    "mountain_village": mountain_village,
    "street": street,
    "square": square,
    "boathouse": boathouse,
    "workshop": workshop,
    "garden": garden,
    "stage": stage,
    "bridge": bridge,
    "winter": winter,
    "school": school,
    "people_meeting": people_meeting,
    "camp_building": camp_building,
    "bench": bench,
    "skatepark": skatepark,
    "map": chart,
    "portrait": portrait,
    "logo": logo,
}
_SQUARE = ("portrait", "logo")
_BRIGHT = ("map", "logo")

KINDS: tuple[str, ...] = tuple(_SCENES)

__all__ = ["KINDS", "draw"]


def draw(kind: str, seed: int, size: tuple[int, int] = (1600, 1000)) -> bytes:
    """Draw one picture and return it as a JPEG.

    ``portrait`` and ``logo`` are always square, with the shorter side of ``size``. Seeds that
    follow each other get different palettes. Raises ``ValueError`` for a kind not in ``KINDS``.
    """
    scene = _SCENES.get(kind)
    if scene is None:
        raise ValueError(f"Unknown kind of picture {kind!r}; known kinds: {', '.join(KINDS)}")
    if kind in _SQUARE:
        size = (min(size), min(size))
    code = zlib.crc32(kind.encode())
    rng = Random(code * 1_000_003 + seed)
    palettes = WINTER_PALETTES if kind == "winter" else BRIGHT_PALETTES if kind in _BRIGHT else PALETTES
    canvas = Canvas(size, rng, palettes[(seed + code) % len(palettes)], seed, mirror=rng.random() < 0.5)
    scene(canvas)
    return canvas.finish()
