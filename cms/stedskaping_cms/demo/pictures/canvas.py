"""A drawing surface in design units, oversampled, with print-like grain."""

from __future__ import annotations

import math
from collections.abc import Sequence
from io import BytesIO
from itertools import pairwise
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageOps

from .palette import RGB, Palette

Point = tuple[float, float]
Corners = tuple[float, float, float, float]
_INK = 145  # how strongly a grain covers what lies under it


def smooth(points: Sequence[Point], steps: int = 6, closed: bool = True) -> list[Point]:
    """Run a Catmull-Rom curve through the points."""
    n = len(points)
    out: list[Point] = []
    for i in range(n if closed else n - 1):
        if closed:
            p0, p1, p2, p3 = points[i - 1], points[i], points[(i + 1) % n], points[(i + 2) % n]
        else:
            p0, p1, p2, p3 = points[max(i - 1, 0)], points[i], points[i + 1], points[min(i + 2, n - 1)]
        for step in range(steps):
            t = step / steps
            a, b, c = -t + 2 * t * t - t**3, 2 - 5 * t * t + 3 * t**3, t + 4 * t * t - 3 * t**3
            d = t**3 - t * t
            out.append(
                (
                    (a * p0[0] + b * p1[0] + c * p2[0] + d * p3[0]) / 2,
                    (a * p0[1] + b * p1[1] + c * p2[1] + d * p3[1]) / 2,
                )
            )
    if not closed:
        out.append(points[-1])
    return out


class Canvas:
    """Draws in design units: at least 1400 wide and 1000 high, whatever the size in pixels.

    ``rng`` is for free choices, ``seed`` for those that should differ from one picture to the next.
    Light always falls from the left; ``mirror`` turns the finished picture round.
    """

    def __init__(
        self, size: tuple[int, int], rng: Random, palette: Palette, seed: int, mirror: bool = False
    ) -> None:
        self.rng = rng
        self.seed = seed
        self.p = palette
        self.size = size
        self.mirror = mirror
        self.oversample = 2 if size[0] * size[1] > 500_000 else 3
        unit = min(size[0] / 1400, size[1] / 1000)
        self.w, self.h = size[0] / unit, size[1] / unit
        self.k = unit * self.oversample
        full = (size[0] * self.oversample, size[1] * self.oversample)
        self.image = Image.new("RGB", full, palette.sky[-1])
        self.pen = ImageDraw.Draw(self.image)
        noise = Image.frombytes("L", size, Random(rng.random()).randbytes(size[0] * size[1]))
        self._grain = noise
        self._noise = noise.resize(full, Image.Resampling.NEAREST)

    # Flat shapes

    def _px(self, points: Sequence[Point]) -> list[Point]:
        k = self.k
        return [(x * k, y * k) for x, y in points]

    def poly(self, points: Sequence[Point], colour: RGB) -> None:
        """Fill a polygon."""
        self.pen.polygon(self._px(points), fill=colour)

    def blob(self, points: Sequence[Point], colour: RGB) -> None:
        """Fill a closed smooth curve through the points."""
        self.pen.polygon(self._px(smooth(points)), fill=colour)

    def rect(self, x: float, y: float, w: float, h: float, colour: RGB, radius: float = 0) -> None:
        """Fill a rectangle given its top left corner."""
        k = self.k
        box = (x * k, y * k, max((x + w) * k - 1, x * k), max((y + h) * k - 1, y * k))
        if radius:
            self.pen.rounded_rectangle(box, radius * k, fill=colour)
        else:
            self.pen.rectangle(box, fill=colour)

    def oval(self, x: float, y: float, rx: float, ry: float, colour: RGB) -> None:
        """Fill an ellipse given its centre."""
        k = self.k
        self.pen.ellipse(((x - rx) * k, (y - ry) * k, (x + rx) * k, (y + ry) * k), fill=colour)

    def ring(self, x: float, y: float, r: float, width: float, colour: RGB, squash: float = 1) -> None:
        """Draw the outline of an ellipse given its centre."""
        k = self.k
        box = ((x - r) * k, (y - r * squash) * k, (x + r) * k, (y + r * squash) * k)
        self.pen.ellipse(box, outline=colour, width=max(1, round(width * k)))

    def arc(self, x: float, y: float, r: float, span: Point, width: float, colour: RGB) -> None:
        """Draw part of a circle, angles in degrees clockwise from three o'clock."""
        k = self.k
        box = ((x - r) * k, (y - r) * k, (x + r) * k, (y + r) * k)
        self.pen.arc(box, span[0], span[1], fill=colour, width=max(1, round(width * k)))

    def line(self, points: Sequence[Point], width: float, colour: RGB) -> None:
        """Draw a line of even width with rounded joints."""
        self.pen.line(self._px(points), fill=colour, width=max(1, round(width * self.k)), joint="curve")

    def limb(self, points: Sequence[tuple[float, float, float]], colour: RGB) -> None:
        """Draw a tapering stroke with round ends; each point is x, y and width."""
        for x, y, width in points:
            self.oval(x, y, width / 2, width / 2, colour)
        for (x0, y0, w0), (x1, y1, w1) in pairwise(points):
            length = math.hypot(x1 - x0, y1 - y0)
            if length > 0:
                nx, ny = (y1 - y0) / length / 2, (x0 - x1) / length / 2
                quad = (
                    (x0 + nx * w0, y0 + ny * w0),
                    (x1 + nx * w1, y1 + ny * w1),
                    (x1 - nx * w1, y1 - ny * w1),
                    (x0 - nx * w0, y0 - ny * w0),
                )
                self.poly(quad, colour)

    # Tone: gradients, grain, transparency

    def _mask(self, points: Sequence[Point]) -> tuple[tuple[int, int, int, int], Image.Image] | None:
        px = self._px(points)
        left = max(0, math.floor(min(x for x, _ in px)))
        top = max(0, math.floor(min(y for _, y in px)))
        right = min(self.image.width, math.ceil(max(x for x, _ in px)) + 1)
        bottom = min(self.image.height, math.ceil(max(y for _, y in px)) + 1)
        if right - left < 2 or bottom - top < 2:
            return None
        mask = Image.new("L", (right - left, bottom - top), 0)
        ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in px], fill=255)
        return (left, top, right, bottom), mask

    def gradient(self, points: Sequence[Point], colours: Sequence[RGB]) -> None:
        """Fill a polygon with an even gradient from its top to its bottom."""
        found = self._mask(points)
        if found is None:
            return
        box, mask = found
        strip = Image.new("RGB", (1, len(colours)))
        for row, colour in enumerate(colours):
            strip.putpixel((0, row), colour)
        tall = strip.resize((1, mask.height), Image.Resampling.BILINEAR)
        self.image.paste(tall.resize(mask.size, Image.Resampling.NEAREST), box, mask)

    def stipple(self, points: Sequence[Point], colour: RGB, corners: Corners) -> None:
        """Scatter grain of a colour over a polygon; corners are densities tl, tr, bl, br."""
        found = self._mask(points)
        if found is None:
            return
        box, mask = found
        square = Image.new("L", (2, 2))
        square.putdata([round(value * 255) for value in corners])
        density = square.resize(mask.size, Image.Resampling.BICUBIC)
        dots = ImageChops.subtract(density, self._noise.crop(box)).point([0] + [_INK] * 255)
        self.image.paste(colour, box, ImageChops.darker(dots, mask))

    def veil(self, points: Sequence[Point], colour: RGB, alpha: float) -> None:
        """Lay a transparent colour over a polygon."""
        found = self._mask(points)
        if found is not None:
            box, mask = found
            self.image.paste(colour, box, mask.point([round(v * alpha) for v in range(256)]))

    def glow(self, x: float, y: float, r: float, colour: RGB, alpha: float) -> None:
        """Let light spread from a point."""
        side = round(r * 2 * self.k)
        if side < 4:
            return
        spread = [round(alpha * 255 * max(0.0, 1 - v / 181) ** 2) for v in range(256)]
        mask = Image.radial_gradient("L").point(spread).resize((side, side), Image.Resampling.BILINEAR)
        self.image.paste(colour, (round((x - r) * self.k), round((y - r) * self.k)), mask)

    def shadow(self, x: float, y: float, rx: float, ry: float, alpha: float = 0.24) -> None:
        """Lay a soft-edged shadow on the ground, drawn out to the right."""
        points = [
            (x + rx * 0.25 + math.cos(i * math.tau / 24) * rx * 1.15, y + math.sin(i * math.tau / 24) * ry)
            for i in range(24)
        ]
        self.veil(points, self.p.shadow, alpha)

    def clip(self, points: Sequence[Point], before: Image.Image) -> None:
        """Undo everything drawn since ``before`` was copied, except inside a polygon."""
        found = self._mask(points)
        if found is not None:
            box, mask = found
            before.paste(self.image.crop(box), box, mask)
            self.image.paste(before)

    # The finished picture

    def finish(self) -> bytes:
        """Scale down, add paper grain and return the picture as a JPEG of moderate size."""
        picture = self.image.resize(self.size, Image.Resampling.LANCZOS)
        coarse = (max(1, self.size[0] // 2), max(1, self.size[1] // 2))
        soft = self._grain.resize(coarse, Image.Resampling.BILINEAR).resize(
            self.size, Image.Resampling.BILINEAR
        )
        paper = soft.point([128 + (v - 128) // 12 for v in range(256)])
        picture = ImageChops.soft_light(picture, Image.merge("RGB", (paper, paper, paper)))
        if self.mirror:
            picture = ImageOps.mirror(picture)
        limit = 30_000 + self.size[0] * self.size[1] * 0.132
        data = b""
        for quality in (85, 81, 76):
            out = BytesIO()
            picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
            data = out.getvalue()
            if len(data) < limit:
                break
        return data
