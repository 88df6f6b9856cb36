"""What lies behind: sky, mountains, hills, water, and the ground people stand on."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

from .canvas import Canvas, Point, smooth
from .palette import RGB, mix

Profile = Callable[[float], float]


def waves(rng: Random, length: float, height: float, rough: float = 0.5) -> Profile:
    """Return a smooth random curve around zero, at most about ``height`` high."""
    parts = [
        (length / 2**i * rng.uniform(0.8, 1.25), rng.uniform(0, math.tau), height * rough**i)
        for i in range(4)
    ]
    total = sum(part[2] for part in parts) / height

    def at(x: float) -> float:
        return sum(math.sin(x / wave * math.tau + phase) * size for wave, phase, size in parts) / total

    return at


def sky(c: Canvas, horizon: float, clouds: int | None = None) -> None:
    """Paint the sky down to the horizon, with sun or moon, clouds or stars."""
    rng, p = c.rng, c.p
    bottom = horizon + 60
    c.gradient([(0, 0), (c.w, 0), (c.w, bottom), (0, bottom)], p.sky)
    x = c.w * rng.uniform(0.12, 0.42)
    y = horizon - horizon * (0.25 + p.sun_height * 0.5)
    dark = p.lit and sum(p.sky[0]) < 330
    if dark:
        for _ in range(60):
            r = rng.uniform(0.8, 2.0)
            c.oval(rng.uniform(0, c.w), rng.uniform(0, horizon * 0.6), r, r, mix(p.sky[0], p.sun, 0.7))
    if p.snow and dark:
        _aurora(c, horizon)
    c.glow(x, y, rng.uniform(300, 420), p.sun, 0.75)
    r = rng.uniform(34, 58)
    c.oval(x, y, r, r, p.sun)
    if dark:
        c.oval(x + r * 0.3, y - r * 0.1, r * 0.16, r * 0.16, p.dark(p.sun, 0.12))
        c.oval(x - r * 0.2, y + r * 0.3, r * 0.22, r * 0.22, p.dark(p.sun, 0.12))
    for _ in range(rng.randint(2, 4) if clouds is None else clouds):
        cloud(c, rng.uniform(0, c.w), horizon * rng.uniform(0.1, 0.6), rng.uniform(120, 300))


def _aurora(c: Canvas, horizon: float) -> None:
    for i in range(3):
        wave = waves(c.rng, 1300, 60)
        foot = horizon * (0.36 + i * 0.13)
        lower = [(float(x), foot + wave(x)) for x in range(-40, int(c.w) + 80, 40)]
        for height in (50, 95, 150, 215):
            upper = [(x + 30, y - height * (1 + 0.3 * math.sin(x / 150 + i))) for x, y in reversed(lower)]
            c.veil(
                smooth(lower, 3, False) + smooth(upper, 3, False),
                mix((126, 220, 178), c.p.sky[2], i * 0.3),
                0.07,
            )


def cloud(c: Canvas, x: float, y: float, length: float) -> None:
    """Draw one flat cloud: a few rounded lobes on a straight base."""
    rng = c.rng
    lobes = rng.randint(3, 5)
    heights = [rng.uniform(0.55, 1.0) * math.sin((i + 0.8) / (lobes + 0.6) * math.pi) for i in range(lobes)]
    outline: list[Point] = [(x - length / 2, y)]
    for i in range(41):
        t = i / 40
        lift = max(
            tall * math.sqrt(max(0.0, 1 - ((t * (lobes + 0.2) - i0 - 0.6) / 0.85) ** 2))
            for i0, tall in enumerate(heights)
        )
        outline.append((x - length / 2 + t * length, y - lift * length * 0.2 - length * 0.012))
    outline.append((x + length / 2, y))
    c.veil(outline, c.p.cloud, 0.78)
    c.stipple(outline, mix(c.p.cloud, c.p.sky[1], 0.8), (0, 0, 0.3, 0.55))


def ridge(
    c: Canvas, base: float, height: float, colour: RGB, rough: float = 0.45, foot: float = 200
) -> Profile:
    """Draw one band of soft hills and return its profile."""
    wave = waves(c.rng, c.w * c.rng.uniform(0.6, 1.1), height, rough)

    def top(x: float) -> float:
        return base + wave(x)

    points = [(float(x), top(x)) for x in range(-20, int(c.w) + 40, 20)]
    low = base + foot
    body = [*points, (c.w + 20, low), (-20, low)]
    c.gradient(body, (colour, mix(colour, c.p.sky[-1], 0.5)))
    c.stipple(body, c.p.dark(colour, 0.3), (0, 0.2, 0, 0))
    return top


def mountains(c: Canvas, base: float, height: float, colour: RGB, caps: bool = True) -> None:
    """Draw a range of peaks with a lit and a shaded side, and snow on the tops."""
    rng, p = c.rng, c.p
    x = rng.uniform(-250, 0)
    peaks: list[tuple[float, float, float]] = []
    while x < c.w + 200:
        tall = height * rng.uniform(0.35, 1.0)
        half = tall * rng.uniform(0.75, 1.5) + 90
        peaks.append((x, tall, half))
        x += half * rng.uniform(0.7, 1.15)
    for px, tall, half in sorted(peaks, key=lambda peak: peak[1]):
        _peak(c, (px, base - tall), tall, half, colour, caps or p.snow)


def _peak(c: Canvas, top: Point, tall: float, half: float, colour: RGB, cap: bool) -> None:
    rng, p = c.rng, c.p
    x, y = top

    def flank(side: int) -> list[Point]:
        points = [(x, y)]
        for step in range(1, 7):
            t = step / 6
            jag = rng.uniform(-0.05, 0.05) * half if step < 6 else 0
            points.append((x + side * half * (t**0.92) + jag, y + tall * t))
        return points

    left, right = flank(-1), flank(1)
    spine = [
        (x + half * 0.16 * math.sin(i * 1.9) * (i / 6) + half * 0.12 * i / 6, y + tall * i / 6)
        for i in range(7)
    ]
    c.gradient([*left, *right[::-1]], (p.pale(colour, 0.12), mix(colour, p.sky[-1], 0.45)))
    shade = p.dark(colour, 0.24)
    c.gradient([*spine, *right[::-1]], (shade, mix(mix(shade, p.sky[-1], 0.45), colour, 0.3)))
    if cap:
        white = p.paint("snow")
        depth = rng.uniform(0.28, 0.42)
        for edge, tone in ((left, white), (right, mix(white, p.hills[0], 0.5))):
            snow = [(x, y)]
            span = half * depth * (-1 if edge is left else 1)
            snow.append((edge[2][0], edge[2][1]))
            for i in range(1, 6):
                t = 1 - i / 5.5
                snow.append(
                    (x + span * t * 0.9, y + tall * (depth * (0.62 + 0.4 * t) + (0.09 if i % 2 else -0.06)))
                )
            bottom = y + tall * depth * 0.8
            snow.append((x + half * 0.05, bottom))
            c.poly(snow, tone)
    c.stipple([*left, *right[::-1]], p.dark(colour, 0.5), (0.04, 0.3, 0, 0.04))


def hills(c: Canvas, horizon: float, kind: str = "soft") -> None:
    """Layer distant land down to the horizon: ``soft``, ``fjord`` or ``peaks``."""
    rng, p = c.rng, c.p
    if kind == "peaks":
        mountains(c, horizon + 10, rng.uniform(0.6, 0.78) * horizon, p.hills[0], True)
        ridge(c, horizon - 95, 55, p.hills[1])
        ridge(c, horizon - 35, 30, p.hills[2], 0.55)
    elif kind == "fjord":
        mountains(c, horizon + 5, rng.uniform(0.35, 0.55) * horizon, p.hills[0], rng.random() < 0.6)
        for side, hue, reach in ((1, 1, 0.75), (-1, 2, 0.55)):
            _headland(c, horizon, side, p.hills[hue], reach * rng.uniform(0.7, 1.1))
    else:
        ridge(c, horizon - 150, 70, p.hills[0])
        ridge(c, horizon - 85, 50, p.hills[1])
        ridge(c, horizon - 25, 34, p.hills[2], 0.55)


def _headland(c: Canvas, horizon: float, side: int, colour: RGB, reach: float) -> None:
    wave = waves(c.rng, 420, 22)
    top = c.rng.uniform(150, 260)
    steps = 26
    points: list[Point] = []
    for i in range(steps + 1):
        t = i / steps
        x = t * c.w * reach
        y = horizon - top * (math.cos(t * math.pi) * 0.5 + 0.5) ** 1.2 + wave(x) * (1 - t)
        points.append((x if side < 0 else c.w - x, min(y, horizon + 2)))
    edge = -20.0 if side < 0 else c.w + 20
    body = [(edge, horizon + 4), (edge, points[0][1]), *points, (points[-1][0], horizon + 4)]
    c.gradient(body, (colour, mix(colour, c.p.sky[-1], 0.35)))
    c.stipple(body, c.p.dark(colour, 0.4), (0.25, 0.4, 0, 0.1))


def water(c: Canvas, top: float, bottom: float) -> None:
    """Fill a band with water: a gradient, drifting light and long ripples."""
    rng, p = c.rng, c.p
    area = [(0.0, top), (c.w, top), (c.w, bottom), (0.0, bottom)]
    c.gradient(area, p.water)
    depth = bottom - top
    for _ in range(round(depth * c.w / 14000)):
        t = rng.random() ** 0.8
        y = top + 4 + t * (depth - 8)
        length = (30 + 120 * t) * rng.uniform(0.5, 1.6)
        x = rng.uniform(-20, c.w)
        thick = 1.2 + 3.2 * t
        tone = mix(p.water[0], p.sun, 0.35) if rng.random() < 0.6 else mix(p.water[1], p.shadow, 0.12)
        c.veil(
            [(x, y), (x + length / 2, y - thick / 2), (x + length, y), (x + length / 2, y + thick / 2)],
            tone,
            0.75,
        )


def ground(c: Canvas, top: float, lift: float = 14, tone: float = 0.0) -> Profile:
    """Fill from a softly waving edge to the bottom with grass or snow; return the edge."""
    p = c.p
    wave = waves(c.rng, c.w * c.rng.uniform(0.8, 1.4), lift, 0.4)

    def edge(x: float) -> float:
        return top + wave(x)

    points = [(float(x), edge(x)) for x in range(-20, int(c.w) + 40, 20)]
    body = [*points, (c.w + 20, c.h + 10), (-20.0, c.h + 10)]
    first = mix(p.ground[0], p.ground[1], tone)
    c.gradient(body, (first, p.ground[1], mix(p.ground[1], p.ground[2], 0.6)))
    c.stipple(body, p.ground[2], (0, 0.04, 0.12, 0.3))
    for depth in (0.18, 0.42, 0.7):
        swell = waves(c.rng, c.w * c.rng.uniform(0.9, 1.6), 30)
        level = top + (c.h - top) * depth
        fold = [(float(x), level + swell(x)) for x in range(-20, int(c.w) + 40, 20)]
        band = [*fold, (c.w + 20, level + 150), (-20.0, level + 150)]
        c.stipple(band, mix(p.ground[0], p.sun, 0.25), (0.3, 0.12, 0, 0))
    return edge


def path(c: Canvas, route: list[tuple[float, float, float]], colour: RGB) -> list[Point]:
    """Draw a road through points of x, y and half width; return its outline."""
    middle = smooth([(x, y) for x, y, _ in route], 8, closed=False)
    widths = smooth([(width, 0) for _, _, width in route], 8, closed=False)
    left = [(x - w, y) for (x, y), (w, _) in zip(middle, widths, strict=True)]
    right = [(x + w, y) for (x, y), (w, _) in zip(middle, widths, strict=True)]
    outline = [*left, *right[::-1]]
    c.poly(outline, colour)
    c.stipple(outline, c.p.dark(colour, 0.3), (0.0, 0.1, 0.1, 0.35))
    return outline


def patch(
    c: Canvas, x: float, y: float, rx: float, ry: float, colour: RGB, wobble: float = 0.12
) -> list[Point]:
    """Draw a soft-edged patch lying flat on the ground; return its outline."""
    points: list[Point] = []
    for i in range(12):
        r = 1 + c.rng.uniform(-wobble, wobble)
        points.append((x + math.cos(i * math.tau / 12) * rx * r, y + math.sin(i * math.tau / 12) * ry * r))
    outline = smooth(points)
    c.poly(outline, colour)
    c.stipple(outline, c.p.dark(colour, 0.3), (0.0, 0.08, 0.12, 0.32))
    return outline
