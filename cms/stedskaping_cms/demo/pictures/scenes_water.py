"""Scenes by the water: waterfront promenade and boathouses."""

from __future__ import annotations

import math
from functools import partial
from itertools import pairwise

from . import backdrop, buildings, landmarks, nature, props, timber, undergrowth, vehicles
from .canvas import Canvas, Point, smooth
from .groups import crowd, group
from .palette import mix
from .people import look, person
from .stage import Stage
from .surroundings import hamlet, land


def _far_shore(c: Canvas, y: float, x0: float, x1: float) -> None:
    """Draw a low spit with houses and spruces across the water."""
    p = c.p
    wave = backdrop.waves(c.rng, 500, 9)
    top = [(x, y - 10 - abs(wave(x))) for x in range(int(x0), int(x1), 18)]
    tone = mix(p.ground[1], p.hills[2], 0.45)
    c.poly([(x0 - 90, y + 5), *top, (x1 + 90, y + 5)], tone)
    nature.forest(c, y - 6, 46, x0, x1, 0.5)
    hamlet(c, y + 2, x0 + 10, x1 - 70, 74, 0.45)
    c.veil([(x0 - 90, y + 5), (x1 + 90, y + 5), (x1, y + 34), (x0, y + 34)], p.dark(tone, 0.3), 0.35)


def _bathhouse(c: Canvas, x: float, y: float, w: float) -> None:
    """Draw a floating sauna with a chimney and bathers."""
    rng, p = c.rng, c.p
    wood = p.paint("wood")
    h = w * 0.42
    c.veil(
        [(x - w * 0.55, y), (x + w * 0.55, y), (x + w * 0.4, y + w * 0.22), (x - w * 0.4, y + w * 0.22)],
        p.shadow,
        0.25,
    )
    c.rect(x - w * 0.6, y - w * 0.06, w * 1.2, w * 0.07, p.dark(wood, 0.3))
    c.rect(x - w * 0.6, y - w * 0.075, w * 1.2, w * 0.03, p.paint("timber"))
    base = y - w * 0.07
    c.poly(
        [(x - w * 0.3, base), (x - w * 0.3, base - h), (x + w * 0.32, base - h * 1.35), (x + w * 0.32, base)],
        wood,
    )
    for i in range(1, 12):
        u = x - w * 0.3 + w * 0.62 * i / 12
        c.line([(u, base), (u, base - h * (1 + 0.35 * i / 12))], 1.4, p.dark(wood, 0.2))
    c.line([(x - w * 0.36, base - h * 0.98), (x + w * 0.38, base - h * 1.4)], w * 0.035, p.paint("charcoal"))
    c.rect(x + w * 0.2, base - h * 1.75, w * 0.045, h * 0.45, p.paint("iron"))
    for i in range(4):
        c.glow(x + w * (0.24 + i * 0.05), base - h * (1.9 + i * 0.22), w * (0.07 + i * 0.03), p.cloud, 0.8)
    buildings.window(c, x - w * 0.2, base - h * 0.78, w * 0.3, h * 0.42, p.paint("charcoal"))
    person(c, x - w * 0.46, base, w * 0.4, "cheer", look(rng, p), 1)
    person(c, x + w * 0.46, base, w * 0.4, "relaxed", look(rng, p), -1)


def waterfront(c: Canvas) -> None:
    """A timber promenade along the fjord, with boats, benches and people."""
    rng, p = c.rng, c.p
    horizon = c.h * rng.uniform(0.36, 0.42)
    land(c, horizon, "fjord")
    quay = c.h * rng.uniform(0.62, 0.66)
    backdrop.water(c, horizon, quay + 90)
    start = rng.uniform(0.02, 0.4)
    _far_shore(c, horizon + 22, c.w * start, c.w * (start + rng.uniform(0.3, 0.5)))
    side = rng.choice((-1, 1))
    for i in range(rng.randint(2, 4)):
        vehicles.sailboat(c, c.w * rng.uniform(0.08, 0.92), horizon + 45 + i * 26, 60 + i * 24)
    s = Stage(c, quay, 150, 285)
    bx, by = c.w * (0.5 + side * rng.uniform(0.1, 0.24)), quay - c.h * 0.05
    if rng.random() < 0.6:
        _bathhouse(c, bx, by, 240)
    else:
        reach = c.w * 0.2
        timber.posts(c, [bx - reach * 0.4, bx, bx + reach * 0.4], by - 10, 26, 12)
        timber.deck(c, bx - reach / 2, bx + reach / 2, by - 30, by - 10, 14, 9)
        person(c, bx - reach * 0.2, by - 16, 130, "stand", look(rng, p), 1)
        hands = person(c, bx + reach * 0.1, by - 14, 92, "hold", look(rng, p, True), 1)
        c.line(
            [
                hands["near"],
                (hands["near"][0] + 80, hands["near"][1] - 55),
                (hands["near"][0] + 120, by + 24),
            ],
            2,
            p.paint("iron"),
        )
    vehicles.rowboat(
        c,
        c.w * (0.5 - side * rng.uniform(0.18, 0.3)),
        quay - 26,
        190,
        rng.choice(("red", "white", "teal", "ochre")),
    )
    timber.posts(c, [60 + i * 170.0 for i in range(int(c.w / 170) + 1)], quay, 60, 20)
    timber.deck(c, -20, c.w + 20, quay + 18, c.h + 10)
    c.rect(-10, quay + 12, c.w + 20, 12, p.pale(p.paint("timber"), 0.2))
    hx = c.w * 0.02 if side < 0 else c.w * 0.98
    wide = 300.0
    kind = rng.choice(("red", "ochre", "white"))
    s.put(quay + 40, lambda: landmarks.boathouse(c, hx - wide / 2, quay + 44, wide, 190, kind), hx, 190)
    second = hx - side * 290
    if rng.random() < 0.6:
        other = rng.choice([n for n in ("red", "ochre", "white", "sage") if n != kind])
        s.put(
            quay + 38, lambda: landmarks.boathouse(c, second - 115, quay + 44, 230, 150, other), second, 140
        )
    lamps = [c.w * (0.5 - side * u) for u in (-0.02, 0.2, 0.42)]
    tall = 330.0
    for x in lamps:
        s.put(quay + 46, partial(props.lamp, c, x, quay + 46, tall), x, 14)
    for a, b in pairwise(lamps):
        s.put(
            quay + 47,
            partial(props.string_lights, c, (a, quay + 46 - tall * 0.86), (b, quay + 46 - tall * 0.86), 46),
        )
    group(s, "bench", c.w * (0.5 - side * rng.uniform(0.26, 0.34)), quay + 75)
    tx, ty = c.w * (0.5 - side * rng.uniform(-0.02, 0.1)), c.h * rng.uniform(0.86, 0.9)
    s.put(ty, lambda: _terrace(s, tx, ty), tx, 170)
    s.claim(tx, ty - 60, 200, 120)
    for x, y in ((c.w * (0.5 - side * 0.42), c.h * 0.95), (c.w * (0.5 + side * 0.4), c.h * 0.95)):
        s.put(y, partial(props.planter, c, x, y, 160), x, 100)
    crowd(
        s,
        ("stroller", "family", "cyclist", "dog", "wheels", "pair"),
        5,
        (50, c.w - 50),
        (quay + 85, c.h * 0.94),
    )
    s.paint()


def _terrace(s: Stage, x: float, y: float) -> None:
    c, h = s.c, s.size(y)
    paint = c.rng.choice(("coral", "teal", "mustard", "navy"))
    props.parasol(c, x, y - 8, h * 1.35, paint)
    for f in (-1, 1):
        seat = x - f * h * 0.42
        c.rect(seat - h * 0.1, y - h * 0.27, h * 0.2, h * 0.03, c.p.paint("wood"))
        for u in (-0.09, 0.07):
            c.rect(seat + u * h, y - h * 0.26, h * 0.02, h * 0.26, c.p.paint("iron"))
        c.line(
            [(seat - f * h * 0.09, y - h * 0.26), (seat - f * h * 0.13, y - h * 0.55)],
            h * 0.025,
            c.p.paint("wood"),
        )
        who = look(c.rng, c.p)
        person(c, seat, y, h, "sit", who, f)
    props.cafe_table(c, x, y + 6, h * 0.42)


def boathouse(c: Canvas) -> None:
    """A row of boathouses by the fjord, with boats drawn ashore and people at work."""
    rng, p = c.rng, c.p
    horizon = c.h * rng.uniform(0.38, 0.43)
    land(c, horizon, "fjord")
    backdrop.water(c, horizon, c.h)
    _far_shore(c, horizon + 20, c.w * 0.62, c.w * rng.uniform(0.85, 1.0))
    vehicles.sailboat(c, c.w * rng.uniform(0.66, 0.9), horizon + 80, 80)
    reach = rng.uniform(0.66, 0.76)
    shore: list[Point] = smooth(
        [
            (-30, c.h * 0.52),
            (c.w * 0.22, c.h * 0.535),
            (c.w * 0.46, c.h * 0.57),
            (c.w * reach, c.h * 0.68),
            (c.w * (reach + 0.1), c.h * 0.84),
            (c.w * (reach + 0.2), c.h + 30),
        ],
        8,
        closed=False,
    )
    rock = mix(p.paint("stone"), p.ground[2], 0.35)
    c.poly([*[(x + 16, y + 18) for x, y in shore], (-30, c.h + 40)], p.dark(rock, 0.25))
    body = [*[(x, y + 6) for x, y in shore], (-30.0, c.h + 40)]
    c.gradient(body, (rock, mix(rock, p.paving[1], 0.5)))
    grass = [*[(x - 60, y + 26 + (x / c.w) * 40) for x, y in shore], (-30.0, c.h + 40)]
    c.gradient(grass, (p.ground[0], p.ground[1], p.ground[2]))
    c.stipple(grass, p.ground[2], (0.0, 0.1, 0.2, 0.4))
    nature.forest(c, c.h * 0.535, 120, -20, c.w * 0.2, 0.15)
    s = Stage(c, c.h * 0.5, 95, 265)
    count = rng.choice((2, 3, 3))
    paints = ["red", "ochre", "red", "white", "sage"]
    rng.shuffle(paints)
    width = (270.0, 215.0)[count - 2]
    for i in range(count):
        x = c.w * 0.07 + i * width * 1.3
        y = c.h * (0.615 + 0.03 * i)
        s.put(
            y,
            partial(landmarks.boathouse, c, x, y, width, width * 0.62, paints[i]),
            x + width / 2,
            width * 0.6,
        )
        slip_x = x + width / 2
        s.put(y + 1, partial(_slip, c, slip_x, y + 4, width * 0.44))
    jx, jy = c.w * (reach + 0.02), c.h * 0.78
    timber.posts(c, [jx + 60, jx + 190, jx + 320], jy + 22, 44, 16)
    timber.deck(c, jx - 90, jx + 360, jy - 12, jy + 22, -10, 14)
    s.put(jy + 1, lambda: person(c, jx + 250, jy + 8, s.size(jy), "stand", look(rng, p), 1, back=True))
    kid = look(rng, p, True)
    s.put(jy + 2, lambda: _angler(s, jx + 130, jy + 12, kid))
    vehicles.rowboat(c, jx + 240, jy + 96, 230, rng.choice(("white", "teal", "red")))
    ax, ay = c.w * rng.uniform(0.36, 0.46), c.h * 0.9
    hull = rng.choice(("white", "mustard", "teal", "coral"))
    s.put(ay, lambda: _boat_repair(s, ax, ay, hull), ax, 300)
    s.claim(ax, ay, 300, 80)
    qx, qy = c.w * rng.uniform(0.12, 0.16), c.h * 0.84
    s.put(qy, lambda: _net_rack(c, qx, qy, 210), qx, 120)
    s.claim(qx, qy - 40, 130, 90)
    crowd(s, ("carry", "pair", "dog", "family"), 2, (60, c.w * 0.62), (c.h * 0.7, c.h * 0.8))
    crowd(s, ("pair", "solo", "family"), 1, (60, c.w * 0.6), (c.h * 0.8, c.h * 0.96))
    s.paint()
    undergrowth.meadow(c, c.h * 0.95, c.h, 8)
    undergrowth.frame(c, 120)


def _slip(c: Canvas, x: float, y: float, w: float) -> None:
    wood = c.p.paint("wood")
    for i in range(4):
        wide = w * (1 + i * 0.08)
        c.limb([(x - wide / 2, y + 10 + i * 17, 7), (x + wide / 2, y + 10 + i * 17, 7)], c.p.dark(wood, 0.15))


def _angler(s: Stage, x: float, y: float, who: object) -> None:
    c = s.c
    h = s.size(y) * 0.66
    hands = person(c, x, y, h, "hold", look(c.rng, c.p, True), 1)
    tip = (hands["near"][0] + 90, hands["near"][1] - 80)
    c.line([hands["near"], tip], 3, c.p.paint("bark"))
    c.line([tip, (tip[0] + 12, y + 70)], 1.2, c.p.paint("white"))


def _boat_repair(s: Stage, x: float, y: float, hull: str) -> None:
    c, h = s.c, s.size(y)
    p = c.p
    for u in (-90, 90):
        c.poly([(x + u - 26, y), (x + u, y - 46), (x + u + 26, y)], p.dark(p.paint("wood"), 0.2))
    c.shadow(x, y, 230, 18)
    for f, u in ((1, -1), (-1, 1)):
        px = x + u * (h * 0.95)
        if u > 0:
            person(c, px, y - 6, h, "lean", look(c.rng, p), f)
    vehicles.rowboat(c, x, y - 30, h * 1.6, hull, ashore=True)
    hands = person(c, x - h * 0.75, y + 12, h, "point", look(c.rng, p), 1)
    bx, by = hands["near"]
    c.line([(bx, by), (bx + 18, by + 8)], 5, p.paint("wood"))
    c.rect(bx + 14, by, 14, 20, p.paint("white"), 3)
    c.poly(
        [(x - h * 1.15, y + 14), (x - h * 1.13, y - 18), (x - h * 0.97, y - 18), (x - h * 0.99, y + 14)],
        p.paint("teal"),
    )
    c.oval(x - h * 1.05, y - 18, h * 0.08, 5, p.paint("white"))


def _net_rack(c: Canvas, x: float, y: float, w: float) -> None:
    """Draw nets and floats drying on a rack."""
    p = c.p
    wood = p.paint("wood")
    h = w * 0.62
    c.shadow(x, y, w * 0.5, 8)
    for u in (-0.45, 0.45):
        c.limb([(x + u * w, y, 10), (x + u * w, y - h, 8)], wood)
    net = p.dark(p.paint("teal"), 0.1)
    for i in range(15):
        u = -0.43 + i * 0.061
        sag = math.sin(i * 0.9) * 8
        c.line([(x + u * w, y - h * 0.95), (x + (u + 0.06) * w, y - h * 0.3 + sag)], 1.6, net)
        c.line([(x + (u + 0.06) * w, y - h * 0.95), (x + u * w, y - h * 0.3 - sag)], 1.6, net)
    c.limb([(x - w * 0.52, y - h * 0.95, 9), (x + w * 0.52, y - h * 0.95, 9)], p.dark(wood, 0.15))
    for i in range(4):
        c.oval(
            x + (-0.36 + i * 0.24) * w,
            y - h * 0.24,
            11,
            11,
            p.paint(("coral", "white", "mustard", "coral")[i]),
        )
