"""Furniture of public space: benches, lamps, planters, lights, flags, tables, stalls, fences."""

from __future__ import annotations

import math
from itertools import pairwise

from .buildings import awning
from .canvas import Canvas, Point
from .palette import mix
from .undergrowth import flower


def bench(c: Canvas, x: float, y: float, w: float, seat: float | None = None) -> None:
    """Draw a slatted bench with a back, seen from the front; ``seat`` is the height of its seat."""
    p = c.p
    wood, iron = p.paint("wood"), p.paint("iron")
    h = seat or w * 0.3
    c.shadow(x, y, w * 0.5, h * 0.15)
    legs = (-0.42, 0.42) if h > w * 0.22 else (-0.44, 0.0, 0.44)
    for u in legs:
        c.line([(x + u * w, y - h * 0.9), (x + u * w * 1.02, y - h * 1.75)], h * 0.07, iron)
        c.rect(x + u * w - h * 0.045, y - h * 0.9, h * 0.09, h * 0.9, iron)
    for i in range(3):
        c.rect(
            x - w / 2, y - h * (1.85 - i * 0.27), w, h * 0.19, p.pale(wood, 0.1) if i == 0 else wood, h * 0.05
        )
    c.rect(x - w / 2, y - h * 1.0, w, h * 0.16, p.pale(wood, 0.22), h * 0.05)
    c.rect(x - w / 2, y - h * 0.85, w, h * 0.11, p.dark(wood, 0.3), h * 0.05)
    if p.snow:
        top = y - h * 1.84
        c.blob(
            [
                (x - w * 0.5, top),
                (x - w * 0.2, top - h * 0.13),
                (x + w * 0.3, top - h * 0.11),
                (x + w * 0.5, top),
            ],
            p.paint("snow"),
        )


def lamp(c: Canvas, x: float, y: float, h: float) -> None:
    """Draw a street lamp."""
    p = c.p
    iron = p.paint("iron")
    c.shadow(x, y, h * 0.07, h * 0.015)
    c.limb([(x, y, h * 0.035), (x, y - h * 0.9, h * 0.02)], iron)
    c.rect(x - h * 0.025, y - h * 0.06, h * 0.05, h * 0.06, iron)
    bulb = mix((255, 224, 150), p.sun, 0.3)
    if p.lit:
        c.glow(x, y - h * 0.93, h * 0.5, bulb, 0.5)
    c.poly(
        [
            (x - h * 0.035, y - h * 0.98),
            (x + h * 0.035, y - h * 0.98),
            (x + h * 0.025, y - h * 0.88),
            (x - h * 0.025, y - h * 0.88),
        ],
        bulb,
    )
    c.poly([(x - h * 0.055, y - h * 0.97), (x, y - h * 1.02), (x + h * 0.055, y - h * 0.97)], iron)


def planter(c: Canvas, x: float, y: float, w: float, tall: float = 0.42) -> None:
    """Draw a timber planter full of flowers."""
    rng, p = c.rng, c.p
    h = w * tall
    c.shadow(x, y, w * 0.52, w * 0.06)
    leaf = p.leaf[1] if not p.snow else p.spruce[0]
    for i in range(7):
        c.oval(
            x + (i - 3) * w * 0.14,
            y - h - w * 0.03,
            w * 0.12,
            w * 0.14 * rng.uniform(0.8, 1.3),
            mix(leaf, p.leaf[2], rng.random()),
        )
    if not p.snow:
        for _ in range(9):
            flower(c, x + rng.uniform(-0.44, 0.44) * w, y - h, w * rng.uniform(0.16, 0.34))
    wood = p.paint("wood")
    c.rect(x - w / 2, y - h, w, h, wood)
    for i in range(1, 4):
        c.rect(x - w / 2, y - h + h * i / 4, w, 1.5, p.dark(wood, 0.3))
    for u in (-0.5, 0.44):
        c.rect(x + w * u, y - h * 1.04, w * 0.06, h * 1.04, p.dark(wood, 0.18))
    if p.snow:
        c.rect(x - w / 2, y - h * 1.1, w, h * 0.16, p.paint("snow"), h * 0.08)


def _sag(start: Point, end: Point, drop: float, n: int) -> list[Point]:
    return [
        (
            start[0] + (end[0] - start[0]) * i / n,
            start[1] + (end[1] - start[1]) * i / n + 4 * drop * (i / n) * (1 - i / n),
        )
        for i in range(n + 1)
    ]


def string_lights(c: Canvas, start: Point, end: Point, drop: float) -> None:
    """Hang a string of warm bulbs between two points."""
    p = c.p
    n = max(6, round(math.dist(start, end) / 42))
    wire = _sag(start, end, drop, n)
    c.line(wire, 2, p.dark(p.paint("iron"), 0.3))
    bulb = mix((255, 226, 150), p.sun, 0.25)
    for x, y in wire[1:-1]:
        if p.lit:
            c.glow(x, y + 7, 34, bulb, 0.5)
        c.rect(x - 2, y, 4, 5, p.paint("iron"))
        c.oval(x, y + 9, 6, 7, bulb)


def bunting(c: Canvas, start: Point, end: Point, drop: float, size: float = 24) -> None:
    """Hang a string of coloured pennants between two points."""
    n = max(4, round(math.dist(start, end) / (size * 1.25)))
    wire = _sag(start, end, drop, n)
    c.line(wire, 1.8, c.p.paint("iron"))
    paints = ("coral", "cream", "teal", "mustard", "rose", "sky")
    for i, ((x0, y0), (x1, y1)) in enumerate(pairwise(wire)):
        tone = c.p.paint(paints[i % len(paints)])
        c.poly([(x0 + 2, y0), (x1 - 2, y1), ((x0 + x1) / 2, (y0 + y1) / 2 + size)], tone)


def flag(c: Canvas, x: float, y: float, h: float) -> None:
    """Draw a Norwegian flag on a white pole."""
    p = c.p
    c.shadow(x, y, h * 0.03, h * 0.01)
    c.limb([(x, y, h * 0.018), (x, y - h, h * 0.01)], p.paint("white"))
    c.oval(x, y - h, h * 0.012, h * 0.012, p.paint("mustard"))
    w, tall = h * 0.3, h * 0.22
    top = y - h * 0.97

    def strip(u0: float, u1: float, v0: float, v1: float, colour: tuple[int, int, int]) -> None:
        upper = [(x + u * w, top + v0 * tall + math.sin(u * 6) * tall * 0.06) for u in _steps(u0, u1)]
        lower = [
            (x + u * w, top + v1 * tall + math.sin(u * 6) * tall * 0.06) for u in reversed(_steps(u0, u1))
        ]
        c.poly(upper + lower, colour)

    strip(0, 1, 0, 1, p.tint((186, 38, 46)))
    for thick, colour in ((2, p.paint("white")), (1, p.tint((0, 40, 104)))):
        strip((7 - (thick - 1)) / 22 - 0.022, (8 + thick) / 22 + 0.0, 0, 1, colour)
        strip(0, 1, (7.5 - thick) / 16 + 0.03, (8.5 + thick) / 16 - 0.03, colour)


def _steps(start: float, end: float) -> list[float]:
    return [start + (end - start) * i / 8 for i in range(9)]


def picnic_table(c: Canvas, x: float, y: float, w: float) -> None:
    """Draw a timber table with benches on both sides, seen from the long side."""
    p = c.p
    wood = p.paint("timber")
    h = w * 0.36
    c.shadow(x, y, w * 0.55, w * 0.06)
    for u in (-0.36, 0.36):
        c.line([(x + u * w - h * 0.28, y), (x + u * w, y - h)], w * 0.035, p.dark(wood, 0.35))
        c.line([(x + u * w + h * 0.28, y), (x + u * w, y - h)], w * 0.035, p.dark(wood, 0.25))
    c.rect(x - w * 0.48, y - h * 0.56, w * 0.96, h * 0.1, p.dark(wood, 0.2), 2)
    c.poly(
        [
            (x - w * 0.5, y - h),
            (x - w * 0.46, y - h * 1.12),
            (x + w * 0.46, y - h * 1.12),
            (x + w * 0.5, y - h),
        ],
        p.pale(wood, 0.15),
    )
    c.rect(x - w * 0.5, y - h, w, h * 0.11, p.dark(wood, 0.12))


def cafe_table(c: Canvas, x: float, y: float, h: float) -> None:
    """Draw a small round table with two cups and a sunshade-free top."""
    p = c.p
    c.shadow(x, y, h * 0.4, h * 0.08)
    c.rect(x - h * 0.03, y - h * 0.9, h * 0.06, h * 0.9, p.paint("iron"))
    c.oval(x, y - h * 0.02, h * 0.24, h * 0.06, p.paint("iron"))
    c.oval(x, y - h * 0.9, h * 0.48, h * 0.12, p.dark(p.paint("timber"), 0.2))
    c.oval(x, y - h * 0.94, h * 0.48, h * 0.12, p.paint("timber"))
    for u in (-0.2, 0.18):
        c.rect(x + u * h, y - h * 1.1, h * 0.12, h * 0.15, p.paint("white"), 2)


def parasol(c: Canvas, x: float, y: float, h: float, paint: str) -> None:
    """Draw a sunshade on a pole."""
    p = c.p
    c.rect(x - h * 0.012, y - h, h * 0.024, h, p.paint("wood"))
    for i in range(6):
        a, b = -0.36 + i * 0.12, -0.36 + (i + 1) * 0.12
        tone = p.paint(paint) if i % 2 else p.paint("white")
        c.poly([(x, y - h * 1.02), (x + a * h, y - h * 0.78), (x + b * h, y - h * 0.78)], tone)
        c.oval(x + (a + b) / 2 * h, y - h * 0.78, h * 0.06, h * 0.025, tone)


def stall(c: Canvas, x: float, y: float, w: float, paint: str) -> None:
    """Draw a market stall with a striped roof and crates of goods."""
    rng, p = c.rng, c.p
    h = w * 0.92
    c.shadow(x, y, w * 0.55, w * 0.06)
    for u in (-0.47, 0.44):
        c.rect(x + u * w, y - h * 0.95, w * 0.03, h * 0.95, p.paint("wood"))
    back = [
        (x - w * 0.46, y - h * 0.8),
        (x + w * 0.46, y - h * 0.8),
        (x + w * 0.46, y - h * 0.4),
        (x - w * 0.46, y - h * 0.4),
    ]
    c.veil(back, p.shadow, 0.18)
    c.rect(x - w * 0.5, y - h * 0.4, w, h * 0.4, p.paint("timber"))
    for i in range(1, 8):
        c.rect(x - w * 0.5 + w * i / 8, y - h * 0.4, 1.5, h * 0.4, p.dark(p.paint("timber"), 0.25))
    for i in range(5):
        left = x - w * 0.46 + i * w * 0.186
        tone = p.paint(rng.choice(("coral", "mustard", "moss", "plum", "rust", "rose")))
        for j in range(5):
            c.oval(
                left + w * (0.03 + j * 0.03),
                y - h * 0.45 - (j % 2) * w * 0.02,
                w * 0.024,
                w * 0.024,
                tone if j % 2 else p.pale(tone, 0.15),
            )
        c.rect(left, y - h * 0.45, w * 0.17, h * 0.07, p.paint("wood"))
    c.rect(x - w * 0.52, y - h * 0.4, w * 1.04, h * 0.04, p.dark(p.paint("wood"), 0.1))
    awning(c, x - w * 0.5, y - h * 1.1, w, h * 0.22, paint)


def fence(c: Canvas, x0: float, x1: float, y: float, h: float, paint: str = "white") -> None:
    """Draw a picket fence between two points on level ground."""
    p = c.p
    tone = p.paint(paint)
    step = h * 0.34
    for v in (0.32, 0.74):
        c.rect(x0, y - h * v, x1 - x0, h * 0.08, p.dark(tone, 0.18))
    for i in range(int((x1 - x0) / step)):
        left = x0 + i * step
        c.poly(
            [
                (left, y),
                (left, y - h * 0.9),
                (left + step * 0.3, y - h),
                (left + step * 0.6, y - h * 0.9),
                (left + step * 0.6, y),
            ],
            tone,
        )


def dog(c: Canvas, x: float, y: float, h: float, facing: int = 1, paint: str = "bark") -> None:
    """Draw a dog of a given shoulder height."""
    p = c.p
    tone = p.paint(paint)
    f = facing
    c.shadow(x, y, h * 0.7, h * 0.1)
    for u in (-0.42, 0.36):
        c.limb(
            [(x + f * (u + 0.1) * h, y - h * 0.5, h * 0.17), (x + f * (u + 0.1) * h, y - h * 0.04, h * 0.1)],
            p.dark(tone, 0.3),
        )
        c.limb(
            [(x + f * u * h, y - h * 0.5, h * 0.18), (x + f * (u - 0.04) * h, y - h * 0.04, h * 0.11)], tone
        )
    c.limb([(x - f * h * 0.45, y - h * 0.62, h * 0.36), (x + f * h * 0.4, y - h * 0.68, h * 0.42)], tone)
    c.limb([(x - f * h * 0.55, y - h * 0.7, h * 0.14), (x - f * h * 0.85, y - h * 1.05, h * 0.07)], tone)
    c.limb(
        [
            (x + f * h * 0.45, y - h * 0.75, h * 0.3),
            (x + f * h * 0.66, y - h * 1.08, h * 0.3),
            (x + f * h * 0.95, y - h * 1.0, h * 0.17),
        ],
        tone,
    )
    c.blob(
        [
            (x + f * h * 0.58, y - h * 1.2),
            (x + f * h * 0.46, y - h * 0.9),
            (x + f * h * 0.6, y - h * 0.88),
            (x + f * h * 0.68, y - h * 1.15),
        ],
        p.dark(tone, 0.35),
    )
    c.oval(x + f * h * 1.03, y - h * 1.03, h * 0.05, h * 0.05, p.paint("iron"))
