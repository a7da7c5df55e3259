"""Two young people test soil at a laboratory bench; behind the window lie the spring furrows."""

from .canvas import BLUE, HEIGHT, INK, RED, TINT, TINT2, WHITE, WIDTH, Canvas
from .shapes import Outline, Point, between, box, circle, ellipse, path

LINE = 14
"""Width of the outlines."""

BENCH = 1510
HORIZON = 815
WINDOW = (560.0, 300.0, 1880.0, 970.0)
"""Left, top, width and height."""


def draw() -> Canvas:
    """Draw the whole picture."""
    canvas = Canvas.blank(BLUE)
    _draw_view(canvas)
    _draw_wall(canvas)
    _draw_jars(canvas.at(60, 700))
    _draw_flasks(canvas.at(2540, 700))
    _draw_pipetting(canvas.at(850, BENCH))
    _draw_inspecting(canvas.at(2110, BENCH, mirror=True))
    _draw_bench(canvas)
    _draw_analyser(canvas.at(2440, BENCH))
    _draw_rack(canvas.at(1190, BENCH))
    _draw_dish(canvas.at(1840, BENCH))
    return canvas


def _draw_view(canvas: Canvas) -> None:
    """Draw sky, sun and furrows; whatever runs past the window is covered by the wall."""
    left, top, width, height = WINDOW
    canvas.fill(box(left, top, width, height), TINT)
    canvas.fill(circle(1500, 730, 300), RED)
    canvas.fill(box(left, HORIZON, width, top + height - HORIZON), TINT2)
    for i in range(-26, 27):
        near, far = 1500 + i * 150, 1500 + i * 14
        bottom = top + height
        canvas.fill([(far, HORIZON), (near - 20, bottom), (near + 20, bottom)], BLUE)
    hill = path(
        f"M 520 {HORIZON} C 900 {HORIZON - 90} 1200 {HORIZON - 10} 1500 {HORIZON - 22}"
        f"C 1800 {HORIZON - 30} 2100 {HORIZON - 110} 2500 {HORIZON - 50}"
    )
    canvas.fill([*hill, (2500, HORIZON + 14), (520, HORIZON + 14)], BLUE)


def _draw_wall(canvas: Canvas) -> None:
    left, top, width, height = WINDOW
    right, bottom = left + width, top + height
    for x, y, w, h in (
        (0, 0, WIDTH, top),
        (0, bottom, WIDTH, HEIGHT),
        (0, 0, left, HEIGHT),
        (right, 0, WIDTH, HEIGHT),
    ):
        canvas.fill(box(x, y, w, h), BLUE)
    canvas.stroke(box(left, top, width, height), 36, WHITE, closed=True)
    for x in (left + 520, right - 520):
        canvas.fill(box(x - 13, top, 26, height), WHITE)
    canvas.fill(box(left - 60, bottom - 10, width + 120, 50), WHITE)


def _draw_jars(canvas: Canvas) -> None:
    """Draw a shelf of soil samples."""
    for i in range(3):
        _draw_jar(canvas.at(70 + i * 130, -10), 80 + 30 * i)
    canvas.fill(box(0, -10, 400, 24), WHITE)


def _draw_jar(canvas: Canvas, soil: float) -> None:
    canvas.fill(box(-46, -190, 92, 190, 16), WHITE)
    canvas.fill(box(-46, -soil, 92, soil), TINT2)
    canvas.fill(box(-46, -soil - 6, 92, 12), BLUE)
    canvas.fill(box(-54, -220, 108, 38, 10), WHITE)
    canvas.fill(box(-46, -182, 92, 10), BLUE)


def _draw_flasks(canvas: Canvas) -> None:
    """Draw a shelf of flasks."""
    foot = "L 80 -20 Q 84 0 60 0 L -60 0 Q -84 0 -80 -20"
    for i in range(2):
        flask = canvas.at(110 + i * 180, -10)
        flask.fill(path(f"M -34 -220 L 34 -220 L 34 -140 {foot} L -34 -140"), WHITE)
        flask.fill(path(f"M -53 -90 L 53 -90 {foot}"), TINT2)
        flask.fill(box(-60, -96, 120, 12), BLUE)
        flask.fill(box(-48, -232, 96, 26, 10), WHITE)
    canvas.fill(box(0, -10, 400, 24), WHITE)


def _draw_bench(canvas: Canvas) -> None:
    canvas.fill(box(0, BENCH, WIDTH, HEIGHT), TINT2)
    canvas.fill(box(0, BENCH, WIDTH, 70), WHITE)
    canvas.fill(box(0, BENCH - 7, WIDTH, 14), BLUE)
    canvas.fill(box(0, BENCH + 70, WIDTH, 14), BLUE)
    for x in range(-100, WIDTH, 640):
        canvas.outlined(box(x, BENCH + 150, 560, 500, 10), TINT2, WHITE, 12)
        canvas.fill(box(x + 210, BENCH + 210, 140, 22, 10), WHITE)


def _draw_coat(canvas: Canvas) -> None:
    """Draw a laboratory coat from the waist up, its wearer leaning to the right."""
    coat = path("M -250 40 C -262 -170 -250 -400 -160 -520 C -110 -580 60 -590 110 -520C 180 -420 190 -200 196 40")
    canvas.outlined(coat, WHITE, BLUE, LINE)
    canvas.stroke(path("M 104 -510 C 120 -420 116 -200 120 30"), LINE - 4, BLUE)


def _draw_sleeve(canvas: Canvas, shoulder: Point, elbow: Point, hand: Point) -> None:
    """Draw a white sleeve; its blue edge is left out near the shoulder."""
    width = 116
    canvas.bar(between(shoulder, elbow, 0.35), elbow, width + 2 * LINE, BLUE)
    canvas.stroke([elbow, hand], width + 2 * LINE, BLUE)
    canvas.stroke([shoulder, elbow, hand], width, WHITE)


def _draw_palm(canvas: Canvas) -> None:
    canvas.outlined(ellipse(-18, 0, 56, 62), TINT2, BLUE, LINE - 2)


def _draw_fingers(canvas: Canvas) -> None:
    """Draw three gloved fingers that close around whatever stands on the origin."""
    for row in (-1, 0, 1):
        canvas.outlined(box(-30, row * 32 - 17, 74, 34, 17), TINT2, BLUE, LINE - 4)


def _draw_head(canvas: Canvas, hair: Outline) -> None:
    """Draw a head in profile with goggles; the origin is the neck."""
    canvas.outlined(path("M -54 -120 L 44 -120 L 56 10 Q 0 40 -68 10"), WHITE, BLUE, LINE)
    face = path(
        "M -60 -250 Q 0 -340 96 -300 Q 116 -270 116 -236 L 142 -184 Q 142 -170 120 -168"
        "L 118 -130 Q 112 -84 66 -82 Q 10 -84 -20 -124 L -60 -150"
    )
    canvas.outlined(face, WHITE, BLUE, LINE - 4)
    canvas.fill(hair, BLUE)
    canvas.fill(box(-132, -240, 220, 20), TINT2)
    canvas.outlined(box(56, -268, 74, 70, 22), TINT, BLUE, LINE)


SHORT_HAIR = path(
    "M -58 -84 C -160 -170 -150 -376 10 -376 C 90 -380 136 -340 114 -282 L 46 -290"
    "Q 16 -270 14 -220 Q 10 -190 -16 -190 Q -44 -180 -34 -140 Q -40 -110 -44 -84"
)
BOB = path(
    "M -130 -50 C -176 -220 -156 -384 16 -384 C 104 -386 138 -340 114 -276 L 56 -292"
    "Q 24 -260 14 -200 Q 6 -120 -14 -70 Q -70 -36 -130 -50"
)


def _draw_pipetting(canvas: Canvas) -> None:
    """Draw someone who drops a sample into the tube 340 units to the right."""
    _draw_coat(canvas)
    _draw_head(canvas.at(-6, -520, turn=7), BOB)
    hand = canvas.at(340, -410)
    _draw_palm(hand)
    hand.fill(path("M -13 0 L 13 0 L 6 140 L -6 140"), BLUE)
    hand.outlined(box(-20, -160, 40, 200, 12), WHITE, BLUE, 12)
    hand.fill(box(-28, -210, 56, 62, 26), RED)
    _draw_fingers(hand)
    _draw_sleeve(canvas, (-60, -420), (10, -210), (256, -372))


def _draw_inspecting(canvas: Canvas) -> None:
    """Draw someone who holds a tube up to the light."""
    _draw_coat(canvas)
    _draw_head(canvas.at(-6, -520, turn=-6), SHORT_HAIR)
    hand = canvas.at(490, -590, turn=8)
    _draw_palm(hand)
    _draw_tube(hand.at(0, 60, scale=1.25), sediment=190)
    _draw_fingers(hand)
    _draw_sleeve(canvas, (-60, -420), (180, -260), (424, -524))


def _draw_tube(canvas: Canvas, *, sediment: float) -> None:
    """Draw a test tube from the middle of its foot up: black soil, water, air."""
    canvas.outlined(box(-32, -280, 64, 280, 30), WHITE, BLUE, 12)
    canvas.fill(box(-26, -210, 52, 204, 24), TINT2)
    canvas.fill(box(-26, -sediment, 52, sediment - 6, 24), INK)
    canvas.outlined(box(-42, -290, 84, 20, 10), WHITE, BLUE, 10)


def _draw_rack(canvas: Canvas) -> None:
    """Draw four tubes in a rack; the first one stands over the origin."""
    for i in range(4):
        _draw_tube(canvas.at(i * 112, -20, scale=0.84), sediment=130)
    canvas.outlined(box(-66, -124, 468, 124, 14), TINT2, BLUE, 12)
    canvas.fill(box(-30, -70, 396, 16, 8), WHITE)


def _draw_dish(canvas: Canvas) -> None:
    """Draw a heap of black soil in a shallow dish."""
    canvas.fill(path("M -150 -60 Q -110 -90 -80 -130 Q -30 -170 20 -150 Q 80 -140 150 -60"), INK)
    dish = path("M -190 -64 L 190 -64 Q 170 0 120 0 L -120 0 Q -170 0 -190 -64")
    canvas.outlined(dish, WHITE, BLUE, 12)


def _draw_analyser(canvas: Canvas) -> None:
    """Draw an instrument whose screen shows the peaks of a test."""
    canvas.outlined(box(0, -430, 470, 430, 24), WHITE, BLUE, LINE)
    canvas.fill(box(50, -370, 370, 210, 12), BLUE)
    peaks = path("M 80 -200 L 140 -200 L 165 -310 L 190 -200 L 240 -200 L 265 -255 L 290 -200 L 390 -200")
    canvas.stroke(peaks, 12, WHITE)
    for i in range(4):
        canvas.fill(circle(80 + i * 60, -90, 18), BLUE)
    canvas.fill(box(310, -110, 110, 40, 10), TINT2)
