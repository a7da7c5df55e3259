"""Which fonts a sheet is set in: the newsroom's own ``fonts/`` first, then those that came with Bulletin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from site_builder.build.font_packages import package_folder
from site_builder.build.fonts import FONTS, font_files, role_of
from site_builder.build.printing.remembering import Coverage
from site_builder.build.printing.typesetting import font_families, heavy_families
from site_builder.errors import BuildError

_PACKAGES = ("pylopdf_fonts_zh_cn", "manimgx_fonts_cjk")
_STANDARD = {
    "song": ("Noto Serif SC", "Noto Sans CJK SC"),
    "hei": ("Noto Sans CJK SC",),
    "kai": ("Noto Sans CJK SC",),
}
"""No installable package holds a 楷体: a light 黑体 keeps bylines apart from text and datelines."""


@dataclass(frozen=True)
class FontSet:
    """The fonts of a newsroom."""

    folders: tuple[Path, ...]
    roles: Mapping[str, tuple[str, ...]]
    """``song``, ``hei``, ``kai`` → families, first choice first."""
    drawable: frozenset[int]
    """Code points that one of the families has."""
    files: Mapping[str, Path]
    """Family → its file."""
    heavy: tuple[str, ...] = ()
    """The newsroom's own families of 宋体 with a bold face; without one, an outline makes the standard one bold."""


def find_fonts(root: Path, work: Path | None = None) -> FontSet:
    """The fonts for the newsroom at *root*; what they can draw is remembered in *work*, a folder to work in.

    Raises ``BuildError`` for a file that is no font.
    """
    own = root / FONTS
    packages = tuple(package_folder(name) for name in _PACKAGES)
    standard = font_families(packages)
    mine = _own_families(own) if own.is_dir() else []
    roles = {
        role: (*dict.fromkeys(name for name, file in mine if role_of(name, file.relative_to(own)) == role), *families)
        for role, families in _STANDARD.items()
    }
    files = dict.fromkeys(file for _, file in (*mine, *standard))
    drawable = frozenset[int]().union(*map(Coverage(work).of, files))
    bold = heavy_families((own,)) if mine else frozenset()
    heavy = tuple(dict.fromkeys(name for name in roles["song"] if name in bold))
    files_by_family = dict(sorted({*mine, *standard}))
    return FontSet((*((own,) if mine else ()), *packages), roles, drawable, files_by_family, heavy)


def _own_families(own: Path) -> list[tuple[str, Path]]:
    """The newsroom's fonts; what is named like a font must be one."""
    found = font_families((own,))
    loaded = {file.resolve() for _, file in found}
    for file in font_files(own.parent):
        if file.resolve() not in loaded:
            raise BuildError("print.font-broken", str(file))
    return found
