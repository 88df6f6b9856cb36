"""Boats and bicycles."""

from __future__ import annotations

from .canvas import Canvas


def rowboat(c: Canvas, x: float, y: float, w: float, paint: str, ashore: bool = False) -> None:
    """Draw a clinker-built rowing boat seen from the side."""
    p = c.p
    hull = p.paint(paint)
    h = w * 0.2
    if ashore:
        c.shadow(x, y, w * 0.4, w * 0.04)
    else:
        c.veil(
            [
                (x - w * 0.42, y + 1),
                (x + w * 0.4, y + 1),
                (x + w * 0.28, y + h * 0.8),
                (x - w * 0.28, y + h * 0.8),
            ],
            p.dark(hull, 0.4),
            0.35,
        )
    rim = [
        (x - w * 0.52, y - h * 1.45),
        (x - w * 0.25, y - h * 0.95),
        (x + w * 0.2, y - h * 0.93),
        (x + w * 0.5, y - h * 1.35),
    ]
    inner = [
        (x - w * 0.45, y - h * 1.24),
        (x - w * 0.1, y - h * 1.12),
        (x + w * 0.43, y - h * 1.2),
        (x + w * 0.1, y - h * 0.9),
        (x - w * 0.2, y - h * 0.9),
    ]
    c.blob(inner, p.dark(p.paint("wood"), 0.35))
    c.poly([*rim, (x + w * 0.36, y), (x - w * 0.34, y)], hull)
    c.poly(
        [(x - w * 0.4, y - h * 0.5), (x + w * 0.41, y - h * 0.46), (x + w * 0.36, y), (x - w * 0.34, y)],
        p.dark(hull, 0.25),
    )
    c.line(
        [(x - w * 0.45, y - h * 0.85), (x, y - h * 0.62), (x + w * 0.45, y - h * 0.8)],
        w * 0.008,
        p.dark(hull, 0.2),
    )
    c.line(rim, w * 0.022, p.paint("cream"))


def sailboat(c: Canvas, x: float, y: float, h: float) -> None:
    """Draw a small sailing boat on the water."""
    p = c.p
    tone = p.paint(c.rng.choice(("white", "coral", "cream", "mustard")))
    c.veil(
        [(x - h * 0.26, y), (x + h * 0.28, y), (x + h * 0.1, y + h * 0.3), (x - h * 0.08, y + h * 0.34)],
        p.paint("white"),
        0.22,
    )
    c.poly(
        [(x - h * 0.02, y - h), (x - h * 0.02, y - h * 0.13), (x - h * 0.28, y - h * 0.13)],
        p.dark(p.paint("white"), 0.08),
    )
    c.poly([(x + h * 0.02, y - h * 0.94), (x + h * 0.02, y - h * 0.13), (x + h * 0.3, y - h * 0.15)], tone)
    c.line([(x, y - h), (x, y)], max(1.5, h * 0.015), p.paint("bark"))
    c.poly(
        [(x - h * 0.3, y - h * 0.1), (x + h * 0.34, y - h * 0.12), (x + h * 0.24, y), (x - h * 0.22, y)],
        p.paint("navy"),
    )


def bicycle(c: Canvas, x: float, y: float, h: float, facing: int = 1, paint: str = "coral") -> None:
    """Draw a bicycle; ``h`` is the body height of its rider."""
    p = c.p
    r, iron, tone = h * 0.17, p.paint("iron"), p.paint(paint)
    back, fore = (x - facing * h * 0.24, y - r), (x + facing * h * 0.27, y - r)
    crank, seat, head = (
        (x, y - r * 0.95),
        (x - facing * h * 0.09, y - h * 0.41),
        (x + facing * h * 0.2, y - h * 0.42),
    )
    for wx, wy in (back, fore):
        c.ring(wx, wy, r, h * 0.022, iron)
        c.oval(wx, wy, h * 0.015, h * 0.015, iron)
    for a, b in ((back, crank), (back, seat), (crank, seat), (seat, head), (crank, head), (head, fore)):
        c.line([a, b], h * 0.024, tone)
    c.line(
        [head, (head[0] + facing * h * 0.02, y - h * 0.52), (head[0] + facing * h * 0.07, y - h * 0.54)],
        h * 0.02,
        iron,
    )
    c.limb(
        [
            (seat[0] - facing * h * 0.04, seat[1] - h * 0.03, h * 0.03),
            (seat[0] + facing * h * 0.04, seat[1] - h * 0.03, h * 0.022),
        ],
        iron,
    )
