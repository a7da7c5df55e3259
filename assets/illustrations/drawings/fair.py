"""A job fair: five booths under the roof of an exhibition hall, and the people who walk up."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from .canvas import BLUE, HEIGHT, RED, TINT, TINT2, WHITE, WIDTH, Canvas, Colour
from .figures import Look, draw_bust, draw_side
from .shapes import Outline, arc, box, circle, path

FLOOR = 1440
BOOTH_WIDTH = 480
BOOTH_STEP = 570
BOOTH_HEIGHT = 700
SIGN_HEIGHT = 190
COUNTER_HEIGHT = 210
VISITOR_SCALE = 0.84

STAFF = ((-50, True), (-50, False), (50, True), (-50, False), (50, True))
"""For the person in each booth: how far from its middle, and whether with long hair."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Someone in the hall: where they stand and where they look."""

    x: float
    y: float
    facing: Literal["left", "right"]
    look: Look


VISITORS = (
    Visitor(530, 1520, "left", Look(WHITE, long_hair=True, sheet=True)),
    Visitor(1092, 1520, "left", Look(BLUE, sheet=True)),
    Visitor(1332, 1520, "right", Look(WHITE, bag=True, sheet=True)),
    Visitor(2236, 1520, "left", Look(BLUE, long_hair=True, sheet=True)),
    Visitor(2472, 1520, "right", Look(WHITE, sheet=True)),
    Visitor(140, 1690, "right", Look(BLUE, bag=True, striding=True)),
    Visitor(705, 1715, "right", Look(TINT2, long_hair=True, striding=True)),
    Visitor(1790, 1700, "left", Look(RED, long_hair=True, sheet=True, striding=True)),
    Visitor(2885, 1700, "left", Look(BLUE, sheet=True, striding=True)),
)


def draw() -> Canvas:
    """Draw the whole picture."""
    canvas = Canvas.blank(TINT)
    _draw_glass_wall(canvas)
    _draw_roof(canvas)
    _draw_floor(canvas)
    signs = (_draw_bell, _draw_factory, _draw_ship, _draw_computer, _draw_grid)
    for i, sign in enumerate(signs):
        booth = canvas.at(WIDTH / 2 + (i - 2) * BOOTH_STEP, FLOOR)
        _draw_booth(booth, sign, STAFF[i], dark=i % 2 == 0)
    for visitor in VISITORS:
        _draw_visitor(canvas, visitor)
    return canvas


def _draw_visitor(canvas: Canvas, visitor: Visitor) -> None:
    mirror = visitor.facing == "left"
    place = canvas.at(visitor.x, visitor.y, scale=VISITOR_SCALE, mirror=mirror)
    draw_side(place, visitor.look)


def _draw_glass_wall(canvas: Canvas) -> None:
    canvas.fill(circle(1500, 800, 380), RED)
    for i in range(1, 12):
        canvas.fill(box(i * 250 - 6, 300, 12, FLOOR - 300), TINT2)
    canvas.fill(box(0, 640, WIDTH, 12), TINT2)


def _draw_floor(canvas: Canvas) -> None:
    canvas.fill(box(0, FLOOR, WIDTH, HEIGHT - FLOOR), TINT2)
    for i in range(-8, 9):
        canvas.bar((1500 + i * 285, FLOOR), (1500 + i * 520, HEIGHT), 7, TINT)
    for y in (1500, 1610, 1790):
        canvas.fill(box(0, y, WIDTH, 7), TINT)


def _roof_line(rise: float) -> Outline:
    """Return a shallow arch over the hall."""
    return path(f"M -40 {650 + rise} Q 1500 {110 + rise} 3040 {650 + rise}")


def _draw_roof(canvas: Canvas) -> None:
    upper, lower = _roof_line(-120), _roof_line(0)
    canvas.fill([(0, -10), *upper, (WIDTH, -10)], BLUE)
    canvas.stroke(lower, 22, BLUE)
    for i in range(len(lower) - 1):
        canvas.stroke([upper[i], lower[i], upper[i + 1]], 10, BLUE)


def _draw_booth(
    canvas: Canvas,
    sign: Callable[[Canvas, Colour], None],
    staff: tuple[float, bool],
    *,
    dark: bool,
) -> None:
    """Draw a booth around the middle of its foot."""
    paper, ink = (BLUE, WHITE) if dark else (WHITE, BLUE)
    left, top = -BOOTH_WIDTH / 2, -BOOTH_HEIGHT
    canvas.outlined(box(left, top, BOOTH_WIDTH, BOOTH_HEIGHT), TINT2, BLUE, 16)
    draw_bust(canvas.at(staff[0], -COUNTER_HEIGHT), long_hair=staff[1])
    canvas.outlined(box(left, top, BOOTH_WIDTH, SIGN_HEIGHT), paper, BLUE, 16)
    sign(canvas.at(0, top + SIGN_HEIGHT / 2), ink)
    canvas.outlined(box(left, -COUNTER_HEIGHT, BOOTH_WIDTH, COUNTER_HEIGHT), WHITE, BLUE, 16)
    canvas.fill(box(left - 20, -COUNTER_HEIGHT - 16, BOOTH_WIDTH + 40, 34, 10), BLUE)


def _draw_bell(canvas: Canvas, ink: Colour) -> None:
    canvas.fill([*arc(0, 30, 70, 180, 360)], ink)
    canvas.fill(box(-90, 44, 180, 18, 9), ink)
    canvas.fill(circle(0, -52, 14), ink)


def _draw_factory(canvas: Canvas, ink: Colour) -> None:
    hall = path("M -90 62 L -90 -20 L -30 14 L -30 -20 L 30 14 L 30 -62 L 80 -62 L 90 62")
    canvas.fill(hall, ink)


def _draw_ship(canvas: Canvas, ink: Colour) -> None:
    canvas.fill(path("M -100 16 L 100 16 L 70 62 L -74 62"), ink)
    for x, y in ((-60, -26), (-14, -26), (32, -26), (-14, -68)):
        canvas.fill(box(x, y, 40, 36), ink)


def _draw_computer(canvas: Canvas, ink: Colour) -> None:
    canvas.stroke(box(-80, -58, 160, 96), 16, ink, closed=True)
    canvas.fill(box(-50, 54, 100, 14), ink)
    canvas.fill(box(-10, 40, 20, 20), ink)


def _draw_grid(canvas: Canvas, ink: Colour) -> None:
    for x in (-62, 8):
        for y in (-62, 8):
            canvas.fill(box(x, y, 54, 54), ink)
