"""A bridge over a river, with people crossing."""

from __future__ import annotations

import math
from functools import partial

from . import backdrop, nature, timber, undergrowth, vehicles
from .canvas import Canvas
from .groups import crowd
from .palette import mix
from .people import look, person
from .stage import Stage
from .surroundings import hamlet, land


def bridge(c: Canvas) -> None:
    """A timber bridge over a river between two green banks."""
    rng, p = c.rng, c.p
    horizon = c.h * rng.uniform(0.36, 0.42)
    land(c, horizon, rng.choice(("peaks", "soft", "fjord")))
    top = horizon + c.h * 0.04
    nature.forest(c, top + 10, 90, -20, c.w + 20, 0.4)
    backdrop.ground(c, top)
    hamlet(c, top + 22, rng.uniform(-40, 40), c.w * 0.36, 120)
    hamlet(c, top + 22, c.w * 0.62, c.w, 120)
    mid = c.w * rng.uniform(0.44, 0.56)
    swing = c.w * rng.uniform(-0.08, 0.08)
    river = [
        (mid + swing, top + 6, 20.0),
        (mid - swing, c.h * 0.58, 120.0),
        (mid + swing * 0.5, c.h * 0.76, 270.0),
        (mid, c.h + 40, 460.0),
    ]
    bank = [(x, y, w + 14 + w * 0.08) for x, y, w in river]
    backdrop.path(c, bank, p.dark(mix(p.paint("stone"), p.ground[2], 0.5), 0.1))
    stream = backdrop.path(c, river, p.water[1])
    c.gradient(stream, (mix(p.water[0], p.water[1], 0.45), p.water[1], p.dark(p.water[1], 0.15)))
    for i in range(24):
        t = (i + rng.random()) / 24
        y = c.h * 0.5 + t * c.h * 0.48
        reach = 90 + 300 * t * 0.9
        x = mid + rng.uniform(-0.7, 0.5) * reach
        c.limb(
            [(x, y, 1.5), (x + 35 + 40 * t, y, 2 + 3 * t), (x + 80 + 90 * t, y, 1.5)],
            mix(p.water[0], p.sun, 0.3),
        )
    s = Stage(c, top, 62, 255)
    deck_y = c.h * 0.66
    span = c.w * 0.36
    style = rng.choice(("truss", "arch"))
    s.put(deck_y + 30, lambda: _span(s, mid, deck_y, span, style))
    s.claim(mid, deck_y + 40, span + 90, 110)
    for side in (-1, 1):
        x0, x1 = (-20.0, mid - span + 6) if side < 0 else (mid + span - 6, c.w + 20)
        area = [(x0, deck_y - 2), (x1, deck_y - 2), (x1, deck_y + 26), (x0, deck_y + 26)]
        c.poly(area, p.paving[0])
        c.stipple(area, p.dark(p.paving[0], 0.3), (0.05, 0.1, 0.1, 0.3))

    s.claim(mid, c.h * 0.86, 400, c.h * 0.2)
    crowd(s, ("solo", "pair", "family"), 1, (80, mid - 420), (c.h * 0.84, c.h * 0.95))
    crowd(s, ("picnic", "dog", "pair"), 1, (mid + 420, c.w - 80), (c.h * 0.84, c.h * 0.95))
    for x, y, h in ((0.06, 0.82, 0.56), (0.15, 0.76, 0.34), (0.95, 0.84, 0.6), (0.86, 0.75, 0.32)):
        if rng.random() < 0.85:
            s.put(
                c.h * y,
                partial(
                    rng.choice((nature.spruce, nature.birch, nature.spruce)), c, c.w * x, c.h * y, c.h * h
                ),
                c.w * x,
                40,
            )
    for side in (-1, 1):
        for t, off in ((0.8, 310.0), (0.93, 440.0)):
            s.put(
                c.h * t,
                partial(undergrowth.stone, c, mid + side * off, c.h * t, rng.uniform(60, 110)),
            )
    s.paint()
    undergrowth.frame(c, 120)


def _span(s: Stage, x: float, y: float, half: float, style: str) -> None:
    c = s.c
    p, rng = c.p, c.rng
    wood = p.paint("wood")
    stone = p.paint("stone")
    rail = 78.0
    for side in (-1, 1):
        px = x + side * half * 0.94
        c.poly(
            [(px - 46, y + 150), (px - 36, y + 4), (px + 36, y + 4), (px + 46, y + 150)], p.dark(stone, 0.12)
        )
        for i in range(5):
            c.line(
                [(px - 38 - i * 1.5, y + 24 + i * 26), (px + 38 + i * 1.5, y + 24 + i * 26)],
                2,
                p.dark(stone, 0.35),
            )
    if style == "truss":
        peak = y - 190
        for side in (-1, 1):
            timber.beam(c, (x + side * half * 0.86, y), (x + side * half * 0.4, peak), 15, p.dark(wood, 0.3))
            timber.beam(c, (x + side * half * 0.4, peak), (x + side * half * 0.4, y), 11, p.dark(wood, 0.3))
        timber.beam(c, (x - half * 0.42, peak), (x + half * 0.42, peak), 15, p.dark(wood, 0.25))
    far = p.dark(wood, 0.35)
    c.line([(x - half, y - rail * 0.8), (x + half, y - rail * 0.8)], 5, far)
    size = 168.0
    names = ["walk", "relaxed", "child", "walk", "bike", "wave"]
    rng.shuffle(names)
    for i, name in enumerate(names[: rng.randint(4, 5)]):
        px = x + (-0.76 + 0.38 * i + rng.uniform(-0.05, 0.05)) * half
        f = rng.choice((-1, 1))
        if name == "bike":
            person(c, px, y + 4, size, "cycle", look(rng, p), f)
            vehicles.bicycle(c, px, y + 4, size, f)
        elif name == "child":
            person(c, px, y + 4, size * 0.66, "run", look(rng, p, True), f)
        else:
            person(c, px, y + 4, size, name, look(rng, p), f)
    c.rect(x - half * 1.02, y + 2, half * 2.04, 20, wood)
    c.rect(x - half * 1.02, y + 14, half * 2.04, 8, p.dark(wood, 0.3))
    if style == "arch":
        outer = [
            (x + math.cos(a) * half * 0.92, y + 120 - math.sin(a) * 104)
            for a in (math.pi * i / 24 for i in range(25))
        ]
        c.line(outer, 17, p.dark(wood, 0.25))
        for i in range(3, 22, 3):
            c.line([outer[i], (outer[i][0], y + 18)], 9, p.dark(wood, 0.2))
    else:
        for side in (-1, 1):
            timber.beam(
                c, (x + side * half * 0.9, y + 110), (x + side * half * 0.46, y + 20), 16, p.dark(wood, 0.2)
            )
            timber.beam(c, (x + side * half * 0.92, y + 8), (x + side * half * 0.46, y - 176), 15, wood)
            timber.beam(c, (x + side * half * 0.46, y - 176), (x + side * half * 0.46, y + 10), 12, wood)
        timber.beam(c, (x - half * 0.48, y - 176), (x + half * 0.48, y - 176), 15, p.pale(wood, 0.1))
    for i in range(13):
        px = x - half + i * half / 6
        c.rect(px - 3, y - rail + 10, 6, rail - 6, p.pale(wood, 0.08))
    c.rect(x - half * 1.01, y - rail + 2, half * 2.02, 9, p.pale(wood, 0.2))
    c.rect(x - half * 1.01, y - rail * 0.48, half * 2.02, 5, p.pale(wood, 0.08))
