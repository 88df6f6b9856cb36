"""Buildings a place is known by: boathouse, church, school."""

from __future__ import annotations

from .buildings import door, trim, window
from .canvas import Canvas
from .palette import mix


def boathouse(c: Canvas, x: float, y: float, w: float, h: float, paint: str) -> None:
    """Draw a boathouse seen from its gable, with open double doors."""
    rng, p = c.rng, c.p
    face, edge = p.paint(paint), trim(c, paint)
    rise = w * 0.48
    cover = p.paint("snow") if p.snow else p.paint(rng.choice(("charcoal", "slate", "moss")))
    c.shadow(x + w / 2, y, w * 0.55, h * 0.06)
    c.poly([(x, y), (x, y - h), (x + w / 2, y - h - rise), (x + w, y - h), (x + w, y)], face)
    n = max(7, round(w / 14))
    for i in range(1, n):
        u = w * i / n
        c.line([(x + u, y), (x + u, y - h - rise * (1 - abs(u - w / 2) / (w / 2)))], 1.3, p.dark(face, 0.13))
    c.stipple(
        [(x, y), (x, y - h), (x + w / 2, y - h - rise), (x + w, y - h), (x + w, y)],
        p.dark(face, 0.5),
        (0, 0.25, 0.05, 0.4),
    )
    gate = w * 0.5
    top = h * 0.82
    c.rect(x + (w - gate) / 2 - w * 0.025, y - top - w * 0.03, gate + w * 0.05, top + w * 0.03, edge)
    inside = p.dark(p.paint("bark"), 0.5)
    if p.lit:
        inside = mix(inside, (255, 200, 110), 0.55)
    c.rect(x + (w - gate) / 2, y - top, gate, top, inside)
    for side in (-1, 1):
        hinge = x + w / 2 + side * gate / 2
        out = hinge + side * gate * 0.36
        c.poly(
            [(hinge, y - top), (out, y - top * 0.95), (out, y + h * 0.03), (hinge, y)],
            p.dark(face, 0.12 if side < 0 else 0.28),
        )
        c.line([(hinge, y - top * 0.2), (out, y - top * 0.8)], w * 0.02, edge)
    window(c, x + w * 0.43, y - h - rise * 0.42, w * 0.14, w * 0.15, edge)
    c.line(
        [(x - w * 0.07, y - h + w * 0.06), (x + w / 2, y - h - rise), (x + w * 1.07, y - h + w * 0.06)],
        w * 0.06,
        cover,
    )
    c.line(
        [
            (x - w * 0.02, y - h + w * 0.065),
            (x + w / 2, y - h - rise + w * 0.055),
            (x + w * 1.02, y - h + w * 0.065),
        ],
        w * 0.025,
        edge,
    )


def church(c: Canvas, x: float, y: float, w: float) -> None:
    """Draw a white wooden church with a tower and spire to the left."""
    p = c.p
    white, shade = p.paint("white"), p.dark(p.paint("white"), 0.2)
    cover = p.paint("snow") if p.snow else p.paint("slate")
    tower, wall = w * 0.26, w * 0.34
    c.shadow(x + w / 2, y, w * 0.5, w * 0.03)
    c.rect(x + tower, y - wall, w - tower, wall, shade)
    c.poly(
        [
            (x + tower, y - wall),
            (x + tower, y - wall * 1.75),
            (x + w * 0.96, y - wall * 1.75),
            (x + w * 1.03, y - wall),
        ],
        cover,
    )
    for i in range(3):
        c.rect(
            x + tower + w * (0.1 + i * 0.2),
            y - wall * 0.8,
            w * 0.06,
            wall * 0.5,
            (255, 214, 120) if p.lit else p.dark(p.paint("glass"), 0.3),
        )
    c.rect(x, y - wall * 2.1, tower, wall * 2.1, white)
    c.rect(x + tower * 0.62, y - wall * 2.1, tower * 0.38, wall * 2.1, p.dark(white, 0.08))
    top = y - wall * 2.1
    c.poly([(x - tower * 0.1, top), (x + tower / 2, top - w * 0.62), (x + tower * 1.1, top)], cover)
    c.poly(
        [(x + tower * 0.55, top), (x + tower / 2, top - w * 0.62), (x + tower * 1.1, top)], p.dark(cover, 0.2)
    )
    c.rect(x + tower * 0.36, y - wall * 1.9, tower * 0.28, tower * 0.5, p.dark(p.paint("glass"), 0.4))
    c.rect(x + tower * 0.32, y - wall * 0.62, tower * 0.36, wall * 0.62, p.paint("bark"))
    c.line([(x + tower / 2, top - w * 0.6), (x + tower / 2, top - w * 0.72)], w * 0.012, p.paint("mustard"))
    c.line(
        [(x + tower / 2 - w * 0.03, top - w * 0.68), (x + tower / 2 + w * 0.03, top - w * 0.68)],
        w * 0.012,
        p.paint("mustard"),
    )


def school(c: Canvas, x: float, y: float, w: float, paint: str) -> None:
    """Draw a long two-storey wooden school with a central gable, clock and bell turret."""
    p = c.p
    h = w * 0.27
    face, edge = p.paint(paint), trim(c, paint)
    cover = p.paint("snow") if p.snow else p.paint("slate")
    c.shadow(x + w / 2, y, w * 0.52, h * 0.06)
    c.rect(x, y - h, w, h, face)
    for i in range(1, 16):
        c.line([(x, y - h * i / 16), (x + w, y - h * i / 16)], 1.2, p.dark(face, 0.1))
    roof = [
        (x - w * 0.02, y - h),
        (x + w * 0.04, y - h * 1.5),
        (x + w * 0.96, y - h * 1.5),
        (x + w * 1.02, y - h),
    ]
    c.poly(roof, cover)
    c.stipple(roof, p.dark(cover, 0.15 if p.snow else 0.4), (0, 0.15, 0.2, 0.4))
    mid, wide = x + w / 2, w * 0.24
    tip = y - h * 1.85
    turret = w * 0.035
    c.rect(mid - turret, tip - w * 0.075, turret * 2, w * 0.12, edge)
    c.rect(mid - turret * 0.5, tip - w * 0.06, turret, w * 0.045, p.paint("charcoal"))
    c.poly(
        [(mid - turret * 1.4, tip - w * 0.07), (mid, tip - w * 0.14), (mid + turret * 1.4, tip - w * 0.07)],
        cover,
    )
    c.poly(
        [
            (mid - wide / 2, y),
            (mid - wide / 2, y - h * 1.05),
            (mid, tip),
            (mid + wide / 2, y - h * 1.05),
            (mid + wide / 2, y),
        ],
        p.pale(face, 0.08),
    )
    c.line(
        [(mid - wide * 0.56, y - h * 0.98), (mid, tip - 4), (mid + wide * 0.56, y - h * 0.98)],
        w * 0.014,
        edge,
    )
    c.oval(mid, y - h * 1.36, w * 0.028, w * 0.028, edge)
    c.oval(mid, y - h * 1.36, w * 0.023, w * 0.023, p.paint("cream"))
    c.line([(mid, y - h * 1.36), (mid, y - h * 1.36 - w * 0.016)], 2, p.paint("iron"))
    c.line([(mid, y - h * 1.36), (mid + w * 0.011, y - h * 1.36)], 2, p.paint("iron"))
    for floor in range(2):
        top = y - h * (0.42 + floor * 0.47)
        for u in (0.04, 0.12, 0.2, 0.28, 0.685, 0.765, 0.845, 0.925):
            window(c, x + w * u, top, w * 0.036, h * 0.27, edge)
        for u in (-0.085, 0.052):
            window(c, mid + w * u, top, w * 0.036, h * 0.27, edge)
    window(c, mid - w * 0.02, y - h * 0.9, w * 0.04, h * 0.27, edge)
    door(c, mid - w * 0.026, y, w * 0.052, h * 0.4, p.paint("teal"), edge)
    c.rect(mid - w * 0.05, y - h * 0.03, w * 0.1, h * 0.05, p.paint("stone"))
    c.rect(x, y - h * 0.05, w * 0.38, h * 0.05, p.dark(p.paint("stone"), 0.15))
    c.rect(x + w * 0.62, y - h * 0.05, w * 0.38, h * 0.05, p.dark(p.paint("stone"), 0.15))
    c.line([(x, y - h), (x + w * 0.385, y - h)], w * 0.008, edge)
    c.line([(x + w * 0.615, y - h), (x + w, y - h)], w * 0.008, edge)
