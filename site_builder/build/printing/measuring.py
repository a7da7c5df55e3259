"""How wide the characters of a newsroom's fonts are: the fonts' files to a value."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from site_builder.build.printing.fonts import FontSet
from site_builder.errors import BuildError
from site_builder.paper.page.format import Format
from site_builder.paper.page.plan import Face
from site_builder.paper.setting.widths import MEASURED, Widths
from site_builder.render.pictures.advances import read_advances

ROLES: Mapping[Face, str] = {"song": "song", "song-heavy": "song", "hei": "hei", "kai": "kai"}
"""Face → role of a ``FontSet``."""


def measure_fonts(fonts: FontSet, page: Format) -> Widths:
    """The widths of all looks of *page* in *fonts*. Raises ``BuildError`` for a font that cannot be read."""
    looks: set[tuple[Face, int]] = {("song", 400), ("hei", 700), ("kai", 400)}
    looks |= {(look.face, look.weight) for look in page.looks.values()}
    advances: dict[tuple[Face, int], Mapping[str, float]] = {}
    for face, weight in sorted(looks):
        family = next(name for name in fonts.roles[ROLES[face]] if name in fonts.files)
        file = fonts.files[family]
        advances[face, weight] = _advances(str(file), family, weight, file.stat().st_mtime_ns)
    return Widths(advances)


@lru_cache(maxsize=64)
def _advances(path: str, family: str, weight: int, _changed: int) -> Mapping[str, float]:
    try:
        return read_advances(path, family, weight, MEASURED)
    except OSError as error:
        raise BuildError("print.font-broken", path) from error
