"""Cut pictures are kept, and what is kept is what would be cut anew."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from PIL import Image

from site_builder.build.cache import DiskCache
from site_builder.build.printing import cutting
from site_builder.build.printing.cutting import Cutter
from site_builder.render.pictures.images import cut_print

SIZE, FOCUS = (400, 300), (20, 80)


def noise(form: str = "PNG", size: tuple[int, int] = (640, 480), **options: object) -> bytes:
    out = io.BytesIO()
    Image.frombytes("RGB", size, os.urandom(3 * size[0] * size[1])).save(out, form, **options)
    return out.getvalue()


def test_a_cut_picture_is_kept_for_the_next_print(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    photo = noise()
    first = Cutter(DiskCache(tmp_path)).cut(photo, SIZE, FOCUS, grey=False)
    monkeypatch.setattr(cutting, "cut_print", lambda *_: b"cut anew")
    again = Cutter(DiskCache(tmp_path))

    assert first == again.cut(photo, SIZE, FOCUS, grey=False) == cut_print(photo, SIZE, FOCUS, grey=False)
    for other in ((noise(), SIZE, FOCUS, False), (photo, (400, 299), FOCUS, False), (photo, SIZE, (20, 79), False)):
        assert again.cut(*other) == b"cut anew"
    assert again.cut(photo, SIZE, FOCUS, grey=True) == b"cut anew"


def test_a_damaged_picture_is_cut_anew(tmp_path: Path) -> None:
    photo = noise()
    made = Cutter(DiskCache(tmp_path)).cut(photo, SIZE, FOCUS, grey=False)
    (entry,) = (path for path in tmp_path.rglob("*") if path.is_file())
    data = bytearray(entry.read_bytes())
    data[-9] ^= 0xFF
    entry.write_bytes(data)

    assert Cutter(DiskCache(tmp_path)).cut(photo, SIZE, FOCUS, grey=False) == made


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_photograph_that_is_decoded_small_still_fills_its_frame(orientation: int) -> None:
    """A camera's picture lies on its side as often as not, and is then decoded by the other measure."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    photo = noise("JPEG", (1600, 1200), exif=exif)
    wanted = (780, 560) if orientation == 1 else (560, 780)

    with Image.open(io.BytesIO(cut_print(photo, wanted, (50, 50), grey=False))) as made:
        assert made.size == wanted
