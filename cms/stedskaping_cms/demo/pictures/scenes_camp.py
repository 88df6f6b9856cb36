"""A building camp: volunteers raise a timber structure."""

from __future__ import annotations

from functools import partial

from . import backdrop, nature, timber, undergrowth
from .canvas import Canvas
from .groups import crowd, group, hammer
from .people import builder, person
from .stage import Stage
from .surroundings import land


def camp_building(c: Canvas) -> None:
    """A building camp: volunteers raise a timber structure, tents behind them."""
    rng = c.rng
    horizon = c.h * rng.uniform(0.38, 0.44)
    kind = rng.choice(("soft", "peaks", "fjord"))
    land(c, horizon, kind)
    top = horizon + c.h * 0.055
    if kind == "fjord":
        backdrop.water(c, horizon, top + 30)
    else:
        nature.forest(c, top + 8, 90, -20, c.w + 20, 0.4)
    backdrop.ground(c, top)
    undergrowth.meadow(c, top + 60, c.h, 60)
    s = Stage(c, top, 72, 270)
    side = rng.choice((-1, 1))
    x, y = c.w * (0.5 + side * rng.uniform(0.04, 0.14)), c.h * rng.uniform(0.72, 0.76)
    h = s.size(y) * 1.5
    w, bays = c.w * rng.uniform(0.34, 0.42), rng.choice((3, 4))
    for i in range(rng.randint(3, 4)):
        tx = c.w * (0.5 - side * (0.2 + 0.09 * i)) + rng.uniform(-20, 20)
        ty = top + 50 + 14 * (i % 2)
        s.put(ty, partial(_tent, c, tx, ty, rng.uniform(105, 140)), tx, 60)
    for _ in range(3):
        spot = s.find((0, c.w), (top + 25, top + 60), 0.5)
        if spot:
            s.put(spot[1], partial(nature.tree, c, spot[0], spot[1], rng.uniform(150, 240)), spot[0], 40)
    s.put(y, lambda: _frame_crew(s, x, y, w, h, bays), x, w * 0.62)
    s.claim(x, y - 40, w * 0.62, 110)
    lx = x + w * 0.55
    s.put(y + 6, lambda: _ladder_crew(s, lx, y + 10, h * 1.05, 1), lx, 60)
    ax, ay = c.w * (0.5 - side * rng.uniform(0.3, 0.34)), c.h * 0.69
    s.put(ay, lambda: timber.stack(c, ax, ay, 230, rng.randint(4, 6)), ax, 130)
    group(s, "carry", c.w * (0.5 - side * rng.uniform(0.12, 0.24)), c.h * rng.uniform(0.92, 0.95))
    group(s, "trestle", c.w * (0.5 + side * rng.uniform(0.26, 0.34)), c.h * rng.uniform(0.88, 0.92))
    crowd(s, ("plans", "dig", "pair", "wheels", "solo"), 4, (60, c.w - 60), (top + 90, c.h * 0.95))
    s.paint()
    undergrowth.frame(c, 110)


def _tent(c: Canvas, x: float, y: float, w: float) -> None:
    p = c.p
    tone = p.paint(c.rng.choice(("mustard", "coral", "teal", "cream", "sky")))
    h = w * 0.62
    c.shadow(x, y, w * 0.52, 6)
    c.poly(
        [(x - w * 0.5, y), (x - w * 0.12, y - h), (x + w * 0.5, y - h * 0.92), (x + w * 0.72, y - 4)],
        p.dark(tone, 0.22),
    )
    c.poly([(x - w * 0.5, y), (x - w * 0.12, y - h), (x + w * 0.26, y)], tone)
    c.poly([(x - w * 0.22, y), (x - w * 0.12, y - h * 0.86), (x + w * 0.02, y)], p.dark(tone, 0.6))


def _frame_crew(s: Stage, x: float, y: float, w: float, h: float, bays: int) -> None:
    c, rng, p = s.c, s.c.rng, s.c.p
    spots = timber.skeleton(c, x, y, w, h, bays, rng.uniform(0.3, 0.55))
    size = s.size(y) * 0.92
    px, py = spots["plate"]
    hands = (
        person(c, px, py + size * 0.25, size, "sit_front", builder(rng, p), 1)
        if rng.random() < 0.5
        else person(c, px, py, size, "hammer", builder(rng, p), 1)
    )
    hammer(c, hands["near"], size)
    dx, dy = spots["deck"]
    hands = person(c, dx - size * 0.28, dy, size, "hammer", builder(rng, p), 1)
    hammer(c, hands["near"], size)
    person(c, dx + size * 0.3, dy - 2, size, rng.choice(("hold", "point", "talk")), builder(rng, p), -1)


def _ladder_crew(s: Stage, x: float, y: float, h: float, lean: int) -> None:
    c, rng, p = s.c, s.c.rng, s.c.p
    size = s.size(y)
    reach = h * 0.3 * -lean
    c.shadow(x, y, 40, 7)
    timber.ladder(c, x, y, h, reach)
    person(c, x + reach * 0.36 + h * 0.06, y - h * 0.36, size * 0.92, "point", builder(rng, p), -lean)
