"""Things to play with: swings, slide, sandpit, seesaw, ramps, balls, kites, snow fun."""

from __future__ import annotations

import math

from .canvas import Canvas, Point
from .palette import mix
from .people import Look, person


def swings(c: Canvas, x: float, y: float, h: float, riders: list[Look], seats: int = 2) -> None:
    """Draw a timber swing frame with riders; ``h`` is its height."""
    p = c.p
    wood = p.paint("wood")
    w = h * (0.55 + 0.5 * seats)
    c.shadow(x, y, w * 0.55, h * 0.05)
    for side in (-1, 1):
        for lean, tone in ((0.16, p.dark(wood, 0.3)), (-0.16, wood)):
            c.limb([(x + side * w / 2 + lean * h, y, h * 0.045), (x + side * w / 2, y - h, h * 0.04)], tone)
        c.line(
            [(x + side * w / 2 - h * 0.08, y - h * 0.5), (x + side * w / 2 + h * 0.08, y - h * 0.5)],
            h * 0.025,
            wood,
        )
    for i in range(seats):
        top = (x - w / 2 + w * (i + 0.5) / seats, y - h)
        angle = (-0.42, 0.36, 0.1)[i % 3]
        length = h * 0.66
        seat = (top[0] + math.sin(angle) * length, top[1] + math.cos(angle) * length)
        size = h * 0.62
        rope = p.dark(p.paint("iron"), 0.1)
        c.line([(top[0] - h * 0.05, top[1]), (seat[0] - h * 0.06, seat[1])], h * 0.012, rope)
        c.rect(seat[0] - h * 0.1, seat[1], h * 0.2, h * 0.035, p.paint("red"), 2)
        if i < len(riders):
            person(c, seat[0], seat[1] + size * 0.235, size, "swing", riders[i], 1 if angle > 0 else -1)
        c.line([(top[0] + h * 0.05, top[1]), (seat[0] + h * 0.06, seat[1])], h * 0.012, rope)
    c.limb(
        [(x - w / 2 - h * 0.06, y - h, h * 0.06), (x + w / 2 + h * 0.06, y - h, h * 0.06)], p.pale(wood, 0.12)
    )


def slide_tower(c: Canvas, x: float, y: float, h: float, climber: Look | None, slider: Look | None) -> None:
    """Draw a timber play tower with a gable roof, a ladder and a slide to the right."""
    p = c.p
    wood, roof = p.paint("timber"), p.paint(c.rng.choice(("red", "teal", "mustard", "coral")))
    w, deck = h * 0.38, h * 0.5
    c.shadow(x + h * 0.2, y, h * 0.75, h * 0.05)
    for u in (-0.5, 0.5):
        c.rect(x + u * w - h * 0.02, y - h * 0.8, h * 0.045, h * 0.8, p.dark(wood, 0.25))
    c.line([(x - w * 0.5, y - deck * 0.1), (x + w * 0.5, y - deck * 0.95)], h * 0.025, p.dark(wood, 0.4))
    c.rect(x - w * 0.42, y - h * 0.8, w * 0.84, h * 0.3, p.dark(wood, 0.5))
    if climber:
        person(c, x - w * 0.02, y - deck, h * 0.36, "wave", climber, 1)
    c.rect(x - w * 0.6, y - deck - h * 0.13, w * 0.85, h * 0.13, wood)
    for i in range(5):
        c.rect(x - w * 0.6 + i * w * 0.17, y - deck - h * 0.13, 2, h * 0.13, p.dark(wood, 0.25))
    c.rect(x - w * 0.62, y - deck, w * 1.24, h * 0.05, p.dark(wood, 0.15))
    c.poly([(x - w * 0.72, y - h * 0.78), (x, y - h), (x + w * 0.72, y - h * 0.78)], roof)
    c.poly([(x, y - h), (x + w * 0.72, y - h * 0.78), (x + w * 0.1, y - h * 0.78)], p.dark(roof, 0.2))
    for i in range(5):
        v = deck * (i + 0.5) / 5
        c.line(
            [(x - w * (1.05 - 0.5 * (i + 0.5) / 5), y - v), (x - w * (0.78 - 0.38 * (i + 0.5) / 5), y - v)],
            h * 0.02,
            p.paint("bark"),
        )
    for a, b in ((-1.1, -0.58), (-0.8, -0.4)):
        c.line([(x + w * a, y), (x + w * b, y - deck)], h * 0.025, wood)
    chute: list[Point] = [
        (x + w * 0.5, y - deck),
        (x + w * 1.1, y - deck * 0.72),
        (x + w * 1.9, y - deck * 0.22),
        (x + w * 2.4, y - deck * 0.14),
    ]
    c.line([(x + w * 1.95, y), (x + w * 1.95, y - deck * 0.25)], h * 0.025, p.paint("iron"))
    steel = mix(p.paint("sky"), p.paint("white"), 0.4)
    c.line([(px, py - h * 0.05) for px, py in chute], h * 0.03, p.dark(steel, 0.15))
    if slider:
        person(c, x + w * 1.42, y - deck * 0.33 + h * 0.02, h * 0.36, "swing", slider, 1)
    c.line(chute, h * 0.05, steel)


def sandpit(c: Canvas, x: float, y: float, w: float) -> None:
    """Draw a sandpit edged with logs, with a bucket and a castle."""
    p = c.p
    sand, log = p.paint("sand"), p.paint("wood")
    d = w * 0.26
    corners = [(x - w * 0.42, y - d), (x + w * 0.42, y - d), (x + w / 2, y), (x - w / 2, y)]
    c.poly(corners, sand)
    c.stipple(corners, p.dark(sand, 0.4), (0.1, 0.2, 0.1, 0.3))
    c.limb([(*corners[0], w * 0.035), (*corners[1], w * 0.035)], p.dark(log, 0.2))
    for a, b in ((0, 3), (1, 2)):
        c.limb([(*corners[a], w * 0.035), (*corners[b], w * 0.045)], p.dark(log, 0.1))
    c.blob(
        [(x - w * 0.2, y - d * 0.3), (x - w * 0.06, y - d * 0.95), (x + w * 0.1, y - d * 0.3)],
        p.dark(sand, 0.12),
    )
    c.poly(
        [
            (x + w * 0.2, y - d * 0.7),
            (x + w * 0.3, y - d * 0.7),
            (x + w * 0.28, y - d * 0.28),
            (x + w * 0.22, y - d * 0.28),
        ],
        p.paint("coral"),
    )
    c.limb([(*corners[3], w * 0.05), (*corners[2], w * 0.05)], log)


def seesaw(c: Canvas, x: float, y: float, w: float, riders: list[Look]) -> None:
    """Draw a seesaw with up to two children."""
    p = c.p
    tilt = w * 0.09
    c.shadow(x, y, w * 0.45, w * 0.03)
    for rider, side in zip(riders, (-1, 1), strict=False):
        height = w * 0.42
        person(
            c, x + side * w * 0.4, y - w * 0.12 - side * tilt + height * 0.235, height, "wheel", rider, -side
        )
    c.poly([(x - w * 0.07, y), (x, y - w * 0.15), (x + w * 0.07, y)], p.paint("bark"))
    c.line(
        [(x - w * 0.5, y - w * 0.11 + tilt * 1.2), (x + w * 0.5, y - w * 0.11 - tilt * 1.2)],
        w * 0.035,
        p.paint("mustard"),
    )
    for side in (-1, 1):
        top = (x + side * w * 0.27, y - w * 0.11 - side * tilt * 0.65)
        c.line([top, (top[0], top[1] - w * 0.1)], w * 0.014, p.paint("iron"))


def logs(c: Canvas, x: float, y: float, w: float) -> None:
    """Draw a row of balance stumps rising to the right."""
    p = c.p
    wood = p.paint("wood")
    for i in range(5):
        h = w * (0.08 + 0.035 * i)
        left = x + w * (i / 5 - 0.5)
        c.shadow(left + w * 0.07, y, w * 0.08, w * 0.02)
        c.rect(left, y - h, w * 0.14, h, p.dark(wood, 0.2))
        c.oval(left + w * 0.07, y, w * 0.07, w * 0.022, p.dark(wood, 0.2))
        c.oval(left + w * 0.07, y - h, w * 0.07, w * 0.022, p.pale(p.paint("timber"), 0.1))


def ball(c: Canvas, x: float, y: float, r: float, paint: str = "coral", lift: float = 0) -> None:
    """Draw a ball, possibly in the air above its shadow."""
    c.shadow(x, y, r, r * 0.28)
    c.oval(x, y - r - lift, r, r, c.p.paint(paint))
    c.oval(x - r * 0.3, y - r * 1.3 - lift, r * 0.35, r * 0.3, c.p.pale(c.p.paint(paint), 0.5))


def kite(c: Canvas, hand: Point, x: float, y: float, size: float) -> None:
    """Draw a kite in the air, its line held in a hand."""
    p = c.p
    bend = ((hand[0] + x) / 2 - 30, (hand[1] + y) / 2 + 50)
    c.line(
        [hand, ((hand[0] + bend[0]) / 2, (hand[1] + bend[1]) / 2 + 6), bend, (x, y)], 1.6, p.paint("white")
    )
    c.poly([(x, y - size), (x - size * 0.6, y), (x, y + size), (x + size * 0.6, y)], p.paint("coral"))
    c.poly([(x, y - size), (x + size * 0.6, y), (x, y)], p.paint("mustard"))
    c.poly([(x, y + size), (x - size * 0.6, y), (x, y)], p.paint("plum"))
    tail = [(x + math.sin(i * 1.1) * size * 0.3, y + size + i * size * 0.32) for i in range(6)]
    c.line(tail, 2, p.paint("cream"))
    for tx, ty in tail[1::2]:
        c.oval(tx, ty, 6, 4, p.paint("mustard"))


def skateboard(c: Canvas, x: float, y: float, w: float, slope: float = 0.0) -> None:
    """Draw a skateboard under someone's feet."""
    c.line([(x - w / 2, y - slope * w / 2), (x + w / 2, y + slope * w / 2)], w * 0.09, c.p.paint("coral"))
    for u in (-0.3, 0.3):
        c.oval(x + u * w, y + w * 0.08 + slope * u * w, w * 0.07, w * 0.07, c.p.paint("iron"))


def wheelchair(c: Canvas, x: float, y: float, h: float, who: Look, facing: int = 1) -> None:
    """Draw a person in a wheelchair."""
    p = c.p
    iron = p.paint("iron")
    c.shadow(x, y, h * 0.3, h * 0.04)
    c.line(
        [
            (x - facing * h * 0.14, y - h * 0.55),
            (x - facing * h * 0.12, y - h * 0.26),
            (x + facing * h * 0.16, y - h * 0.26),
            (x + facing * h * 0.22, y - h * 0.05),
            (x + facing * h * 0.3, y - h * 0.05),
        ],
        h * 0.025,
        iron,
    )
    person(c, x, y, h, "wheel", who, facing)
    c.ring(x - facing * h * 0.03, y - h * 0.17, h * 0.17, h * 0.022, iron)
    c.ring(x - facing * h * 0.03, y - h * 0.17, h * 0.125, h * 0.01, p.paint("sky"))
    c.oval(x + facing * h * 0.24, y - h * 0.035, h * 0.035, h * 0.035, iron)


def pram(c: Canvas, x: float, y: float, h: float, facing: int = 1) -> None:
    """Draw a pram; ``h`` is the body height of whoever pushes it."""
    p = c.p
    tone = p.paint(c.rng.choice(("teal", "navy", "plum", "rust")))
    f = facing
    c.shadow(x, y, h * 0.2, h * 0.03)
    c.line(
        [(x - f * h * 0.16, y - h * 0.56), (x - f * h * 0.05, y - h * 0.3), (x + f * h * 0.1, y - h * 0.1)],
        h * 0.018,
        p.paint("iron"),
    )
    c.line([(x - f * h * 0.1, y - h * 0.08), (x + f * h * 0.08, y - h * 0.26)], h * 0.018, p.paint("iron"))
    c.blob(
        [
            (x - f * h * 0.13, y - h * 0.38),
            (x - f * h * 0.1, y - h * 0.22),
            (x + f * h * 0.16, y - h * 0.22),
            (x + f * h * 0.22, y - h * 0.38),
        ],
        tone,
    )
    c.blob(
        [
            (x + f * h * 0.03, y - h * 0.36),
            (x + f * h * 0.06, y - h * 0.52),
            (x + f * h * 0.2, y - h * 0.5),
            (x + f * h * 0.22, y - h * 0.36),
        ],
        p.dark(tone, 0.25),
    )
    for u in (-0.1, 0.12):
        c.ring(x + f * u * h, y - h * 0.065, h * 0.065, h * 0.02, p.paint("iron"))


def snowman(c: Canvas, x: float, y: float, h: float) -> None:
    """Draw a snowman with hat and scarf."""
    p = c.p
    white = p.paint("snow")
    c.shadow(x, y, h * 0.28, h * 0.05)
    for v, r in ((0.24, 0.25), (0.58, 0.18), (0.83, 0.13)):
        c.oval(x, y - h * v, h * r, h * r, p.dark(white, 0.1))
        c.oval(x - h * r * 0.12, y - h * v - h * r * 0.06, h * r * 0.85, h * r * 0.88, white)
    for side in (-1, 1):
        c.line(
            [(x + side * h * 0.15, y - h * 0.62), (x + side * h * 0.38, y - h * 0.78)],
            h * 0.02,
            p.paint("bark"),
        )
    c.line([(x - h * 0.12, y - h * 0.71), (x + h * 0.12, y - h * 0.71)], h * 0.055, p.paint("coral"))
    c.line([(x + h * 0.07, y - h * 0.7), (x + h * 0.1, y - h * 0.52)], h * 0.05, p.paint("coral"))
    c.rect(x - h * 0.1, y - h * 1.07, h * 0.2, h * 0.14, p.paint("navy"), 3)
    c.rect(x - h * 0.16, y - h * 0.95, h * 0.32, h * 0.03, p.paint("navy"), 2)
    for dx in (-0.045, 0.045):
        c.oval(x + dx * h, y - h * 0.86, h * 0.014, h * 0.014, p.paint("iron"))
    c.poly([(x, y - h * 0.83), (x + h * 0.13, y - h * 0.8), (x, y - h * 0.79)], p.paint("rust"))


def sled(c: Canvas, x: float, y: float, w: float) -> None:
    """Draw a wooden sled."""
    p = c.p
    for u in (-0.25, 0.25):
        c.rect(x + u * w - 2, y - w * 0.14, 4, w * 0.13, p.paint("bark"))
    c.line([(x - w * 0.5, y), (x + w * 0.42, y), (x + w * 0.55, y - w * 0.14)], w * 0.04, p.paint("red"))
    c.rect(x - w * 0.45, y - w * 0.2, w * 0.9, w * 0.07, p.paint("timber"), 2)
