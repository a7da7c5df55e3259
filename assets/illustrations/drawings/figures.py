"""Simple standing people, drawn around the point between their feet, about 680 units tall."""

from dataclasses import dataclass

from .canvas import BLUE, RED, TINT, WHITE, Canvas, Colour
from .shapes import Point, box, circle, path

FINE = 9
"""Width of the line that parts an arm from a coat, and edges light clothes."""

SHOE = path("M -32 0 L -32 -34 L 30 -34 Q 74 -26 78 0")


@dataclass(frozen=True, slots=True)
class Look:
    """What tells one person in a crowd from the next."""

    coat: Colour
    long_hair: bool = False
    bag: bool = False
    sheet: bool = False
    """Whether they hold a sheet of paper in front of them."""
    striding: bool = False

    @property
    def line(self) -> Colour:
        """The colour that shows on the coat."""
        return TINT if self.coat in (BLUE, RED) else BLUE

    @property
    def edge(self) -> Colour:
        """The colour around the coat: light clothes need an outline, dark ones have none."""
        return self.coat if self.coat in (BLUE, RED) else BLUE


def draw_side(canvas: Canvas, look: Look) -> None:
    """Draw a person from the side, facing right."""
    _draw_legs(canvas, 88 if look.striding else 26)
    if look.bag:
        canvas.fill(box(-128, -520, 110, 190, 44), BLUE if look.coat != BLUE else RED)
    coat = path("M -62 -270 C -76 -370 -78 -470 -52 -524 C -34 -556 36 -556 52 -520C 72 -460 68 -360 62 -270")
    canvas.outlined(coat, look.coat, look.edge, FINE)
    _draw_side_head(canvas, look)
    _draw_front_arm(canvas, look)


def _draw_legs(canvas: Canvas, stride: float) -> None:
    for foot, width in ((-stride, 62), (stride, 70)):
        hip = foot * 0.2
        leg = [(hip - 44, -290.0), (hip + 44, -290.0), (foot + width / 2, -14.0)]
        canvas.fill([*leg, (foot - width / 2 + 8, -14)], BLUE)
        canvas.at(foot, 0).fill(SHOE, BLUE)


def _draw_side_head(canvas: Canvas, look: Look) -> None:
    canvas.fill(box(-24, -590, 54, 70), WHITE)
    canvas.fill(box(-34, -672, 102, 122, 48), WHITE)
    if look.long_hair:
        hair = path(
            "M -66 -480 C -84 -560 -84 -716 4 -716 C 60 -716 84 -680 76 -636 L 24 -640"
            "Q 14 -600 -6 -580 Q 6 -520 -10 -480"
        )
    else:
        hair = path(
            "M -58 -600 C -76 -690 -30 -716 14 -716 C 70 -716 84 -680 74 -640 L 26 -640"
            "Q 18 -604 -6 -592 L -20 -560 Q -50 -566 -58 -600"
        )
    canvas.fill(hair, BLUE)


def _draw_front_arm(canvas: Canvas, look: Look) -> None:
    shoulder: Point = (-8, -490)
    if look.sheet:
        canvas.at(124, -420, turn=12).outlined(box(-44, -62, 88, 124), WHITE, BLUE, FINE)
        canvas.outlined(circle(104, -398, 22), WHITE, BLUE, FINE)
        arm = [shoulder, (-16, -372), (70, -390)]
    else:
        canvas.fill(circle(22, -262, 26), WHITE)
        arm = [shoulder, (-20, -390), (14, -290)]
    canvas.stroke(arm[:2], 64 + 2 * FINE, look.line)
    canvas.stroke(arm, 64 if look.edge == look.coat else 64 + 2 * FINE, look.edge)
    canvas.stroke(arm, 64, look.coat)


def draw_bust(canvas: Canvas, *, long_hair: bool) -> None:
    """Draw someone behind a counter, from the front; the origin is the middle of the counter."""
    if long_hair:
        canvas.fill(box(-66, -250, 132, 150, 60), BLUE)
    coat = path("M -120 0 C -120 -80 -100 -108 -50 -116 L 50 -116 C 100 -108 120 -80 120 0")
    canvas.fill(coat, BLUE)
    canvas.fill(path("M -36 -118 L 36 -118 L 0 -60"), WHITE)
    canvas.fill(box(-24, -140, 48, 40), WHITE)
    canvas.fill(box(-50, -232, 100, 116, 48), WHITE)
    fringe = path("M -58 -180 C -64 -280 64 -280 58 -180 Q 40 -196 30 -214 Q -20 -190 -58 -180")
    canvas.fill(fringe, BLUE)
