"""A hotline telephone whose cord becomes the road, two ticked lists, a courier riding home."""

import math

from .canvas import BLUE, HEIGHT, RED, TINT, TINT2, WHITE, WIDTH, Canvas, Colour
from .shapes import Outline, box, circle, path

ROAD_TOP = 1430
CORD_HEIGHT = 1610
"""Where the cord lies on the road, and the courier's wheels stand on it."""

BUILDINGS = (
    (-40, 260, 430),
    (250, 180, 720),
    (460, 330, 560),
    (2230, 210, 560),
    (2470, 190, 900),
    (2690, 360, 640),
)
"""Left edge, width and height of each building behind the road."""


def draw() -> Canvas:
    """Draw the whole picture."""
    canvas = Canvas.blank(TINT)
    for x, width, height in BUILDINGS:
        _draw_building(canvas, x, width, height)
    canvas.fill(circle(1890, 760, 430), RED)
    canvas.fill(box(0, ROAD_TOP, WIDTH, HEIGHT - ROAD_TOP), TINT2)
    _draw_list(canvas.at(1755, 1450, turn=6, scale=0.93), BLUE, WHITE, done=5)
    _draw_list(canvas.at(1265, 1475, turn=-4, scale=0.93), WHITE, BLUE, done=4)
    canvas.fill(box(0, ROAD_TOP + 50, WIDTH, HEIGHT - ROAD_TOP), TINT2)
    _draw_road_marks(canvas)
    _draw_cord(canvas)
    _draw_telephone(canvas.at(520, 1602, scale=0.88))
    _draw_courier(canvas.at(2310, CORD_HEIGHT - 116, scale=0.86))
    return canvas


def _draw_building(canvas: Canvas, x: float, width: float, height: float) -> None:
    top = ROAD_TOP - height
    canvas.fill(box(x, top, width, height), TINT2)
    for row in range(int(height // 90) - 1):
        canvas.fill(box(x + 36, top + 70 + row * 90, width - 72, 12), TINT)


def _draw_road_marks(canvas: Canvas) -> None:
    for i in range(8):
        canvas.fill(box(-60 + i * 420, 1800, 220, 20), TINT)


def _draw_list(canvas: Canvas, paper: Colour, ink: Colour, *, done: int) -> None:
    """Draw a clipboard that stands on its lower edge, some of its five rows ticked."""
    canvas.outlined(box(-270, -1120, 540, 1180, 24), paper, BLUE, 24)
    canvas.outlined(box(-120, -1180, 240, 110, 24), ink, BLUE, 24)
    canvas.outlined(circle(0, -1200, 46), TINT, BLUE, 24)
    for row in range(5):
        y = -935 + row * 176
        _draw_row_mark(canvas.at(-160, y), ink, ticked=row < done)
        canvas.bar((-70, y - 22), (200, y - 22), 20, ink)
        canvas.bar((-70, y + 26), (100 + 40 * (row % 2), y + 26), 20, ink)


def _draw_row_mark(canvas: Canvas, ink: Colour, *, ticked: bool) -> None:
    """Draw a tick box on white paper, a filled round mark on blue paper."""
    tick = [(-26.0, 0.0), (-6.0, 24.0), (34.0, -30.0)]
    if ink == WHITE:
        canvas.fill(circle(0, 0, 52), WHITE)
        canvas.stroke(tick, 20, BLUE)
        return
    canvas.stroke(box(-44, -44, 88, 88), 16, BLUE, closed=True)
    if ticked:
        canvas.stroke([(-28, -2), (0, 28), (72, -66)], 26, RED)


def _draw_telephone(canvas: Canvas) -> None:
    """Draw a desk telephone from the front, standing on the origin."""
    body = path(
        "M -390 0 C -390 -130 -290 -190 -230 -360 C -215 -400 -190 -420 -150 -420"
        "L 150 -420 C 190 -420 215 -400 230 -360 C 290 -190 390 -130 390 0"
    )
    canvas.fill(body, BLUE)
    canvas.fill(box(-420, -40, 840, 70, 35), BLUE)
    for side in (-1, 1):
        canvas.fill(box(side * 130 - 35, -500, 70, 100, 20), BLUE)
    _draw_dial(canvas.at(0, -190))
    _draw_handset(canvas.at(0, -490))


def _draw_dial(canvas: Canvas) -> None:
    canvas.fill(circle(0, 0, 170), WHITE)
    for i in range(10):
        angle = math.radians(60 + i * 30)
        canvas.fill(circle(120 * math.cos(angle), 120 * math.sin(angle), 25), BLUE)
    canvas.fill(circle(0, 0, 62), RED)


def _draw_handset(canvas: Canvas) -> None:
    handle = path(
        "M -430 30 C -450 -150 -250 -190 0 -190 C 250 -190 450 -150 430 30"
        "L 230 30 C 230 -50 150 -70 0 -70 C -150 -70 -230 -50 -230 30"
    )
    canvas.fill(handle, BLUE)
    for side in (-1, 1):
        canvas.fill(box(side * 330 - 120, 0, 240, 70, 30), BLUE)


def _draw_cord(canvas: Canvas) -> None:
    """Draw the cord: coils beside the telephone, then a line along the road."""
    coil = _coil(830, 1250, CORD_HEIGHT - 36, 7)
    canvas.stroke(coil, 18, BLUE)
    canvas.stroke([coil[-1], (WIDTH + 40, CORD_HEIGHT)], 18, BLUE)


def _coil(start: float, end: float, y: float, turns: int) -> Outline:
    """Return a coil seen from the side."""
    steps = turns * 40
    return [
        (
            start + (end - start) * i / steps + 34 * math.sin(math.tau * turns * i / steps),
            y + 36 * math.cos(math.tau * turns * i / steps),
        )
        for i in range(steps + 1)
    ]


def _draw_courier(canvas: Canvas) -> None:
    """Draw a courier on a scooter; the origin is the hub of the rear wheel."""
    _draw_scooter(canvas)
    canvas.bar((-100, -206), (60, -206), 16, BLUE)
    canvas.fill(box(-135, -484, 270, 270, 14), RED)
    canvas.fill(box(-135, -394, 270, 14), WHITE)
    _draw_rider(canvas)


def _draw_scooter(canvas: Canvas) -> None:
    for hub in (0, 600):
        canvas.stroke(circle(hub, 0, 106), 34, BLUE, closed=True)
        canvas.fill(circle(hub, 0, 28), BLUE)
    canvas.stroke([(0, 0), (110, -130)], 44, BLUE)
    canvas.fill(box(40, -212, 320, 62, 31), BLUE)
    shell = path("M 84 -180 L 300 -180 Q 300 -70 330 -54 L 470 -54 L 470 -10 L 270 -10 Q 130 -30 84 -180")
    canvas.fill(shell, BLUE)
    canvas.stroke([(462, -32), (560, -330), (600, 0)], 44, BLUE)
    canvas.stroke([(560, -330), (536, -388), (476, -386)], 36, BLUE)
    canvas.fill(path("M 556 -356 L 622 -332 Q 636 -302 608 -280 L 566 -280"), BLUE)


def _draw_rider(canvas: Canvas) -> None:
    canvas.stroke([(215, -238), (388, -250), (402, -100)], 84, BLUE)
    canvas.fill(path("M 362 -50 L 362 -100 L 446 -100 Q 500 -92 508 -50"), BLUE)
    canvas.fill(box(298, -550, 44, 90), WHITE)
    torso = path("M 168 -210 C 150 -310 190 -420 244 -490 C 284 -536 352 -512 350 -444C 346 -360 306 -290 296 -210")
    canvas.fill(torso, BLUE)
    arm = [(302.0, -450.0), (372.0, -342.0), (486.0, -384.0)]
    canvas.stroke([arm[0], (344, -384)], 74, TINT2)
    canvas.stroke([(290.0, -462.0), *arm], 56, BLUE)
    face = path("M 300 -600 L 420 -600 L 420 -540 Q 416 -484 366 -484 Q 310 -492 300 -600")
    canvas.fill(face, WHITE)
    helmet = path(
        "M 246 -590 C 240 -730 440 -736 450 -606 L 492 -590 L 492 -570 L 320 -570"
        "Q 316 -530 280 -530 Q 246 -540 246 -590"
    )
    canvas.fill(helmet, BLUE)
