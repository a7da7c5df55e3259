"""How far fonts advance, for whoever sets lines without drawing them."""

from __future__ import annotations

from contextlib import suppress

from PIL import ImageFont

_DASH = "—"
_EM = 1000
"""Size in px at which one unit of an advance is a thousandth of an em."""


def read_advances(path: str, family: str, weight: int, characters: str) -> dict[str, float]:
    """Advance in em of each of *characters* in *family* of the font file at *path*.

    A font with an axis of weights is measured at *weight*. Raises ``OSError`` when the file is no font.
    """
    index = 0
    while True:
        font = ImageFont.truetype(path, _EM, index=index, layout_engine=ImageFont.Layout.BASIC)
        if font.getname()[0] == family:
            break
        try:
            ImageFont.truetype(path, 10, index=index + 1, layout_engine=ImageFont.Layout.BASIC)
        except OSError:
            break  # a family under another name, as in Chinese: the last face will do
        index += 1
    with suppress(OSError):  # no axis
        font.set_variation_by_axes([weight])
    # A dash is a whole square in Chinese: the font says so by a feature (locl) that this way of measuring leaves out.
    return {character: 1.0 if character == _DASH else font.getlength(character) / _EM for character in characters}
