"""Which characters a font can draw: the ``cmap`` table of OpenType (ISO/IEC 14496-22, 5.2), formats 4 and 12.

PDF/A forbids text without a glyph, so that must be known before a page is set.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

SUBSTITUTE = "〓"
"""下驮: what type-setters put where a sort is missing."""


def covered(font: bytes) -> frozenset[int]:
    """Code points that every face in *font* (OTF, TTF or a collection) has a glyph for.

    Raises ``ValueError`` when it is no font.
    """
    try:
        faces = [_face(font, offset) for offset in face_offsets(font)]
    except (struct.error, IndexError) as error:
        raise ValueError("broken font") from error
    if not faces:
        raise ValueError("no font")
    return frozenset.intersection(*faces)


def face_offsets(font: bytes) -> tuple[int, ...]:
    """Where the faces in *font* begin. Raises ``ValueError`` when it is no font."""
    if font[:4] == b"ttcf":
        (count,) = struct.unpack_from(">I", font, 8)
        return struct.unpack_from(f">{count}I", font, 12)
    if font[:4] in (b"OTTO", b"\0\1\0\0", b"true"):
        return (0,)
    raise ValueError("no font")


def _face(font: bytes, offset: int) -> frozenset[int]:
    (count,) = struct.unpack_from(">H", font, offset + 4)
    codes: set[int] = set()
    for number in range(count):
        tag, _, start, _ = struct.unpack_from(">4sIII", font, offset + 12 + 16 * number)
        if tag == b"cmap":
            for found in _cmap(font, start):
                codes.update(found)  # whole ranges: a font has tens of thousands of signs
    return frozenset(codes)


def _cmap(font: bytes, start: int) -> Iterator[range]:
    (count,) = struct.unpack_from(">H", font, start + 2)
    forms: dict[int, set[int]] = {4: set(), 12: set()}
    for number in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", font, start + 4 + 8 * number)
        (form,) = struct.unpack_from(">H", font, start + offset)
        if form in forms and (platform == 0 or (platform == 3 and encoding in (1, 10))):
            forms[form].add(start + offset)
    # A font that has format 12 says all of itself there; what format 4 repeats is slow to read.
    for at in forms[12]:
        yield from _groups(font, at)
    for at in () if forms[12] else forms[4]:
        yield from _segments(font, at)


def _groups(font: bytes, at: int) -> Iterator[range]:
    (count,) = struct.unpack_from(">I", font, at + 12)
    for number in range(count):
        first, last, _ = struct.unpack_from(">III", font, at + 16 + 12 * number)
        yield range(first, min(last, 0x10FFFF) + 1)


def _segments(font: bytes, at: int) -> Iterator[range]:
    (double,) = struct.unpack_from(">H", font, at + 6)
    count = double // 2
    ends = struct.unpack_from(f">{count}H", font, at + 14)
    starts = struct.unpack_from(f">{count}H", font, at + 16 + double)
    deltas = struct.unpack_from(f">{count}H", font, at + 16 + 2 * double)
    ranges_at = at + 16 + 3 * double
    ranges = struct.unpack_from(f">{count}H", font, ranges_at)
    for index, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if ranges[index]:
                (glyph,) = struct.unpack_from(">H", font, ranges_at + 2 * index + ranges[index] + 2 * (code - first))
                if glyph == 0:
                    continue
            if (glyph + deltas[index]) & 0xFFFF:
                yield range(code, code + 1)
