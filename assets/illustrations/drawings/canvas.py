"""The drawing surface: flat fills and strokes in six colours, smooth edges by reduction.

Everything is a filled polygon, drawn several times too large and averaged down.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Self

from PIL import Image, ImageDraw

from .shapes import Outline, Point, circle

Colour = tuple[int, int, int]

BLUE: Colour = (0x1D, 0x3F, 0x6B)
RED: Colour = (0xC8, 0x37, 0x2B)
TINT: Colour = (0xEE, 0xF0, 0xEE)
TINT2: Colour = (0xD5, 0xDD, 0xE4)
INK: Colour = (0x16, 0x18, 0x1B)
WHITE: Colour = (0xFF, 0xFF, 0xFF)

WIDTH, HEIGHT = 3000, 2000
"""Size of every picture in pixels, and of the plane that the scenes are drawn on."""

OVERSAMPLING = 3
"""Pixels drawn across one pixel of the finished picture."""


@dataclass(frozen=True, slots=True)
class Canvas:
    """A picture in the making, seen through a movable frame.

    `at` gives a view of the same picture that is moved, turned, scaled or mirrored: a figure is
    drawn once around its own origin and placed many times.
    """

    image: Image.Image
    pen: ImageDraw.ImageDraw
    matrix: tuple[float, float, float, float, float, float]

    @classmethod
    def blank(cls, background: Colour) -> Self:
        """Return an empty canvas of the standard size."""
        size = (WIDTH * OVERSAMPLING, HEIGHT * OVERSAMPLING)
        image = Image.new("RGB", size, background)
        n = float(OVERSAMPLING)
        return cls(image, ImageDraw.Draw(image), (n, 0, 0, 0, n, 0))

    def at(self, x: float, y: float, *, turn: float = 0, scale: float = 1, mirror: bool = False) -> Self:
        """Return a view whose origin is (x, y), turned clockwise by degrees."""
        cos = math.cos(math.radians(turn)) * scale
        sin = math.sin(math.radians(turn)) * scale
        side = -1 if mirror else 1
        a, b, c, d, e, f = self.matrix
        columns = (side * cos, side * sin), (-sin, cos), (x, y)
        (ax, ay), (bx, by), (tx, ty) = columns
        matrix = (
            a * ax + b * ay,
            a * bx + b * by,
            a * tx + b * ty + c,
            d * ax + e * ay,
            d * bx + e * by,
            d * tx + e * ty + f,
        )
        return replace(self, matrix=matrix)

    def fill(self, outline: Sequence[Point], colour: Colour) -> None:
        """Fill a closed outline."""
        a, b, c, d, e, f = self.matrix
        self.pen.polygon([(round(a * x + b * y + c), round(d * x + e * y + f)) for x, y in outline], colour)

    def stroke(self, line: Sequence[Point], width: float, colour: Colour, *, closed: bool = False) -> None:
        """Draw a line of even width with round joints and ends."""
        points = [*line, line[0]] if closed else list(line)
        for point in points:
            self.fill(circle(*point, width / 2), colour)
        for start, end in pairwise(points):
            self.fill(_bar(start, end, width), colour)

    def bar(self, start: Point, end: Point, width: float, colour: Colour) -> None:
        """Draw a straight line with square ends."""
        self.fill(_bar(start, end, width), colour)

    def outlined(self, outline: Sequence[Point], inside: Colour, line: Colour, width: float) -> None:
        """Fill an outline and draw its edge."""
        self.fill(outline, inside)
        self.stroke(outline, width, line, closed=True)

    def finish(self) -> Image.Image:
        """Return the picture at its final size."""
        return self.image.reduce(OVERSAMPLING)


def _bar(start: Point, end: Point, width: float) -> Outline:
    """Return the rectangle of a thick straight line."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = math.hypot(dx, dy)
    if length == 0:
        return [start, start, start]
    nx, ny = -dy / length * width / 2, dx / length * width / 2
    (x0, y0), (x1, y1) = start, end
    return [(x0 + nx, y0 + ny), (x1 + nx, y1 + ny), (x1 - nx, y1 - ny), (x0 - nx, y0 - ny)]
