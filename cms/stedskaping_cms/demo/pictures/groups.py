"""Groups of people doing something together, and scattering them over a scene."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from . import play, props, timber, vehicles
from .canvas import Canvas, Point
from .palette import CLOTHES
from .people import Look, builder, look, person
from .stage import Range, Stage


def _child(s: Stage) -> Look:
    return look(s.c.rng, s.c.p, child=True)


def _side(s: Stage) -> int:
    return s.c.rng.choice((-1, 1))


def _pair(s: Stage, x: float, y: float) -> None:
    h = s.size(y)
    s.someone(x - h * 0.22, y, "talk", facing=1)
    s.someone(x + h * 0.22, y + 3, s.c.rng.choice(("hold", "relaxed", "talk")), facing=-1)


def _family(s: Stage, x: float, y: float) -> None:
    h, f = s.size(y), _side(s)
    s.someone(x - h * 0.18 * f, y, "walk", facing=f)
    s.someone(x + h * 0.17 * f, y + 4, s.c.rng.choice(("walk", "wave", "run")), _child(s), f)


def _stroller(s: Stage, x: float, y: float) -> None:
    h, f = s.size(y), _side(s)
    s.someone(x - h * 0.2 * f, y, "push", facing=f)
    s.put(y + 1, lambda: play.pram(s.c, x + h * 0.2 * f, y, h, f), x + h * 0.2 * f, h * 0.2)


def _dog_walk(s: Stage, x: float, y: float) -> None:
    h, f = s.size(y), _side(s)
    paint = s.c.rng.choice(("bark", "ochre", "charcoal", "cream"))

    def lead() -> None:
        hand = (x - f * h * 0.07, y - h * 0.5)
        s.c.line([hand, (x + f * h * 0.28, y - h * 0.24)], 1.6, s.c.p.paint("iron"))
        props.dog(s.c, x + f * h * 0.26, y + 2, h * 0.2, f, paint)

    s.someone(x - h * 0.2 * f, y, "walk", facing=f)
    s.put(y + 1, lead, x + f * h * 0.26, h * 0.2)


def _cyclist(s: Stage, x: float, y: float) -> None:
    h, f = s.size(y), _side(s)
    rider = look(s.c.rng, s.c.p)
    paint = s.c.rng.choice(("coral", "teal", "mustard", "navy"))

    def act() -> None:
        s.c.shadow(x, y, h * 0.4, h * 0.03)
        person(s.c, x, y, h, "cycle", _trousers(rider), f)
        vehicles.bicycle(s.c, x, y, h, f, paint)

    s.put(y, act, x, h * 0.45)


def _trousers(who: Look) -> Look:
    return Look(**{**who.__dict__, "dress": False})


def _wheels(s: Stage, x: float, y: float) -> None:
    h, f = s.size(y), _side(s)
    who = _trousers(look(s.c.rng, s.c.p))
    s.put(y, lambda: play.wheelchair(s.c, x - h * 0.2 * f, y, h, who, f), x - h * 0.2 * f, h * 0.25)
    s.someone(x + h * 0.28 * f, y + 2, "talk", facing=-f)


def _ball(s: Stage, x: float, y: float) -> None:
    h = s.size(y)
    paint = s.c.rng.choice(CLOTHES)
    s.someone(x - h * 0.35, y, "run", _child(s), 1)
    s.put(y + 2, lambda: play.ball(s.c, x + h * 0.05, y + 2, h * 0.055, paint, h * 0.04))
    s.someone(x + h * 0.42, y + 5, s.c.rng.choice(("run", "cheer")), _child(s), -1)


def _kite(s: Stage, x: float, y: float) -> None:
    h, f = s.size(y), _side(s)
    who = _child(s)
    lift = y - max(90.0, s.c.h * s.c.rng.uniform(0.1, 0.2))
    reach = min(max(x + f * 230, 70), s.c.w - 70)

    def act() -> None:
        s.c.shadow(x, y, h * 0.1, h * 0.02)
        hands = person(s.c, x, y, h * 0.66, "wave", who, f)
        play.kite(s.c, hands["near"], reach, y - lift, 42)

    s.put(y, act, x, h * 0.2)


def _picnic(s: Stage, x: float, y: float) -> None:
    h = s.size(y)
    c = s.c
    paint = c.rng.choice(("coral", "mustard", "teal", "rose"))

    def blanket() -> None:
        quad: list[Point] = [
            (x - h * 0.55, y - h * 0.13),
            (x + h * 0.42, y - h * 0.15),
            (x + h * 0.58, y + h * 0.06),
            (x - h * 0.45, y + h * 0.08),
        ]
        c.poly(quad, c.p.paint(paint))
        for i in (0.25, 0.5, 0.75):
            a = (quad[0][0] + (quad[1][0] - quad[0][0]) * i, quad[0][1])
            b = (quad[3][0] + (quad[2][0] - quad[3][0]) * i, quad[3][1])
            c.line([a, b], h * 0.02, c.p.paint("cream"))
        c.rect(x - h * 0.06, y - h * 0.14, h * 0.18, h * 0.11, c.p.paint("wood"), 3)
        c.arc(x + h * 0.03, y - h * 0.14, h * 0.07, (180, 360), h * 0.015, c.p.paint("bark"))

    s.put(y - h * 0.16, blanket, x, h * 0.62)
    s.someone(x - h * 0.3, y - h * 0.03, "sit_floor", _trousers(look(c.rng, c.p)))
    s.someone(x + h * 0.3, y - h * 0.02, "sit_floor", _trousers(look(c.rng, c.p, child=c.rng.random() < 0.5)))


def _bench(s: Stage, x: float, y: float) -> None:
    h = s.size(y)
    n = s.c.rng.choice((1, 2, 2))
    sitters = [_trousers(look(s.c.rng, s.c.p)) for _ in range(n)]

    def act() -> None:
        props.bench(s.c, x, y, h * 0.95, h * 0.26)
        for i, who in enumerate(sitters):
            person(
                s.c,
                x + (i - (n - 1) / 2) * h * 0.42 + (h * 0.15 if n == 1 else 0),
                y + h * 0.03,
                h,
                "sit_front",
                who,
            )

    s.put(y, act, x, h * 0.55)


def _solo(s: Stage, x: float, y: float) -> None:
    s.someone(x, y, s.c.rng.choice(("walk", "walk", "relaxed", "wave")), facing=_side(s))


def _carry(s: Stage, x: float, y: float) -> None:
    h, f = s.size(y), _side(s)
    c = s.c
    for side in (-1, 1):
        s.someone(x + side * h * 0.55, y, "carry", builder(c.rng, c.p), f)
    s.put(
        y + 0.5,
        lambda: timber.beam(
            c, (x - h * 0.85, y - h * 0.84), (x + h * 0.95, y - h * 0.86), h * 0.075, c.p.paint("timber")
        ),
    )
    s.claim(x, y, h * 0.95)


def _trestle(s: Stage, x: float, y: float) -> None:
    h = s.size(y)
    c = s.c
    who, other = builder(c.rng, c.p), builder(c.rng, c.p)
    two = c.rng.random() < 0.6

    def act() -> None:
        timber.trestle(c, x, y, h * 0.95)
        hand = person(c, x - h * 0.42, y + h * 0.04, h, "hammer", who, 1)["near"]
        hammer(c, hand, h)
        if two:
            person(c, x + h * 0.5, y + h * 0.04, h, "lean", other, -1)

    s.put(y, act, x, h * 0.7)


def hammer(c: Canvas, hand: Point, h: float, facing: int = 1) -> None:
    """Draw a hammer held in a raised hand."""
    x, y = hand
    c.line(
        [(x - facing * h * 0.02, y + h * 0.02), (x + facing * h * 0.05, y - h * 0.1)],
        h * 0.022,
        c.p.paint("wood"),
    )
    c.line(
        [(x + facing * h * 0.015, y - h * 0.115), (x + facing * h * 0.095, y - h * 0.085)],
        h * 0.04,
        c.p.paint("iron"),
    )


def _dig(s: Stage, x: float, y: float) -> None:
    h, f = s.size(y), _side(s)
    c = s.c
    who = _trousers(look(c.rng, c.p))

    def act() -> None:
        c.shadow(x, y, h * 0.15, h * 0.025)
        foot = (x + f * h * 0.38, y + h * 0.02)
        c.oval(foot[0], foot[1], h * 0.13, h * 0.035, c.p.paint("soil"))
        c.line([(x + f * h * 0.1, y - h * 0.68), foot], h * 0.025, c.p.paint("wood"))
        c.poly(
            [
                (foot[0] - f * h * 0.085, foot[1] - h * 0.12),
                (foot[0] + f * h * 0.0, foot[1] - h * 0.15),
                (foot[0] + f * h * 0.03, foot[1]),
            ],
            c.p.paint("iron"),
        )
        person(c, x, y, h, "dig", who, f)

    s.put(y, act, x, h * 0.4)


def _plant(s: Stage, x: float, y: float) -> None:
    h, f = s.size(y), _side(s)
    s.someone(x, y, "kneel", _trousers(look(s.c.rng, s.c.p)), f)
    s.put(y + 1, lambda: props.planter(s.c, x + f * h * 0.42, y + 2, h * 0.36), x + f * h * 0.42, h * 0.2)


def _plans(s: Stage, x: float, y: float) -> None:
    h = s.size(y)
    c = s.c
    s.someone(x - h * 0.24, y, "hold", facing=1)
    s.someone(x + h * 0.28, y + 1, "point", facing=-1)

    def sheet() -> None:
        quad: list[Point] = [
            (x - h * 0.14, y - h * 0.7),
            (x + h * 0.07, y - h * 0.73),
            (x + h * 0.08, y - h * 0.55),
            (x - h * 0.12, y - h * 0.53),
        ]
        c.poly(quad, c.p.paint("white"))
        c.line([(x - h * 0.08, y - h * 0.65), (x + h * 0.02, y - h * 0.6)], h * 0.012, c.p.paint("teal"))
        c.line([(x - h * 0.08, y - h * 0.59), (x - h * 0.02, y - h * 0.66)], h * 0.012, c.p.paint("coral"))

    s.put(y + 2, sheet)


GROUPS: dict[str, tuple[float, Callable[[Stage, float, float], None]]] = {
    "pair": (0.4, _pair),
    "family": (0.38, _family),
    "stroller": (0.42, _stroller),
    "dog": (0.45, _dog_walk),
    "cyclist": (0.5, _cyclist),
    "wheels": (0.5, _wheels),
    "ball": (0.6, _ball),
    "kite": (0.3, _kite),
    "picnic": (0.65, _picnic),
    "bench": (0.6, _bench),
    "solo": (0.2, _solo),
    "carry": (1.0, _carry),
    "trestle": (0.75, _trestle),
    "dig": (0.5, _dig),
    "plant": (0.55, _plant),
    "plans": (0.45, _plans),
}


def group(s: Stage, name: str, x: float, y: float) -> None:
    """Add a named group of people around a point."""
    GROUPS[name][1](s, x, y)


def crowd(s: Stage, names: Sequence[str], count: int, xs: Range, ys: Range) -> None:
    """Scatter groups over free ground, each name once before any comes again."""
    pool: list[str] = []
    for _ in range(count):
        if not pool:
            pool = list(names)
            s.c.rng.shuffle(pool)
        name = pool.pop()
        spot = s.find(xs, ys, GROUPS[name][0])
        if spot:
            group(s, name, *spot)
