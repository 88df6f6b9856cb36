"""Scenes among grass and trees: park, playground, bench."""

from __future__ import annotations

from functools import partial

from . import backdrop, nature, play, props, timber, undergrowth, vehicles
from .canvas import Canvas
from .groups import crowd, group
from .palette import mix
from .people import look, person
from .stage import Stage
from .surroundings import STROLLERS, grove, hamlet, land


def park(c: Canvas) -> None:
    """A park with a winding path, benches, big trees and people strolling."""
    rng = c.rng
    horizon = c.h * rng.uniform(0.38, 0.44)
    land(c, horizon)
    top = horizon + c.h * 0.055
    nature.forest(c, top + 8, 70, -20, c.w + 20, 0.45)
    backdrop.ground(c, top)
    gap = rng.uniform(0.35, 0.6) * c.w
    hamlet(c, top + 22, rng.uniform(-60, 20), gap - 150, 120)
    hamlet(c, top + 22, gap + 120, c.w, 120)
    s = Stage(c, top, 66, 285)
    bend = rng.choice((-1, 1)) * c.w * rng.uniform(0.1, 0.2)
    start = c.w * rng.uniform(0.38, 0.62)
    route = [
        (start - bend * 0.3, c.h + 30, 170.0),
        (start + bend * 0.4, c.h * 0.8, 95.0),
        (start + bend, c.h * 0.66, 48.0),
        (gap, top + 10, 12.0),
    ]
    undergrowth.meadow(c, top + 50, c.h, 70)
    extra = rng.choice(("pond", "pavilion", "beds"))
    side = -1 if bend > 0 else 1
    fx, fy = start + side * c.w * 0.24, c.h * 0.665
    if extra == "pond":
        _pond(c, fx, fy + 16, c.w * 0.14, c.h * 0.045)
        s.claim(fx, fy + 16, c.w * 0.15, c.h * 0.055)
    elif extra == "pavilion":
        s.put(
            fy, lambda: timber.pavilion(c, fx, fy, s.size(fy) * 2.5, s.size(fy) * 1.35), fx, s.size(fy) * 1.4
        )
    else:
        for i in (-1, 0, 1):
            bx, by = fx + i * 120, fy + i * 22
            s.put(by, partial(props.planter, c, bx, by, 105, 0.34), bx, 60)
    backdrop.path(c, route, c.p.paving[0])
    big = 0.1 if start > c.w / 2 else 0.9
    bx, by = c.w * (big + rng.uniform(-0.02, 0.02)), c.h * rng.uniform(0.83, 0.88)
    s.big_tree(rng.choice((nature.leafy, nature.birch)), bx, by, c.h * 0.72)
    for t in (0.62, 0.8):
        ly = top + (c.h - top) * (t - 0.3)
        lx = start + bend * (0.9 if t < 0.7 else 0.55) + side * (90 + 130 * (t - 0.5))
        s.put(ly, partial(props.lamp, c, lx, ly, s.size(ly) * 1.7), lx, 18)
    for y, off in ((c.h * 0.9, 60.0), (c.h * 0.74, -20.0)):
        x = start + bend * (0.1 if off > 0 else 0.7) + off * side * 0.3
        name = rng.choice(STROLLERS)
        group(s, name, x, y)
    crowd(s, ("picnic", "ball"), 2, (c.w * 0.12, c.w * 0.88), (c.h * 0.76, c.h * 0.95))
    crowd(s, ("bench", "kite", "pair", "family", "bench", "ball"), 5, (80, c.w - 80), (top + 90, c.h * 0.82))
    grove(s, (0, c.w), (top + 40, c.h * 0.72), 5)
    for _ in range(5):
        spot = s.find((0, c.w), (top + 40, c.h * 0.9), 0.4)
        if spot:
            s.put(
                spot[1], partial(nature.bush, c, spot[0], spot[1], s.size(spot[1]) * 0.7, True), spot[0], 30
            )
    s.paint()
    undergrowth.frame(c)


def _pond(c: Canvas, x: float, y: float, rx: float, ry: float) -> None:
    p = c.p
    backdrop.patch(c, x, y, rx * 1.06, ry * 1.12, p.paint("sand"), 0.05)
    tone = mix(p.water[0], p.water[1], 0.45)
    backdrop.patch(c, x, y + 3, rx, ry, tone, 0.05)
    for i in range(5):
        lx, ly = x + c.rng.uniform(-0.6, 0.5) * rx, y + c.rng.uniform(-0.5, 0.6) * ry
        c.limb([(lx, ly, 1.5), (lx + 30, ly, 3), (lx + 60, ly, 1.5)], p.water[0])
        if i < 3:
            white = p.paint("white")
            c.oval(lx + 30, ly - 5, 13, 6, white)
            c.limb([(lx + 40, ly - 7, 5), (lx + 43, ly - 16, 4)], white)
            c.oval(lx + 44, ly - 18, 4.5, 4, p.paint("teal"))
            c.poly([(lx + 47, ly - 19), (lx + 54, ly - 17), (lx + 47, ly - 16)], p.paint("mustard"))


def playground(c: Canvas) -> None:
    """A playground with timber equipment, children and watching grown-ups."""
    rng, p = c.rng, c.p
    horizon = c.h * rng.uniform(0.36, 0.42)
    land(c, horizon)
    top = horizon + c.h * 0.06
    backdrop.ground(c, top)
    hamlet(c, top + 20, rng.uniform(-80, 0), c.w, 135, 0.65)
    s = Stage(c, top, 70, 240)
    surface = rng.choice((p.paint("sand"), mix(p.paint("rust"), p.paving[0], 0.55), p.paving[0]))
    backdrop.patch(c, c.w * 0.5, c.h * 0.78, c.w * 0.43, c.h * 0.175, surface, 0.07)
    kid = [look(rng, p, child=True) for _ in range(9)]
    back, front = c.h * 0.7, c.h * 0.86

    def swing(x: float, y: float) -> None:
        h = s.size(y) * 1.5
        s.put(y, lambda: play.swings(c, x, y, h, kid[:2]), x, h * 0.85)

    def slide(x: float, y: float) -> None:
        h = s.size(y) * 1.95
        s.put(y, lambda: play.slide_tower(c, x - h * 0.2, y, h, kid[2], kid[3]), x, h * 0.72)

    def sand(x: float, y: float) -> None:
        w = s.size(y) * 1.5
        s.put(y - w * 0.26, lambda: play.sandpit(c, x, y, w), x, w * 0.6)
        s.claim(x, y - w * 0.15, w * 0.55, w * 0.16)
        s.put(
            y - w * 0.12, lambda: person(c, x - w * 0.28, y - w * 0.09, s.size(y) * 0.62, "kneel", kid[4], 1)
        )

    def saw(x: float, y: float) -> None:
        w = s.size(y) * 1.6
        s.put(y, lambda: play.seesaw(c, x, y, w, kid[5:7]), x, w * 0.55)

    def balance(x: float, y: float) -> None:
        w = s.size(y) * 1.3
        s.put(y, lambda: play.logs(c, x, y, w), x, w * 0.55)
        s.put(y + 1, lambda: person(c, x + w * 0.17, y - w * 0.185, s.size(y) * 0.64, "skate", kid[7], 1))

    large, small = [swing, slide], [sand, saw, balance]
    rng.shuffle(large)
    rng.shuffle(small)
    large[0](c.w * rng.uniform(0.24, 0.3), back)
    large[1](c.w * rng.uniform(0.68, 0.74), back + rng.uniform(-10, 20))
    shift = rng.uniform(-0.05, 0.05)
    small[0](c.w * (0.34 + shift), front)
    small[1](c.w * (0.7 + shift), front + rng.uniform(-10, 15))
    grove(s, (0, c.w * 0.14), (top + 50, c.h * 0.75), 1, 2.8)
    grove(s, (c.w * 0.88, c.w), (top + 50, c.h * 0.75), 1, 2.8)
    crowd(s, ("stroller", "pair", "family", "wheels"), 2, (60, c.w - 60), (c.h * 0.86, c.h * 0.95))
    crowd(s, ("pair", "bench", "wheels", "stroller", "bench"), 3, (60, c.w - 60), (top + 55, c.h * 0.68))
    crowd(s, ("ball", "family", "solo"), 2, (80, c.w - 80), (c.h * 0.66, c.h * 0.95))
    s.paint()
    undergrowth.frame(c, 120)


def bench(c: Canvas) -> None:
    """A long bench with a view, close up, with people sharing it."""
    rng, p = c.rng, c.p
    horizon = c.h * rng.uniform(0.4, 0.46)
    view = rng.choice(("fjord", "fjord", "peaks"))
    land(c, horizon, view)
    shore = horizon + c.h * 0.16
    if view == "fjord":
        backdrop.water(c, horizon, shore + 40)
        for _ in range(3):
            vehicles.sailboat(
                c, rng.uniform(0.1, 0.9) * c.w, horizon + rng.uniform(25, 90), rng.uniform(36, 70)
            )
    else:
        backdrop.ridge(c, horizon + 50, 24, p.hills[3])
        nature.forest(c, shore - 10, 80, -20, c.w, 0.3)
        hamlet(c, shore + 12, c.w * 0.1, c.w * 0.5, 110)
    backdrop.ground(c, shore, 18)
    undergrowth.meadow(c, shore + 30, c.h, 90)
    y = c.h * 0.86
    h = 380.0
    long = c.w * rng.uniform(0.46, 0.54)
    x = c.w * rng.uniform(0.46, 0.56)
    side = rng.choice((-1, 1))
    tx = x + side * (long / 2 + 150)
    tx = min(max(tx, 110), c.w - 110)
    backdrop.patch(c, x, y + 14, long * 0.66, 62, p.paving[0], 0.05)
    rng.choice((nature.birch, nature.leafy))(c, tx, y - 60, c.h * 0.82)
    nature.bush(c, c.w - tx, y - 80, 190, True)
    nature.bush(c, c.w - tx - side * -120, y - 60, 120)
    props.bench(c, x, y, long, h * 0.27)
    count = rng.choice((2, 3, 3))
    for i in range(count):
        child = i == 1 and rng.random() < 0.6
        size = h * (0.7 if child else rng.uniform(0.95, 1.02))
        px = x + (i - (count - 1) / 2) * long / (count + 0.4) + rng.uniform(-20, 20)
        seat = y - h * 0.25
        person(c, px, seat + size * 0.27, size, "sit_front", look(rng, p, child), rng.choice((-1, 1)))
    if rng.random() < 0.7:
        props.dog(c, x - side * (long / 2 + 60), y + 34, 88, side, rng.choice(("bark", "ochre", "charcoal")))
    else:
        props.planter(c, x - side * (long / 2 + 95), y + 20, 150)
    undergrowth.frame(c, 190)
