"""Trees and bushes: spruce, birch and leafy trees, bare ones in winter."""

from __future__ import annotations

import math
from random import Random

from .canvas import Canvas, Point, smooth
from .palette import RGB, mix


def _round(
    rng: Random, x: float, y: float, rx: float, ry: float, n: int = 11, wobble: float = 0.09
) -> list[Point]:
    points: list[Point] = []
    for i in range(n):
        r = 1 + rng.uniform(-wobble, wobble)
        points.append((x + math.cos(i * math.tau / n) * rx * r, y + math.sin(i * math.tau / n) * ry * r))
    return smooth(points)


def spruce(c: Canvas, x: float, y: float, h: float, haze: float = 0.0) -> None:
    """Draw a spruce standing at a point; ``haze`` fades it into the distance."""
    rng, p = c.rng, c.p
    lit, dark = (mix(tone, p.hills[1], haze) for tone in p.spruce)
    half = h * rng.uniform(0.2, 0.26)
    tiers = 4 if h < 90 else 6 if h < 220 else 8
    if haze < 0.3:
        c.shadow(x, y, half * 0.9, h * 0.025)
    c.rect(x - h * 0.018, y - h * 0.1, h * 0.036, h * 0.1, mix(p.paint("bark"), p.hills[1], haze))
    left: list[Point] = []
    right: list[Point] = []
    middle: list[Point] = []
    for i in range(1, tiers + 1):
        t = i / tiers
        level = y - h + h * 0.93 * t**0.95
        reach = half * (0.1 + 0.9 * t) * rng.uniform(0.9, 1.08)
        left += [(x - reach, level), (x - reach * 0.5, level - h * 0.018)]
        right += [(x + reach, level + h * 0.008), (x + reach * 0.5, level - h * 0.012)]
        middle += [(x + reach * 0.2, level - h * 0.03), (x - reach * 0.12, level + h * 0.012)]
    c.poly([(x, y - h), *right, *left[::-1]], dark)
    c.poly([(x, y - h), *middle, *left[::-1]], lit)
    if p.snow:
        white = mix(p.paint("snow"), p.hills[0], haze)
        for i in range(tiers - 1):
            (lx, ly), (nx, ny) = left[i * 2], left[i * 2 + 1]
            wide = (x - lx) * 0.75
            c.blob(
                [
                    (lx, ly - h * 0.004),
                    (lx + wide * 0.5, ly - h * 0.055),
                    (lx + wide, ly - h * 0.05),
                    (nx, ny),
                ],
                white,
            )
            (rx, ry) = right[i * 2]
            c.blob(
                [(rx, ry), (rx - (rx - x) * 0.5, ry - h * 0.045), (rx - (rx - x) * 0.45, ry - h * 0.012)],
                mix(white, p.hills[1], 0.35),
            )
    elif h > 120:
        c.stipple([(x, y - h), *right, *left[::-1]], p.dark(dark, 0.4), (0, 0.15, 0, 0.45))


def leafy(c: Canvas, x: float, y: float, h: float, tone: RGB | None = None) -> None:
    """Draw a broad-leaved tree with a rounded crown."""
    rng, p = c.rng, c.p
    if p.snow:
        bare(c, x, y, h)
        return
    light = tone or rng.choice((p.leaf[0], p.leaf[1], mix(p.leaf[0], p.leaf[1], 0.5)))
    mid, dark = mix(light, p.leaf[2], 0.45), p.dark(mix(light, p.leaf[2], 0.6), 0.2)
    wide = h * rng.uniform(0.27, 0.36)
    crown = y - h * 0.62
    c.shadow(x, y, wide * 0.85, h * 0.035)
    bark = p.paint("bark")
    c.limb([(x, y, h * 0.05), (x, y - h * 0.3, h * 0.038), (x + h * 0.01, crown, h * 0.025)], bark)
    c.limb([(x, y - h * 0.3, h * 0.022), (x - wide * 0.5, crown, h * 0.012)], bark)
    c.limb([(x, y - h * 0.26, h * 0.022), (x + wide * 0.5, crown, h * 0.012)], bark)
    narrow = rng.random() < 0.35
    rx, ry = wide * (0.8 if narrow else 1.0), h * (0.38 if narrow else 0.33)
    back = _round(rng, x, crown, rx, ry, 13, 0.07)
    c.poly(back, mix(mid, dark, 0.5))
    c.stipple(back, dark, (0.0, 0.2, 0.35, 0.9))
    lobes = 7 if h > 260 else 5
    for i in range(lobes):
        a = i * 2.4 + rng.uniform(-0.3, 0.3)
        reach = 0.62 * math.sqrt((i + 0.6) / lobes)
        lx, ly = x + math.cos(a) * rx * reach, crown + math.sin(a) * ry * reach
        size = h * rng.uniform(0.12, 0.16)
        sunny = max(0.0, min(1.0, 0.5 - (lx - x) / rx * 0.55 - (ly - crown) / ry * 0.5))
        lobe = _round(rng, lx, ly, size * 1.08, size, 11, 0.08)
        c.poly(lobe, mix(mid, light, sunny))
        c.stipple(lobe, dark, (0.0, 0.12, 0.15, 0.62 - 0.3 * sunny))
    for _ in range(round(10 + h / 6)):
        a, r = rng.uniform(0, math.tau), math.sqrt(rng.random()) * 0.95
        lx, ly = x + math.cos(a) * rx * r, crown + math.sin(a) * ry * r
        size = min(5.0, h * rng.uniform(0.006, 0.009))
        c.oval(lx, ly, size * 1.5, size, p.pale(light, 0.22) if lx < x + rx * 0.2 else mix(dark, mid, 0.3))


def birch(c: Canvas, x: float, y: float, h: float) -> None:
    """Draw a birch: a white stem with black marks and airy, hanging leaves."""
    rng, p = c.rng, c.p
    lean = h * rng.uniform(-0.05, 0.05)
    width = h * 0.034
    top = (x + lean, y - h * 0.93)
    stem = [(x, y), (x + lean * 0.2, y - h * 0.35), (x + lean * 0.6, y - h * 0.68), top]
    white = p.paint("birch")
    c.shadow(x, y, h * 0.2, h * 0.03)

    def crown(front: bool) -> None:
        if p.snow:
            return
        if not front:
            back = _round(rng, x + lean * 0.65, y - h * 0.66, h * 0.19, h * 0.33, 15, 0.08)
            tone = mix(p.leaf[1], p.leaf[2], 0.5)
            c.poly(back, tone)
            c.stipple(back, p.dark(p.leaf[2], 0.15), (0.0, 0.2, 0.2, 0.8))
            return
        for t, offset in ((0.5, -0.1), (0.58, 0.12), (0.7, -0.07), (0.76, 0.1), (0.88, 0.0)):
            cx = x + lean * t + (offset + rng.uniform(-0.03, 0.03)) * h
            rx = h * rng.uniform(0.075, 0.105)
            lobe = _round(rng, cx, y - h * (t + rng.uniform(-0.03, 0.03)), rx, rx * 0.9, 10, 0.1)
            c.poly(lobe, mix(p.leaf[0], p.leaf[1], 0.2 if offset < 0 else 0.55))
            c.stipple(lobe, p.leaf[2], (0.0, 0.12, 0.15, 0.6))
        for _ in range(round(h / 12)):
            a, r = rng.uniform(0, math.tau), math.sqrt(rng.random())
            px, py = x + lean * 0.65 + math.cos(a) * r * h * 0.17, y - h * 0.66 + math.sin(a) * r * h * 0.31
            c.oval(px, py, min(6.0, h * 0.009), min(4.0, h * 0.006), p.pale(p.leaf[0], 0.3 * (px < x)))

    crown(False)
    for side in (-1, 1, -1, 1):
        t = rng.uniform(0.42, 0.75)
        bx, by = x + lean * t, y - h * t
        tip = (bx + side * h * rng.uniform(0.1, 0.17), by - h * rng.uniform(0.06, 0.16))
        c.limb([(bx, by, width * 0.4), (tip[0], tip[1], width * 0.15)], p.dark(white, 0.35))
    c.limb([(px, py, width * (1 - i * 0.24)) for i, (px, py) in enumerate(stem)], white)
    c.limb(
        [
            (px + width * 0.3 * (1 - i * 0.24), py, width * 0.3 * (1 - i * 0.24))
            for i, (px, py) in enumerate(stem)
        ],
        p.dark(white, 0.18),
    )
    for _ in range(round(6 + h / 40)):
        t = rng.uniform(0.04, 0.8)
        size = width * (1 - t * 0.7)
        side = rng.choice((-1, 1))
        mx = x + lean * t * 0.9 + side * size * 0.25
        c.oval(mx, y - h * t, size * 0.3, max(0.8, size * 0.09), p.dark(white, 0.8))
    crown(True)
    if p.snow:
        _twigs(c, top[0], top[1] + h * 0.2, h * 0.3, p.dark(white, 0.3))


def _twigs(c: Canvas, x: float, y: float, h: float, colour: RGB) -> None:
    for i in range(7):
        a = -math.pi / 2 + (i - 3) * 0.3 + c.rng.uniform(-0.08, 0.08)
        r = h * c.rng.uniform(0.7, 1.0)
        c.limb([(x, y, h * 0.03), (x + math.cos(a) * r, y + math.sin(a) * r, h * 0.008)], colour)


def bare(c: Canvas, x: float, y: float, h: float) -> None:
    """Draw a leafless winter tree dusted with snow."""
    rng, p = c.rng, c.p
    bark = p.dark(p.paint("bark"), 0.25)
    c.shadow(x, y, h * 0.2, h * 0.03)

    def branch(bx: float, by: float, angle: float, length: float, width: float, depth: int) -> None:
        ex, ey = bx + math.cos(angle) * length, by + math.sin(angle) * length
        c.limb([(bx, by, width), (ex, ey, width * 0.62)], bark)
        if depth < 4:
            c.line([(bx, by - width * 0.4), (ex, ey - width * 0.3)], max(1.2, width * 0.3), p.paint("snow"))
        if depth:
            for turn in (-0.5, 0.42) if depth < 4 else (-0.55, 0.05, 0.5):
                spread = turn + rng.uniform(-0.14, 0.14)
                branch(ex, ey, angle + spread, length * rng.uniform(0.62, 0.8), width * 0.58, depth - 1)

    branch(x, y, -math.pi / 2, h * 0.3, h * 0.05, 4)


def tree(c: Canvas, x: float, y: float, h: float) -> None:
    """Draw some tree that suits the season."""
    roll = c.rng.random()
    if roll < 0.3:
        spruce(c, x, y, h)
    elif roll < 0.6:
        birch(c, x, y, h)
    else:
        leafy(c, x, y, h * 0.92)


def forest(c: Canvas, y: float, h: float, x0: float, x1: float, haze: float = 0.0, bow: float = 0.0) -> None:
    """Draw a far edge of spruces between two points, one behind the other."""
    x = x0
    while x < x1:
        t = (x - x0) / max(1.0, x1 - x0)
        foot = y - bow * math.sin(t * math.pi) + c.rng.uniform(-3, 3)
        spruce(c, x, foot, h * c.rng.uniform(0.6, 1.1), haze)
        x += h * c.rng.uniform(0.2, 0.42)


def bush(c: Canvas, x: float, y: float, w: float, berries: bool = False) -> None:
    """Draw a low, round bush."""
    rng, p = c.rng, c.p
    tone = p.ground[1] if p.snow else p.leaf[rng.choice((1, 1, 2))]
    c.shadow(x, y, w * 0.5, w * 0.07)
    outline = [(px, min(py, y)) for px, py in (_round(rng, x - w * 0.2, y - w * 0.18, w * 0.32, w * 0.26))]
    other = [(px, min(py, y)) for px, py in _round(rng, x + w * 0.17, y - w * 0.22, w * 0.34, w * 0.32)]
    for shape in (other, outline):
        c.poly(shape, tone)
        c.stipple(shape, p.dark(p.leaf[2] if not p.snow else p.ground[2], 0.2), (0, 0.2, 0.25, 0.7))
    if berries and not p.snow:
        for _ in range(9):
            bx, by = x + rng.uniform(-0.36, 0.36) * w, y - rng.uniform(0.08, 0.36) * w
            c.oval(bx, by, w * 0.024, w * 0.024, p.flower[1])
