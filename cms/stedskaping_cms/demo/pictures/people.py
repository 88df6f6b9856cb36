"""People as simple jointed figures: what they look like, and drawing them."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from random import Random

from .canvas import Canvas, Point
from .palette import CLOTHES, HAIRS, RGB, SKINS, TROUSERS, Palette, mix
from .poses import POSES, Pose

HAIR_STYLES = ("short", "short", "long", "bun", "curly", "pony", "bob", "cap", "beanie", "hijab", "bald")


@dataclass(frozen=True)
class Look:
    """The lasting traits of one person."""

    skin: RGB
    hair: RGB
    top: RGB
    bottom: RGB
    shoes: RGB
    hat: RGB
    style: str
    dress: bool = False
    child: bool = False
    helmet: bool = False
    vest: bool = False


def look(rng: Random, p: Palette, child: bool = False) -> Look:
    """Invent a person."""
    style = rng.choice(HAIR_STYLES)
    if child and style in ("bald", "hijab"):
        style = "bob"
    if p.snow and style != "hijab":
        style = rng.choice(("beanie", "beanie", "beanie", "long"))
    top = rng.choice(CLOTHES)
    skin = rng.choice(SKINS)
    hair = rng.choice(HAIRS if sum(skin) > 560 else (HAIRS[0], HAIRS[1], HAIRS[6], HAIRS[6], HAIRS[7]))
    return Look(
        skin=p.tint(skin),
        hair=p.tint(hair),
        top=p.paint(top),
        bottom=p.paint(rng.choice([name for name in TROUSERS if name != top])),
        shoes=p.paint(rng.choice(("charcoal", "bark", "iron", "rust"))),
        hat=p.paint(rng.choice([name for name in CLOTHES if name != top])),
        style=style,
        dress=not p.snow and style in ("long", "bun", "bob", "pony", "hijab") and rng.random() < 0.5,
        child=child,
    )


def builder(rng: Random, p: Palette) -> Look:
    """Invent a person dressed for building: helmet, often a bright vest."""
    return replace(look(rng, p), helmet=rng.random() < 0.75, vest=rng.random() < 0.45, dress=False)


def person(
    c: Canvas, x: float, y: float, h: float, pose: str = "stand", who: Look | None = None, facing: int = 1,
    back: bool = False,
) -> dict[str, Point]:  # fmt: skip
    """Draw a person whose feet touch (x, y), possibly seen from the back.

    Return where the hands (``far``, ``near``), ``head`` and ``hip`` ended up.
    """
    who = who or look(c.rng, c.p)
    joints = POSES[pose]
    p = c.p

    def at(point: Point) -> Point:
        return x + point[0] * h * facing, y - point[1] * h

    hip, neck = at(joints.hip), at(joints.neck)
    squeeze = 1 - 0.5 * joints.turn
    far_top, far_leg = p.dark(who.top, 0.2), p.dark(who.bottom, 0.25)
    legs = mix(who.skin, p.shadow, 0.04) if who.dress and not p.snow else who.bottom
    far_leg = p.dark(legs, 0.25)
    tilt = (neck[0] - hip[0]) * 0.9
    shoulder_a = (neck[0] - facing * 0.082 * h * squeeze, neck[1] + 0.052 * h)
    shoulder_b = (neck[0] + facing * 0.082 * h * squeeze, neck[1] + 0.052 * h)
    hip_gap = 0.048 * h * squeeze
    hands: dict[str, Point] = {}

    def arm(shoulder: Point, bend: tuple[Point, Point], sleeve: RGB, name: str) -> None:
        elbow, hand = at(bend[0]), at(bend[1])
        c.oval(hand[0], hand[1], h * 0.026, h * 0.026, who.skin)
        c.limb([(*shoulder, h * 0.072), (*elbow, h * 0.06), (*_toward(elbow, hand, 0.86), h * 0.05)], sleeve)
        hands[name] = hand

    def leg(start: Point, bend: tuple[Point, Point], colour: RGB) -> None:
        knee, foot = at(bend[0]), at(bend[1])
        bare = who.dress and not p.snow
        c.limb(
            [
                (*start, h * 0.1),
                (*knee, h * (0.055 if bare else 0.08)),
                (foot[0], foot[1] - h * 0.02, h * 0.046),
            ],
            colour,
        )
        toe = facing * (0.022 + 0.02 * joints.turn) * h
        c.blob(
            [
                (foot[0] - facing * h * 0.032, foot[1]), (foot[0] - facing * h * 0.03, foot[1] - h * 0.036),
                (foot[0] + toe * 0.4, foot[1] - h * 0.036),
                (foot[0] + toe + facing * h * 0.018, foot[1] - h * 0.012),
                (foot[0] + toe + facing * h * 0.014, foot[1]),
            ],
            who.shoes,
        )  # fmt: skip

    arm(shoulder_a, joints.arm_a, far_top, "far")
    leg((hip[0] - facing * hip_gap, hip[1]), joints.leg_a, far_leg)
    leg((hip[0] + facing * hip_gap, hip[1]), joints.leg_b, legs)
    _torso(c, who, hip, neck, h, squeeze, tilt, joints)
    _head(
        c,
        who,
        (neck[0] + tilt * 0.25 + facing * joints.nod * h, neck[1] - 0.075 * h + joints.nod * h),
        h,
        facing,
        back,
    )
    arm(shoulder_b, joints.arm_b, mix(who.top, p.shadow, 0.1), "near")
    hands["hip"], hands["head"] = hip, (neck[0], neck[1] - 0.1 * h)
    return hands


def _toward(start: Point, end: Point, t: float) -> Point:
    return start[0] + (end[0] - start[0]) * t, start[1] + (end[1] - start[1]) * t


def _torso(
    c: Canvas, who: Look, hip: Point, neck: Point, h: float, squeeze: float, tilt: float, joints: Pose
) -> None:
    length = math.hypot(neck[0] - hip[0], neck[1] - hip[1])
    ux, uy = (neck[0] - hip[0]) / length, (neck[1] - hip[1]) / length
    nx, ny = -uy, ux
    low_knee = min(joints.leg_a[0][1], joints.leg_b[0][1])
    standing = joints.hip[1] > 0.4 and low_knee < 0.33

    def span(t: float, half: float) -> tuple[Point, Point]:
        mx, my = hip[0] + ux * length * t, hip[1] + uy * length * t
        half *= h * squeeze
        return (mx - nx * half, my - ny * half), (mx + nx * half, my + ny * half)

    rows = [(1.0, 0.035), (0.93, 0.098), (0.55, 0.088), (0.1, 0.094), (-0.13, 0.1 if standing else 0.09)]
    if who.dress and standing:
        rows = [(1.0, 0.035), (0.93, 0.095), (0.5, 0.078), (0.0, 0.115), (-0.55, 0.15)]
    pairs = [span(t, half + 0.012 / squeeze * (1 - squeeze)) for t, half in rows]
    outline = [pair[0] for pair in pairs] + [pair[1] for pair in reversed(pairs)]
    c.limb(
        [(*neck, h * 0.062), (neck[0] + tilt * 0.2, neck[1] - h * 0.05, h * 0.06)], c.p.dark(who.skin, 0.12)
    )
    c.blob(outline, who.top)
    if who.vest:
        left, right = span(0.9, 0.085), span(0.12, 0.1)
        c.poly([left[0], left[1], right[1], right[0]], c.p.tint((240, 200, 60)))
        for t in (0.28, 0.52):
            low, high = span(t, 0.094), span(t + 0.09, 0.092)
            c.poly([low[0], low[1], high[1], high[0]], c.p.paint("cream"))


def _head(c: Canvas, who: Look, centre: Point, h: float, facing: int, back: bool) -> None:
    r = h * (0.1 if who.child else 0.083)
    x, y = centre[0], centre[1] - (h * 0.045 if not who.child else h * 0.06)
    f, hair, style = facing, who.hair, who.style
    if style == "long":
        back_hair = ((-0.2, -1.1), (-1.05, -0.4), (-1.4, 1.4), (-0.3, 1.75), (0.1, 0.9), (0.3, -0.2))
        c.blob([(x + f * u * r, y + v * r) for u, v in back_hair], hair)
    elif style == "bob":
        c.oval(x - f * r * 0.22, y + r * 0.04, r * 1.18, r * 1.0, hair)
    elif style == "pony":
        c.blob(
            [
                (x - f * r * 0.8, y - r * 0.7),
                (x - f * r * 1.75, y),
                (x - f * r * 1.5, y + r * 1.2),
                (x - f * r * 1.1, y + r * 0.3),
            ],
            hair,
        )
    elif style == "bun":
        c.oval(x - f * r * 0.55, y - r * 1.15, r * 0.5, r * 0.48, hair)
    elif style == "curly":
        for i in range(9):
            a = math.pi * (0.9 + i * 0.15)
            c.oval(x + math.cos(a) * r * 0.95, y + math.sin(a) * r * 0.9, r * 0.42, r * 0.42, hair)
    elif style == "hijab":
        c.blob(
            [
                (x - r * 1.1, y),
                (x - r * 1.25, y + r * 1.5),
                (x, y + r * 1.85),
                (x + r * 1.25, y + r * 1.5),
                (x + r * 1.1, y),
                (x, y - r * 1.18),
            ],
            who.hat,
        )
    if style not in ("bald", "hijab"):
        c.oval(x, y, r * 1.06, r * 1.06, hair)
    elif style == "hijab":
        c.oval(x, y, r * 1.12, r * 1.12, who.hat)
    if back:
        if style == "bald":
            c.oval(x, y, r * 0.96, r, who.skin)
        _hat(c, who, x, y, r, f)
        return
    inset = 0.8 if style == "hijab" else 1.0 if style == "bald" else 0.88
    fx, fy = x + f * r * (0.24 if inset < 1 else 0.05), y + r * (0.16 if inset < 1 else 0)
    c.oval(fx, fy, r * inset * 0.92, r * inset, who.skin)
    if style not in ("bald", "hijab"):
        c.oval(x - f * r * 0.42, y + r * 0.25, r * 0.2, r * 0.24, who.skin)
        c.pen.chord(_box(c, fx - f * r * 0.14, fy - r * 0.12, r * 1.0), 195, 345, fill=hair)
    if h > 100:
        eye = max(1.4, r * 0.085)
        for side in (0.05, 0.62):
            c.oval(
                fx + f * r * side, fy + r * 0.02, eye, eye * 1.15, mix(c.p.paint("charcoal"), who.skin, 0.1)
            )
        c.oval(
            fx + f * r * 0.0, fy + r * 0.36, r * 0.17, r * 0.13, mix(who.skin, c.p.tint((220, 90, 80)), 0.35)
        )
    _hat(c, who, x, y, r, f)


def _box(c: Canvas, x: float, y: float, r: float) -> tuple[float, float, float, float]:
    return (x - r) * c.k, (y - r) * c.k, (x + r) * c.k, (y + r) * c.k


def _hat(c: Canvas, who: Look, x: float, y: float, r: float, f: int) -> None:
    if who.helmet:
        tone = c.p.tint((245, 200, 60)) if sum(who.top) % 2 else c.p.paint("white")
        c.pen.chord(_box(c, x, y - r * 0.12, r * 1.18), 180, 360, fill=tone)
        c.rect(
            min(x - f * r * 1.1, x + f * r * 1.6),
            y - r * 0.26,
            r * 2.7,
            r * 0.22,
            c.p.dark(tone, 0.12),
            r * 0.1,
        )
    elif who.style == "beanie":
        c.pen.chord(_box(c, x, y - r * 0.1, r * 1.14), 180, 360, fill=who.hat)
        c.rect(x - r * 1.16, y - r * 0.42, r * 2.32, r * 0.4, c.p.dark(who.hat, 0.15), r * 0.18)
        c.oval(x - f * r * 0.1, y - r * 1.3, r * 0.28, r * 0.28, c.p.paint("cream"))
    elif who.style == "cap":
        c.pen.chord(_box(c, x, y - r * 0.1, r * 1.1), 180, 360, fill=who.hat)
        c.rect(min(x, x + f * r * 1.65), y - r * 0.32, r * 1.65, r * 0.2, c.p.dark(who.hat, 0.2), r * 0.1)
