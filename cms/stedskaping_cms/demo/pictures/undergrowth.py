"""Low growth: grass, flowers, stones, and leaves close to the viewer."""

from __future__ import annotations

import math

from .canvas import Canvas, Point
from .palette import RGB, mix


def tuft(c: Canvas, x: float, y: float, h: float, colour: RGB | None = None) -> None:
    """Draw a few blades of grass."""
    rng = c.rng
    tone = colour or c.p.ground[2]
    for i in range(rng.randint(3, 5)):
        bend = (i - 2) * h * 0.22 + rng.uniform(-0.1, 0.1) * h
        tall = h * rng.uniform(0.65, 1.0)
        foot = x + (i - 2) * h * 0.07
        c.poly([(foot - h * 0.04, y), (foot + bend, y - tall), (foot + h * 0.04, y)], tone)


def meadow(c: Canvas, top: float, bottom: float, amount: int = 60) -> None:
    """Scatter tufts and flowers over the ground, larger towards the front."""
    rng, p = c.rng, c.p
    if p.snow:
        return
    for y in sorted(top + (bottom - top) * rng.random() for _ in range(amount)):
        t = (y - top) / max(1.0, c.h - top)
        x, size = rng.uniform(0, c.w), 7 + 20 * t
        if rng.random() < 0.62:
            tuft(c, x, y, size, mix(p.ground[2], p.ground[1], rng.random() * 0.6))
        else:
            flower(c, x, y, size * 0.9)


def flower(c: Canvas, x: float, y: float, h: float, tone: RGB | None = None) -> None:
    """Draw one small flower on a stalk."""
    p = c.p
    colour = tone or c.rng.choice(p.flower)
    c.line([(x, y), (x + h * 0.06, y - h * 0.8)], max(1.0, h * 0.07), p.leaf[2])
    for i in range(5):
        a = i * math.tau / 5
        c.oval(
            x + h * 0.06 + math.cos(a) * h * 0.14,
            y - h * 0.85 + math.sin(a) * h * 0.13,
            h * 0.12,
            h * 0.11,
            colour,
        )
    c.oval(x + h * 0.06, y - h * 0.85, h * 0.09, h * 0.09, p.paint("mustard"))


def stone(c: Canvas, x: float, y: float, w: float) -> None:
    """Draw a boulder on the ground."""
    rng, p = c.rng, c.p
    tone = mix(p.paint("stone"), p.hills[2], 0.3)
    tall = w * rng.uniform(0.45, 0.65)
    c.shadow(x, y, w * 0.5, w * 0.08)
    body = [
        (x - w / 2, y),
        (x - w * 0.4, y - tall * 0.7),
        (x - w * 0.05, y - tall),
        (x + w * 0.35, y - tall * 0.75),
        (x + w / 2, y),
    ]
    c.poly(body, p.dark(tone, 0.2))
    c.poly([body[0], body[1], body[2], (x + w * 0.05, y - tall * 0.45), (x - w * 0.1, y)], p.pale(tone, 0.15))
    if p.snow:
        c.blob(
            [
                (x - w * 0.42, y - tall * 0.66),
                (x, y - tall * 1.12),
                (x + w * 0.4, y - tall * 0.7),
                (x, y - tall * 0.72),
            ],
            p.paint("snow"),
        )


def frame(c: Canvas, reach: float = 150) -> None:
    """Grow dark leaves and grasses in from the bottom corners, close to the viewer."""
    rng, p = c.rng, c.p
    if p.snow:
        wave = rng.uniform(0.6, 1.2)
        for x0, sign in ((0.0, 1), (c.w, -1)):
            c.blob(
                [
                    (x0 - sign * 80, c.h + 60),
                    (x0 - sign * 30, c.h - reach * 0.35),
                    (x0 + sign * reach * wave, c.h - 18),
                    (x0 + sign * reach * 1.8, c.h + 50),
                ],
                p.ground[0],
            )
        return
    dark = p.dark(p.leaf[2], 0.35)
    for x0, sign in ((0.0, 1), (c.w, -1)):
        for i in range(rng.randint(9, 13)):
            foot = x0 + sign * (i * reach * 0.13 + rng.uniform(-8, 8))
            tall = reach * (1.0 - i * 0.055) * rng.uniform(0.55, 1.0)
            tip = (foot + sign * rng.uniform(-0.1, 0.5) * tall, c.h - tall)
            kind = rng.random()
            tone = mix(dark, p.leaf[2], rng.random() * 0.6)
            if kind < 0.55:
                c.poly([(foot - 6, c.h + 5), tip, (foot + 6, c.h + 5)], tone)
            elif kind < 0.8:
                _frond(c, (foot, c.h + 5), tip, tone)
            else:
                c.line([(foot, c.h + 5), tip], 3, tone)
                head = rng.choice(p.flower)
                for j in range(6):
                    a = j * math.tau / 6
                    c.oval(tip[0] + math.cos(a) * 8, tip[1] + math.sin(a) * 8, 7, 7, head)
                c.oval(tip[0], tip[1], 6, 6, p.paint("mustard"))


def _frond(c: Canvas, foot: Point, tip: Point, tone: RGB) -> None:
    c.line([foot, tip], 3, tone)
    dx, dy = tip[0] - foot[0], tip[1] - foot[1]
    for i in range(3, 10):
        t = i / 10
        x, y = foot[0] + dx * t, foot[1] + dy * t
        size = math.hypot(dx, dy) * 0.22 * (1.15 - t)
        for side in (-1, 1):
            a = math.atan2(dy, dx) + side * 0.9
            ex, ey = x + math.cos(a) * size, y + math.sin(a) * size
            px, py = -(ey - y) * 0.22, (ex - x) * 0.22
            c.poly(
                [
                    (x, y),
                    ((x + ex) / 2 + px, (y + ey) / 2 + py),
                    (ex, ey),
                    ((x + ex) / 2 - px, (y + ey) / 2 - py),
                ],
                tone,
            )
