"""Building in timber: stacks, trestles, ladders, half-built frames, pavilions, decks, bridges."""

from __future__ import annotations

import math

from .canvas import Canvas, Point
from .palette import RGB


def beam(c: Canvas, start: Point, end: Point, width: float, colour: RGB) -> None:
    """Draw a squared beam with a shaded underside."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = math.hypot(dx, dy) or 1
    nx, ny = -dy / length * width / 2, dx / length * width / 2
    if ny < 0 or (ny == 0 and nx < 0):
        nx, ny = -nx, -ny
    upper = [(start[0] - nx, start[1] - ny), (end[0] - nx, end[1] - ny)]
    lower = [(end[0] + nx, end[1] + ny), (start[0] + nx, start[1] + ny)]
    c.poly([*upper, *lower], colour)
    half = [(end[0] + nx * 0.2, end[1] + ny * 0.2), (start[0] + nx * 0.2, start[1] + ny * 0.2)]
    c.poly([half[1], half[0], *lower], c.p.dark(colour, 0.2))


def stack(c: Canvas, x: float, y: float, w: float, rows: int = 4) -> None:
    """Draw a stack of sawn planks lying on bearers."""
    rng, p = c.rng, c.p
    thick = w * 0.055
    c.shadow(x, y, w * 0.52, w * 0.05)
    for u in (-0.32, 0.32):
        c.rect(x + u * w - thick / 2, y - thick * 0.7, thick, thick * 0.7, p.paint("bark"))
    for row in range(rows):
        top = y - thick * (1.6 + row)
        left = x - w / 2 + rng.uniform(-0.03, 0.05) * w
        length = w * rng.uniform(0.9, 1.0)
        tone = p.pale(p.paint("timber"), rng.uniform(0, 0.2))
        c.rect(left, top, length, thick * 0.9, tone)
        c.rect(left, top + thick * 0.55, length, thick * 0.35, p.dark(tone, 0.16))
        c.rect(left + length - thick * 0.6, top, thick * 0.6, thick * 0.9, p.dark(tone, 0.3))


def trestle(c: Canvas, x: float, y: float, w: float) -> None:
    """Draw a sawhorse pair with a plank laid across; the top is 0.42 of ``w`` up."""
    p = c.p
    wood = p.paint("timber")
    h = w * 0.42
    c.shadow(x, y, w * 0.5, w * 0.04)
    for u in (-0.32, 0.32):
        for lean in (-0.1, 0.1):
            c.line(
                [(x + (u + lean) * w, y), (x + u * w, y - h)],
                w * 0.032,
                p.dark(wood, 0.3 if lean > 0 else 0.15),
            )
        c.line([(x + (u - 0.06) * w, y - h * 0.4), (x + (u + 0.06) * w, y - h * 0.4)], w * 0.025, wood)
    beam(c, (x - w * 0.56, y - h), (x + w * 0.56, y - h), w * 0.055, p.pale(wood, 0.15))


def ladder(c: Canvas, x: float, y: float, h: float, lean: float) -> None:
    """Draw a ladder whose foot stands at (x, y) and whose top leans sideways."""
    wood = c.p.paint("wood")
    gap = h * 0.12
    for i in range(1, 10):
        t = i / 10
        c.line([(x + lean * t, y - h * t), (x + lean * t + gap, y - h * t)], h * 0.018, c.p.dark(wood, 0.2))
    for side in (0, gap):
        c.line([(x + side, y), (x + lean + side, y - h)], h * 0.022, wood)


def skeleton(
    c: Canvas, x: float, y: float, w: float, h: float, bays: int = 3, roofed: float = 0.35
) -> dict[str, Point]:
    """Draw a half-built timber frame with gable rafters, partly boarded.

    The frame stands with its long side towards the viewer. Returns points where people may stand:
    ``plate`` on the top beam's left part and ``deck`` on the floor.
    """
    rng, p = c.rng, c.p
    wood = p.paint("timber")
    far = p.dark(wood, 0.35)
    post, rise, back = h * 0.055, h * 0.5, h * 0.16
    deck = h * 0.1
    c.shadow(x, y, w * 0.55, h * 0.06)
    step = w / bays
    left = x - w / 2
    c.poly(
        [
            (left - post, y - deck),
            (left + back, y - deck - back * 0.7),
            (left + w + back, y - deck - back * 0.7),
            (left + w + post, y - deck),
        ],
        p.pale(wood, 0.1),
    )
    for i in range(bays + 1):
        px = left + i * step + back
        beam(c, (px, y - deck - back * 0.7), (px, y - h - back * 0.3), post * 0.8, far)
    beam(c, (left + back, y - h - back * 0.3), (left + w + back, y - h - back * 0.3), post * 0.8, far)
    ridge = y - h - rise
    for i in range(bays * 2 + 1):
        px = left + i * step / 2
        beam(c, (px + back, y - h - back * 0.3), (px + back * 0.5, ridge), post * 0.55, far)
    boarded = max(1, round(bays * roofed))
    first = rng.randint(0, bays - boarded)
    wall_x, wall_w = left + first * step, boarded * step
    boards = round(wall_w / (post * 1.1))
    limit = rng.uniform(0.45, 0.8)
    for i in range(boards):
        tall = (h - deck) * (1 if i < boards * limit else rng.uniform(0.35, 0.55))
        tone = p.pale(wood, rng.uniform(0.0, 0.25))
        c.rect(wall_x + i * wall_w / boards, y - deck - tall, wall_w / boards - 1.5, tall, tone)
    for i in range(bays + 1):
        px = left + i * step
        beam(c, (px, y - deck), (px, y - h), post, wood)
        if i < bays and not first <= i < first + boarded:
            beam(c, (px + post, y - h * 0.82), (px + h * 0.16, y - h), post * 0.6, wood)
    beam(c, (left - post, y - h), (left + w + post, y - h), post, p.pale(wood, 0.12))
    beam(c, (left - post, y - deck * 0.6), (left + w + post, y - deck * 0.6), deck * 0.8, p.dark(wood, 0.1))
    for i in range(bays + 1):
        px = left + i * step
        c.rect(px - post * 0.5, y - deck * 0.3, post, deck * 0.3, p.paint("stone"))
    for i in range(bays * 2 + 1):
        px = left + i * step / 2
        if i < bays * 2 * 0.8 or rng.random() < 0.5:
            beam(c, (px - post * 0.4, y - h + post), (px + back * 0.5, ridge), post * 0.65, wood)
    beam(c, (left - post, ridge), (left + w * 0.86 + back, ridge), post * 0.8, p.pale(wood, 0.15))
    return {
        "deck": (left + (0.5 if first else bays - 0.5) * step, y - deck - back * 0.2),
        "plate": (left + step * 0.5, y - h - post * 0.5),
    }


def pavilion(c: Canvas, x: float, y: float, w: float, h: float) -> None:
    """Draw an open timber pavilion with a low hipped roof and a deck."""
    p = c.p
    wood = p.paint("timber")
    cover = p.paint("snow") if p.snow else p.dark(p.paint("wood"), 0.2)
    deck = h * 0.09
    c.shadow(x, y, w * 0.55, h * 0.05)
    c.poly(
        [
            (x - w * 0.45, y - deck * 1.9),
            (x + w * 0.45, y - deck * 1.9),
            (x + w * 0.52, y - deck),
            (x - w * 0.52, y - deck),
        ],
        p.pale(wood, 0.1),
    )
    c.rect(x - w * 0.52, y - deck, w * 1.04, deck, p.dark(wood, 0.25))
    c.rect(x - w * 0.16, y - deck * 0.45, w * 0.32, deck * 0.45, p.dark(wood, 0.05))
    for u in (-0.36, -0.12, 0.12, 0.36):
        c.rect(x + u * w, y - h, w * 0.018, h - deck * 1.8, p.dark(wood, 0.4))
    c.rect(x - w * 0.36, y - h * 0.38, w * 0.74, h * 0.05, p.dark(wood, 0.3))
    for u in (-0.48, 0.455):
        c.rect(x + u * w, y - h, w * 0.028, h - deck, wood)
        side = 1 if u < 0 else -1
        c.line(
            [(x + u * w + w * 0.014, y - h * 0.78), (x + u * w + side * w * 0.1, y - h * 0.98)],
            w * 0.018,
            wood,
        )
    c.rect(x - w * 0.54, y - h * 1.03, w * 1.08, h * 0.07, p.dark(wood, 0.12))
    roof = [
        (x - w * 0.6, y - h),
        (x - w * 0.28, y - h * 1.42),
        (x + w * 0.28, y - h * 1.42),
        (x + w * 0.6, y - h),
    ]
    c.poly(roof, cover)
    c.poly([(x - w * 0.6, y - h), (x - w * 0.28, y - h * 1.42), (x - w * 0.2, y - h)], p.pale(cover, 0.12))
    c.stipple(roof, p.dark(cover, 0.4), (0, 0.1, 0.15, 0.4))


def deck(
    c: Canvas, x0: float, x1: float, top: float, bottom: float, spread: float = 0.0, edge: float = 0.0
) -> None:
    """Draw a boardwalk lying flat, its planks running across, with an optional front edge."""
    p = c.p
    wood = p.paint("timber")
    area = [(x0 + spread, top), (x1 - spread, top), (x1, bottom), (x0, bottom)]
    c.gradient(area, (p.dark(wood, 0.14), wood))
    n = max(5, round((bottom - top) / 13))
    for i in range(1, n):
        t = (i / n) ** 1.35
        inset = spread * (1 - t)
        y = top + (bottom - top) * t
        c.line([(x0 + inset, y), (x1 - inset, y)], 1 + 1.6 * t, p.dark(wood, 0.24))
    c.stipple(area, p.dark(wood, 0.45), (0.0, 0.08, 0.05, 0.22))
    if edge:
        c.rect(x0, bottom, x1 - x0, edge, p.dark(wood, 0.34))


def posts(c: Canvas, xs: list[float], y: float, depth: float, width: float) -> None:
    """Draw the piles below a jetty, with their reflections."""
    p = c.p
    for x in xs:
        c.rect(x - width / 2, y, width, depth, p.dark(p.paint("bark"), 0.2))
        c.veil(
            [
                (x - width / 2, y + depth),
                (x + width / 2, y + depth),
                (x + width * 0.3, y + depth * 1.7),
                (x - width * 0.3, y + depth * 1.7),
            ],
            p.paint("bark"),
            0.4,
        )


def quarter_pipe(c: Canvas, x: float, y: float, w: float, h: float, facing: int = 1) -> None:
    """Draw a concrete ramp whose curve rises away from ``facing`` (1 opens to the right)."""
    p = c.p
    grey = p.paint("concrete")
    back = x - facing * w / 2
    curve: list[Point] = []
    for i in range(13):
        a = i / 12 * math.pi / 2
        curve.append((back + facing * w * (1 - 0.7 * math.cos(a)), y - h * (1 - math.sin(a))))
    body = [(back, y), (back, y - h), *curve, (back + facing * w, y)]
    c.shadow(x, y, w * 0.5, h * 0.06)
    c.poly(body, p.dark(grey, 0.1 if facing > 0 else 0.2))
    inner = [(px, py + 4) for px, py in curve]
    c.stipple([*inner, (back + facing * w * 0.3, y)], p.dark(grey, 0.4), (0.25, 0.1, 0.3, 0.1))
    c.line([(back, y - h), *curve], 7, p.pale(grey, 0.3))
    c.oval(back + facing * w * 0.3, y - h, 6, 6, p.paint("iron"))
