"""Hair and headwear of portraits."""

from __future__ import annotations

from .canvas import Point, smooth
from .easel import Easel, Sitter


def hair_back(e: Easel, who: Sitter) -> None:
    """Draw what of the hair falls behind the face."""
    hair, style = who.hair, who.style
    back = e.c.p.dark(hair, 0.18)
    if style in ("long", "waves"):
        e.even(
            [(0.0, -0.62), (0.36, -0.5), (0.44, -0.1), (0.47, 0.3), (0.42, 0.66), (0.2, 0.7), (0.0, 0.66)],
            back,
        )
    elif style == "bob":
        e.even([(0.0, -0.6), (0.38, -0.46), (0.46, -0.05), (0.43, 0.26), (0.26, 0.3), (0.0, 0.3)], back)
    elif style == "bun":
        e.oval(0.0, -0.68, 0.17, 0.16, back)
    elif style == "pony":
        e.blob(
            [(0.1, -0.5), (0.4, -0.5), (0.5, -0.16), (0.5, 0.22), (0.4, 0.5), (0.33, 0.3), (0.3, -0.1)], back
        )
    elif style == "afro":
        for x, y, r in (
            (0, -0.42, 0.42),
            (-0.32, -0.26, 0.26),
            (0.32, -0.26, 0.26),
            (-0.34, -0.02, 0.17),
            (0.34, -0.02, 0.17),
        ):
            e.oval(x, y, r, r, back)
    elif style == "hijab":
        tone = who.second
        e.even(
            [(0.0, -0.62), (0.34, -0.5), (0.44, -0.1), (0.42, 0.3), (0.5, 0.66), (0.3, 0.8), (0.0, 0.84)],
            e.c.p.dark(tone, 0.15),
        )


def hair_front(e: Easel, who: Sitter) -> None:
    """Draw hair or headwear over the forehead."""
    c, p = e.c, e.c.p
    hair, style = who.hair, who.style
    j = c.rng.uniform(-0.03, 0.03)
    if style == "short":
        e.blob(
            [
                (-0.34, -0.1),
                (-0.37, -0.36),
                (-0.22, -0.58),
                (0.08, -0.63),
                (0.32, -0.48),
                (0.36, -0.12),
                (0.3, -0.26),
                (0.18, -0.36 + j),
                (-0.1, -0.34 + j),
                (-0.28, -0.24),
            ],
            hair,
        )
    elif style == "parted":
        e.blob(
            [(-0.34, -0.08), (-0.37, -0.36), (-0.26, -0.56), (-0.12, -0.6), (-0.16, -0.42), (-0.27, -0.26)],
            hair,
        )
        e.blob(
            [
                (-0.16, -0.44),
                (-0.14, -0.62),
                (0.14, -0.66),
                (0.34, -0.5),
                (0.37, -0.1),
                (0.31, -0.24),
                (0.14, -0.36 + j),
            ],
            hair,
        )
    elif style in ("long", "waves", "bob"):
        if style == "bob" or j > 0:
            e.blob(
                [
                    (-0.4, 0.14),
                    (-0.41, -0.3),
                    (-0.26, -0.57),
                    (0.0, -0.63),
                    (0.26, -0.57),
                    (0.41, -0.3),
                    (0.4, 0.14),
                    (0.31, -0.05),
                    (0.28, -0.22),
                    (0.0, -0.25 + j),
                    (-0.28, -0.22),
                    (-0.31, -0.05),
                ],
                hair,
            )
        else:
            e.blob(
                [
                    (0.0, -0.5),
                    (-0.06, -0.63),
                    (-0.3, -0.54),
                    (-0.43, -0.2),
                    (-0.45, 0.34),
                    (-0.36, 0.4),
                    (-0.32, 0.0),
                    (-0.22, -0.28),
                ],
                hair,
            )
            e.blob(
                [
                    (-0.06, -0.5),
                    (0.0, -0.63),
                    (0.28, -0.55),
                    (0.43, -0.2),
                    (0.45, 0.34),
                    (0.36, 0.4),
                    (0.33, 0.0),
                    (0.22, -0.26),
                ],
                p.dark(hair, 0.06),
            )
    elif style in ("bun", "pony"):
        e.blob(
            [
                (-0.34, -0.06),
                (-0.37, -0.34),
                (-0.24, -0.56),
                (0.0, -0.62),
                (0.24, -0.56),
                (0.37, -0.34),
                (0.34, -0.06),
                (0.26, -0.3),
                (0.08, -0.44 + j),
                (-0.12, -0.42),
                (-0.27, -0.28),
            ],
            hair,
        )
    elif style in ("curly", "afro"):
        ring = (
            (-0.34, -0.16),
            (-0.36, -0.32),
            (-0.27, -0.47),
            (-0.13, -0.55),
            (0.02, -0.58),
            (0.17, -0.54),
            (0.29, -0.45),
            (0.36, -0.31),
            (0.34, -0.16),
            (-0.12, -0.43),
            (0.05, -0.45),
            (0.2, -0.41),
            (-0.22, -0.38),
        )
        for x, y in ring:
            e.oval(x, y, 0.105, 0.1, hair)
    elif style == "hijab":
        tone = who.second
        band = [(0.0, -0.6), (0.3, -0.5), (0.41, -0.15), (0.38, 0.2), (0.26, 0.42), (0.0, 0.52)]
        inner = [
            (0.0, -0.37),
            (0.17, -0.34),
            (0.25, -0.2),
            (0.27, 0.0),
            (0.22, 0.19),
            (0.1, 0.31),
            (0.0, 0.33),
        ]
        for side in (-1, 1):
            half = [(side * x, y) for x, y in band] + [(side * x, y) for x, y in reversed(inner)]
            e.poly(_soft(half), tone if side < 0 else p.dark(tone, 0.06))
        e.blob([(-0.28, 0.34), (0.0, 0.44), (0.3, 0.32), (0.42, 0.62), (0.1, 0.78), (-0.36, 0.66)], tone)
        e.limb([(-0.22, 0.46, 0.01), (0.05, 0.58, 0.014), (0.3, 0.5, 0.01)], p.dark(tone, 0.2))
    elif style == "beanie":
        tone = who.second
        e.blob(
            [
                (-0.36, -0.24),
                (-0.36, -0.5),
                (-0.2, -0.7),
                (0.0, -0.75),
                (0.2, -0.7),
                (0.36, -0.5),
                (0.36, -0.24),
            ],
            tone,
        )
        e.limb([(-0.33, -0.27, 0.15), (0.0, -0.32, 0.16), (0.33, -0.27, 0.15)], p.dark(tone, 0.16))
        e.oval(0.0, -0.79, 0.1, 0.1, p.paint("cream"))
    elif style == "cap":
        tone = who.second
        for side in (-1, 1):
            e.oval(side * 0.32, -0.16, 0.045, 0.1, hair)
        e.blob(
            [
                (-0.35, -0.26),
                (-0.34, -0.48),
                (-0.18, -0.64),
                (0.0, -0.67),
                (0.18, -0.64),
                (0.34, -0.48),
                (0.35, -0.26),
                (0.0, -0.33),
            ],
            tone,
        )
        e.blob(
            [(-0.34, -0.29), (0.0, -0.37), (0.34, -0.29), (0.37, -0.23), (0.0, -0.27), (-0.37, -0.23)],
            p.dark(tone, 0.22),
        )
    if style in ("long", "bob", "bun", "pony", "waves") and c.rng.random() < 0.5:
        for side in (-1, 1):
            e.oval(side * 0.34, 0.1, 0.022, 0.03, p.paint("mustard"))


def _soft(points: list[Point]) -> list[Point]:
    n = len(points) // 2
    return smooth(points[:n], 6, closed=False) + smooth(points[n:], 6, closed=False)
