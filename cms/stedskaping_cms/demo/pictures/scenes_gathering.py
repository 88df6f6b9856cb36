"""Scenes where many meet: outdoor stage and school yard."""

from __future__ import annotations

import math

from . import backdrop, landmarks, nature, play, props, timber, undergrowth
from .canvas import Canvas
from .groups import crowd, group
from .palette import mix
from .people import look, person
from .stage import Stage
from .surroundings import hamlet, land


def stage(c: Canvas) -> None:
    """An outdoor timber stage with musicians, string lights and an audience."""
    rng, p = c.rng, c.p
    horizon = c.h * rng.uniform(0.4, 0.44)
    land(c, horizon)
    top = horizon + c.h * 0.05
    nature.forest(c, top + 8, 110, -20, c.w + 20, 0.35)
    backdrop.ground(c, top)
    hamlet(c, top + 18, -40, c.w * 0.2, 120)
    hamlet(c, top + 18, c.w * 0.78, c.w, 120)
    s = Stage(c, top, 84, 275)
    x, y = c.w * rng.uniform(0.42, 0.58), c.h * 0.66
    w, tall = c.w * 0.42, c.h * 0.37
    for side in (-1, 1):
        for u, h in ((0.62, 0.42), (0.78, 0.5)):
            tx = x + side * w * u * rng.uniform(0.95, 1.1)
            rng.choice((nature.spruce, nature.birch, nature.leafy))(c, tx, top + 60, c.h * h)
    _bandstand(s, x, y, w, tall)
    poles = [max(24.0, x - w * 0.98), min(c.w - 24, x + w * 0.98)]
    for px in poles:
        c.limb([(px, y + 70, 12), (px, y - tall * 0.95, 8)], p.dark(p.paint("wood"), 0.2))
        for lift in (0.0, 0.22):
            props.string_lights(
                c,
                (px, y - tall * (0.93 - lift)),
                (x + (w * 0.52 if px > x else -w * 0.52), y - tall * (0.98 - lift * 0.5)),
                44,
            )
    s.claim(x, y - 20, w * 0.7, 100)
    for row in range(3):
        ry = c.h * (0.775 + 0.085 * row)
        h = s.size(ry)
        count = rng.randint(4, 5) - (row == 2)
        shift = rng.uniform(-0.3, 0.3)
        for i in range(count):
            px = x + (i - (count - 1) / 2 + shift + rng.uniform(-0.12, 0.12)) * h * 1.15
            if h * 0.4 < px < c.w - h * 0.4:
                child = rng.random() < 0.3
                pose = rng.choice(("stand", "stand", "relaxed", "cheer", "wave"))
                s.someone(
                    px,
                    ry + rng.uniform(-8, 8),
                    pose,
                    look(rng, p, child),
                    rng.choice((-1, 1)),
                    back=True,
                    grow=0.9,
                )
    for side in (-1, 1):
        px = x + side * c.w * 0.36
        if 110 < px < c.w - 110:
            group(s, rng.choice(("picnic", "bench", "pair", "wheels")), px, c.h * rng.uniform(0.82, 0.9))
    s.paint()
    undergrowth.frame(c, 120)


def _bandstand(s: Stage, x: float, y: float, w: float, h: float) -> None:
    c, rng, p = s.c, s.c.rng, s.c.p
    wood = p.paint("timber")
    deck = h * 0.16
    c.shadow(x, y, w * 0.56, 20)
    back = p.dark(p.paint(rng.choice(("wood", "red", "teal", "navy"))), 0.15)
    c.rect(x - w * 0.44, y - h * 0.92, w * 0.88, h * 0.8, back)
    for i in range(1, 22):
        c.rect(x - w * 0.44 + w * 0.04 * i, y - h * 0.92, 2, h * 0.8, p.dark(back, 0.25))
    warm = mix((255, 214, 140), p.sun, 0.3)
    c.glow(x, y - h * 0.5, w * 0.42, warm, 0.65 if p.lit else 0.3)
    floor = [
        (x - w * 0.45, y - deck - h * 0.08),
        (x + w * 0.45, y - deck - h * 0.08),
        (x + w * 0.52, y - deck),
        (x - w * 0.52, y - deck),
    ]
    c.poly(floor, p.pale(wood, 0.12))
    h_person = h * 0.46
    acts = ["guitar", "sing", "drum", "dance", "cello"]
    rng.shuffle(acts)
    for i, act in enumerate(acts[: rng.randint(3, 4)]):
        n = 3.4
        px = x + (i - 1.35) * w * 0.8 / n
        _performer(c, px, y - deck - h * 0.03, h_person, act)
    c.rect(x - w * 0.52, y - deck, w * 1.04, deck, p.dark(wood, 0.2))
    for i in range(26):
        c.rect(x - w * 0.52 + w * 0.04 * i, y - deck, 2, deck, p.dark(wood, 0.38))
    c.rect(x - w * 0.53, y - deck, w * 1.06, 8, p.pale(wood, 0.1))
    for side in (-1, 1):
        c.rect(x + side * w * 0.48 - 9, y - h * 0.96, 18, h * 0.96 - deck, wood)
        timber.beam(c, (x + side * w * 0.48, y - h * 0.78), (x + side * w * 0.38, y - h * 0.95), 13, wood)
    roof = [
        (x - w * 0.6, y - h * 0.9),
        (x - w * 0.5, y - h * 1.06),
        (x, y - h * 1.3),
        (x + w * 0.5, y - h * 1.06),
        (x + w * 0.6, y - h * 0.9),
        (x, y - h * 1.1),
    ]
    c.poly(roof, p.dark(wood, 0.3))
    c.stipple(roof, p.dark(wood, 0.7), (0.1, 0.2, 0.2, 0.35))
    c.line([roof[0], roof[5], roof[4]], 14, p.pale(wood, 0.1))
    props.string_lights(c, (x - w * 0.46, y - h * 0.93), (x + w * 0.46, y - h * 0.93), 30)
    for i in range(3):
        c.rect(
            x + w * 0.2,
            y - deck * (1 - i / 3),
            w * 0.14 + i * 10,
            deck / 3 + 1,
            p.dark(wood, 0.08 + 0.08 * i),
        )


def _performer(c: Canvas, x: float, y: float, h: float, act: str) -> None:
    p = c.p
    who = look(c.rng, p)
    f = c.rng.choice((-1, 1))
    c.shadow(x, y, h * 0.14, h * 0.025, 0.3)
    if act == "drum":
        person(c, x, y, h * 0.94, "cheer", who, f)
        for dx, r in ((-0.13, 0.12), (0.13, 0.12), (0.0, 0.16)):
            c.oval(x + dx * h, y - h * (0.16 if r > 0.15 else 0.33), h * r, h * r * 0.95, p.paint("coral"))
            c.oval(
                x + dx * h, y - h * (0.16 if r > 0.15 else 0.33), h * r * 0.82, h * r * 0.78, p.paint("cream")
            )
    elif act == "guitar":
        person(c, x, y, h, "hold", who, f)
        c.line(
            [(x - f * h * 0.02, y - h * 0.5), (x + f * h * 0.28, y - h * 0.66)], h * 0.028, p.paint("bark")
        )
        for u, v, r in ((-0.04, 0.49, 0.085), (0.03, 0.525, 0.06)):
            c.oval(x + f * u * h, y - v * h, r * h, r * h, p.paint("mustard"))
        c.oval(x - f * h * 0.02, y - h * 0.5, h * 0.025, h * 0.025, p.paint("bark"))
    elif act == "cello":
        person(c, x - f * h * 0.1, y, h, "hold", who, f)
        c.line([(x + f * h * 0.03, y), (x + f * h * 0.08, y - h * 0.72)], h * 0.025, p.paint("bark"))
        for v, r in ((0.17, 0.1), (0.32, 0.075)):
            c.oval(x + f * h * 0.05, y - v * h, r * h, r * h * 1.05, p.paint("rust"))
    else:
        person(c, x, y, h, "wave" if act == "sing" else "cheer", who, f)
        if act == "sing":
            mic = x + f * h * 0.12
            c.line([(mic, y), (mic, y - h * 0.74)], h * 0.014, p.paint("iron"))
            c.oval(mic, y - h * 0.76, h * 0.024, h * 0.032, p.paint("iron"))


def school(c: Canvas) -> None:
    """A school building and its yard full of children."""
    rng, p = c.rng, c.p
    horizon = c.h * rng.uniform(0.36, 0.42)
    land(c, horizon)
    top = horizon + c.h * 0.05
    nature.forest(c, top + 10, 100, -20, c.w + 20, 0.4)
    backdrop.ground(c, top)
    wide = c.w * rng.uniform(0.44, 0.5)
    x = c.w * rng.choice((0.14, 0.26, 0.4))
    x = min(x, c.w - wide - 40)
    foot = c.h * 0.58
    yard = p.paving[0]
    for tx in (x - 70, x + wide + 70, x + wide + 190, x - 190):
        if -40 < tx < c.w + 40:
            nature.tree(c, tx, foot - 12, rng.uniform(220, 320))
    landmarks.school(c, x, foot, wide, rng.choice(("ochre", "red", "white", "ochre", "sage")))
    outline = [(x - 120, foot + 24), (x + wide + 120, foot + 24), (c.w + 260, c.h + 20), (-260.0, c.h + 20)]
    c.gradient(outline, (p.paving[0], p.paving[1]))
    c.stipple(outline, p.dark(yard, 0.35), (0.0, 0.08, 0.08, 0.22))
    s = Stage(c, foot - 60, 84, 250)
    fx = x - 60 if x > c.w * 0.15 else x + wide + 60
    s.put(foot + 20, lambda: props.flag(c, fx, foot + 20, 330), fx, 30)
    hop = c.w * rng.uniform(0.3, 0.68)
    hy = c.h * 0.86
    _hopscotch(c, hop, hy)
    s.claim(hop, hy, 160, 60)
    s.someone(hop - 150, hy - 14, "run", look(rng, p, True), 1)
    s.someone(hop + 10, hy - 26, "cheer", look(rng, p, True), 1)
    gx = c.w * (0.78 if hop < c.w * 0.5 else 0.22) + rng.uniform(-40, 40)
    gy = c.h * 0.76
    toy = rng.choice(("slide", "swings", "rope"))
    kids = [look(rng, p, True) for _ in range(4)]
    if toy == "slide":
        s.put(gy, lambda: play.slide_tower(c, gx - 60, gy, 300, kids[0], kids[1]), gx, 190)
    elif toy == "swings":
        s.put(gy, lambda: play.swings(c, gx, gy, 230, kids[:2]), gx, 200)
    else:
        _rope(s, gx, gy)
    s.claim(gx, gy - 30, 200, 70)
    s.claim(c.w * (0.93 if fx < c.w / 2 else 0.07), c.h * 0.93, 110, 60)
    crowd(s, ("ball", "family", "ball", "kite"), 4, (60, c.w - 60), (foot + 60, c.h * 0.95))
    crowd(s, ("bench", "wheels", "cyclist", "pair", "solo"), 4, (60, c.w - 60), (foot + 60, c.h * 0.95))
    bx = c.w * (0.93 if fx < c.w / 2 else 0.07)
    s.put(c.h * 0.95, lambda: props.planter(c, bx, c.h * 0.95, 170))
    s.paint()


def _hopscotch(c: Canvas, x: float, y: float) -> None:
    p = c.p
    paints = ("coral", "mustard", "teal", "rose", "sky", "coral", "mustard")
    spots = [(0.0, 0.0), (1.0, 0.0), (2.0, -0.5), (2.0, 0.5), (3.0, 0.0), (4.0, -0.5), (4.0, 0.5)]
    for i, (u, v) in enumerate(spots):
        left, cy = x - 170 + u * 68, y + v * 30
        quad = [
            (left + 8 - v * 8, cy - 14),
            (left + 66 - v * 8, cy - 14),
            (left + 60 - v * 8 - 6, cy + 14),
            (left - v * 8 - 6, cy + 14),
        ]
        c.veil(quad, p.paint(paints[i]), 0.75)


def _rope(s: Stage, x: float, y: float) -> None:
    c = s.c
    h = s.size(y) * 0.66
    for f in (-1, 1):
        s.someone(x - f * h * 1.1, y, "play", look(c.rng, c.p, True), f)
    jumper = look(c.rng, c.p, True)

    def act() -> None:
        c.shadow(x, y, h * 0.15, h * 0.03)
        person(c, x, y - h * 0.14, h, "cheer", jumper, 1)
        curve = [
            (x - h * 0.86 + i * h * 0.1433, y - h * 0.63 + math.sin(i / 12 * math.pi) * h * 0.62)
            for i in range(13)
        ]
        c.line(curve, 2.6, c.p.paint("coral"))

    s.put(y + 2, act)
