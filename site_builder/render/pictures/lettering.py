"""Text on pictures: faces of fonts, which signs they can draw, and Chinese set without the gaps of double marks.

FreeType reads a font where it lies, by its path: 30 MB do not travel with each task. Nothing else in ``render`` opens a
file. What stands in a task's key is the face, not the path.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from PIL import ImageDraw, ImageFont

from site_builder.text.lines import CLOSING, OPENING

SUBSTITUTE = "〓"
"""下驮: what type-setters put where a sort is missing."""
_HALF = 0.5
"""em that a full-width mark is empty on the side where it meets another."""
_NO_CHARACTER = "\U0010fffe"
_LOOK_PX = 40
"""Size at which a sign is compared with the box that stands for none."""


@dataclass(frozen=True, slots=True)
class FontFace:
    """A face of a font file."""

    path: str
    index: int = 0
    """In a collection."""
    weight: int = 0
    """Of a variable font; 0: the font has but one."""
    content: str = ""
    """Digest of a file that may be replaced: what was read of another one under this path is not taken for it."""


@lru_cache(maxsize=64)
def _font(face: FontFace, size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(face.path, size, index=face.index, layout_engine=ImageFont.Layout.BASIC)
    if face.weight:
        font.set_variation_by_axes([face.weight])
    return font


def can_draw(face: FontFace) -> bool:
    """Whether FreeType can open *face* and draw with it."""
    try:
        _font(face, _LOOK_PX).getmask(SUBSTITUTE)
    except (OSError, ValueError):
        return False
    return True


def _length(face: FontFace, size: int, run: str) -> float:
    return _font(face, size).getlength(run)


@lru_cache(maxsize=16384)
def _has(face: FontFace, char: str) -> bool:
    """Whether *face* has a glyph for *char*: it draws something else than for a character that cannot be."""
    font = _font(face, _LOOK_PX)
    return bytes(font.getmask(char)) != bytes(font.getmask(_NO_CHARACTER))


@dataclass
class Hand:
    """Draws text in one face and size, in other faces where that has no sign; notes what no face has."""

    faces: Sequence[FontFace]
    """First choice first."""
    size: int
    """px of an em."""
    missing: dict[str, None] = field(default_factory=dict)
    """Signs for which 〓 stands, in order."""
    _widths: dict[str, float] = field(default_factory=dict)

    def clean(self, text: str) -> str:
        """*text* with what can be drawn: unseen signs go, 〓 stands for what no face has."""
        return "".join(map(self._clean, text))

    def _clean(self, char: str) -> str:
        category = unicodedata.category(char)
        if category == "Zs" or char in "\n\t\u2028\u2029":
            return char if char == "\u3000" else " "
        if category in ("Cc", "Cf") or 0xFE00 <= ord(char) <= 0xFE0F or 0xE0100 <= ord(char) <= 0xE01EF:
            return ""
        if category == "Co" or not any(_has(face, char) for face in self.faces):
            self.missing[char] = None
            return SUBSTITUTE
        return char

    def width(self, text: str) -> float:
        """How wide *text*, cleaned before, is drawn, in px."""
        if text not in self._widths:
            self._widths[text] = sum(shift + _length(face, self.size, run) for shift, face, run in self._runs(text))
        return self._widths[text]

    def draw(self, canvas: ImageDraw.ImageDraw, at: tuple[float, float], text: str, fill: str) -> None:
        """Draw one line of cleaned *text*; its base line begins at *at*. An opening mark hangs out to the left."""
        x, y = at
        if text[:1] in OPENING:
            x -= _HALF * self.size
        for shift, face, run in self._runs(text):
            x += shift
            font = _font(face, self.size)
            canvas.text((round(x), y), run, fill, font, anchor="ls")
            x += font.getlength(run)

    def _runs(self, text: str) -> list[tuple[float, FontFace, str]]:
        """(px to move before it, face, piece) of *text*."""
        runs: list[tuple[float, FontFace, str]] = []
        for before, char in zip("\0" + text, text, strict=False):
            face = next((face for face in self.faces if char.isspace() or _has(face, char)), self.faces[-1])
            # “…”，and ，“ : where two marks meet, one of them is set half as wide.
            double = (before in CLOSING and char in CLOSING | OPENING) or (before in OPENING and char in OPENING)
            if runs and runs[-1][1] == face and not double:
                shift, _, run = runs[-1]
                runs[-1] = (shift, face, run + char)
            else:
                runs.append((-_HALF * self.size if double else 0.0, face, char))
        return runs
