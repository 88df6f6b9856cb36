"""A square of its own to draw in, and the person who sits for a portrait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .canvas import Canvas, Point
from .palette import RGB


class Easel:
    """Draws in a square from -1 to 1 around the middle of a canvas."""

    def __init__(self, c: Canvas) -> None:
        self.c = c
        self.u = min(c.w, c.h) / 2

    def at(self, x: float, y: float) -> Point:
        """Turn a point of the square into a point of the canvas."""
        return self.c.w / 2 + x * self.u, self.c.h / 2 + y * self.u

    def blob(self, points: Sequence[Point], colour: RGB) -> None:
        """Fill a closed curve."""
        self.c.blob([self.at(x, y) for x, y in points], colour)

    def poly(self, points: Sequence[Point], colour: RGB) -> None:
        """Fill a polygon."""
        self.c.poly([self.at(x, y) for x, y in points], colour)

    def oval(self, x: float, y: float, rx: float, ry: float, colour: RGB) -> None:
        """Fill an ellipse."""
        self.c.oval(*self.at(x, y), rx * self.u, ry * self.u, colour)

    def limb(self, points: Sequence[tuple[float, float, float]], colour: RGB) -> None:
        """Draw a tapering stroke."""
        self.c.limb([(*self.at(x, y), w * self.u) for x, y, w in points], colour)

    def even(self, points: Sequence[Point], colour: RGB) -> list[Point]:
        """Fill a shape and its mirror image as one closed curve, given its right half."""
        both = [*points, *[(-x, y) for x, y in reversed(points) if x > 0.001]]
        self.blob(both, colour)
        return both


@dataclass(frozen=True)
class Sitter:
    """The colours and traits of the person portrayed."""

    skin: RGB
    hair: RGB
    top: RGB
    second: RGB
    style: str
    beard: bool
    glasses: bool
    elder: bool
