"""Indoors: rooms with a view, lamps, tool boards, workbenches, shelves, notice boards."""

from __future__ import annotations

import math
from itertools import pairwise

from . import backdrop, timber
from .canvas import Canvas
from .palette import RGB, mix
from .surroundings import hamlet, land


def room(c: Canvas, floor: float, wall: RGB, panes: list[tuple[float, float, float, float]]) -> None:
    """Draw an indoor wall with large windows on a landscape, and a plank floor."""
    p, rng = c.p, c.rng
    horizon = floor * 0.7
    land(c, horizon, rng.choice(("fjord", "soft", "peaks")))
    backdrop.ground(c, horizon + 10)
    hamlet(c, horizon + 40, -40, c.w, 130, 0.6)
    xs = sorted({0.0, c.w, *(x for x, _, _, _ in panes), *(x + w for x, _, w, _ in panes)})
    for x0, x1 in pairwise(xs):
        hole = next((pane for pane in panes if pane[0] <= x0 and x1 <= pane[0] + pane[2]), None)
        spans = [(0.0, floor)] if hole is None else [(0.0, hole[1]), (hole[1] + hole[3], floor)]
        for y0, y1 in spans:
            tones = [mix(p.dark(wall, 0.18), wall, y / floor) for y in (y0, y1)]
            c.gradient([(x0, y0), (x1 + 1, y0), (x1 + 1, y1), (x0, y1)], tones)
            step = 46.0
            x = math.ceil(x0 / step) * step
            while x < x1:
                c.rect(x, y0, 1.6, y1 - y0, p.dark(wall, 0.12))
                x += step
    wood = p.paint("timber")
    for x, y, w, h in panes:
        for bx, by, bw, bh in (
            (x - 12, y - 12, w + 24, 14),
            (x - 20, y + h, w + 40, 16),
            (x - 12, y, 14, h),
            (x + w - 2, y, 14, h),
        ):
            c.rect(bx, by, bw, bh, p.pale(wood, 0.15))
        for i in range(1, max(2, round(w / 190))):
            c.rect(x + w * i / max(2, round(w / 190)) - 4, y, 8, h, wood)
        c.rect(x, y + h * 0.32, w, 6, wood)
        shine = [(x + w * 0.08, y + h), (x + w * 0.3, y), (x + w * 0.42, y), (x + w * 0.2, y + h)]
        c.veil(shine, p.paint("white"), 0.12)
    area = [(0.0, floor), (c.w, floor), (c.w, c.h), (0.0, c.h)]
    c.gradient(area, (p.dark(wood, 0.3), p.dark(wood, 0.1)))
    for i in range(-10, 11):
        c.line([(c.w / 2 + i * 110, floor), (c.w / 2 + i * 230, c.h)], 2, p.dark(wood, 0.4))
    c.stipple(area, p.dark(wood, 0.6), (0.1, 0.12, 0.05, 0.25))
    c.rect(0, floor - 14, c.w, 16, p.dark(wood, 0.3))
    for x, y, w, h in panes:
        if y + h > floor * 0.5:
            c.veil(
                [(x + 60, floor + 14), (x + w + 40, floor + 14), (x + w + 190, c.h), (x + 120, c.h)],
                p.sun,
                0.14,
            )


def pendant(c: Canvas, x: float, length: float, paint: str) -> None:
    """Hang a lamp from the ceiling."""
    p = c.p
    tone = p.paint(paint)
    c.rect(x - 1.5, 0, 3, length, p.paint("iron"))
    c.glow(x, length + 34, 130, (255, 226, 160), 0.6)
    c.oval(x, length + 30, 17, 12, (255, 240, 200))
    c.blob(
        [
            (x - 50, length + 32),
            (x - 34, length + 4),
            (x, length - 8),
            (x + 34, length + 4),
            (x + 50, length + 32),
            (x, length + 27),
        ],
        tone,
    )


def tool_board(c: Canvas, x: float, y: float, w: float, h: float) -> None:
    """Draw a board with hanging tools."""
    p, rng = c.p, c.rng
    wood, iron = p.paint("wood"), p.paint("iron")
    c.rect(x, y, w, h, p.pale(p.paint("timber"), 0.25), 5)
    cols, rows = max(3, round(w / 62)), 2
    for row in range(rows):
        for col in range(cols):
            tx, ty = x + w * (col + 0.5) / cols, y + h * (0.12 + row * 0.46)
            c.oval(tx, ty, 3, 3, iron)
            kind = rng.choice(("hammer", "saw", "wrench", "square", "brush", "driver"))
            long = h * 0.32
            if kind == "hammer":
                c.rect(tx - 4, ty, 8, long, wood, 3)
                c.rect(tx - 18, ty - 2, 36, 13, iron, 3)
            elif kind == "saw":
                c.poly(
                    [(tx - 8, ty + 10), (tx + 12, ty + 10), (tx + 4, ty + long), (tx - 6, ty + long)],
                    mix(iron, p.paint("white"), 0.55),
                )
                c.rect(tx - 12, ty - 4, 26, 20, p.paint("rust"), 6)
            elif kind == "wrench":
                c.rect(tx - 4, ty + 4, 8, long * 0.85, mix(iron, p.paint("white"), 0.35), 3)
                c.ring(tx, ty + 6, 11, 6, mix(iron, p.paint("white"), 0.35))
            elif kind == "square":
                c.rect(tx - 14, ty, 7, long, mix(iron, p.paint("white"), 0.5))
                c.rect(tx - 14, ty, 34, 9, p.paint("mustard"))
            elif kind == "brush":
                c.rect(tx - 4, ty, 8, long * 0.55, wood, 3)
                c.rect(tx - 11, ty + long * 0.5, 22, long * 0.16, iron)
                c.rect(tx - 10, ty + long * 0.64, 20, long * 0.26, p.paint("cream"), 3)
            else:
                c.rect(tx - 2.5, ty + long * 0.4, 5, long * 0.55, iron)
                c.rect(tx - 7, ty, 14, long * 0.45, p.paint(rng.choice(("coral", "teal", "mustard"))), 6)


def workbench(c: Canvas, x: float, y: float, w: float, h: float) -> None:
    """Draw a sturdy workbench with a vice and a shelf of boxes."""
    p, rng = c.p, c.rng
    wood = p.paint("timber")
    c.shadow(x, y, w * 0.52, h * 0.1)
    for u in (-0.46, 0.4):
        c.rect(x + u * w, y - h, w * 0.06, h, p.dark(wood, 0.2))
    c.rect(x - w * 0.44, y - h * 0.3, w * 0.88, h * 0.07, p.dark(wood, 0.3))
    left = x - w * 0.38
    for _ in range(rng.randint(3, 4)):
        bw = w * rng.uniform(0.1, 0.18)
        bh = h * rng.uniform(0.2, 0.32)
        c.rect(
            left,
            y - h * 0.3 - bh,
            bw,
            bh,
            p.paint(rng.choice(("coral", "teal", "mustard", "navy", "cream"))),
            3,
        )
        left += bw + w * 0.025
    c.poly(
        [(x - w * 0.5, y - h), (x - w * 0.46, y - h - 20), (x + w * 0.46, y - h - 20), (x + w * 0.5, y - h)],
        p.pale(wood, 0.2),
    )
    c.rect(x - w * 0.5, y - h, w, h * 0.14, wood)
    c.rect(x + w * 0.5, y - h * 0.98, w * 0.05, h * 0.16, p.paint("iron"), 2)


def shelf(c: Canvas, x: float, floor: float, w: float, h: float) -> None:
    """Draw a shelf of tins standing on the floor."""
    p, rng = c.p, c.rng
    wood = p.paint("wood")
    c.rect(x, floor - h, 10, h, p.dark(wood, 0.2))
    c.rect(x + w - 10, floor - h, 10, h, p.dark(wood, 0.2))
    for i in range(3):
        y = floor - h * (0.08 + 0.31 * i)
        left = x + 16
        while left < x + w - 46:
            cw = rng.uniform(24, 40)
            ch = rng.uniform(26, 46)
            tone = p.paint(rng.choice(("white", "coral", "teal", "mustard", "navy", "cream")))
            c.rect(left, y - ch, cw, ch, tone, 3)
            c.rect(left, y - ch * 0.66, cw, ch * 0.3, p.dark(tone, 0.2))
            left += cw + rng.uniform(4, 20)
        c.rect(x, y, w, 9, wood)


def bench_work(c: Canvas, x: float, y: float) -> None:
    """Draw what somebody is working on: planks, a model or pots of paint."""
    p, rng = c.p, c.rng
    wood = p.pale(p.paint("timber"), 0.25)
    kind = rng.choice(("planks", "model", "paint"))
    if kind == "planks":
        timber.beam(c, (x - 120, y - 6), (x + 110, y - 6), 14, wood)
        timber.beam(c, (x - 90, y - 20), (x + 130, y - 20), 12, p.paint("wood"))
    elif kind == "model":
        c.rect(x - 70, y - 6, 140, 8, p.paint("white"))
        for u, tone in ((-46, "red"), (-4, "ochre"), (34, "white")):
            c.rect(x + u, y - 30, 28, 25, p.paint(tone))
            c.poly([(x + u - 3, y - 29), (x + u + 14, y - 46), (x + u + 31, y - 29)], p.paint("charcoal"))
    else:
        for u, tone in ((-50, "coral"), (-8, "teal"), (34, "mustard")):
            c.rect(x + u, y - 28, 30, 30, p.paint("white"), 3)
            c.oval(x + u + 15, y - 28, 15, 5, p.paint(tone))


def notice_board(c: Canvas, x: float, y: float, w: float, h: float) -> None:
    """Draw a board of coloured notes, small sketches and a site plan."""
    p, rng = c.p, c.rng
    c.rect(x - 8, y - 8, w + 16, h + 16, p.paint("wood"), 6)
    c.rect(x, y, w, h, p.paint("white"))
    plan = w * 0.42
    c.rect(x + 18, y + 18, plan, h - 36, mix(p.ground[0], p.paint("white"), 0.4))
    c.blob(
        [
            (x + 20, y + h * 0.55),
            (x + plan * 0.5, y + h * 0.5),
            (x + plan, y + h * 0.7),
            (x + plan, y + h - 20),
            (x + 20, y + h - 20),
        ],
        p.water[0],
    )
    c.line([(x + 30, y + 40), (x + plan * 0.45, y + h * 0.4), (x + plan, y + h * 0.35)], 7, p.paint("cream"))
    for _ in range(9):
        c.rect(
            x + 28 + rng.random() * (plan - 40),
            y + 26 + rng.random() * (h * 0.34),
            13,
            11,
            p.paint(rng.choice(("red", "ochre", "coral"))),
        )
    cols, rows = max(4, round(w * 0.5 / 44)), max(3, round((h - 30) / 44))
    for row in range(rows):
        for col in range(cols):
            if rng.random() < 0.82:
                nx = x + plan + 36 + col * (w - plan - 50) / cols
                ny = y + 20 + row * (h - 34) / rows
                c.rect(
                    nx + rng.uniform(-3, 3),
                    ny + rng.uniform(-3, 3),
                    30,
                    30,
                    p.paint(("mustard", "coral", "sky", "rose", "moss")[(col + rng.randint(0, 1)) % 5]),
                )
