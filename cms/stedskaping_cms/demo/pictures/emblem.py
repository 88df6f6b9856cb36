"""Place marks: bold round or shield-shaped emblems with a motif from the place."""

from __future__ import annotations

import math

from .canvas import Canvas, Point, smooth
from .easel import Easel
from .palette import RGB, mix

MOTIFS = ("mountain", "houses", "spruce", "boat", "bridge", "sunrise", "bird", "leaf")


def _badge(kind: str, r: float) -> list[Point]:
    if kind == "round":
        return [(math.cos(i * math.tau / 72) * r, math.sin(i * math.tau / 72) * r) for i in range(72)]
    if kind == "hex":
        corners = [
            (math.cos(math.pi / 6 + i * math.pi / 3) * r, math.sin(math.pi / 6 + i * math.pi / 3) * r)
            for i in range(6)
        ]
        out: list[Point] = []
        for i, corner in enumerate(corners):
            for other in (corners[i - 1], corners[(i + 1) % 6]):
                out.append(
                    (corner[0] + (other[0] - corner[0]) * 0.12, corner[1] + (other[1] - corner[1]) * 0.12)
                )
        return out
    if kind == "arch":
        top = [
            (
                math.cos(math.pi + i * math.pi / 36) * r * 0.86,
                -r * 0.12 + math.sin(math.pi + i * math.pi / 36) * r * 0.86,
            )
            for i in range(37)
        ]
        return [*top, (r * 0.86, r * 0.92), (-r * 0.86, r * 0.92)]
    half = [(0.0, -0.95), (0.45, -0.92), (0.86, -0.86), (0.86, -0.1), (0.72, 0.42), (0.4, 0.78), (0.0, 1.0)]
    right = half[:3] + smooth(half[2:], 6, closed=False)
    return [(x * r, y * r) for x, y in right] + [(-x * r, y * r) for x, y in reversed(right)]


def logo(c: Canvas) -> None:
    """Draw an emblem on a plain, pale ground."""
    rng, p = c.rng, c.p
    e = Easel(c)
    paper = mix((251, 247, 238), p.sky[-1], 0.14)
    c.rect(0, 0, c.w, c.h, paper)
    kind = ("round", "hex", "arch", "shield")[(c.seed + c.seed // 4) % 4]
    motif = MOTIFS[c.seed * 3 % len(MOTIFS)]
    rim = mix(p.spruce[1], p.shadow, 0.3)
    r = 0.8
    e.poly(_badge(kind, r), rim)
    e.poly(_badge(kind, r - 0.05), paper)
    edge = [e.at(x, y) for x, y in _badge(kind, r - 0.09)]
    tones = (
        (mix(p.sky[1], p.sky[0], 0.3), p.sky[2])
        if rng.random() < 0.7
        else (p.paint("mustard"), p.paint("cream"))
    )
    before = c.image.copy()
    c.gradient(edge, tones)
    _motif(e, motif)
    c.clip(edge, before)


def _waves(e: Easel, top: float, tones: tuple[RGB, RGB, RGB]) -> None:
    for row, tone in enumerate(tones):
        y = top + row * 0.14
        crest = [(-1.0 + i * 0.05, y + 0.025 * math.sin(i * 0.9 + row * 1.6)) for i in range(41)]
        e.poly([*crest, (1.0, 1.2), (-1.0, 1.2)], tone)


def _gable(e: Easel, x: float, y: float, w: float, h: float, tone: RGB) -> None:
    p = e.c.p
    e.poly(
        [(x - w / 2, y), (x - w / 2, y - h), (x, y - h - w * 0.55), (x + w / 2, y - h), (x + w / 2, y)], tone
    )
    e.poly([(x, y), (x, y - h - w * 0.55), (x + w / 2, y - h), (x + w / 2, y)], p.dark(tone, 0.12))
    e.limb(
        [
            (x - w * 0.58, y - h + w * 0.06, w * 0.1),
            (x, y - h - w * 0.56, w * 0.1),
            (x + w * 0.58, y - h + w * 0.06, w * 0.1),
        ],
        p.paint("white"),
    )
    e.poly(
        [(x - w * 0.12, y), (x - w * 0.12, y - h * 0.55), (x + w * 0.12, y - h * 0.55), (x + w * 0.12, y)],
        p.paint("cream"),
    )


def _peaks(e: Easel) -> None:
    p = e.c.p
    for x, y, w, tone in (
        (-0.34, -0.18, 0.5, p.hills[1]),
        (0.36, -0.1, 0.46, p.hills[1]),
        (0.03, -0.44, 0.6, p.hills[2]),
    ):
        e.poly([(x - w, 0.4), (x, y), (x + w, 0.4)], tone)
        e.poly([(x + 0.06, 0.4), (x, y), (x + w, 0.4)], p.dark(tone, 0.22))
        d = (0.4 - y) * 0.26
        s = w * 0.26
        e.poly(
            [
                (x - s, y + d),
                (x, y),
                (x + s, y + d),
                (x + s * 0.4, y + d * 0.72),
                (x, y + d * 1.15),
                (x - s * 0.45, y + d * 0.75),
            ],
            p.paint("snow"),
        )


def _conifer(e: Easel, x: float, y: float, h: float) -> None:
    p = e.c.p
    e.poly(
        [
            (x - h * 0.035, y),
            (x - h * 0.035, y - h * 0.15),
            (x + h * 0.035, y - h * 0.15),
            (x + h * 0.035, y),
        ],
        p.paint("bark"),
    )
    for i in range(4):
        top, foot, w = y - h + i * h * 0.2, y - h * 0.62 + i * h * 0.175, h * (0.13 + 0.055 * i)
        e.poly([(x, top), (x + w, foot), (x - w, foot)], p.spruce[0])
        e.poly([(x, top), (x + w, foot), (x, foot)], p.spruce[1])


def _motif(e: Easel, motif: str) -> None:
    c, p = e.c, e.c.p
    sea = (mix(p.water[0], p.water[1], 0.4), p.water[1], p.dark(p.water[1], 0.25))
    land = (p.ground[1], p.ground[2], p.dark(p.ground[2], 0.25))
    if motif in ("mountain", "sunrise", "houses", "spruce", "boat"):
        e.oval(
            c.rng.choice((-0.3, 0.3)) if motif != "sunrise" else 0.0,
            -0.3 if motif != "sunrise" else 0.05,
            0.19 if motif != "sunrise" else 0.4,
            0.19 if motif != "sunrise" else 0.4,
            p.sun if motif != "sunrise" else p.paint("mustard"),
        )
    if motif == "mountain":
        _peaks(e)
        _waves(e, 0.28, sea)
    elif motif == "sunrise":
        for i in range(11):
            a = math.pi * (i + 0.5) / 11
            e.limb(
                [
                    (math.cos(a) * 0.47, 0.05 - math.sin(a) * 0.47, 0.03),
                    (math.cos(a) * 0.62, 0.05 - math.sin(a) * 0.62, 0.045),
                ],
                p.paint("coral"),
            )
        _waves(e, 0.08, (p.hills[1], p.hills[2], p.hills[3]))
        _waves(e, 0.42, sea)
    elif motif == "houses":
        _waves(e, 0.3, land)
        _gable(e, -0.36, 0.34, 0.34, 0.3, p.paint("ochre"))
        _gable(e, 0.37, 0.34, 0.34, 0.26, p.paint("white"))
        _gable(e, 0.0, 0.36, 0.4, 0.4, p.paint("red"))
        _waves(e, 0.46, sea)
    elif motif == "spruce":
        e.blob(
            [(-1.2, 0.3), (-0.4, 0.05), (0.2, 0.2), (0.7, 0.02), (1.3, 0.3), (1.0, 1.2), (-1.0, 1.2)],
            p.hills[1],
        )
        _conifer(e, -0.36, 0.42, 0.62)
        _conifer(e, 0.36, 0.42, 0.7)
        _conifer(e, 0.0, 0.5, 0.98)
        _waves(e, 0.4, land)
    elif motif == "boat":
        _waves(e, 0.2, sea)
        e.poly([(-0.03, -0.5), (-0.03, 0.16), (-0.4, 0.16)], p.paint("white"))
        e.poly([(0.03, -0.42), (0.03, 0.16), (0.36, 0.16)], p.paint("coral"))
        e.blob([(-0.5, 0.2), (0.0, 0.22), (0.52, 0.18), (0.34, 0.42), (-0.32, 0.42)], p.paint("red"))
        _waves(e, 0.38, sea)
    elif motif == "bridge":
        e.blob(
            [(-1.2, 0.1), (-0.5, -0.22), (0.1, 0.0), (0.6, -0.26), (1.3, 0.1), (1.0, 1.2), (-1.0, 1.2)],
            p.hills[2],
        )
        _waves(e, 0.24, sea)
        arch = [
            (math.cos(math.pi - i * math.pi / 24) * 0.62, 0.38 - math.sin(i * math.pi / 24) * 0.42)
            for i in range(25)
        ]
        e.limb([(x, y, 0.075) for x, y in arch], p.paint("red"))
        for i in range(3, 22, 3):
            e.limb([(arch[i][0], arch[i][1], 0.03), (arch[i][0], 0.12, 0.03)], p.paint("red"))
        e.poly([(-1, 0.1), (1, 0.1), (1, 0.18), (-1, 0.18)], p.paint("white"))
    elif motif == "bird":
        _waves(e, 0.38, sea)
        body, tip = p.paint("white"), p.paint("slate")
        e.oval(-0.3, -0.34, 0.17, 0.17, p.sun)
        for side in (-1, 1):
            wing = [
                (side * 0.02, 0.06),
                (side * 0.16, -0.2),
                (side * 0.44, -0.36),
                (side * 0.72, -0.3),
                (side * 0.42, -0.16),
                (side * 0.18, 0.1),
            ]
            e.blob(wing, p.dark(body, 0.06 if side < 0 else 0.16))
            e.blob([(side * 0.52, -0.35), (side * 0.74, -0.3), (side * 0.56, -0.22)], tip)
        e.blob([(-0.1, 0.0), (0.0, -0.08), (0.1, 0.0), (0.09, 0.16), (0.0, 0.34), (-0.09, 0.16)], body)
        e.oval(0.0, -0.07, 0.085, 0.085, body)
        e.poly([(-0.03, -0.06), (0.03, -0.06), (0.0, 0.05)], p.paint("mustard"))
        for side in (-1, 1):
            e.oval(side * 0.042, -0.09, 0.013, 0.015, p.paint("iron"))
    else:
        for a, tone in ((-0.62, p.leaf[1]), (0.62, p.leaf[1]), (0.0, p.leaf[0])):
            point = (math.sin(a) * 0.95, 0.45 - math.cos(a) * 0.98)
            nx, ny = math.cos(a) * 0.2, math.sin(a) * 0.2
            mid = (point[0] * 0.5, 0.45 + (point[1] - 0.45) * 0.5)
            e.poly(
                smooth([(0.0, 0.45), (mid[0] - nx, mid[1] - ny), point], 8, False)
                + smooth([point, (mid[0] + nx, mid[1] + ny), (0.0, 0.45)], 8, False),
                tone,
            )
            e.limb(
                [(0.0, 0.5, 0.03), (point[0] * 0.86, 0.45 + (point[1] - 0.45) * 0.86, 0.012)],
                p.dark(tone, 0.35),
            )
        e.limb([(0.0, 0.4, 0.04), (0.0, 0.8, 0.05)], p.paint("bark"))
        _waves(e, 0.5, land)
