"""Which faces a font file holds: family, weight, and whether it is variable (ISO/IEC 14496-22: ``name``, ``OS/2``,
``fvar``)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.paper.coverage import face_offsets

_FAMILY, _TYPOGRAPHIC_FAMILY = 1, 16
_ENGLISH = 0x409
_WINDOWS = 3
Tables = dict[bytes, int]
"""Tag → where the table lies."""


@dataclass(frozen=True, slots=True)
class Face:
    """A face of a font file."""

    index: int
    """In the file; 0 where it is no collection."""
    family: str
    """In English where the font says it so."""
    lightest: int
    heaviest: int
    """Weights that it can be set in, 1 to 1000; both the same but for a variable font whose first axis is weight."""


def read_faces(font: bytes) -> tuple[Face, ...]:
    """The faces in *font* (OTF, TTF or a collection). Raises ``ValueError`` when it is no font."""
    try:
        return tuple(_face(font, index, offset) for index, offset in enumerate(face_offsets(font)))
    except (struct.error, IndexError, KeyError) as error:
        raise ValueError("broken font") from error


def _face(font: bytes, index: int, offset: int) -> Face:
    tables = _tables(font, offset)
    (weight,) = struct.unpack_from(">H", font, tables[b"OS/2"] + 4)
    lightest, heaviest = _weight_axis(font, tables) or (weight, weight)
    return Face(index, _family(font, tables[b"name"]), lightest, heaviest)


def _tables(font: bytes, offset: int) -> Tables:
    (count,) = struct.unpack_from(">H", font, offset + 4)
    rows = (struct.unpack_from(">4sII", font, offset + 12 + 16 * number) for number in range(count))
    return {tag: start for tag, _, start in rows}


def _weight_axis(font: bytes, tables: Tables) -> tuple[int, int] | None:
    if b"fvar" not in tables:
        return None
    start = tables[b"fvar"]
    (axes,) = struct.unpack_from(">H", font, start + 4)
    tag, least, _, most = struct.unpack_from(">4siii", font, start + axes)
    return (least >> 16, most >> 16) if tag == b"wght" else None


def _family(font: bytes, start: int) -> str:
    """The family's name: the typographic one first, English first."""
    found = {(name, language): text for name, language, text in _names(font, start)}
    wanted = [(name, english) for name in (_TYPOGRAPHIC_FAMILY, _FAMILY) for english in (True, False)]
    for name, english in wanted:
        for (number, language), text in found.items():
            if number == name and (language == _ENGLISH or not english):
                return text
    return ""


def _names(font: bytes, start: int) -> Iterator[tuple[int, int, str]]:
    """(number, language, text) of the names that Windows reads: UTF-16 in every font of today."""
    _, count, texts = struct.unpack_from(">HHH", font, start)
    for record in range(count):
        platform, _, language, name, length, at = struct.unpack_from(">6H", font, start + 6 + 12 * record)
        if platform == _WINDOWS and name in (_FAMILY, _TYPOGRAPHIC_FAMILY):
            text = font[start + texts + at : start + texts + at + length]
            yield name, language, text.decode("utf-16-be", "replace")
