"""A skatepark with ramps, skaters and their audience."""

from __future__ import annotations

import math
from functools import partial

from . import backdrop, nature, play, timber, undergrowth
from .canvas import Canvas
from .groups import crowd
from .people import look, person
from .stage import Stage
from .surroundings import hamlet, land


def skatepark(c: Canvas) -> None:
    """Concrete ramps with skaters and their audience."""
    rng, p = c.rng, c.p
    horizon = c.h * rng.uniform(0.38, 0.43)
    land(c, horizon)
    top = horizon + c.h * 0.055
    nature.forest(c, top + 8, 80, -20, c.w + 20, 0.45)
    backdrop.ground(c, top)
    hamlet(c, top + 20, rng.uniform(-70, 0), c.w, 128, 0.6)
    s = Stage(c, top, 78, 250)
    grey = p.paint("concrete")
    slab = [
        (c.w * 0.08, c.h * 0.63),
        (c.w * 0.92, c.h * 0.63),
        (c.w * 1.02, c.h * 0.92),
        (c.w * -0.02, c.h * 0.92),
    ]
    c.gradient(slab, (p.dark(grey, 0.06), grey))
    c.stipple(slab, p.dark(grey, 0.4), (0.02, 0.08, 0.08, 0.2))
    c.rect(-10, c.h * 0.92, c.w + 20, 9, p.dark(grey, 0.3))
    for i in range(1, 6):
        u = i / 6
        c.line(
            [(c.w * (0.08 + 0.84 * u), c.h * 0.63), (c.w * (-0.02 + 1.04 * u), c.h * 0.92)],
            2,
            p.dark(grey, 0.14),
        )
    for _ in range(3):
        backdrop.patch(
            c,
            c.w * rng.uniform(0.25, 0.75),
            c.h * rng.uniform(0.7, 0.86),
            rng.uniform(60, 110),
            24,
            p.paint(rng.choice(("coral", "mustard", "teal", "rose", "sky"))),
            0.2,
        )
    left, right = c.w * rng.uniform(0.13, 0.17), c.w * rng.uniform(0.83, 0.87)
    base = c.h * 0.77
    for x, f in ((left, 1), (right, -1)):
        tall = rng.uniform(170, 215)
        s.put(base, partial(_ramp, s, x, base, 330, tall, f), x, 200)
        s.claim(x, base - 30, 200, 100)
    mid = c.w * rng.uniform(0.45, 0.55)
    s.put(c.h * 0.72, lambda: _funbox(c, mid, c.h * 0.72, 300, 62), mid, 170)
    s.put(
        c.h * 0.721,
        lambda: _skater(s, mid + rng.uniform(-40, 40), c.h * 0.72 - 150, 165, rng.choice((-1, 1)), 84, 150),
        mid,
        60,
    )
    s.claim(mid, c.h * 0.7, 200, 50)
    s.claim(mid, c.h * 0.57, 110, 60)
    for dx, y in ((-0.16, 0.83), (0.17, 0.86), (0.0, 0.9)):
        if rng.random() < 0.8:
            x = mid + dx * c.w + rng.uniform(-30, 30)
            s.put(
                c.h * y,
                partial(
                    _skater,
                    s,
                    x,
                    c.h * y,
                    s.size(c.h * y) * rng.choice((0.72, 0.95)),
                    rng.choice((-1, 1)),
                    92,
                    0,
                ),
                x,
                70,
            )
    crowd(s, ("bench", "pair", "cyclist", "wheels", "solo"), 3, (60, c.w - 60), (c.h * 0.86, c.h * 0.96))
    crowd(s, ("bench", "pair", "family", "dog"), 2, (60, c.w - 60), (top + 70, c.h * 0.62))
    for x in (c.w * 0.04, c.w * 0.96):
        s.put(c.h * 0.66, partial(nature.tree, c, x, c.h * 0.66, c.h * rng.uniform(0.36, 0.46)))
    s.paint()
    undergrowth.frame(c, 110)


def _ramp(s: Stage, x: float, y: float, w: float, h: float, f: int) -> None:
    c = s.c
    timber.quarter_pipe(c, x, y, w, h, f)
    back = x - f * w / 2
    for u, v in ((0.08, 0.45), (0.18, 0.25), (0.12, 0.7)):
        c.veil(
            [
                (back + f * w * (u + math.cos(a) * 0.06), y - h * (v + math.sin(a) * 0.13))
                for a in (i * math.tau / 8 for i in range(8))
            ],
            c.p.paint(c.rng.choice(("coral", "mustard", "teal", "plum"))),
            0.7,
        )
    size = s.size(y)
    who = look(c.rng, c.p)
    px, py = back + f * w * 0.17, y - h + 2
    person(c, px, py, size * 0.9, "skate", who, f)
    play.skateboard(c, px, py + 2, size * 0.34, 0)


def _funbox(c: Canvas, x: float, y: float, w: float, h: float) -> None:
    p = c.p
    wood = p.paint("timber")
    side = p.paint(c.rng.choice(("teal", "coral", "mustard", "navy")))
    back = h * 0.5
    c.shadow(x, y, w * 0.52, 10)
    for f in (-1, 1):
        flank = [
            (x + f * w / 2, y),
            (x + f * w * 0.47, y - back),
            (x + f * w * 0.2, y - h - back),
            (x + f * w * 0.22, y - h),
        ]
        c.poly(flank, p.dark(wood, 0.08 if f < 0 else 0.28))
    c.poly(
        [
            (x - w * 0.22, y - h),
            (x - w * 0.2, y - h - back),
            (x + w * 0.2, y - h - back),
            (x + w * 0.22, y - h),
        ],
        p.pale(wood, 0.15),
    )
    c.poly([(x - w / 2, y), (x - w * 0.22, y - h), (x + w * 0.22, y - h), (x + w / 2, y)], side)
    c.stipple(
        [(x - w / 2, y), (x - w * 0.22, y - h), (x + w * 0.22, y - h), (x + w / 2, y)],
        p.dark(side, 0.5),
        (0, 0.2, 0.1, 0.4),
    )
    c.line(
        [(x - w / 2, y), (x - w * 0.22, y - h), (x + w * 0.22, y - h), (x + w / 2, y)], 6, p.pale(wood, 0.25)
    )


def _skater(s: Stage, x: float, y: float, h: float, f: int, board: float, lift: float) -> None:
    c = s.c
    c.shadow(x, y + lift * 0.56, h * 0.25, h * 0.03, 0.2)
    person(c, x, y, h, "skate", look(c.rng, c.p, h < 130), f)
    play.skateboard(c, x, y + 4, board * h / 165, -0.15 * f if lift else 0.0)
