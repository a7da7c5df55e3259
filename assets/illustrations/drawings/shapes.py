"""Outlines as lists of points, in picture units. Nothing here draws."""

import math
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

Point = tuple[float, float]
Outline = list[Point]

FULL_TURN = 360.0
CURVE_STEPS = 24
"""Straight pieces to one Bézier curve."""


def box(x: float, y: float, width: float, height: float, radius: float = 0) -> Outline:
    """Return a rectangle from its top left corner, with round corners if a radius is given."""
    if radius <= 0:
        return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
    right, bottom = x + width - radius, y + height - radius
    corners = [(x + radius, y + radius, 180.0), (right, y + radius, 270.0)]
    corners += [(right, bottom, 0.0), (x + radius, bottom, 90.0)]
    return [p for cx, cy, start in corners for p in arc(cx, cy, radius, start, start + 90)]


def arc(cx: float, cy: float, radius: float, start: float, end: float) -> Outline:
    """Return points along a circle; degrees run clockwise from three o'clock."""
    steps = max(8, math.ceil(abs(end - start) / FULL_TURN * (48 + radius / 4)))
    angles = (math.radians(start + (end - start) * i / steps) for i in range(steps + 1))
    return [(cx + radius * math.cos(a), cy + radius * math.sin(a)) for a in angles]


def circle(cx: float, cy: float, radius: float) -> Outline:
    """Return a full circle."""
    return arc(cx, cy, radius, 0, FULL_TURN)


def ellipse(cx: float, cy: float, across: float, down: float) -> Outline:
    """Return an upright ellipse from its two half axes."""
    return [(cx + x * across, cy + y * down) for x, y in arc(0, 0, 1, 0, FULL_TURN)]


def path(data: str) -> Outline:
    """Return one outline from SVG path data with absolute M, L, Q and C commands."""
    tokens = re.findall(r"[MLQC]|-?[\d.]+", data)
    points: Outline = []
    for command, run in _runs(tokens):
        if command in "ML":
            points += run
            continue
        step = 2 if command == "Q" else 3
        for i in range(0, len(run), step):
            points += _bezier([points[-1], *run[i : i + step]])
    return points


def _runs(tokens: Sequence[str]) -> Iterator[tuple[str, Outline]]:
    """Yield each path command with its points."""
    command, numbers = "", list[float]()
    for token in [*tokens, "M"]:
        if not token.isalpha():
            numbers.append(float(token))
            continue
        if numbers:
            yield command, list(zip(numbers[::2], numbers[1::2], strict=True))
        command, numbers = token, []


def _bezier(controls: Outline) -> Outline:
    """Return points along a Bézier curve of any degree, its first point left out."""
    return [_bezier_at(controls, i / CURVE_STEPS) for i in range(1, CURVE_STEPS + 1)]


def _bezier_at(controls: Outline, t: float) -> Point:
    while len(controls) > 1:
        controls = [between(a, b, t) for a, b in pairwise(controls)]
    return controls[0]


def between(a: Point, b: Point, t: float) -> Point:
    """Return the point at part t of the way from a to b."""
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t
