"""Scenes from the country: shared garden, mountain village, winter day."""

from __future__ import annotations

import math
from functools import partial

from . import backdrop, buildings, landmarks, nature, play, props, undergrowth, vehicles
from .canvas import Canvas
from .groups import crowd, group
from .palette import mix
from .people import look, person
from .stage import Stage
from .surroundings import grove, hamlet, land


def garden(c: Canvas) -> None:
    """A shared garden with raised beds, a greenhouse and people at work."""
    rng, p = c.rng, c.p
    horizon = c.h * rng.uniform(0.34, 0.4)
    land(c, horizon, "soft")
    top = horizon + c.h * 0.06
    backdrop.ground(c, top)
    hamlet(c, top + 18, rng.uniform(-80, 0), c.w, 140, 0.7)
    props.fence(c, -10, c.w + 10, top + 52, 44, rng.choice(("white", "wood", "sage")))
    s = Stage(c, top, 70, 240)
    backdrop.path(
        c,
        [
            (c.w * 0.5, c.h + 20, 120),
            (c.w * rng.uniform(0.45, 0.55), c.h * 0.75, 62),
            (c.w * 0.5, top + 56, 26),
        ],
        p.paving[0],
    )
    undergrowth.meadow(c, top + 70, c.h, 40)
    house_side = rng.choice((-1, 1))
    gx, gy = c.w * (0.5 + house_side * 0.29), c.h * 0.6
    s.put(gy, lambda: greenhouse(c, gx, gy, 300, 120), gx, 190)
    sx, sy = c.w * (0.5 - house_side * 0.34), c.h * 0.585
    s.put(
        sy,
        lambda: buildings.house(
            c, sx - 85, sy, 100, 92, 80, rng.choice(("red", "ochre", "blue")), house_side > 0
        ),
        sx,
        110,
    )
    for row, y in enumerate((c.h * 0.71, c.h * 0.86)):
        w = s.size(y) * 1.75
        for side in (-1, 1):
            for i in range(2 - row):
                x = c.w * 0.5 + side * (w * 0.5 + 95 + row * 60 + i * w * 1.22)
                s.put(y, partial(bed, c, x, y, w), x, w * 0.55)
    names = ["dig", "plant", "pair", "family", "wheels", "solo"]
    for y, x in (
        (c.h * 0.79, c.w * 0.2),
        (c.h * 0.79, c.w * 0.78),
        (c.h * 0.65, c.w * 0.5),
        (c.h * 0.95, c.w * 0.16),
        (c.h * 0.94, c.w * 0.8),
    ):
        name = rng.choice(names)
        names.remove(name)
        group(s, name, x + rng.uniform(-60, 60), y)
    for y, x in ((c.h * 0.77, c.w * 0.44), (c.h * 0.8, c.w * 0.56)):
        if rng.random() < 0.6:
            group(s, "solo" if rng.random() < 0.5 else "family", x, y)
    s.big_tree(nature.leafy, 70, c.h * 0.68, c.h * 0.42)
    s.big_tree(nature.birch, c.w - 70, c.h * 0.69, c.h * 0.5)
    s.paint()
    undergrowth.frame(c, 130)


def bed(c: Canvas, x: float, y: float, w: float) -> None:
    """Draw a raised bed with some kind of crop."""
    rng, p = c.rng, c.p
    h, d = w * 0.16, w * 0.16
    wood = p.paint("wood")
    c.shadow(x, y, w * 0.52, w * 0.04)
    c.poly(
        [(x - w * 0.46, y - h - d), (x + w * 0.46, y - h - d), (x + w / 2, y - h), (x - w / 2, y - h)],
        p.dark(p.paint("soil"), 0.1),
    )
    green, fresh = p.tint((92, 132, 70)), p.tint((150, 182, 92))
    crop = rng.choice(("cabbage", "carrot", "tomato", "flower"))
    for row in range(2):
        fy = y - h - d * (0.8 - row * 0.62)
        n = 7
        for i in range(n):
            fx = x + (i - (n - 1) / 2) * w * 0.125
            if crop == "cabbage":
                c.oval(fx, fy - w * 0.03, w * 0.055, w * 0.042, green)
                c.oval(fx, fy - w * 0.04, w * 0.032, w * 0.026, fresh)
            elif crop == "carrot":
                undergrowth.tuft(c, fx, fy, w * 0.13, green)
                c.oval(fx, fy, w * 0.018, w * 0.012, p.paint("rust"))
            elif crop == "tomato":
                c.line([(fx, fy), (fx, fy - w * 0.24)], w * 0.01, wood)
                for v in (0.07, 0.14, 0.2):
                    c.oval(fx, fy - w * v, w * 0.045, w * 0.034, green if v < 0.1 else mix(green, fresh, 0.4))
                c.oval(fx - w * 0.02, fy - w * 0.1, w * 0.017, w * 0.017, p.paint("red"))
                c.oval(fx + w * 0.022, fy - w * 0.16, w * 0.017, w * 0.017, p.paint("coral"))
            else:
                undergrowth.flower(c, fx, fy, w * rng.uniform(0.13, 0.2))
    c.rect(x - w / 2, y - h, w, h, wood)
    c.rect(x - w / 2, y - h * 0.52, w, 2, p.dark(wood, 0.3))
    c.rect(x - w / 2, y - h, w, h * 0.12, p.pale(wood, 0.2))
    for u in (-0.5, -0.02, 0.46):
        c.rect(x + u * w, y - h, w * 0.04, h, p.dark(wood, 0.16))


def greenhouse(c: Canvas, x: float, y: float, w: float, h: float) -> None:
    """Draw a glass house with plants behind the panes."""
    rng, p = c.rng, c.p
    edge = p.paint("white")
    c.shadow(x, y, w * 0.52, 9)
    glass = mix(p.paint("sky"), p.sky[1], 0.4)
    outline = [
        (x - w / 2, y),
        (x - w / 2, y - h),
        (x - w * 0.42, y - h * 1.5),
        (x + w * 0.42, y - h * 1.5),
        (x + w / 2, y - h),
        (x + w / 2, y),
    ]
    c.poly(outline, glass)
    if p.lit:
        c.glow(x, y - h * 0.5, w * 0.6, (255, 220, 140), 0.5)
    for i in range(9):
        px = x + (i - 4) * w * 0.108
        tall = h * rng.uniform(0.4, 0.85)
        c.blob(
            [
                (px - w * 0.04, y - 18),
                (px - w * 0.05, y - tall * 0.6),
                (px, y - tall),
                (px + w * 0.05, y - tall * 0.6),
                (px + w * 0.04, y - 18),
            ],
            mix(p.tint((92, 132, 70)), glass, 0.3),
        )
        if i % 2:
            c.oval(px, y - tall * 0.6, 6, 6, p.paint("coral"))
    c.rect(x - w / 2, y - 18, w, 18, p.paint("stone"))
    for i in range(7):
        u = (i / 6 - 0.5) * w
        c.line([(x + u, y), (x + u, y - h), (x + u * 0.84, y - h * 1.5)], 4, edge)
    c.line([(x - w / 2, y - h), (x + w / 2, y - h)], 5, edge)
    c.line([(x - w * 0.42, y - h * 1.5), (x + w * 0.42, y - h * 1.5)], 6, edge)
    c.line([(x - w / 2, y - 18), (x + w / 2, y - 18)], 4, edge)


def mountain_village(c: Canvas) -> None:
    """A village below mountains, with church, fields and a winding road."""
    rng, p = c.rng, c.p
    horizon = c.h * rng.uniform(0.46, 0.52)
    backdrop.sky(c, horizon)
    backdrop.mountains(c, horizon + 10, horizon * rng.uniform(0.75, 0.9), p.hills[0])
    backdrop.ridge(c, horizon - 120, 80, p.hills[1])
    backdrop.ridge(c, horizon - 40, 40, p.hills[2], 0.55)
    nature.forest(c, horizon + 6, 64, -20, c.w + 20, 0.5)
    church_x = c.w * rng.uniform(0.25, 0.7)
    edge = backdrop.ground(c, horizon + 12, 16)
    for i in range(9):
        x = c.w * (i + rng.uniform(0.1, 0.7)) / 9
        if abs(x + 45 - church_x - 90) > 150:
            buildings.cottage(c, x, edge(x) + 14, 92)
            nature.tree(c, x + 115, edge(x + 115) + 10, 64)
    landmarks.church(c, church_x, edge(church_x + 90) + 22, 185)
    band = backdrop.ground(c, horizon + c.h * 0.13, 22, 0.35)
    s = Stage(c, horizon, 46, 230)
    for i in range(6):
        x = c.w * (i + rng.uniform(0.15, 0.5)) / 6
        y = band(x + 80) + 22
        if rng.random() < 0.75:
            buildings.cottage(c, x, y, rng.uniform(150, 185))
        nature.tree(c, x + 205, band(x + 205) + 16, rng.uniform(100, 150))
    low = c.h * 0.74
    if rng.random() < 0.5:
        backdrop.water(c, low - 75, low + 30)
        vehicles.sailboat(c, c.w * rng.uniform(0.15, 0.85), low - 48, 44)
    backdrop.ground(c, low - 20, 16, 0.7)
    undergrowth.meadow(c, low + 10, c.h, 60)
    start = c.w * rng.uniform(0.35, 0.65)
    bend = rng.choice((-1, 1)) * c.w * 0.12
    backdrop.path(
        c,
        [
            (start, c.h + 20, 130),
            (start + bend, c.h * 0.86, 70),
            (start - bend * 0.4, low + 5, 24),
            (start - bend, low - 24, 9),
        ],
        p.paving[0],
    )
    group(s, rng.choice(("family", "dog", "cyclist", "stroller")), start + bend * 0.75, c.h * 0.91)
    s.claim(start + bend * 0.5, c.h * 0.9, 150, 60)
    for side in (-1, 1):
        x0, x1 = (-10.0, start + bend - 190) if side < 0 else (start + bend + 190, c.w + 10)
        s.put(low + 66, partial(props.fence, c, x0, x1, low + 66, 52, "wood"))
    for _ in range(4):
        spot = s.find((60, c.w - 60), (c.h * 0.84, c.h * 0.94), 0.4)
        if spot and not p.snow:
            s.put(spot[1], partial(sheep, c, spot[0], spot[1], 62), spot[0], 60)
    tx = c.w * 0.07 if start + bend > c.w / 2 else c.w * 0.93
    s.put(c.h * 0.88, lambda: nature.spruce(c, tx, c.h * 0.88, c.h * 0.55), tx, 80)
    s.put(c.h * 0.93, lambda: nature.spruce(c, tx + (85 if tx < c.w / 2 else -85), c.h * 0.93, c.h * 0.36))
    s.paint()
    undergrowth.frame(c, 110)


def sheep(c: Canvas, x: float, y: float, w: float) -> None:
    """Draw a grazing sheep."""
    p = c.p
    f = c.rng.choice((-1, 1))
    wool = p.paint("cream")
    c.shadow(x, y, w * 0.4, w * 0.06)
    for u in (-0.22, -0.12, 0.14, 0.24):
        c.rect(x + u * w, y - w * 0.25, w * 0.05, w * 0.25, p.paint("charcoal"))
    for i in range(9):
        a = i * math.tau / 9
        c.oval(x + math.cos(a) * w * 0.24, y - w * 0.38 + math.sin(a) * w * 0.12, w * 0.14, w * 0.13, wool)
    c.oval(x, y - w * 0.38, w * 0.3, w * 0.17, p.pale(wool, 0.3))
    c.limb(
        [(x + f * w * 0.36, y - w * 0.4, w * 0.15), (x + f * w * 0.47, y - w * 0.24, w * 0.1)],
        p.paint("charcoal"),
    )


def winter(c: Canvas) -> None:
    """Snow: sledges, skis, a snowman and lit windows."""
    rng, p = c.rng, c.p
    horizon = c.h * rng.uniform(0.38, 0.44)
    land(c, horizon, rng.choice(("peaks", "soft")))
    top = horizon + c.h * 0.05
    nature.forest(c, top + 6, 80, -20, c.w + 20, 0.35)
    backdrop.ground(c, top, 18)
    hamlet(c, top + 28, rng.uniform(-60, 0), c.w * rng.uniform(0.5, 0.95), 165, 0.5)
    s = Stage(c, top, 70, 235)
    if rng.random() < 0.65:
        hx = rng.choice((0.12, 0.3, 0.56, 0.7)) * c.w
        hy = c.h * 0.63
        s.put(hy, lambda: buildings.cottage(c, hx, hy, 330), hx + 165, 200)
        s.claim(hx + 165, hy - 60, 200, 70)
    slots = [0.2, 0.5, 0.8]
    rng.shuffle(slots)
    fx, fy = c.w * (slots[0] + rng.uniform(-0.03, 0.03)), c.h * rng.uniform(0.75, 0.82)
    if rng.random() < 0.45:
        ice = mix(p.water[0], p.paint("white"), 0.35)
        backdrop.patch(c, fx, fy, c.w * 0.2, c.h * 0.085, p.dark(p.ground[1], 0.08), 0.04)
        backdrop.patch(c, fx, fy + 2, c.w * 0.19, c.h * 0.08, ice, 0.04)
        for dx, dy, pose, f in ((-0.09, -16, "skate", 1), (0.08, 10, "skate", -1), (-0.02, 42, "run", 1)):
            s.someone(fx + dx * c.w, fy + dy, pose, look(rng, p, dy > 20), f)
        s.claim(fx, fy, c.w * 0.2, c.h * 0.09)
    else:
        s.put(fy, lambda: _fire(c, fx, fy, s.size(fy) * 0.55), fx, 60)
        for dx, f in ((-1, 1), (1, -1)):
            s.someone(fx + dx * s.size(fy) * 0.7, fy + 10, "hold", facing=f)
        s.someone(fx + s.size(fy) * 1.1, fy + 22, "hold", look(rng, p, True), -1)
    mx, my = c.w * (slots[1] + rng.uniform(-0.03, 0.03)), c.h * rng.uniform(0.84, 0.92)
    s.put(my, lambda: play.snowman(c, mx, my, 200), mx, 70)
    s.someone(mx + 125, my + 16, "cheer", look(rng, p, True), -1)
    s.someone(mx - 110, my + 8, "play", look(rng, p, True), 1)
    kx, ky = c.w * (slots[2] + rng.uniform(-0.03, 0.03)), c.h * 0.92
    s.put(ky, lambda: _skier(s, kx, ky, -1 if slots[2] > 0.5 else 1), kx, 110)
    lx, ly = c.w * (slots[2] + rng.uniform(-0.06, 0.06)), c.h * 0.7
    s.put(ly, lambda: _sledge(s, lx, ly, rng.choice((-1, 1))), lx, 90)
    crowd(s, ("family", "pair", "dog", "solo"), 3, (60, c.w - 60), (top + 80, c.h * 0.8))
    bx = c.w * rng.choice((0.05, 0.95))
    s.put(c.h * 0.78, lambda: nature.spruce(c, bx, c.h * 0.78, c.h * 0.56), bx, 90)
    s.put(c.h * 0.72, lambda: nature.birch(c, c.w - bx, c.h * 0.72, c.h * 0.5), c.w - bx, 50)
    grove(s, (0, c.w), (top + 40, c.h * 0.68), 4, 2.0)
    s.paint()
    undergrowth.frame(c, 160)
    for _ in range(110):
        r = rng.uniform(1.5, 4.2)
        c.oval(rng.uniform(0, c.w), rng.uniform(0, c.h), r, r, p.paint("snow"))


def _fire(c: Canvas, x: float, y: float, h: float) -> None:
    p = c.p
    c.glow(x, y - h * 0.5, h * 3, (255, 190, 90), 0.55)
    for tone, scale in (((226, 96, 54), 1.0), ((245, 160, 60), 0.7), ((255, 224, 130), 0.42)):
        c.blob(
            [
                (x - h * 0.34 * scale, y - h * 0.1),
                (x - h * 0.28 * scale, y - h * 0.5 * scale),
                (x - h * 0.05 * scale, y - h * 1.1 * scale),
                (x + h * 0.22 * scale, y - h * 0.55 * scale),
                (x + h * 0.34 * scale, y - h * 0.1),
            ],
            tone,
        )
    for a in (-1, 1):
        c.limb([(x - a * h * 0.5, y, h * 0.13), (x + a * h * 0.4, y - h * 0.16, h * 0.13)], p.paint("bark"))


def _skier(s: Stage, x: float, y: float, f: int) -> None:
    c, h = s.c, s.size(y)
    c.shadow(x, y, h * 0.4, h * 0.025)
    hands = person(c, x, y, h, "ski", look(c.rng, c.p), f)
    for side, shift in (("far", 0.2), ("near", -0.12)):
        c.line(
            [hands[side], (hands[side][0] - f * h * 0.16, y - h * shift * 0.02)], h * 0.014, c.p.paint("iron")
        )
    for dy, u in ((-2.0, 0.1), (3.0, -0.12)):
        c.line(
            [
                (x + f * (u - 0.42) * h, y + dy),
                (x + f * (u + 0.36) * h, y + dy),
                (x + f * (u + 0.45) * h, y + dy - h * 0.05),
            ],
            h * 0.02,
            c.p.paint("coral"),
        )


def _sledge(s: Stage, x: float, y: float, f: int) -> None:
    c, h = s.c, s.size(y)
    rider = look(c.rng, c.p, True)
    c.shadow(x + f * h * 0.3, y, h * 0.4, h * 0.03)
    hand = person(c, x - f * h * 0.35, y, h, "walk", look(c.rng, c.p), -f)["near"]
    c.line([hand, (x + f * h * 0.12, y - h * 0.1)], h * 0.012, c.p.paint("iron"))
    person(c, x + f * h * 0.4, y - h * 0.02, h * 0.6, "sit_floor", rider, -f)
    play.sled(c, x + f * h * 0.38, y, h * 0.5)
