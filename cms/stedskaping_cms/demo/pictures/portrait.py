"""Portraits: head and shoulders of an invented person in simple flat shapes."""

from __future__ import annotations

from .canvas import Canvas
from .easel import Easel, Sitter
from .hairdo import hair_back, hair_front
from .palette import CLOTHES, HAIRS, SKINS, mix

STYLES = (
    "short",
    "parted",
    "bob",
    "long",
    "bun",
    "curly",
    "afro",
    "bald",
    "pony",
    "hijab",
    "beanie",
    "cap",
    "waves",
)
BEARDED = ("short", "parted", "bald", "beanie", "cap", "curly")


def portrait(c: Canvas) -> None:
    """Draw an avatar."""
    rng, p = c.rng, c.p
    e = Easel(c)
    skin = rng.choice(SKINS)
    dark_skin = sum(skin) < 560
    elder = rng.random() < 0.22
    hair = rng.choice((HAIRS[0], HAIRS[1], HAIRS[6])) if dark_skin else rng.choice(HAIRS[:7])
    if elder:
        hair = rng.choice(HAIRS[7:])
    style = STYLES[c.seed * 5 % len(STYLES)]
    tops = rng.sample(CLOTHES, 2)
    who = Sitter(
        mix(p.tint(skin), skin, 0.6), mix(p.tint(hair), hair, 0.4), p.paint(tops[0]), p.paint(tops[1]), style,
        style in BEARDED and rng.random() < 0.5, rng.random() < 0.3, elder,
    )  # fmt: skip
    _background(e)
    hair_back(e, who)
    _body(e, who)
    _face(e, who)
    hair_front(e, who)
    if who.glasses:
        for side in (-1, 1):
            x, y = e.at(side * 0.135, -0.045)
            c.ring(x, y, 0.1 * e.u, 0.018 * e.u, p.paint("iron"), 0.92)
        e.limb([(-0.04, -0.06, 0.018), (0.04, -0.06, 0.018)], p.paint("iron"))


def _background(e: Easel) -> None:
    c, rng = e.c, e.c.rng
    p = c.p
    full = [(0.0, 0.0), (c.w, 0.0), (c.w, c.h), (0.0, c.h)]
    kind = rng.choice(("disc", "hills", "sky", "spruce"))
    if kind == "disc":
        base = mix(p.paint(rng.choice(("cream", "sky", "rose", "sage", "mustard"))), p.sky[2], 0.35)
        c.gradient(full, (base, p.dark(base, 0.08)))
        e.oval(0, 0.0, 0.82, 0.82, mix(base, p.paint("white"), 0.45))
    else:
        c.gradient(full, p.sky)
        e.oval(rng.choice((-0.5, 0.55)), -0.5, 0.22, 0.22, p.sun)
        for i, (level, height) in enumerate(((0.1, 0.16), (0.32, 0.12))):
            shift = rng.uniform(-0.2, 0.2)
            points = [
                (-2.2, level),
                (-0.8 + shift, level - height),
                (0.1 + shift, level + height * 0.4),
                (0.9 + shift, level - height),
                (2.2, level),
            ]
            e.blob([*points, (2.4, 1.6), (-2.4, 1.6)], p.hills[i + 1])
        if kind == "spruce":
            for x in (-0.86, -0.66, 0.7, 0.9):
                tall = rng.uniform(0.5, 0.75)
                for k in range(4):
                    w = 0.06 + 0.035 * k
                    y = 0.62 - tall + tall * 0.28 * k
                    e.poly(
                        [(x, y - 0.12), (x + w, y + 0.14), (x - w, y + 0.14)],
                        p.spruce[0] if x < 0 else p.spruce[1],
                    )
    c.stipple(full, p.shadow, (0.0, 0.02, 0.02, 0.08))


def _body(e: Easel, who: Sitter) -> None:
    c, rng, p = e.c, e.c.rng, e.c.p
    shoulders = [(0.0, 0.42), (0.2, 0.44), (0.52, 0.58), (0.68, 0.78), (0.74, 1.1), (0.3, 1.3)]
    outline = e.even(shoulders, who.top)
    c.stipple([e.at(x, y) for x, y in outline], p.dark(who.top, 0.6), (0.0, 0.3, 0.1, 0.5))
    wear = rng.choice(("crew", "shirt", "vee", "sweater", "sweater", "hood", "stripes"))
    if wear == "sweater":
        for row in range(3):
            y = 0.66 + row * 0.1
            half = 0.5 + row * 0.07
            n = 9 + row * 2
            for i in range(n):
                x = -half + 2 * half * (i + 0.5) / n
                dy = 0.05 * (x / half) ** 2
                d = 0.034 if row != 1 else 0.022
                tone = p.paint("white") if row != 1 else who.second
                e.poly([(x, y + dy - d), (x + d * 0.8, y + dy), (x, y + dy + d), (x - d * 0.8, y + dy)], tone)
    elif wear == "stripes":
        for row in range(3):
            y = 0.68 + row * 0.13
            half = 0.46 + row * 0.07
            bow = [(half * (i / 6 - 1), y + 0.06 * (1 - i / 6) ** 2, 0.042) for i in range(13)]
            e.limb(bow, p.paint("white"))
    elif wear == "hood":
        e.even([(0.0, 0.38), (0.3, 0.38), (0.36, 0.52), (0.14, 0.64), (0.0, 0.68)], p.dark(who.top, 0.2))
        for x in (-0.09, 0.09):
            e.limb([(x, 0.62, 0.018), (x * 1.1, 0.84, 0.018)], p.paint("white"))
    neck = mix(who.skin, p.shadow, 0.16)
    if who.style != "hijab":
        if wear == "vee":
            e.poly([(-0.17, 0.4), (0.17, 0.4), (0.0, 0.68)], neck)
        else:
            e.oval(0, 0.44, 0.19, 0.1, neck if wear != "sweater" else p.dark(who.top, 0.25))
        e.limb([(0, 0.42, 0.27), (0, 0.2, 0.25)], neck)
        e.oval(0, 0.44, 0.135, 0.07, neck)
    if wear == "shirt":
        for side in (-1, 1):
            e.poly(
                [(0.0, 0.6), (side * 0.15, 0.38), (side * 0.24, 0.42), (side * 0.17, 0.66)],
                p.pale(who.second, 0.2),
            )
        e.limb([(0, 0.62, 0.012), (0, 1.05, 0.012)], p.dark(who.top, 0.3))
    elif wear == "crew" and rng.random() < 0.5:
        e.blob([(0.04, 0.5), (0.2, 0.48), (0.3, 0.9), (0.12, 0.94)], p.dark(who.second, 0.15))
        e.even([(0.0, 0.42), (0.14, 0.38), (0.26, 0.4), (0.3, 0.5), (0.2, 0.58), (0.0, 0.62)], who.second)


def _face(e: Easel, who: Sitter) -> None:
    c, p = e.c, e.c.p
    for side in (-1, 1):
        e.oval(side * 0.33, -0.02, 0.055, 0.08, mix(who.skin, p.shadow, 0.06 if side < 0 else 0.14))
    shape = [
        (0.0, -0.5),
        (0.2, -0.46),
        (0.31, -0.28),
        (0.325, -0.04),
        (0.26, 0.18),
        (0.12, 0.31),
        (0.0, 0.335),
    ]
    outline = e.even(shape, who.skin)
    c.stipple([e.at(x, y) for x, y in outline], mix(who.skin, p.shadow, 0.3), (0.0, 0.12, 0.05, 0.4))
    blush = mix(who.skin, p.tint((222, 92, 82)), 0.28)
    for side in (-1, 1):
        e.oval(side * 0.2, 0.08, 0.06, 0.048, blush)
    dark = mix(p.paint("charcoal"), p.shadow, 0.3)
    brow = p.dark(who.hair, 0.25) if not who.elder else mix(who.hair, p.shadow, 0.25)
    wink = c.rng.random() < 0.2
    for side in (-1, 1):
        if wink:
            e.limb(
                [
                    (side * 0.135 - 0.04, -0.035, 0.016),
                    (side * 0.135, -0.06, 0.02),
                    (side * 0.135 + 0.04, -0.035, 0.016),
                ],
                dark,
            )
        else:
            e.oval(side * 0.135, -0.045, 0.05, 0.04, mix(who.skin, p.paint("white"), 0.7))
            e.oval(side * 0.135, -0.045, 0.028, 0.034, dark)
            e.oval(side * 0.135 - 0.009, -0.056, 0.009, 0.01, p.paint("white"))
        e.limb([(side * 0.08, -0.145, 0.022), (side * 0.14, -0.165, 0.026), (side * 0.2, -0.14, 0.014)], brow)
    e.limb([(0.0, -0.02, 0.02), (0.035, 0.075, 0.03), (-0.01, 0.085, 0.022)], mix(who.skin, p.shadow, 0.2))
    if who.beard:
        beard = [
            (0.0, 0.105),
            (0.1, 0.11),
            (0.19, 0.13),
            (0.27, 0.02),
            (0.335, -0.06),
            (0.31, 0.17),
            (0.18, 0.37),
            (0.0, 0.42),
        ]
        e.even(beard, who.hair)
    lip = mix(who.skin, p.tint((150, 40, 45)), 0.65)
    if c.rng.random() < 0.45:
        e.blob(
            [(-0.085, 0.165), (0.0, 0.18), (0.085, 0.165), (0.05, 0.225), (-0.05, 0.225)], p.dark(lip, 0.3)
        )
        e.blob([(-0.065, 0.17), (0.0, 0.18), (0.065, 0.17), (0.0, 0.195)], p.paint("white"))
    else:
        e.limb([(-0.08, 0.165, 0.014), (-0.04, 0.19, 0.022), (0.04, 0.19, 0.022), (0.08, 0.165, 0.014)], lip)
    if who.elder:
        for side in (-1, 1):
            e.limb([(side * 0.215, -0.0, 0.008), (side * 0.25, 0.012, 0.006)], mix(who.skin, p.shadow, 0.25))
