"""The newsroom's own fonts, in its folder ``fonts/``: what each is for. Paper and social cards ask here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from site_builder.build.fingerprint import digest
from site_builder.paper.faces import Face, read_faces
from site_builder.problems import Problem, Span, problem
from site_builder.render.pictures.lettering import FontFace, can_draw

FONTS = "fonts"
"""The newsroom's folder."""
SUFFIXES = (".otf", ".ttf", ".ttc", ".otc")
_ROLES = (("kai", re.compile(r"kai|楷", re.I)), ("hei", re.compile(r"hei|sans|gothic|黑", re.I)))
_SIMPLIFIED = re.compile(r"\b(SC|CN|GB|Hans)\b|简")
_ELSEWHERE = re.compile(r"\b(TC|HK|TW|JP|KR|K|J|Hant)\b|繁")
"""Words in the names of a collection's faces: the same sign looks otherwise in Taipei, Tokyo and Seoul."""
_HEAVY, _PLAIN, _LABEL = 900, 400, 500
_ANY, _LIGHT, _BOLD = range(1001), range(551), range(600, 1001)
"""Weights: a headline in anything but a bold face looks like text, and 引题 in one looks like a headline."""


def font_files(root: Path) -> list[Path]:
    """Whatever is named like a font in the newsroom's folder, sorted."""
    folder = root / FONTS
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES) if folder.is_dir() else []


def role_of(family: str, file: Path) -> str:
    """What a font is for, by the words in its family's name, its file's and its folder's; 宋体 when they do not say.

    *file* is relative to the newsroom's folder.
    """
    words = f"{family} {file.as_posix()}"
    return next((role for role, pattern in _ROLES if pattern.search(words)), "song")


@dataclass(frozen=True)
class CardFonts:
    """The newsroom's own faces for social cards, by what they are for; empty where it has none that fit."""

    display: tuple[FontFace, ...] = ()
    text: tuple[FontFace, ...] = ()
    label: tuple[FontFace, ...] = ()
    files: tuple[str, ...] = ()
    """Their files, relative to the newsroom."""
    digest: str = ""
    """Of the faces, wherever they lie; empty where there are none."""


@dataclass(frozen=True)
class _Own:
    """A face of the newsroom's own."""

    path: Path
    face: Face
    role: str
    content: str
    """Digest of the file."""

    @property
    def region(self) -> int:
        """0 for the forms of simplified Chinese, 2 for those of other places."""
        return 0 if _SIMPLIFIED.search(self.face.family) else 2 if _ELSEWHERE.search(self.face.family) else 1

    def at(self, weight: int) -> int:
        """The weight nearest to *weight* that it can be set in."""
        return min(max(weight, self.face.lightest), self.face.heaviest)

    def font(self, weight: int) -> FontFace:
        variable = self.face.lightest != self.face.heaviest
        return FontFace(str(self.path), self.face.index, self.at(weight) if variable else 0, self.content)


@dataclass
class _Shelf:
    """The faces that can be used, and what is wrong with the others."""

    faces: list[_Own] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def nearest(self, role: str, weight: int, among: range = _ANY) -> tuple[_Own, ...]:
        """The face of *role* whose weight is nearest, of those whose weight is *among* such; none where none is."""
        fitting = [own for own in self.faces if own.role == role and own.at(weight) in among]
        fitting.sort(key=lambda own: (own.region, abs(own.at(weight) - weight)))
        return tuple(fitting[:1])


def find_card_fonts(root: Path, content: Callable[[Path], str]) -> tuple[CardFonts, tuple[Problem, ...]]:
    """The newsroom's faces for social cards, and the files that are no fonts; *content* gives a file's digest.

    Headlines and masthead want a heavy 宋体, else a heavy 黑体; 引题 楷体, else 宋体; small print 黑体.
    """
    shelf = _shelf(root, content)
    display = (*shelf.nearest("song", _HEAVY, _BOLD), *shelf.nearest("hei", _HEAVY, _BOLD))
    text = (*shelf.nearest("kai", _PLAIN, _LIGHT), *shelf.nearest("song", _PLAIN, _LIGHT))
    label = shelf.nearest("hei", _LABEL)
    groups = _fonts(display, _HEAVY), _fonts(text, _PLAIN), _fonts(label, _LABEL)
    used = list(dict.fromkeys(own.path for own in (*display, *text, *label)))
    if not used:
        return CardFonts(), tuple(shelf.problems)
    mark = digest([[(font.content, font.index, font.weight) for font in group] for group in groups])
    files = tuple(path.relative_to(root).as_posix() for path in used)
    return CardFonts(*groups, files, mark), tuple(shelf.problems)


def _fonts(row: Sequence[_Own], weight: int) -> tuple[FontFace, ...]:
    return tuple(own.font(weight) for own in row)


def _shelf(root: Path, content: Callable[[Path], str]) -> _Shelf:
    shelf = _Shelf()
    for path in font_files(root):
        try:
            faces = list(_read(path, path.relative_to(root / FONTS), content(path)))
        except (ValueError, OSError):
            faces = []
        shelf.faces += faces
        if not faces:
            name = path.relative_to(root).as_posix()
            shelf.problems.append(problem("font-unusable", name, Span(), severity="warning", folder=FONTS))
    return shelf


def _read(path: Path, name: Path, content: str) -> Iterator[_Own]:
    for face in read_faces(path.read_bytes()):
        own = _Own(path, face, role_of(face.family, name), content)
        if can_draw(own.font(_PLAIN)):
            yield own
