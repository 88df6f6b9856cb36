"""What surrounds a scene: far land, a row of cottages, a grove."""

from __future__ import annotations

from functools import partial

from . import backdrop, buildings, nature
from .canvas import Canvas
from .stage import Stage

STROLLERS = ("pair", "family", "stroller", "dog", "cyclist", "wheels", "solo")


def land(c: Canvas, horizon: float, kind: str | None = None) -> None:
    """Paint sky and far hills."""
    backdrop.sky(c, horizon)
    backdrop.hills(c, horizon, kind or c.rng.choice(("soft", "soft", "peaks")))


def hamlet(c: Canvas, y: float, x0: float, x1: float, size: float, gap: float = 0.5) -> None:
    """Line up cottages and trees along a far street; ``size`` is the width of a cottage."""
    x = x0
    rng = c.rng
    while x < x1:
        if rng.random() < gap:
            for _ in range(rng.randint(1, 3)):
                nature.tree(
                    c, x + rng.uniform(0, size * 0.5), y + rng.uniform(-4, 3), size * rng.uniform(0.55, 0.95)
                )
            x += size * 0.6
        width = size * rng.uniform(0.8, 1.2)
        buildings.cottage(c, x, y + rng.uniform(-3, 4), width)
        x += width * rng.uniform(1.04, 1.3)


def grove(s: Stage, xs: tuple[float, float], ys: tuple[float, float], count: int, tall: float = 2.4) -> None:
    """Plant trees on free ground; ``tall`` is in body heights."""
    for _ in range(count):
        spot = s.find(xs, ys, 0.5)
        if spot:
            x, y = spot
            h = s.size(y) * tall * s.c.rng.uniform(0.8, 1.2)
            s.put(y, partial(nature.tree, s.c, x, y, h), x, h * 0.1)
