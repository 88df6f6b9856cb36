"""Wooden houses in Norwegian colours: country houses, town fronts, and their parts."""

from __future__ import annotations

from .canvas import Canvas, Point
from .palette import HOUSE_PAINTS, RGB, ROOFS, mix


def trim(c: Canvas, wall: str) -> RGB:
    """Return the colour of frames and corner boards that suits a wall."""
    return c.p.paint("cream") if wall == "white" else c.p.paint("white")


def window(c: Canvas, x: float, y: float, w: float, h: float, edge: RGB, shaded: bool = False) -> None:
    """Draw a window with frame and bars, given its top left corner."""
    p = c.p
    rim = max(1.5, w * 0.12)
    if p.lit and c.rng.random() < 0.72:
        glass = mix((255, 214, 120), p.sun, 0.2)
        c.glow(x + w / 2, y + h / 2, w * 2.2, glass, 0.3)
    else:
        glass = p.dark(p.paint("glass"), 0.35 if shaded else 0.18)
    c.rect(x - rim, y - rim, w + rim * 2, h + rim * 2, p.dark(edge, 0.16) if shaded else edge)
    c.rect(x, y, w, h, glass)
    c.poly([(x, y + h * 0.75), (x, y + h * 0.3), (x + w * 0.55, y), (x + w * 0.9, y)], p.pale(glass, 0.22))
    bar = max(1.0, w * 0.07)
    tone = p.dark(edge, 0.16) if shaded else edge
    c.rect(x + w / 2 - bar / 2, y, bar, h, tone)
    c.rect(x, y + h * 0.36, w, bar, tone)


def door(c: Canvas, x: float, y: float, w: float, h: float, colour: RGB, edge: RGB) -> None:
    """Draw a panelled door whose threshold lies at (x, y), x at its left."""
    p = c.p
    rim = w * 0.12
    c.rect(x - rim, y - h - rim, w + rim * 2, h + rim, edge)
    c.rect(x, y - h, w, h, colour)
    glass = mix((255, 214, 120), p.sun, 0.2) if p.lit else p.dark(p.paint("glass"), 0.2)
    c.rect(x + w * 0.2, y - h * 0.88, w * 0.6, h * 0.3, glass)
    c.rect(x + w * 0.2, y - h * 0.46, w * 0.6, h * 0.34, p.dark(colour, 0.2))
    c.oval(x + w * 0.86, y - h * 0.45, w * 0.05, w * 0.05, p.paint("mustard"))


def house(
    c: Canvas, x: float, y: float, w: float, h: float, depth: float, paint: str | None = None,
    flip: bool = False, roof: str | None = None, porch: bool = True,
) -> None:  # fmt: skip
    """Draw a gabled wooden house seen from a corner.

    The gable is ``w`` wide, the long side ``depth``; ``h`` is the height of the walls. The long
    side lies to the right in shade or, with ``flip``, to the left in light.
    """
    rng, p = c.rng, c.p
    wall = paint or rng.choice(HOUSE_PAINTS)
    face = p.paint(wall)
    total, rise = w + depth, w * rng.uniform(0.4, 0.5)
    front, side = (p.dark(face, 0.24), face) if flip else (face, p.dark(face, 0.24))
    cover = p.paint("snow") if p.snow else p.paint(roof or rng.choice(ROOFS))
    edge = trim(c, wall)

    def at(u: float, v: float) -> Point:
        return (x + total - u if flip else x + u), y - v

    def box(u: float, v: float, bw: float, bh: float, colour: RGB) -> None:
        left = at(u + bw if flip else u, v)
        c.rect(left[0], left[1], bw, bh, colour)

    eave = w * 0.09
    c.shadow(x + total / 2, y, total * 0.5, h * 0.06, 0.2)
    c.poly([at(w, 0), at(total, 0), at(total, h), at(w, h)], side)
    c.poly([at(0, 0), at(w, 0), at(w, h), at(w / 2, h + rise), at(0, h)], front)
    lines = max(5, round(w / 11))
    for i in range(1, lines):
        u = w * i / lines
        tall = h + rise * (1 - abs(u - w / 2) / (w / 2))
        c.line([at(u, 0), at(u, tall)], max(0.8, w * 0.006), p.dark(front, 0.12))
    for i in range(1, max(5, round(depth / 11))):
        u = w + depth * i / max(5, round(depth / 11))
        c.line([at(u, 0), at(u, h)], max(0.8, w * 0.006), p.dark(side, 0.12))
    c.stipple([at(w, 0), at(total, 0), at(total, h), at(w, h)], p.dark(side, 0.4), (0.2, 0.25, 0, 0.05))
    box(0, h * 0.07, total, h * 0.07, p.dark(p.paint("stone"), 0.12))
    board = w * 0.035
    for u, tone in ((0.0, edge), (w - board, edge), (total - board, p.dark(edge, 0.15))):
        box(u, h, board, h, tone)
    floors = 2 if h > w * 0.95 else 1
    size = w * 0.15
    for floor in range(floors):
        v = h * (floor + 0.78) / floors * (0.98 if floors == 2 else 1)
        tall = min(size * 1.35, h / floors * 0.5)
        for u in (w * 0.18, w * 0.67):
            left = at(u + size if flip else u, v)
            window(c, left[0], left[1], size, tall, edge, flip)
        count = max(1, round(depth / (w * 0.42)))
        for i in range(count):
            u = w + depth * (i + 0.5) / count - size / 2
            if floor == 0 and porch and i == count // 2:
                continue
            left = at(u + size if flip else u, v)
            window(c, left[0], left[1], size, tall, edge, not flip)
    attic = at(w / 2 + (size * 0.4 if flip else -size * 0.4), h + rise * 0.45)
    window(c, attic[0], attic[1], size * 0.8, size * 1.0, edge, flip)
    if porch:
        count = max(1, round(depth / (w * 0.42)))
        u = w + depth * (count // 2 + 0.5) / count - w * 0.09
        left = at(u + w * 0.18 if flip else u, 0)
        door(
            c,
            left[0],
            y,
            w * 0.18,
            min(h * 0.6, w * 0.42),
            p.paint(rng.choice(("teal", "red", "charcoal", "mustard")))
            if wall != "red"
            else p.paint("white"),
            p.dark(edge, 0.1),
        )
    chimney = at(w / 2 + depth * 0.55, h + rise + w * 0.14)
    c.rect(chimney[0], chimney[1], w * 0.1, w * 0.26, p.dark(p.paint("tile"), 0.1))
    c.rect(
        chimney[0] - 2,
        chimney[1],
        w * 0.1 + 4,
        w * 0.04,
        p.paint("snow") if p.snow else p.dark(p.paint("tile"), 0.4),
    )
    ridge = (at(w / 2, h + rise + eave * 0.3), at(w / 2 + depth + eave * 0.6, h + rise + eave * 0.3))
    foot = (at(total + eave * 0.6, h - eave * 0.55), at(w + eave * 0.62, h - eave * 0.55))
    plane = [*ridge, *foot]
    lit_roof = p.pale(cover, 0.12) if flip else p.dark(cover, 0.08)
    c.poly(plane, lit_roof)
    c.stipple(plane, p.dark(lit_roof, 0.15 if p.snow else 0.4), (0.0, 0.15, 0.25, 0.4))
    for i in range(1, 5):
        t = i / 5
        a = (ridge[0][0] + (foot[1][0] - ridge[0][0]) * t, ridge[0][1] + (foot[1][1] - ridge[0][1]) * t)
        b = (ridge[1][0] + (foot[0][0] - ridge[1][0]) * t, ridge[1][1] + (foot[0][1] - ridge[1][1]) * t)
        c.line([a, b], max(0.8, w * 0.008), p.dark(lit_roof, 0.06 if p.snow else 0.16))
    thick = w * (0.06 if p.snow else 0.045)
    c.line(
        [at(-eave * 0.6, h - eave * 0.5), at(w / 2, h + rise + eave * 0.3), foot[1]],
        thick,
        cover if p.snow else edge,
    )
    if not p.snow:
        c.line(
            [
                at(-eave * 0.6, h - eave * 0.2),
                at(w / 2, h + rise + eave * 0.6),
                at(w + eave * 0.6, h - eave * 0.2),
            ],
            thick * 0.6,
            lit_roof,
        )


def cottage(c: Canvas, x: float, y: float, w: float) -> None:
    """Draw a house of random proportions that fills about ``w`` in width."""
    rng = c.rng
    gable = w * rng.uniform(0.38, 0.46)
    tall = gable * (rng.uniform(1.0, 1.2) if rng.random() < 0.4 else rng.uniform(0.55, 0.75))
    house(c, x, y, gable, tall, w - gable, flip=rng.random() < 0.5)


def front(
    c: Canvas, x: float, y: float, w: float, h: float, paint: str, shop: bool = False, gable: bool = True
) -> None:
    """Draw a town house seen straight from the front, with an optional shop at street level."""
    rng, p = c.rng, c.p
    face, edge = p.paint(paint), trim(c, paint)
    rise = w * (0.42 if gable else 0.2)
    cover = p.paint("snow") if p.snow else p.paint(rng.choice(ROOFS))
    if gable:
        c.poly([(x, y), (x, y - h), (x + w / 2, y - h - rise), (x + w, y - h), (x + w, y)], face)
    else:
        c.poly(
            [
                (x - w * 0.03, y - h),
                (x + w * 0.05, y - h - rise),
                (x + w * 0.95, y - h - rise),
                (x + w * 1.03, y - h),
            ],
            cover,
        )
        c.rect(x + w * 0.7, y - h - rise - w * 0.1, w * 0.09, w * 0.16, p.dark(p.paint("tile"), 0.15))
        c.rect(x, y - h, w, h, face)
    rows = max(8, round(h / 13))
    for i in range(1, rows):
        c.line([(x, y - h * i / rows), (x + w, y - h * i / rows)], 1.1, p.dark(face, 0.1))
    c.stipple([(x, y), (x, y - h), (x + w, y - h), (x + w, y)], p.dark(face, 0.35), (0.0, 0.14, 0.04, 0.26))
    storeys = max(2, round(h / (w * 0.5)))
    level = h / storeys
    count = 3 if w > 170 else 2
    size = w / count * 0.42
    for floor in range(storeys):
        top = y - level * floor - level * 0.8
        if floor == 0:
            _street_level(c, x, y, w, level, shop, edge)
            continue
        for i in range(count):
            window(c, x + w * (i + 0.5) / count - size / 2, top, size, level * 0.55, edge)
    if gable:
        window(c, x + w / 2 - size * 0.4, y - h - rise * 0.5, size * 0.8, size * 0.95, edge)
        c.line(
            [(x - w * 0.05, y - h + w * 0.03), (x + w / 2, y - h - rise), (x + w * 1.05, y - h + w * 0.03)],
            w * 0.05,
            cover,
        )
        c.line(
            [
                (x - w * 0.01, y - h + w * 0.035),
                (x + w / 2, y - h - rise + w * 0.045),
                (x + w * 1.01, y - h + w * 0.035),
            ],
            w * 0.025,
            edge,
        )
    else:
        c.rect(x - w * 0.03, y - h, w * 1.06, w * 0.035, edge)
    for side in (x, x + w - w * 0.03):
        c.rect(side, y - h + w * 0.03, w * 0.03, h - w * 0.03, edge)


def _street_level(c: Canvas, x: float, y: float, w: float, level: float, shop: bool, edge: RGB) -> None:
    rng, p = c.rng, c.p
    entry = p.paint(rng.choice(("teal", "navy", "red", "charcoal", "moss")))
    c.rect(x, y - level * 0.1, w, level * 0.1, p.dark(p.paint("stone"), 0.2))
    door(c, x + w * 0.08, y, w * 0.17, level * 0.72, entry, edge)
    if shop:
        c.rect(x + w * 0.34, y - level * 0.74, w * 0.58, level * 0.6, edge)
        glass = mix((255, 214, 120), p.sun, 0.2) if p.lit else p.dark(p.paint("glass"), 0.12)
        c.rect(x + w * 0.36, y - level * 0.7, w * 0.54, level * 0.52, glass)
        c.poly(
            [
                (x + w * 0.4, y - level * 0.18),
                (x + w * 0.58, y - level * 0.7),
                (x + w * 0.7, y - level * 0.7),
                (x + w * 0.52, y - level * 0.18),
            ],
            p.pale(glass, 0.25),
        )
        awning(
            c,
            x + w * 0.31,
            y - level * 0.84,
            w * 0.64,
            level * 0.24,
            rng.choice(("coral", "teal", "mustard", "navy")),
        )
    else:
        for u in (0.38, 0.68):
            window(c, x + w * u, y - level * 0.72, w * 0.18, level * 0.46, edge)


def awning(c: Canvas, x: float, y: float, w: float, h: float, paint: str) -> None:
    """Draw a striped awning given its top left corner."""
    p = c.p
    n = max(4, round(w / 18))
    for i in range(n):
        tone = p.paint(paint) if i % 2 else p.paint("white")
        a, b = i / n, (i + 1) / n
        flare = w * 0.04
        xa, xb = x - flare + (w + 2 * flare) * a, x - flare + (w + 2 * flare) * b
        c.poly([(x + w * a, y), (x + w * b, y), (xb, y + h), (xa, y + h)], tone)
        c.oval((xa + xb) / 2, y + h, (xb - xa) / 2, (xb - xa) / 2.4, tone)
