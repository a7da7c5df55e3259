"""Running Typst: the only module that imports it.

Typst sees a bare folder that holds the template, ``data.json`` and the pictures, and nothing else of the machine:
no other file, no system font, no clock, no network (templates that import packages fail).
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

import typst

from site_builder.errors import BuildError

STANDARDS: tuple[typst.PDFStandard, ...] = ("a-2a", "ua-1")
PRESS_STANDARDS: tuple[typst.PDFStandard, ...] = ("1.6",)
"""PDF/A forbids a printer's inks beside a screen's colours; PDF/X-4 is built on this."""
MAIN = "main.typ"
_HEAVY = 700
"""From this weight on a face is fit for headlines as it is."""
_ANY_DAY = date(2000, 1, 1)
LINES = 45
"""Lines of a page."""
TIGHTEST = 48
"""Lines of a page where that saves a last page of a few lines."""
_EMPTY = 0.75
"""From this share of white on, a last page is one of a few lines."""
_HALVINGS = 7
"""Steps by which the white of the last page is found: to 1/128 of its height."""
_LAYOUT = "<bulletin-layout>"
_FOLDER = "bulletin-print-"
_IN_FOLDER = re.compile(rf"\S*{_FOLDER}\w+[/\\]")
"""The way to a file in the bare folder, which nobody outside knows."""


@dataclass(frozen=True)
class Typeset:
    """A finished document."""

    pdf: bytes
    pages: int


def font_families(folders: Sequence[Path]) -> list[tuple[str, Path]]:
    """(family, file) of every font in *folders*, in a stable order; no system fonts."""
    found = _fonts(folders).fonts()
    return sorted({(font.family, Path(font.path)) for font in found if font.path})


def _fonts(folders: Sequence[Path]) -> typst.Fonts:
    """The fonts in *folders*. They are opened once for all outputs of a page, and anew when a file has changed."""
    files = sorted(file for folder in folders for file in folder.rglob("*") if file.is_file())
    stats = [(file, file.stat()) for file in files]
    seen = tuple((str(file), stat.st_mtime_ns, stat.st_size) for file, stat in stats)
    return _opened(tuple(map(str, folders)), seen)


@lru_cache(maxsize=4)
def _opened(folders: tuple[str, ...], _seen: tuple[tuple[str, int, int], ...]) -> typst.Fonts:
    return typst.Fonts(False, False, list(folders))


def heavy_families(folders: Sequence[Path]) -> frozenset[str]:
    """The families in *folders* that have a bold face of their own."""
    found = _fonts(folders).fonts()
    return frozenset(font.family for font in found if font.weight >= _HEAVY)


def typeset(
    template: Mapping[str, bytes], data: bytes, pictures: Mapping[str, bytes], fonts: Sequence[Path], day: date
) -> Typeset:
    """Set *data* with *template*: PDF/A-2a and PDF/UA-1, dated *day*, the same bytes for the same arguments.

    Raises ``BuildError`` with what Typst says of the template.
    """
    with _press({**template, **pictures, "data.json": data}, fonts) as press:
        fit = press.fit()
        return Typeset(press.pdf(fit, day), press.layout(fit)[0])


def set_pages(
    template: Mapping[str, bytes], data: bytes, pictures: Mapping[str, bytes], fonts: Sequence[Path], day: date
) -> bytes:
    """Set pages that have been laid out, as ``typeset`` does; nothing is fitted. Raises as it does."""
    with _press({**template, **pictures, "data.json": data}, fonts) as press:
        return press.pdf(_Fit(), day)


def set_press(
    template: Mapping[str, bytes], data: bytes, pictures: Mapping[str, bytes], fonts: Sequence[Path], day: date
) -> bytes:
    """The same pages in plain PDF, which alone may hold a printer's inks. Raises as ``typeset`` does."""
    with _press({**template, **pictures, "data.json": data}, fonts) as press:
        return press.pdf(_Fit(), day, PRESS_STANDARDS, tags=False)


def draw_pages(
    template: Mapping[str, bytes], data: bytes, pictures: Mapping[str, bytes], fonts: Sequence[Path], dpi: float
) -> tuple[bytes, ...]:
    """The same pages as PNG pictures. Raises as ``typeset`` does."""
    with _press({**template, **pictures, "data.json": data}, fonts) as press:
        return press.png(dpi)


@contextmanager
def _press(files: Mapping[str, bytes], fonts: Sequence[Path]) -> Iterator[_Press]:
    """Typst in a bare folder that holds *files* alone; what it says of the template is raised as ``BuildError``."""
    with tempfile.TemporaryDirectory(prefix=_FOLDER) as name:
        root = Path(name)
        for path, content in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content)
        with _template_errors():
            yield _Press(root, _fonts(fonts))


@dataclass(frozen=True)
class _Fit:
    """How a document is fitted to its pages."""

    lines: int = LINES
    """To a page."""
    reserve: float = 0.0
    """Space in pt at the foot of the last page, so that its columns end at one height."""


class _Press:
    """Typst at work in the folder *root*."""

    def __init__(self, root: Path, fonts: typst.Fonts) -> None:
        self.root = root
        self.fonts = fonts

    def fit(self) -> _Fit:
        """The best fit: columns of the last page even, and no last page for a few lines."""
        pages, room = self.layout(_Fit())
        even = self._evened(LINES)
        if pages > 1 and even.reserve > _EMPTY * room:
            for lines in range(LINES + 1, TIGHTEST + 1):
                if self.layout(_Fit(lines))[0] < pages:
                    return self._evened(lines)
        return even

    def _evened(self, lines: int) -> _Fit:
        """The largest reserve that pushes nothing to another page."""
        pages, room = self.layout(_Fit(lines))
        low, high = 0.0, room
        for _ in range(_HALVINGS):
            middle = round((low + high) / 2, 2)
            if self.layout(_Fit(lines, middle))[0] == pages:
                low = middle
            else:
                high = middle
        return _Fit(lines, low)

    def layout(self, fit: _Fit) -> tuple[int, float]:
        """Pages, and the height in pt that columns have on the last one."""
        try:
            found = json.loads(self._compiler(fit).query(_LAYOUT, field="value", one=True))
        except typst.TypstError:
            raise
        except RuntimeError:
            # A query tells what is wrong but not where; making the document tells both.
            self.pdf(fit, _ANY_DAY)
            raise
        try:
            return int(found["pages"]), float(found["room"])
        except (KeyError, TypeError, ValueError):
            raise BuildError("print.template", f"{_LAYOUT}: {found}") from None

    def pdf(
        self, fit: _Fit, day: date, standards: Sequence[typst.PDFStandard] = STANDARDS, *, tags: bool = True
    ) -> bytes:
        """The document."""
        moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
        made = self._compiler(fit).compile(format="pdf", pdf_standards=list(standards), timestamp=moment, pdf_tags=tags)
        assert isinstance(made, bytes)
        return made

    def png(self, dpi: float) -> tuple[bytes, ...]:
        """Each page of the document as a picture."""
        made = self._compiler(_Fit()).compile(format="png", ppi=dpi)
        assert made is not None
        return (made,) if isinstance(made, bytes) else tuple(made)

    def _compiler(self, fit: _Fit) -> typst.Compiler:
        # Packages are looked for in the bare folder: none is found, and none is fetched.
        here = str(self.root)
        inputs = {"lines": str(fit.lines), "reserve": f"{fit.reserve:.2f}"}
        return typst.Compiler(str(self.root / MAIN), here, self.fonts, True, inputs, here, here)


@contextmanager
def _template_errors() -> Iterator[None]:
    try:
        yield
    except RuntimeError as error:
        diagnostic = error.diagnostic if isinstance(error, typst.TypstError) else str(error)
        first = diagnostic.strip().split("\n\n")[0]
        raise BuildError("print.template", _IN_FOLDER.sub("", first)) from error
