"""Pictures for made-up stories: a sky, a skyline, workers with helmets. The same name is the same picture."""

from __future__ import annotations

import io
import random

from PIL import Image, ImageDraw


def draw_picture(name: str, width: int, height: int) -> bytes:
    """A PNG of *width* by *height* pixels."""
    source = random.Random(name)
    picture = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    picture = Image.blend(picture, Image.new("RGB", picture.size, _tint(source, 150, 235)), 0.7)
    pen = ImageDraw.Draw(picture)
    x = 0
    while x < width:
        wide, high = source.randint(width // 20, width // 9), source.randint(height // 4, height * 3 // 4)
        shade = _tint(source, 90, 170)
        pen.rectangle((x, height - high, x + wide, height), fill=shade)
        for window in range(height - high + 20, height - 30, 44):
            pen.rectangle((x + wide // 4, window, x + wide * 3 // 4, window + 14), fill=_lighter(shade))
        x += wide + source.randint(0, width // 40)
    for number in range(source.randint(1, 4)):
        size = min(width, height) * source.uniform(0.28, 0.42)
        middle = width * (0.2 + 0.2 * number) + source.randint(-40, 40)
        top = height - size * 1.4
        pen.rounded_rectangle(
            (middle - size * 0.42, top + size * 0.55, middle + size * 0.42, height),
            size * 0.2,
            fill=_tint(source, 20, 80),
        )
        pen.ellipse(
            (middle - size * 0.2, top + size * 0.1, middle + size * 0.2, top + size * 0.6), fill=(214, 174, 146)
        )
        pen.pieslice(
            (middle - size * 0.26, top, middle + size * 0.26, top + size * 0.55), 180, 360, fill=(236, 190, 40)
        )
        pen.rectangle(
            (middle - size * 0.32, top + size * 0.26, middle + size * 0.32, top + size * 0.31), fill=(226, 178, 30)
        )
    target = io.BytesIO()
    picture.quantize(64).save(target, "PNG")
    return target.getvalue()


def _tint(source: random.Random, low: int, high: int) -> tuple[int, int, int]:
    grey = source.randint(low, high)
    return grey - source.randint(0, 14), grey, min(255, grey + source.randint(0, 18))


def _lighter(colour: tuple[int, int, int]) -> tuple[int, int, int]:
    return colour[0] + 40, colour[1] + 40, min(255, colour[2] + 40)
