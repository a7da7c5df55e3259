"""What a picture costs: each format and speed beside WebP, a new caption beside encoding, crops, and social cards.

    python tests/benchmarks/bench_pictures.py [PHOTO]

Ratios of processor time and of bytes, so that the machine's speed does not matter. Without PHOTO a drawing with grain.
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from PIL import Image

from site_builder.build.executing.lettering import standard_faces
from site_builder.render.pictures.cards import CardInput, draw_cards
from site_builder.render.pictures.crops import CropInput, make_crops
from site_builder.render.pictures.images import VARIANT_WIDTHS, PublishInput, make_pixels, publish
from site_builder.render.pictures.label import Label

REPOSITORY = Path(__file__).resolve().parents[2]
DRAWING = REPOSITORY / "assets/photos/2024/04/guangxi-job-fair.png"
CARDS = 10
T = TypeVar("T")


def main() -> None:
    data = Path(sys.argv[1]).read_bytes() if len(sys.argv) > 1 else grainy()
    image = Image.open(io.BytesIO(data)).convert("RGB")
    small = [image.resize((w, round(image.height * w / image.width))) for w in VARIANT_WIDTHS if w <= image.width]
    base, size = spent(lambda: encoded(small, "WEBP", quality=80, method=2))
    print(f"WebP q80 method 2  1.00 time  1.00 bytes  ({1000 * base:.0f} ms, {size} bytes)")
    for speed in (6, 7, 8, 9):
        time_, bytes_ = spent(lambda speed=speed: encoded(small, "AVIF", quality=60, speed=speed, max_threads=1))
        print(f"AVIF q60 speed {speed}  {time_ / base:5.2f} time  {bytes_ / size:.2f} bytes")
    whole, pixels = spent(lambda: make_pixels(data))
    label = Label(("王松",), "新华社记者 王松 摄", "图说" * 30, "替代文字")
    again, _ = spent(lambda: publish(PublishInput("a.jpg", "0" * 64, label), pixels))
    print(f"all variants {1000 * whole:.0f} ms; a new caption {1000 * again:.1f} ms, {100 * again / whole:.2f} % of it")
    crop = CropInput("a.jpg", "0" * 64, *image.size, (50, 50), label)
    crops, _ = spent(lambda: make_crops(crop, data))
    print(f"crops {1000 * crops:.0f} ms, {crops / whole:.2f} of a photo")
    draw_cards(card(0), standard_faces(), b"")
    cards, _ = spent(lambda: [draw_cards(card(n), standard_faces(), b"") for n in range(CARDS)])
    print(
        f"both cards of a story without a picture {1000 * cards / CARDS:.0f} ms, {cards / CARDS / whole:.3f} of a photo"
    )


def card(number: int) -> CardInput:
    headline = f"青岛市总工会“两张清单”推动{number}万名职工权益落地"
    return CardInput("story", "江口工人报", "工会新闻", date(2024, 4, 8), "2024年4月8日", "“职工的事”", headline)


def grainy() -> bytes:
    with Image.open(DRAWING) as drawing:
        large = drawing.convert("RGB").resize((3000, 2000))
    out = io.BytesIO()
    Image.blend(large, Image.effect_noise(large.size, 60).convert("RGB"), 0.12).save(out, "JPEG", quality=92)
    return out.getvalue()


def encoded(images: list[Image.Image], form: str, **options: object) -> int:
    total = 0
    for image in images:
        out = io.BytesIO()
        image.save(out, form, **options)
        total += out.tell()
    return total


def spent(work: Callable[[], T]) -> tuple[float, T]:
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


if __name__ == "__main__":
    main()
