"""A picture-book map: coast, river, roads, houses, parks, pins and a walking route."""

from __future__ import annotations

import math
from itertools import pairwise

from . import backdrop, buildings, landmarks, nature, props, vehicles
from .canvas import Canvas, Point, smooth
from .palette import RGB, mix


class Terrain:
    """Where the water runs, and which spots are taken."""

    def __init__(self, c: Canvas) -> None:
        rng = c.rng
        self.c = c
        wave = backdrop.waves(rng, c.w * 0.8, c.h * 0.09)
        tilt = rng.uniform(-0.14, 0.14)
        base = c.h * rng.uniform(0.7, 0.78)

        def shore(x: float) -> float:
            return base + wave(x) + (x - c.w / 2) * tilt

        bend = backdrop.waves(rng, c.h * 0.9, c.w * 0.05)
        mouth = c.w * rng.uniform(0.3, 0.7)
        lean = rng.uniform(-0.25, 0.25)

        def river(y: float) -> float:
            return mouth + bend(y) + (y - c.h * 0.7) * lean

        self.shore, self.river = shore, river
        self.taken: list[tuple[float, float, float]] = []

    def dry(self, x: float, y: float, margin: float = 30) -> bool:
        """Tell whether a spot is on land."""
        return y < self.shore(x) - margin and abs(x - self.river(y)) > 24 + margin

    def take(self, x: float, y: float, r: float) -> bool:
        """Claim a spot if nothing else has; tell whether it worked."""
        if any(math.hypot(x - ox, (y - oy) * 1.2) < r + other for ox, oy, other in self.taken):
            return False
        self.taken.append((x, y, r))
        return True


def _coast(c: Canvas, t: Terrain) -> None:
    p = c.p
    land = mix(p.ground[0], p.paint("cream"), 0.3)
    full = [(0.0, 0.0), (c.w, 0.0), (c.w, c.h), (0.0, c.h)]
    c.gradient(full, (land, mix(land, p.ground[1], 0.3)))
    c.stipple(full, p.ground[2], (0.03, 0.08, 0.08, 0.12))
    edge = [(float(x), t.shore(x)) for x in range(-20, int(c.w) + 40, 20)]
    for depth, tone in (
        (-14, p.paint("sand")),
        (0, p.water[0]),
        (26, mix(p.water[0], p.water[1], 0.3)),
        (64, mix(p.water[0], p.water[1], 0.6)),
        (120, p.water[1]),
    ):
        c.poly([*[(x, y + depth) for x, y in edge], (c.w + 20, c.h + 20), (-20, c.h + 20)], tone)
    stream = [(t.river(y), float(y)) for y in range(-20, int(c.h), 20) if y < t.shore(t.river(y)) + 22]
    c.line(stream, 54, p.paint("sand"))
    c.line(stream, 42, p.water[0])
    for _ in range(26):
        x, y = c.rng.uniform(0, c.w), c.rng.uniform(c.h * 0.6, c.h)
        if y > t.shore(x) + 50:
            c.arc(x, y, 14, (200, 340), 3, mix(p.water[0], p.paint("white"), 0.4))
            c.arc(x + 26, y, 14, (200, 340), 3, mix(p.water[0], p.paint("white"), 0.4))


def _roads(c: Canvas, t: Terrain) -> list[list[Point]]:
    rng = c.rng
    routes: list[list[Point]] = []
    for level in (0.2, 0.48):
        wobble = backdrop.waves(rng, c.w * 0.7, 46)
        routes.append([(float(x), c.h * level + wobble(x)) for x in range(-40, int(c.w) + 60, 30)])
    for u in (rng.uniform(0.1, 0.2), rng.uniform(0.42, 0.52), rng.uniform(0.78, 0.9)):
        wobble = backdrop.waves(rng, 900, 40)
        x0 = c.w * u
        column = [(x0 + wobble(y), float(y)) for y in range(-40, int(c.h), 30)]
        routes.append([(x, y) for x, y in column if y < t.shore(x) - 58])
    wobble = backdrop.waves(rng, 700, 12)
    routes.append([(float(x), t.shore(x) - 62 + wobble(x)) for x in range(-40, int(c.w) + 60, 30)])
    casing, tone = c.p.dark(c.p.paving[1], 0.1), c.p.paving[0]
    lanes = [smooth(route, 3, closed=False) for route in routes]
    for width, colour in ((30, casing), (23, tone)):
        for lane in lanes:
            c.line(lane, width, colour)
    return routes


def _bridges(c: Canvas, t: Terrain, routes: list[list[Point]]) -> None:
    wood = c.p.paint("wood")
    for route in routes:
        for (x0, y0), (x1, y1) in pairwise(route):
            side0, side1 = x0 - t.river(y0), x1 - t.river(y1)
            if side0 * side1 <= 0 and abs(x1 - x0) > 10:
                x = t.river((y0 + y1) / 2)
                slope = (y1 - y0) / (x1 - x0)
                y = y0 + (x - x0) * slope
                for off in (-15, 15):
                    c.line([(x - 38, y - 38 * slope + off), (x + 38, y + 38 * slope + off)], 7, wood)
                t.take(x, y, 46)


def _green(c: Canvas, t: Terrain, x: float, y: float, kind: str) -> None:
    p = c.p
    if kind == "field":
        quad: list[Point] = [(x - 84, y - 46), (x + 76, y - 52), (x + 84, y + 44), (x - 78, y + 50)]
        c.poly(quad, p.ground[2])
        c.line([*quad, quad[0], quad[1]], 3, p.paint("white"))
        c.line([(x - 4, y - 49), (x + 3, y + 47)], 3, p.paint("white"))
        c.ring(x, y, 19, 3, p.paint("white"))
    elif kind == "square":
        quad = [(x - 72, y - 48), (x + 72, y - 48), (x + 80, y + 44), (x - 80, y + 44)]
        c.poly(quad, p.paving[0])
        for i in range(1, 5):
            c.line([(x - 76, y - 48 + i * 18), (x + 76, y - 48 + i * 18)], 1.6, p.paving[1])
        props.stall(c, x - 36, y + 22, 46, "coral")
        props.stall(c, x + 34, y + 26, 46, "teal")
    else:
        backdrop.patch(c, x, y, 104, 66, p.ground[2], 0.12)
        backdrop.patch(c, x + 16, y + 8, 34, 19, p.water[0], 0.1)
        for i in range(10):
            a = -math.pi + i * math.tau / 10
            nature.leafy(c, x + math.cos(a) * 76, y + math.sin(a) * 44 + 18, 48)


def _pin(c: Canvas, x: float, y: float, h: float, colour: RGB) -> None:
    p = c.p
    c.shadow(x, y, h * 0.2, h * 0.06, 0.35)
    r = h * 0.34
    cy = y - h + r
    c.poly([(x - r * 0.92, cy + r * 0.4), (x, y), (x + r * 0.92, cy + r * 0.4)], colour)
    c.oval(x, cy, r, r, colour)
    c.poly([(x, cy + r * 0.4), (x, y), (x + r * 0.92, cy + r * 0.4)], p.dark(colour, 0.14))
    c.oval(x, cy, r * 0.5, r * 0.5, p.paint("white"))


def _compass(c: Canvas, x: float, y: float, r: float) -> None:
    p = c.p
    ink = p.dark(p.paint("navy"), 0.2)
    c.oval(x, y, r * 1.12, r * 1.12, p.paint("cream"))
    c.ring(x, y, r, 3, ink)
    for i in range(8):
        a = i * math.pi / 4
        long = r * (0.92 if i % 2 == 0 else 0.55)
        tip = (x + math.sin(a) * long, y - math.cos(a) * long)
        for side, tone in ((-1, ink), (1, p.paint("coral") if i == 0 else mix(ink, p.paint("cream"), 0.5))):
            b = a + side * math.pi / 4
            c.poly([(x, y), (x + math.sin(b) * r * 0.17, y - math.cos(b) * r * 0.17), tip], tone)


def chart(c: Canvas) -> None:
    """Draw the map."""
    rng, p = c.rng, c.p
    t = Terrain(c)
    _coast(c, t)
    routes = _roads(c, t)
    _bridges(c, t, routes)
    for route in routes:
        for x, y in route:
            t.taken.append((x, y, 17))
    pins: list[Point] = []
    kinds = ["park", "square", "field", "park"]
    rng.shuffle(kinds)
    for kind in kinds:
        for _ in range(60):
            x, y = rng.uniform(130, c.w - 130), rng.uniform(100, c.h * 0.72)
            if t.dry(x, y, 100) and t.take(x, y, 94):
                _green(c, t, x, y, kind)
                pins.append((x, y))
                break
    acts: list[tuple[float, str, float, float]] = []
    big = 0
    for _ in range(900):
        x, y = rng.uniform(20, c.w - 20), rng.uniform(50, c.h * 0.9)
        if not t.dry(x, y, 42):
            continue
        if big < 2:
            if not (120 < x < c.w - 120 and y > 130 and t.take(x, y, 66)):
                continue
            acts.append((y + 30, ("church", "school")[big], x, y))
            pins.append((x, y + 34))
            big += 1
        elif rng.random() < 0.75:
            if t.take(x, y, 37):
                acts.append((y + 20, "house", x, y))
        elif t.take(x, y, 20):
            acts.append((y + 14, "tree", x, y))
    for _, what, x, y in sorted(acts):
        if what == "house":
            buildings.cottage(c, x - 40, y + 20, rng.uniform(74, 90))
        elif what == "church":
            landmarks.church(c, x - 50, y + 34, 100)
        elif what == "school":
            landmarks.school(c, x - 80, y + 30, 160, rng.choice(("ochre", "red", "white")))
        else:
            rng.choice((nature.spruce, nature.leafy, nature.spruce))(c, x, y + 14, rng.uniform(44, 62))
    _harbour(c, t)
    _route(c, pins)
    colours = ["coral", "mustard", "teal", "plum", "navy", "rust"]
    rng.shuffle(colours)
    for i, (x, y) in enumerate(sorted(pins, key=lambda pin: pin[1])):
        _pin(c, x, y, 92, p.paint(colours[i % 6]))
    corner = c.w * rng.choice((0.08, 0.92))
    _compass(c, corner, c.h * 0.87, 64)
    for i in range(1, 4):
        x = c.w * i / 4
        c.veil([(x, 0), (x + 12, 0), (x + 12, c.h), (x, c.h)], p.shadow, 0.07)
        c.veil([(x - 7, 0), (x, 0), (x, c.h), (x - 7, c.h)], p.paint("white"), 0.16)


def _harbour(c: Canvas, t: Terrain) -> None:
    rng, p = c.rng, c.p
    x = min(max(t.river(c.h * 0.7) + rng.choice((-1, 1)) * c.w * 0.22, 200), c.w - 200)
    y = t.shore(x)
    wood = p.paint("wood")
    c.rect(x - 9, y - 12, 18, 120, wood)
    c.rect(x - 70, y + 96, 140, 16, p.dark(wood, 0.1))
    for dx, dy, paint in ((-44, 60, "red"), (44, 66, "white"), (-46, 108 + 44, "teal")):
        vehicles.rowboat(c, x + dx, y + dy, 62, paint)
    for _ in range(3):
        for _ in range(20):
            sx, sy = rng.uniform(80, c.w - 80), rng.uniform(c.h * 0.8, c.h * 0.97)
            if sy > t.shore(sx) + 100 and abs(sx - x) > 150 and t.take(sx, sy, 70):
                vehicles.sailboat(c, sx, sy, rng.uniform(60, 84))
                break


def _route(c: Canvas, pins: list[Point]) -> None:
    if len(pins) < 3:
        return
    order = sorted(pins)
    dashes = smooth(order, 26, closed=False)
    walked, on = 0.0, True
    for a, b in pairwise(dashes):
        walked += math.dist(a, b)
        if on:
            c.limb([(*a, 7), (*b, 7)], c.p.paint("red"))
        if walked > 16:
            walked, on = 0.0, not on
