"""A format of pages as data: ``themes/print/formats/<name>.toml`` as a frozen value.

Files say millimetres for the page and points for type; a ``Format`` answers in points.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from functools import cached_property
from typing import Any, get_args, get_origin, get_type_hints

from site_builder.errors import BuildError
from site_builder.paper.page.plan import Box, Face

POINTS_PER_MM = 72 / 25.4
Ink = tuple[float, float, float, float]
"""Cyan, magenta, yellow and black, in per cent."""
PICTURES = ("color", "grey")
FULL = 100.0
"""Per cent of ink that a plate can give."""
_ROUNDING = 0.5
"""Points that a type area may stand over the paper by rounding."""
_COLOR = re.compile(r"#[0-9a-f]{6}", re.I)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The paper, in mm."""

    width: float
    height: float
    top: float
    """From the trimmed edge to the type area."""
    left: float
    bleed: float = 0.0


@dataclass(frozen=True, slots=True)
class Grid:
    """The type area in columns and lines."""

    columns: int
    characters: int
    """To a column."""
    lines: int
    gutter: float
    """Between columns, in characters."""
    gap: int
    """Lines between stories; the rule runs in their middle."""


@dataclass(frozen=True, slots=True)
class Text:
    """Running text. Sizes in points, measures in characters."""

    size: float
    pitch: float
    indent: float
    widest: int
    narrowest: int


@dataclass(frozen=True, slots=True)
class Weight:
    """How big the headlines of a priority, and of all below it down to the next entry, may be (points)."""

    priority: int
    largest: float
    smallest: float


@dataclass(frozen=True, slots=True)
class Headline:
    """The build of headlines."""

    sizes: tuple[float, ...]
    """All sizes that are used, largest first, in points."""
    by_columns: tuple[float, ...]
    """Largest size over one column, two columns and so on."""
    vertical: tuple[float, float]
    """Smallest and largest size of a vertical headline."""
    leading: float
    kicker: tuple[float, float, float]
    """Share of the headline's size, and its bounds in points; the deck alike."""
    deck: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Look:
    """How a role is set; size and pitch are 0 where they follow from the headline or the text."""

    face: Face
    weight: int = 400
    size: float = 0.0
    pitch: float = 0.0


@dataclass(frozen=True, slots=True)
class Rules:
    """Weights of rules, in points."""

    hairline: float
    box: float
    heavy: float


@dataclass(frozen=True, slots=True)
class Masthead:
    """What the masthead takes of a first page."""

    columns: int
    lines: int


@dataclass(frozen=True, slots=True)
class Folio:
    """The folio line of a page inside: how many lines above the type area it begins."""

    lines: int


@dataclass(frozen=True, slots=True)
class Press:
    """What the printer's press can take. Ink is in per cent: one plate has up to 100, four of them 400."""

    inks: Mapping[str, Ink] = field(default_factory=dict)
    """Of each colour of the format: cyan, magenta, yellow, black."""
    ink_limit: float = 240
    """Cyan, magenta, yellow and black together, at any place."""
    least_dpi: float = 200
    """Pictures that are coarser on paper are told."""
    pictures: str = "color"
    """``color`` or ``grey``."""
    spots: Mapping[str, str] = field(default_factory=dict)
    """Colours that have an ink and a plate of their own, and what printers call that ink."""
    profile: str = ""
    """File of an ICC profile below ``themes/print/profiles/``; empty: the one that came with Bulletin."""


@dataclass(frozen=True, eq=False)
class Format:
    """A format of pages. Compared by identity, so that settings may be cached by it."""

    title: str
    page: Sheet
    grid: Grid
    text: Text
    headlines: tuple[Weight, ...]
    headline: Headline
    looks: Mapping[str, Look]
    colors: Mapping[str, str]
    rules: Rules
    masthead: Masthead
    folio: Folio
    press: Press = Press()
    name: str = ""

    @cached_property
    def width(self) -> float:
        """Of the trimmed page, in points."""
        return self.page.width * POINTS_PER_MM

    @cached_property
    def height(self) -> float:
        """Of the trimmed page, in points."""
        return self.page.height * POINTS_PER_MM

    def characters(self, columns: int) -> float:
        """How many characters stand in a line as wide as *columns* base columns."""
        return columns * self.grid.characters + (columns - 1) * self.grid.gutter

    def x(self, column: int) -> float:
        """Left edge of a column, in points."""
        step = (self.grid.characters + self.grid.gutter) * self.text.size
        return self.page.left * POINTS_PER_MM + column * step

    def y(self, line: float) -> float:
        """Top of a line, in points: where the em box of its characters begins."""
        return self.page.top * POINTS_PER_MM + line * self.text.pitch

    def breadth(self, columns: int) -> float:
        """Width of so many columns, in points."""
        return self.characters(columns) * self.text.size

    def depth(self, lines: int) -> float:
        """Height of so many lines from the top of the first to the foot of the last, in points."""
        return (lines - 1) * self.text.pitch + self.text.size

    @cached_property
    def type_area(self) -> Box:
        """Where text stands."""
        return Box(self.x(0), self.y(0), self.breadth(self.grid.columns), self.depth(self.grid.lines))

    def weight(self, priority: int) -> Weight:
        """The bounds of a headline of *priority*."""
        fitting = [entry for entry in self.headlines if entry.priority <= priority]
        return max(fitting or self.headlines, key=lambda entry: entry.priority if fitting else -entry.priority)


def parse_format(name: str, text: str, path: str) -> Format:
    """The format *name* from the TOML *text* of the file *path*.

    Raises ``BuildError`` that names the key and what is wrong with it.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BuildError("print.format-toml", path, str(error)) from error
    parsed: Format = _Reader(path).record(Format, {**table, "name": name}, "")
    _check(parsed, path)
    return parsed


LOOKS = (
    "headline", "headline-soft", "headline-minor", "kicker", "deck", "byline", "tips-label", "tips", "crosshead",
    "caption", "column-head", "lead", "furniture",
)  # fmt: skip
"""What every format must say the look of."""


def _check(parsed: Format, path: str) -> None:
    """What single values cannot tell."""
    for key, code in _findings(parsed):
        raise BuildError(f"print.format-{code}", path, key)


def _findings(parsed: Format) -> Iterator[tuple[str, str]]:
    """(key, code of the message) of each thing that is wrong."""
    yield from ((f"looks.{name}", "needed") for name in LOOKS if name not in parsed.looks)
    yield from ((f"colors.{name}", "color") for name, value in parsed.colors.items() if not _COLOR.fullmatch(value))
    if "ink" not in parsed.colors:
        yield "colors.ink", "needed"
    if min(parsed.grid.columns, parsed.grid.characters, parsed.grid.lines) < 1:
        yield "grid", "empty"
    if parsed.text.size <= 0 or parsed.text.pitch < parsed.text.size:
        yield "text.pitch", "pitch"
    area = parsed.type_area
    if area.x + area.width > parsed.width + _ROUNDING:
        yield "page.width", "outside"
    if area.y + area.height > parsed.height + _ROUNDING:
        yield "page.height", "outside"
    yield from _press_findings(parsed)
    if parsed.masthead.columns > parsed.grid.columns or parsed.masthead.lines > parsed.grid.lines:
        yield "masthead", "outside"


def _press_findings(parsed: Format) -> Iterator[tuple[str, str]]:
    press = parsed.press
    for name, ink in press.inks.items():
        if name not in parsed.colors:
            yield f"press.inks.{name}", "color-unknown"
        elif max(ink) > FULL or sum(ink) > press.ink_limit:
            yield f"press.inks.{name}", "ink"
    for name in press.spots:
        if name not in press.inks:
            yield f"press.spots.{name}", "color-unknown"
        elif list(press.inks.values()).count(press.inks[name]) > 1:
            # The plate is found by its ink, so no other colour may have the same.
            yield f"press.inks.{name}", "spot-twice"
    if press.pictures not in PICTURES:
        yield "press.pictures", "pictures"


class _Reader:
    """Reads tables into the frozen classes above by their declared types."""

    def __init__(self, path: str) -> None:
        self.path = path

    def record(self, kind: type[Any], table: Any, at: str) -> Any:
        """A *kind* from *table*; unknown and missing keys are errors."""
        if not isinstance(table, Mapping):
            raise BuildError("print.format-table", self.path, at)
        hints = get_type_hints(kind)
        for key in table:
            if key not in hints:
                raise BuildError("print.format-unknown", self.path, _join(at, key))
        for entry in fields(kind):
            if entry.name not in table and entry.default is MISSING and entry.default_factory is MISSING:
                raise BuildError("print.format-needed", self.path, _join(at, entry.name))
        return kind(**{key: self.value(hints[key], value, _join(at, key)) for key, value in table.items()})

    def value(self, kind: Any, value: Any, at: str) -> Any:
        """*value* as *kind*."""
        origin, arguments = get_origin(kind), get_args(kind)
        if is_dataclass(kind) and isinstance(kind, type):
            return self.record(kind, value, at)
        if kind == Face:
            return self._choice(get_args(Face), value, at)
        if origin is tuple:
            return self._row(arguments, value, at)
        if origin is not None:
            if not isinstance(value, Mapping):
                raise BuildError("print.format-table", self.path, at)
            return {key: self.value(arguments[1], entry, _join(at, key)) for key, entry in value.items()}
        return self._plain(kind, value, at)

    def _row(self, arguments: tuple[Any, ...], value: Any, at: str) -> tuple[Any, ...]:
        many = arguments[-1] is Ellipsis
        if not isinstance(value, list) or not value or (not many and len(value) != len(arguments)):
            raise BuildError("print.format-list", self.path, at)
        return tuple(self.value(arguments[0], entry, at) for entry in value)

    def _choice(self, choices: tuple[str, ...], value: Any, at: str) -> str:
        if value not in choices:
            raise BuildError("print.format-face", self.path, at, ", ".join(choices))
        return str(value)

    def _plain(self, kind: type[Any], value: Any, at: str) -> Any:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if kind is float and number and value >= 0:
            return float(value)
        if kind is int and number and value >= 0 and value == int(value):
            return int(value)
        if kind is str and isinstance(value, str):
            return value
        raise BuildError("print.format-text" if kind is str else "print.format-number", self.path, at)


def _join(at: str, key: str) -> str:
    return f"{at}.{key}" if at else str(key)
