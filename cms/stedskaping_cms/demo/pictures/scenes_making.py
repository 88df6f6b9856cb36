"""Scenes of making places together: workshop and people's meeting."""

from __future__ import annotations

from functools import partial

from . import backdrop, nature, props, timber, undergrowth
from .canvas import Canvas
from .groups import crowd, group, hammer
from .interior import bench_work, notice_board, pendant, room, shelf, tool_board, workbench
from .palette import mix
from .people import builder, look, person
from .play import wheelchair
from .stage import Stage
from .surroundings import hamlet, land


def workshop(c: Canvas) -> None:
    """An open workshop where neighbours build furniture for the place."""
    rng, p = c.rng, c.p
    floor = c.h * rng.uniform(0.6, 0.64)
    wall = mix(p.paint(rng.choice(("sage", "blue", "cream", "white", "rose"))), p.paint("white"), 0.25)
    wide = c.w * rng.uniform(0.32, 0.44)
    wx = c.w * rng.choice((0.06, 0.3, 0.52))
    room(c, floor, wall, [(wx, c.h * 0.15, wide, c.h * 0.31)])
    free = [(40.0, wx - 60), (wx + wide + 60, c.w - 40)]
    for x0, x1 in free:
        if x1 - x0 > 260:
            tool_board(c, x0, c.h * 0.17, min(x1 - x0, 460), c.h * 0.24)
            if x1 - x0 > 620:
                tool_board(c, x0 + 500, c.h * 0.17, x1 - x0 - 500, c.h * 0.24)
    for i in range(3):
        pendant(
            c,
            c.w * (0.2 + 0.3 * i + rng.uniform(-0.03, 0.03)),
            c.h * rng.uniform(0.07, 0.12),
            rng.choice(("coral", "teal", "mustard", "navy")),
        )
    s = Stage(c, floor - 160, 205, 345)
    by = floor + 34
    h = s.size(by)
    shelf(c, c.w * rng.choice((0.03, 0.83)), floor, 210, 210)
    for u in (0.32, 0.66):
        x = c.w * (u + rng.uniform(-0.03, 0.03))
        for side in rng.choice(((-1, 1), (-1,), (1,), (-1, 1))):
            s.put(by - 16, partial(_joiner, s, x + side * h * 0.3, by - 16, h, -side))
        s.put(by, partial(workbench, c, x, by, 400, s.size(by) * 0.43))
        s.put(by + 1, partial(bench_work, c, x + rng.uniform(-60, 60), by - s.size(by) * 0.43 - 8))
        s.claim(x, by - 10, 260, 60)
    side = rng.choice((-1, 1))
    fx, fy = c.w * (0.5 + side * rng.uniform(0.0, 0.08)), c.h * 0.92
    project = rng.choice(("planter", "bench", "bird"))
    s.put(fy, lambda: _project(s, fx, fy, project), fx, 250)
    s.claim(fx, fy, 270, 60)
    sx = c.w * (0.5 - side * 0.34)
    s.put(c.h * 0.9, lambda: timber.stack(c, sx, c.h * 0.9, 330, rng.randint(3, 6)), sx, 180)
    crowd(s, ("plans", "wheels", "trestle", "pair"), 3, (60, c.w - 60), (c.h * 0.8, c.h * 0.96))
    s.paint()


def _joiner(s: Stage, x: float, y: float, h: float, facing: int) -> None:
    c = s.c
    pose = c.rng.choice(("lean", "hold", "hammer", "talk"))
    hands = person(c, x, y, h, pose, builder(c.rng, c.p), facing)
    if pose == "hammer":
        hammer(c, hands["near"], h, facing)


def _project(s: Stage, x: float, y: float, kind: str) -> None:
    c, p, rng = s.c, s.c.p, s.c.rng
    h = s.size(y)
    if kind == "planter":
        props.planter(c, x, y, 250, 0.38)
    elif kind == "bench":
        props.bench(c, x, y, 330, h * 0.25)
    else:
        for u, tone in ((-90, "red"), (0, "ochre"), (90, "teal")):
            face = p.paint(tone)
            c.rect(x + u - 3, y - 130, 6, 130, p.paint("wood"))
            c.poly(
                [
                    (x + u - 30, y - 120),
                    (x + u - 30, y - 180),
                    (x + u, y - 212),
                    (x + u + 30, y - 180),
                    (x + u + 30, y - 120),
                ],
                face,
            )
            c.oval(x + u, y - 160, 11, 11, p.dark(face, 0.6))
            c.line([(x + u - 38, y - 174), (x + u, y - 214), (x + u + 38, y - 174)], 9, p.paint("charcoal"))
        c.shadow(x, y, 150, 14)
    c.shadow(x - 235, y + 4, 60, 10)
    person(c, x - 235, y + 4, h, "kneel", builder(rng, p), 1)
    c.shadow(x + 230, y + 2, 50, 9)
    if rng.random() < 0.5:
        person(c, x + 225, y + 2, h * 0.68, "hold", look(rng, p, True), -1)
    else:
        person(c, x + 245, y + 2, h, rng.choice(("kneel", "lean")), builder(rng, p), -1)


def people_meeting(c: Canvas) -> None:
    """Neighbours meet: round a model on a table, or before a wall of proposals."""
    if c.seed % 2:
        _long_table(c)
    else:
        _assembly(c)


def _assembly(c: Canvas) -> None:
    rng, p = c.rng, c.p
    floor = c.h * rng.uniform(0.56, 0.6)
    wall = mix(p.paint(rng.choice(("cream", "sage", "rose", "sky"))), p.paint("white"), 0.3)
    left = rng.random() < 0.5
    pane = (c.w * (0.07 if left else 0.56), c.h * 0.14, c.w * 0.37, c.h * 0.3)
    room(c, floor, wall, [pane])
    bw, bh = c.w * 0.36, c.h * 0.29
    bx = c.w * (0.56 if left else 0.08)
    notice_board(c, bx, c.h * 0.15, bw, bh)
    for u in (0.25, 0.5, 0.75):
        pendant(c, c.w * u, c.h * 0.06, rng.choice(("coral", "teal", "mustard", "navy")))
    s = Stage(c, floor - 160, 200, 345)
    host = bx + (-50 if left else bw + 50)
    s.someone(host, floor + 40, "point", facing=1 if left else -1)
    s.someone(bx + bw * (0.7 if left else 0.3), floor + 34, "talk", facing=-1 if left else 1)
    other = c.w * (0.2 if left else 0.8)
    s.put(floor + 30, lambda: props.planter(c, c.w * (0.05 if left else 0.95), floor + 30, 110, 0.5))
    group(s, rng.choice(("pair", "plans")), other, floor + 60)
    for row, count in ((0, 6), (1, 5)):
        y = c.h * (0.785 + 0.175 * row)
        for i in range(count):
            u = (i + 0.5) / count
            x = c.w * (0.06 + 0.88 * u) + (30 if row else 0)
            if rng.random() < 0.1:
                continue
            wheels = row == 1 and i == count - 1
            s.put(y, partial(_seat_back, s, x, y, wheels), x, 80)
    s.paint()


def _seat_back(s: Stage, x: float, y: float, wheels: bool) -> None:
    c, p, rng = s.c, s.c.p, s.c.rng
    h = s.size(y) * 1.08
    who = look(rng, p)
    if wheels:
        wheelchair(c, x, y, h, who, -1)
        return
    pose = "sit_wave" if rng.random() < 0.2 else "sit_front"
    c.shadow(x, y, h * 0.22, h * 0.03)
    person(c, x, y, h, pose, who, rng.choice((-1, 1)), back=True)
    tone = p.paint(rng.choice(("wood", "timber", "teal", "rust")))
    w = h * 0.34
    for u in (-0.5, 0.42):
        c.rect(x + u * w, y - h * 0.46, w * 0.08, h * 0.48, p.dark(tone, 0.35), 2)
    c.rect(x - w / 2, y - h * 0.48, w, h * 0.15, tone, h * 0.03)
    c.rect(x - w / 2, y - h * 0.27, w, h * 0.05, p.dark(tone, 0.2), 3)


def _long_table(c: Canvas) -> None:
    rng, p = c.rng, c.p
    horizon = c.h * rng.uniform(0.38, 0.43)
    land(c, horizon)
    top = horizon + c.h * 0.055
    nature.forest(c, top + 8, 90, -20, c.w + 20, 0.4)
    backdrop.ground(c, top)
    hamlet(c, top + 22, rng.uniform(-60, 0), c.w, 135, 0.5)
    undergrowth.meadow(c, top + 60, c.h, 50)
    s = Stage(c, top, 74, 345)
    for u, v, h in ((0.06, 0.62, 0.52), (0.93, 0.64, 0.56), (0.16, 0.58, 0.3)):
        s.put(
            c.h * v,
            partial(rng.choice((nature.birch, nature.leafy, nature.spruce)), c, c.w * u, c.h * v, c.h * h),
            c.w * u,
            40,
        )
    y = c.h * 0.87
    w = c.w * rng.uniform(0.52, 0.6)
    x = c.w * rng.uniform(0.46, 0.54)
    h = s.size(y)
    posts = (x - w * 0.64, x + w * 0.64)

    def overhead() -> None:
        for px in posts:
            c.limb([(px, y - 40, 12), (px, y - h * 2.0, 8)], p.paint("wood"))
        props.string_lights(c, (posts[0], y - h * 1.98), (posts[1], y - h * 1.98), 64)
        if festive:
            props.bunting(c, (posts[0], y - h * 1.84), (posts[1], y - h * 1.84), 60, 26)

    festive = rng.random() < 0.5
    s.put(y - 70, overhead)
    count = rng.choice((5, 6))
    table = h * 0.43
    poses = ["point", "talk", "hold", "lean", "wave", "relaxed"]
    rng.shuffle(poses)
    for i in range(count):
        px = x + (i - (count - 1) / 2) * w / count
        child = rng.random() < 0.2
        s.put(
            y - 60,
            partial(
                person,
                c,
                px,
                y - (30 if not child else 40),
                h * (0.74 if child else rng.uniform(0.94, 1.02)),
                poses[i % 6],
                look(rng, p, child),
                1 if px < x else -1,
            ),
        )
    s.put(y, lambda: _model_table(c, x, y, w, table))
    for side in (-1, 1):
        ex = x + side * (w / 2 + h * 0.26)
        if side < 0 and rng.random() < 0.6:
            who = look(rng, p)
            s.put(y + 4, partial(wheelchair, c, ex - 20, y + 8, h, who, 1))
        else:
            s.put(
                y + 4,
                partial(person, c, ex, y + 8, h, rng.choice(("lean", "hold", "talk")), look(rng, p), -side),
            )
    s.claim(x, y - 40, w * 0.75, 150)
    crowd(s, ("family", "pair", "stroller", "cyclist"), 3, (60, c.w - 60), (top + 60, c.h * 0.62))
    s.paint()
    undergrowth.frame(c, 130)


def _model_table(c: Canvas, x: float, y: float, w: float, h: float) -> None:
    p, rng = c.p, c.rng
    wood = p.paint("timber")
    c.shadow(x, y, w * 0.52, 16)
    for u in (-0.45, 0.0, 0.43):
        for lean in (-22, 22):
            c.line([(x + u * w + lean, y), (x + u * w, y - h)], 11, p.dark(wood, 0.3))
    back = 54.0
    c.poly(
        [
            (x - w * 0.5, y - h),
            (x - w * 0.47, y - h - back),
            (x + w * 0.47, y - h - back),
            (x + w * 0.5, y - h),
        ],
        p.pale(wood, 0.2),
    )
    sheet = [
        (x - w * 0.3, y - h - 6),
        (x - w * 0.28, y - h - back + 6),
        (x + w * 0.2, y - h - back + 6),
        (x + w * 0.2, y - h - 6),
    ]
    c.poly(sheet, mix(p.ground[0], p.paint("white"), 0.35))
    c.blob(
        [
            (x - w * 0.3, y - h - 7),
            (x - w * 0.2, y - h - 26),
            (x - w * 0.05, y - h - 18),
            (x + w * 0.06, y - h - 7),
        ],
        p.water[0],
    )
    for _ in range(11):
        mx, my = x + rng.uniform(-0.24, 0.17) * w, y - h - rng.uniform(12, back - 8)
        tone = p.paint(rng.choice(("red", "ochre", "white", "coral")))
        if rng.random() < 0.65:
            c.rect(mx, my - 15, 22, 15, tone)
            c.poly([(mx - 3, my - 14), (mx + 11, my - 27), (mx + 25, my - 14)], p.paint("charcoal"))
        else:
            c.poly([(mx, my), (mx + 8, my - 30), (mx + 16, my)], p.spruce[0])
    for u in (-0.42, -0.36, 0.27, 0.38, 0.43):
        tone = p.paint(rng.choice(("white", "coral", "teal", "mustard")))
        c.rect(x + u * w, y - h - 34, 18, 22, tone, 3)
    c.rect(x + w * 0.3, y - h - 22, 44, 3, p.paint("white"))
    c.rect(x - w * 0.5, y - h, w, h * 0.13, p.dark(wood, 0.08))
