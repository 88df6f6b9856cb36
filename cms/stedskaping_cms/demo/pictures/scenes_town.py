"""Scenes in town: street and market square."""

from __future__ import annotations

import math
from functools import partial
from itertools import pairwise

from . import buildings, landmarks, nature, props, timber
from .canvas import Canvas
from .groups import crowd
from .palette import RGB, mix
from .people import look, person
from .stage import Stage
from .surroundings import land

FRONTS = ("white", "red", "ochre", "blue", "sage", "grey", "cream", "rose")


def paving(c: Canvas, top: float, colour: RGB, joints: bool = True) -> None:
    """Cover the ground with paving whose joints run towards a vanishing point."""
    p = c.p
    area = [(-10.0, top), (c.w + 10, top), (c.w + 10, c.h + 10), (-10.0, c.h + 10)]
    c.gradient(area, (mix(colour, p.sky[2], 0.25), colour, p.dark(colour, 0.1)))
    c.stipple(area, p.dark(colour, 0.4), (0.0, 0.05, 0.08, 0.22))
    if joints:
        tone = p.dark(colour, 0.12)
        y, step = top, 9.0
        while y < c.h:
            y += step
            step *= 1.32
            c.line([(0, y), (c.w, y)], 1 + step * 0.014, tone)
        for i in range(-14, 15):
            c.line([(c.w / 2 + i * 62, top), (c.w / 2 + i * 240, c.h)], 1.6, tone)


def terrace_row(
    c: Canvas, y: float, low: float, high: float, shops: bool = True
) -> list[tuple[float, float, float]]:
    """Draw a closed row of town houses; return x, width and height of each."""
    rng = c.rng
    x = rng.uniform(-80, -10)
    last = ""
    row: list[tuple[float, float, float]] = []
    while x < c.w:
        w, h = rng.uniform(165, 235), rng.uniform(low, high)
        paint = rng.choice([name for name in FRONTS if name != last])
        last = paint
        row.append((x, w, h))
        buildings.front(c, x, y, w, h, paint, shops and rng.random() < 0.6, rng.random() < 0.55)
        x += w + rng.choice((2.0, 2.0, 2.0, 34.0))
    return row


def street(c: Canvas) -> None:
    """A street of wooden houses with shops, café tables, bicycles and people."""
    rng, p = c.rng, c.p
    horizon = c.h * 0.42
    land(c, horizon)
    kerb = c.h * rng.uniform(0.6, 0.64)
    c.rect(0, horizon, c.w, kerb - horizon, p.hills[3])
    nature.forest(c, horizon + 40, 130, -20, c.w + 20, 0.3)
    row = terrace_row(c, kerb, 225, 320)
    paving(c, kerb, p.paving[0], joints=False)
    lane = c.h * rng.uniform(0.8, 0.83)
    walk = c.h * 0.715
    for y0, y1, tone in (
        (walk, walk + 9, p.dark(p.paving[1], 0.2)),
        (lane + 60, lane + 72, p.dark(p.paving[1], 0.2)),
    ):
        c.rect(0, y0, c.w, y1 - y0, tone)
    area = [(0, walk + 9), (c.w, walk + 9), (c.w, lane + 60), (0, lane + 60)]
    road = p.dark(p.paving[1], 0.14)
    c.gradient(area, (road, p.dark(road, 0.08)))
    c.stipple(area, p.dark(road, 0.4), (0.05, 0.1, 0.1, 0.25))
    if rng.random() < 0.5:
        for i in range(7):
            x = c.w * rng.choice((0.5, 0.5)) + (i - 3) * 74
            c.poly(
                [(x, walk + 22), (x + 40, walk + 22), (x + 34, lane + 48), (x - 14, lane + 48)],
                mix(road, p.paint("white"), 0.7),
            )
    s = Stage(c, kerb - 90, 105, 265)
    for i in range(len(row)):
        x, w, _ = row[i]
        if rng.random() < 0.55 and 60 < x + w < c.w - 60:
            tx = x + w + 1
            s.put(kerb + 30, partial(props.lamp, c, tx, kerb + 30, 250), tx, 14)
        if rng.random() < 0.5:
            px = x + w * 0.62
            s.put(kerb + 26, partial(props.planter, c, px, kerb + 26, 84), px, 50)
    for i in range(rng.randint(2, 3)):
        x = c.w * (0.04 + 0.26 * i + rng.uniform(0, 0.05))
        props.bunting(
            c, (x, kerb - rng.uniform(190, 240)), (x + c.w * 0.3, kerb - rng.uniform(190, 240)), 42, 22
        )
    cafe = c.w * rng.uniform(0.2, 0.8)
    for dx in (-95, 95):
        s.put(kerb + 62, partial(_cafe, s, cafe + dx, kerb + 62), cafe + dx, 85)
    tree_x = c.w * (0.06 if cafe > c.w / 2 else 0.94)
    s.put(walk - 6, lambda: nature.leafy(c, tree_x, walk - 6, c.h * 0.5), tree_x, 40)
    crowd(
        s, ("pair", "family", "stroller", "dog", "wheels", "solo"), 4, (40, c.w - 40), (kerb + 45, walk - 4)
    )
    crowd(s, ("cyclist", "solo", "family", "cyclist"), 3, (60, c.w - 60), (walk + 50, lane + 45))
    bx = c.w * rng.uniform(0.16, 0.84)
    by = c.h * 0.965
    for i in range(3):
        s.put(by, partial(props.planter, c, bx + (i - 1) * 175, by, 165), bx + (i - 1) * 170, 85)
    crowd(s, ("pair", "family", "dog", "wheels", "stroller"), 2, (60, c.w - 60), (lane + 95, c.h * 0.97))
    s.paint()


def _cafe(s: Stage, x: float, y: float) -> None:
    c, h = s.c, s.size(y)
    for f in (-1, 1):
        seat = x - f * h * 0.4
        c.rect(seat - h * 0.1, y - h * 0.27, h * 0.2, h * 0.03, c.p.paint("iron"))
        for u in (-0.09, 0.07):
            c.rect(seat + u * h, y - h * 0.26, h * 0.02, h * 0.26, c.p.paint("iron"))
        person(c, seat, y, h, "sit", look(c.rng, c.p), f)
    props.cafe_table(c, x, y + 5, h * 0.42)


def square(c: Canvas) -> None:
    """A market square with stalls, string lights and a crowd."""
    rng, p = c.rng, c.p
    horizon = c.h * 0.4
    land(c, horizon)
    foot = c.h * rng.uniform(0.53, 0.56)
    c.rect(0, horizon, c.w, foot - horizon, p.hills[3])
    nature.forest(c, horizon + 30, 100, -20, c.w + 20, 0.3)
    if rng.random() < 0.55:
        cx = c.w * rng.uniform(0.3, 0.62)
        landmarks.church(c, cx, foot - 70, 330)
    terrace_row(c, foot, 150, 225)
    paving(c, foot, p.paving[0])
    s = Stage(c, foot - 30, 82, 255)
    centre = c.w * rng.uniform(0.4, 0.6)
    cy = c.h * 0.71
    feature = rng.choice(("tree", "fountain", "pavilion"))
    if feature == "tree":
        s.put(cy, lambda: _tree_bench(s, centre, cy), centre, 130)
    elif feature == "fountain":
        s.put(cy, lambda: _fountain(c, centre, cy, 230), centre, 130)
    else:
        s.put(cy, lambda: timber.pavilion(c, centre, cy, 360, 190), centre, 200)
        for i in (-1, 0, 1):
            who = look(rng, p)
            s.put(
                cy + 0.1,
                partial(
                    person,
                    c,
                    centre + i * 80,
                    cy - 22,
                    128,
                    rng.choice(("hold", "wave", "talk")),
                    who,
                    i or 1,
                ),
            )
    s.claim(centre, cy + 10, 200, 120)
    paints = ["coral", "teal", "mustard", "navy", "plum"]
    rng.shuffle(paints)
    spots = [(0.13, 0.68), (0.3, 0.64), (0.72, 0.64), (0.88, 0.68)]
    for i, (u, v) in enumerate(spots):
        if rng.random() < 0.8:
            x, y = c.w * (u + rng.uniform(-0.015, 0.015)), c.h * v
            s.put(y, partial(props.stall, c, x, y, s.size(y) * 1.5, paints[i]), x, s.size(y) * 0.85)
            s.put(
                y - 1,
                partial(person, c, x + rng.uniform(-30, 30), y - 8, s.size(y), "wave", look(rng, p), 1),
            )
            s.claim(x, y - 30, s.size(y) * 0.9, 60)
    poles = [c.w * u for u in (0.03, 0.33, 0.67, 0.97)]
    for x in poles:
        s.put(foot + 24, partial(c.limb, [(x, foot + 24, 9), (x, foot - 215, 6)], p.paint("iron")), x, 12)
    for a, b in pairwise(poles):
        s.put(foot + 25, partial(props.string_lights, c, (a, foot - 210), (b, foot - 210), 58))
    crowd(
        s,
        ("pair", "family", "stroller", "wheels", "dog", "bench"),
        6,
        (40, c.w - 40),
        (c.h * 0.72, c.h * 0.96),
    )
    crowd(s, ("solo", "pair", "family", "cyclist"), 4, (40, c.w - 40), (foot + 45, c.h * 0.8))
    for x in (c.w * 0.06, c.w * 0.94):
        s.put(c.h * 0.975, partial(props.planter, c, x, c.h * 0.975, 170))
    s.paint()
    if rng.random() < 0.6:
        props.string_lights(c, (-30, c.h * 0.05), (c.w * 0.52, -30), 60)
        props.string_lights(c, (c.w * 0.52, -30), (c.w + 30, c.h * 0.06), 60)


def _tree_bench(s: Stage, x: float, y: float) -> None:
    c, p = s.c, s.c.p
    nature.leafy(c, x, y - 14, 430)
    c.oval(x, y - 2, 120, 26, p.dark(p.paint("wood"), 0.3))
    c.oval(x, y - 34, 120, 26, p.paint("wood"))
    for i in range(8):
        u = -0.92 + i * 0.263
        drop = math.sqrt(1 - u * u) * 26
        c.rect(x + u * 120 - 2, y - 34 + drop, 4, 32, p.dark(p.paint("wood"), 0.4))
    c.oval(x, y - 37, 50, 11, p.paint("soil"))
    c.limb([(x, y - 37, 24), (x, y - 150, 17)], p.paint("bark"))
    h = s.size(y)
    for dx in (-72, 66):
        person(c, x + dx, y + 12, h, "sit_front", look(c.rng, p))


def _fountain(c: Canvas, x: float, y: float, w: float) -> None:
    p = c.p
    stone = p.paint("stone")
    c.shadow(x, y, w * 0.55, 20)
    c.oval(x, y - 4, w / 2, w * 0.13, p.dark(stone, 0.25))
    c.rect(x - w / 2, y - 34, w, 30, p.dark(stone, 0.12))
    c.oval(x, y - 34, w / 2, w * 0.13, p.pale(stone, 0.15))
    c.oval(x, y - 34, w * 0.44, w * 0.105, p.water[1])
    c.rect(x - 12, y - 120, 24, 90, stone)
    c.oval(x, y - 120, 46, 12, p.pale(stone, 0.1))
    spray = mix(p.water[0], p.paint("white"), 0.6)
    for u in (-1, -0.5, 0.5, 1):
        arc = [
            (x + u * 80 * t, y - 124 - 70 * math.sin(t * math.pi * 0.82) + 88 * t * t)
            for t in (i / 10 for i in range(11))
        ]
        c.line(arc, 4, spray)
    c.line([(x, y - 122), (x, y - 190)], 5, spray)
