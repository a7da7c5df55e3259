"""Social cards: what chat apps and feeds show of a story, wide and square, in the newspaper's own look.

White paper, the red seal, the masthead over a double rule, 引题, headline; the story's picture where it has one.
The same bytes for the same input.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from PIL import Image as Pillow
from PIL import ImageColor, ImageDraw

from site_builder.model import urls
from site_builder.render.artifact import Artifact
from site_builder.render.pictures.containers import embed
from site_builder.render.pictures.images import cut, open_small
from site_builder.render.pictures.label import Label, iim_records, xmp_packet
from site_builder.render.pictures.lettering import FontFace, Hand
from site_builder.text.lines import atoms, break_lines

WIDE, SQUARE = (1200, 630), (800, 800)
"""px: of Open Graph, and of chat apps that cut a square out of the middle (WeChat)."""
MISSING = ".missing.txt"
"""The artifact, kept and not published, that names the signs which no font has."""
_INK, _INK2, _INK3, _RED, _PAPER = "#16181b", "#474c52", "#666c73", "#ab1f1a", "#ffffff"
_MARGIN = 64
_HEADLINES = (104, 96, 88, 80, 72, 64, 56, 50, 44)
"""Sizes of the headline in px, the first that fits is taken."""
_EVEN_FROM = 60
"""Down to this size a line ends at the end of a phrase; only then phrases are torn, at the largest size."""
_LEADING = 1.28
_SHADES = 12
"""Of each colour towards paper, for the edges of letters."""
_MEASURE_PX = 100
"""Size at which a headline is measured once for all sizes."""
_ROUNDED = 1.01
"""Widths of a size differ by so much from those of another, since glyphs are fitted to pixels."""
_HIGHER = 0.85
"""What is set in the middle looks too low."""
_DESIGN = 1
"""Counts up when the look changes: cards are cached by chat apps under their address."""
_SEAL = ((6, 7), (20, 7), (20, 9.6), (14.4, 9.6), (14.4, 16.4), (21, 16.4), (21, 19), (5, 19), (5, 16.4),
         (11.6, 16.4), (11.6, 9.6), (6, 9.6))  # fmt: skip
"""工 in a square of 26, as in themes/static/seal.svg."""


@dataclass(frozen=True, slots=True)
class CardPhoto:
    """The picture on a card."""

    digest: str
    """Of the original, whose bytes come with the task."""
    focus: tuple[int, int]
    """Per cent from left and top."""
    label: Label


@dataclass(frozen=True, slots=True)
class CardInput:
    """All that a story's cards show."""

    story: str
    """Its id."""
    paper: str
    """The masthead."""
    section: str
    day: date
    dated: str
    """The day as readers of the site's language write it."""
    kicker: str
    headline: str
    photo: CardPhoto | None = None
    fonts: str = ""
    """Digest of the newsroom's own fonts that it is set in."""

    @property
    def tag(self) -> str:
        """What tells these cards from earlier ones of the story."""
        return hashlib.sha256(repr((_DESIGN, self)).encode()).hexdigest()[:8]

    def url(self, shape: str) -> str:
        """The address of the card: *shape* is ``wide`` or ``square``."""
        return urls.card(self.story, self.tag, shape, ".jpg" if self.photo else ".png")


@dataclass(frozen=True, slots=True)
class Faces:
    """The faces that cards are set in, by what they are for; first choice first."""

    display: tuple[FontFace, ...]
    """Masthead and headline: the heaviest that there is."""
    text: tuple[FontFace, ...]
    """引题."""
    label: tuple[FontFace, ...]
    """Section, date, credit."""


def draw_cards(card: CardInput, faces: Faces, photo: bytes) -> tuple[Artifact, ...]:
    """Both cards, and the signs that no face has. *photo* are the original picture's bytes, where there is one."""
    missing: dict[str, None] = {}
    picture = open_small(photo, max(SQUARE)) if card.photo else None
    made = []
    for shape, size in (("wide", WIDE), ("square", SQUARE)):
        sheet = _Sheet(card, faces, size, missing)
        sheet.draw(picture)
        made.append(Artifact(card.url(shape), sheet.encoded()))
    return (*made, Artifact.text(MISSING, "".join(missing)))


@dataclass(frozen=True, slots=True)
class _Box:
    """A part of the card, px."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def size(self) -> tuple[int, int]:
        return self.right - self.left, self.bottom - self.top


class _Sheet:
    """One card while it is drawn."""

    def __init__(self, card: CardInput, faces: Faces, size: tuple[int, int], missing: dict[str, None]) -> None:
        self.card = card
        self.faces = faces
        self.width, self.height = size
        self.wide = self.width > self.height
        self.missing = missing
        self.image = Pillow.new("RGB", size, _PAPER)
        self.canvas = ImageDraw.Draw(self.image)

    def draw(self, picture: Pillow.Image | None) -> None:
        top = self._head()
        text = _Box(_MARGIN, top, self.width - _MARGIN, self.height - 44)
        if self.card.photo and picture:
            box, text = self._split(top)
            self.image.paste(cut(picture, box.size, self.card.photo.focus), (box.left, box.top))
        foot = self._foot(text)
        self._words(_Box(text.left, text.top + 24, text.right, foot))

    def _split(self, top: int) -> tuple[_Box, _Box]:
        """The picture's place and what is left for words: side by side, or one above the other."""
        if self.wide:
            left = self.width - 470
            return _Box(left, top, self.width, self.height), _Box(_MARGIN, top, left - 40, self.height - 44)
        bottom = top + 300
        return _Box(0, top, self.width, bottom), _Box(_MARGIN, bottom, self.width - _MARGIN, self.height - 36)

    def _hand(self, faces: tuple[FontFace, ...], size: int) -> Hand:
        return Hand(faces, size, self.missing)

    def _head(self) -> int:
        """Seal, masthead, section and day over a double rule; where the space below begins."""
        side, y = 52, 40
        self.canvas.rectangle((_MARGIN, y, _MARGIN + side - 1, y + side - 1), fill=_RED)
        scale = side / 26
        self.canvas.polygon([(_MARGIN + x * scale, y + v * scale) for x, v in _SEAL], fill=_PAPER)
        right = self.width - _MARGIN
        base = y + 42
        label = self._hand(self.faces.label, 26)
        facts = label.clean(f"{self.card.section}　{self.card.dated}" if self.wide else self.card.dated)
        facts_at = right - label.width(facts)
        label.draw(self.canvas, (facts_at, base), facts, _INK2)
        name = self._fitting(self.card.paper, 44, facts_at - _MARGIN - side - 18 - 30)
        name.draw(self.canvas, (_MARGIN + side + 18, base), name.clean(self.card.paper), _RED)
        rule = y + side + 22
        self.canvas.rectangle((_MARGIN, rule, right - 1, rule + 3), fill=_INK)
        self.canvas.rectangle((_MARGIN, rule + 7, right - 1, rule + 7), fill=_INK)
        return rule + 26

    def _fitting(self, text: str, size: int, room: float) -> Hand:
        """The largest hand, from *size* down, that keeps *text* in *room* px."""
        hand = self._hand(self.faces.display, size)
        wide = hand.width(hand.clean(text))
        return hand if wide <= room else self._hand(self.faces.display, max(int(size * room / wide), 12))

    def _foot(self, box: _Box) -> int:
        """One line at the foot: the section on a square card, the picture's credit; where the words must end."""
        hand = self._hand(self.faces.label, 22)
        left = float(box.left)
        section = "" if self.wide else hand.clean(self.card.section)
        credit = self.card.photo.label.credit if self.card.photo else ""
        if section:
            hand.draw(self.canvas, (left, box.bottom - 4), section, _RED)
            left += hand.width(section) + 24
        if credit:
            hand.draw(self.canvas, (left, box.bottom - 4), _shortened(hand, credit, box.right - left), _INK3)
        return box.bottom - (44 if section or credit else 0)

    def _words(self, box: _Box) -> None:
        """引题 and headline, as large as they fit, in the middle of their place."""
        kicker = self._hand(self.faces.text, 32)
        above = _shortened(kicker, self.card.kicker, box.size[0]) if self.card.kicker else ""
        reserved = 56 if above else 0
        size, lines = self._headline(box.size[0], box.size[1] - reserved)
        height = reserved + size * _LEADING * len(lines)
        y = box.top + max((box.size[1] - height) / 2, 0) * _HIGHER
        if above:
            kicker.draw(self.canvas, (box.left, y + 34), above, _INK2)
        hand = self._hand(self.faces.display, size)
        for number, line in enumerate(lines):
            base = y + reserved + size * (_LEADING * number + 1.0)
            hand.draw(self.canvas, (box.left, round(base)), line, _INK)

    def _headline(self, width: int, height: int) -> tuple[int, tuple[str, ...]]:
        """(size, lines): whole phrases as long as they are not too small, else as large as it fits."""
        hand = self._hand(self.faces.display, _MEASURE_PX)
        words = atoms(hand.clean(self.card.headline))
        for smallest, tear in ((_EVEN_FROM, False), (0, True)):
            for size in (size for size in _HEADLINES if size >= smallest):
                most = int(height / (size * _LEADING))
                room = width * _MEASURE_PX / (size * _ROUNDED)
                lines = break_lines(words, hand.width, room, most, tear=tear)
                if lines:
                    return size, lines
        return self._cut(width, height)

    def _cut(self, width: int, height: int) -> tuple[int, tuple[str, ...]]:
        """A headline of any length at the smallest size, cut with …… where its place ends."""
        size = _HEADLINES[-1]
        hand = self._hand(self.faces.display, size)
        most = max(int(height / (size * _LEADING)), 1)
        text = hand.clean(self.card.headline)
        lines: list[str] = []
        while text and len(lines) < most:
            fitting = next((n for n in range(len(text), 1, -1) if hand.width(text[:n]) <= width), 1)
            lines.append(text[:fitting].strip())
            text = text[fitting:]
        if text:
            lines[-1] = lines[-1][:-2] + "……"
        return size, tuple(lines)

    def encoded(self) -> bytes:
        """The card as a file: flat colours as a PNG with a palette, a photograph as a JPEG with its label."""
        out = io.BytesIO()
        if self.card.photo is None:
            self.image.quantize(palette=_palette(), dither=Pillow.Dither.NONE).save(out, "PNG", compress_level=6)
            return out.getvalue()
        self.image.save(out, "JPEG", quality=84, optimize=True, progressive=True)
        label = self.card.photo.label
        return embed("jpg", out.getvalue(), xmp_packet(label), iim_records(label))


@lru_cache(maxsize=1)
def _palette() -> Pillow.Image:
    """A picture that holds the colours of a card without a photograph. A fixed palette is found at once."""
    colours = [ImageColor.getrgb(colour)[:3] for colour in (_INK, _INK2, _INK3, _RED)]
    shades = [
        round(255 + (part - 255) * step / _SHADES)
        for colour in colours
        for step in range(1, _SHADES + 1)
        for part in colour
    ]
    palette = Pillow.new("P", (1, 1))
    palette.putpalette([255, 255, 255, *shades])
    return palette


def _shortened(hand: Hand, text: str, room: float) -> str:
    """*text*, cleaned, cut with …… where it is wider than *room* px."""
    text = hand.clean(text)
    if hand.width(text) <= room:
        return text
    while text and hand.width(text + "……") > room:
        text = text[:-1]
    return text + "……"
