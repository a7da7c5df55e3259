"""The fonts that social cards are set in: the newsroom's own first, then those that came with Bulletin.

Never a font of the system, so that a card is the same on every machine.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from site_builder.build.font_packages import package_folder
from site_builder.build.fonts import CardFonts
from site_builder.render.pictures.cards import Faces
from site_builder.render.pictures.lettering import FontFace

_HEI, _SIMPLIFIED = "NotoSansCJK-VF.otf.ttc", 2
"""A variable 黑体; the face of that number has the forms of simplified Chinese."""
_SONG = "NotoSerifSC-Regular.otf"


@lru_cache(maxsize=1)
def standard_faces() -> Faces:
    """The faces of Bulletin's own font packages. Raises ``BuildError`` when they are not installed.

    No installable package holds a heavy 宋体, so headlines are set in the heaviest 黑体.
    """
    hei, song = (package_folder(name) for name in ("manimgx_fonts_cjk", "pylopdf_fonts_zh_cn"))
    regular = _hei(hei, 400)
    return Faces((_hei(hei, 900),), (FontFace(str(song / _SONG)), regular), (_hei(hei, 500),))


def card_faces(own: CardFonts) -> Faces:
    """The faces of cards: *own* first; the standard ones draw what those lack. Raises ``BuildError`` as they do."""
    standard = standard_faces()
    return Faces(own.display + standard.display, own.text + standard.text, own.label + standard.label)


def _hei(folder: Path, weight: int) -> FontFace:
    return FontFace(str(folder / _HEI), _SIMPLIFIED, weight)
