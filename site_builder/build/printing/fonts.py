"""Which fonts a sheet is set in: the newsroom's own ``fonts/`` first, then those that came with Bulletin."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from site_builder.build.font_packages import package_folder
from site_builder.build.printing.typesetting import font_families, heavy_families
from site_builder.errors import BuildError
from site_builder.paper.coverage import covered

FONTS = "fonts"
"""The newsroom's folder."""
_SUFFIXES = (".otf", ".ttf", ".ttc", ".otc")
_PACKAGES = ("pylopdf_fonts_zh_cn", "manimgx_fonts_cjk")
_STANDARD = {
    "song": ("Noto Serif SC", "Noto Sans CJK SC"),
    "hei": ("Noto Sans CJK SC",),
    "kai": ("Noto Sans CJK SC",),
}
"""No installable package holds a 楷体: a light 黑体 keeps bylines apart from text and datelines."""
_ROLES = (("kai", re.compile(r"kai|楷", re.I)), ("hei", re.compile(r"hei|sans|gothic|黑", re.I)))


@dataclass(frozen=True)
class FontSet:
    """The fonts of a newsroom."""

    folders: tuple[Path, ...]
    roles: Mapping[str, tuple[str, ...]]
    """``song``, ``hei``, ``kai`` → families, first choice first."""
    drawable: frozenset[int]
    """Code points that one of the families has."""
    heavy: tuple[str, ...] = ()
    """The newsroom's own families of 宋体 with a bold face; without one, an outline makes the standard one bold."""


def find_fonts(root: Path) -> FontSet:
    """The fonts for the newsroom at *root*. Raises ``BuildError`` for a file that is no font."""
    own = root / FONTS
    packages = tuple(package_folder(name) for name in _PACKAGES)
    standard = font_families(packages)
    mine = _own_families(own) if own.is_dir() else []
    roles = {
        role: (*dict.fromkeys(name for name, file in mine if _role(name, file.relative_to(own)) == role), *families)
        for role, families in _STANDARD.items()
    }
    files = dict.fromkeys(file for _, file in (*mine, *standard))
    drawable = frozenset[int]().union(*map(_covered, files))
    bold = heavy_families((own,)) if mine else frozenset()
    heavy = tuple(dict.fromkeys(name for name in roles["song"] if name in bold))
    return FontSet((*((own,) if mine else ()), *packages), roles, drawable, heavy)


def _own_families(own: Path) -> list[tuple[str, Path]]:
    """The newsroom's fonts; what is named like a font must be one."""
    found = font_families((own,))
    loaded = {file.resolve() for _, file in found}
    for file in sorted(own.rglob("*")):
        if file.suffix.lower() in _SUFFIXES and file.resolve() not in loaded:
            raise BuildError("print.font-broken", str(file))
    return found


def _role(family: str, file: Path) -> str:
    """What a font is for, by the words in its family's name, its file's and its folder's; 宋体 when they do not say."""
    words = f"{family} {file.as_posix()}"
    return next((role for role, pattern in _ROLES if pattern.search(words)), "song")


def _covered(file: Path) -> frozenset[int]:
    try:
        return covered(file.read_bytes())
    except ValueError as error:
        raise BuildError("print.font-broken", str(file)) from error
