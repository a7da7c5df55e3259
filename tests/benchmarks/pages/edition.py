"""One page of made-up stories, by a seed: 5 to 14 of them, together 0.90 to 1.10 of what a page holds.

The area of a story is estimated here, with plain arithmetic that knows nothing of how pages are laid out, so that the
layout is judged by a measure that it did not make. The same seed and shape give the same files.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil
from pathlib import Path

import yaml
from benchmarks.pages.drawing import draw_picture
from benchmarks.pages.words import CAPTIONS, CROSSHEADS, DECKS, HEADLINES, KICKERS, PEOPLE, TIPS, Writer
from newsroom_samples import MINIMAL

DAY = date(2026, 7, 20)
_SET_CHARACTERS = 0.89
"""Of the characters that a column's lines could hold, the share that they do: indents and last lines are short."""


@dataclass(frozen=True)
class Shape:
    """What a page of a format holds, in columns and lines, and how many stories stand on it."""

    columns: int
    characters: int
    lines: int
    masthead: int
    """Cells (columns times lines) that the masthead takes from a first page."""
    stories: tuple[int, int]


SHAPES: Mapping[str, Shape] = {
    "broadsheet": Shape(8, 13, 123, 80, (5, 14)),
    "tabloid": Shape(6, 12, 88, 56, (3, 8)),
    "a4-page": Shape(4, 13, 64, 40, (2, 4)),
}


@dataclass(frozen=True)
class _Kind:
    """How big stories of a kind are on an average page."""

    genre: str
    weight: float
    headline: tuple[int, int]
    """Columns and lines of the headline with kicker and deck."""
    picture: float
    """How likely a picture is."""


LEAD = _Kind("通讯", 3.0, (5, 16), 0.85)
KINDS = {
    "news": _Kind("消息", 1.3, (3, 8), 0.5),
    "feature": _Kind("通讯", 2.0, (4, 10), 0.7),
    "commentary": _Kind("评论", 1.1, (3, 6), 0.05),
    "brief": _Kind("简讯", 0.35, (2, 4), 0.0),
    "photo": _Kind("图片", 0.9, (3, 4), 1.0),
    "notice": _Kind("公告", 0.6, (2, 5), 0.0),
}
SHARES = {"news": 11, "feature": 3, "commentary": 1.5, "brief": 3, "photo": 2, "notice": 0.7}


def make_page_newsroom(root: Path, seed: int, name: str = "broadsheet") -> float:
    """Write a newsroom whose one edition has one page into *root*; the area wanted, as a share of the page.

    Odd seeds make a first page with its masthead, even ones a page inside.
    """
    shape = SHAPES[name]
    source = random.Random(f"{name} {seed}")
    target = 0.90 + 0.20 * source.random()
    first = seed % 2 == 1
    _copy_minimal(root)
    kinds = _kinds(source, shape)
    free = shape.columns * shape.lines - (shape.masthead if first else 0)
    rows = []
    writer = Writer(source)
    total = sum(kind.weight for kind in kinds)
    for number, kind in enumerate(kinds, 1):
        area = target * free * kind.weight / total
        id_ = f"s{seed:03}-{number:02}"
        _write_story(root, writer, id_, kind, area, shape, lead=number == 1)
        rows.append({"id": id_, "priority": _priority(source, kind, number)})
    page = {
        "number": 1 if first else 3,
        "name": "要闻" if first else "基层·综合",
        "editors": ["林一舟"],
        "stories": rows,
    }
    edition = {"date": DAY, "number": 4128, "partial": True, "pages": [page]}
    _write(root / f"content/editions/{DAY}.yml", yaml.safe_dump(edition, allow_unicode=True, sort_keys=False))
    return target


def make_edition_newsroom(root: Path, seed: int, name: str, pages: int, stories: int = 0) -> None:
    """Write a newsroom whose one edition has so many *pages* into *root*, and all its stories still unplaced.

    Together they are as long as the pages, and so many as *stories*; 0 leaves it to the seed.
    """
    shape = SHAPES[name]
    source = random.Random(f"{name} {pages} {seed}")
    _copy_minimal(root)
    writer = Writer(source)
    rows: list[dict[str, object]] = []
    for page in range(1, pages + 1):
        share, rest = divmod(stories, pages)
        kinds = _kinds(source, shape, share + (page <= rest))
        free = shape.columns * shape.lines - (shape.masthead if page == 1 else 0)
        total = sum(kind.weight for kind in kinds)
        for number, kind in enumerate(kinds, 1):
            id_ = f"s{seed:03}-{len(rows) + 1:02}"
            _write_story(root, writer, id_, kind, free * kind.weight / total, shape, lead=number == 1)
            priority = 10 if not rows else 9 if number == 1 else min(7, _priority(source, kind, number))
            rows.append({"id": id_, "priority": priority})
    names = ("要闻", "工会新闻", "基层", "综合")
    edition = {
        "date": DAY,
        "number": 4128,
        "format": name,
        "pages": [{"number": n, "name": names[(n - 1) % len(names)]} for n in range(1, pages + 1)],
        "unplaced": sorted(rows, key=lambda row: -int(str(row["priority"]))),
    }
    _write(root / f"content/editions/{DAY}.yml", yaml.safe_dump(edition, allow_unicode=True, sort_keys=False))


def _copy_minimal(root: Path) -> None:
    shutil.copytree(MINIMAL, root, ignore=shutil.ignore_patterns(".bulletin", "site", "stories", "editions", "photos"))
    people = [{"key": f"p{number}", "name": person} for number, person in enumerate(PEOPLE)]
    _write(root / "content/people.yml", yaml.safe_dump({"people": people}, allow_unicode=True))


def _kinds(source: random.Random, shape: Shape, stories: int = 0) -> list[_Kind]:
    count = stories or source.randint(*shape.stories)
    names = source.choices(list(SHARES), list(SHARES.values()), k=count - 1)
    # Two pictures without a story, or two notices, are no page.
    for once in ("photo", "notice", "commentary"):
        while names.count(once) > 1:
            names[names.index(once)] = "news"
    lead = LEAD if source.random() < 0.6 else _Kind("消息", 2.4, (5, 14), 0.8)
    return [lead, *sorted((KINDS[name] for name in names), key=lambda kind: -kind.weight)]


def _priority(source: random.Random, kind: _Kind, number: int) -> int:
    if number == 1:
        return 10
    return max(1, min(9, round(3 + 2.4 * kind.weight + source.uniform(-1.2, 1.2))))


def _write_story(root: Path, writer: Writer, id_: str, kind: _Kind, area: float, shape: Shape, *, lead: bool) -> None:
    source = writer.source
    fields: dict[str, object] = {"id": id_, "headline": writer.take(HEADLINES), "genre": kind.genre}
    fields |= {"date": DAY, "section": "union-news", "region": "370000"}
    if lead or (kind.weight > 1 and source.random() < 0.6):
        fields["kicker"] = writer.take(KICKERS)
    if lead or (kind.weight > 1 and source.random() < 0.5):
        fields["subhead"] = writer.take(DECKS)
    columns, lines = kind.headline
    # Columns of all formats are about as wide: a headline needs as many of them, and is lower where type is smaller.
    columns = min(columns, shape.columns)
    lines = ceil(lines * min(1.0, shape.lines / 100))
    room = area - columns * lines - 2 * columns
    if lead and kind.genre == "通讯":
        fields["reading_tips"] = writer.take(TIPS)
        room -= len(str(fields["reading_tips"])) / shape.characters * 1.6 + 6
    photos = []
    if source.random() < kind.picture:
        count = 2 if kind.weight > 1.5 and source.random() < 0.25 else 1
        for number in range(1, count + 1):
            aspect = source.choice((1.5, 1.5, 1.33, 1.78, 0.75, 1.0))
            share = 0.75 if kind.genre == "图片" else 0.4 if number == 1 else 0.2
            wide = min(columns, 3 if lead or kind.genre == "图片" else 2)
            while wide > 1 and _picture_cells(wide, aspect, 30, shape) > share * room:
                wide -= 1
            photo, cells = _write_picture(root, writer, f"{id_}-{number}", wide, aspect, shape)
            photos.append(photo)
            room -= cells
        fields["photos"] = photos
    least = 60 if kind.genre in ("图片", "简讯") else 160
    characters = max(least, int(room * shape.characters * _SET_CHARACTERS))
    paragraphs = list(writer.paragraphs(characters))
    if kind.genre in ("通讯", "评论") and len(paragraphs) >= 8:
        for place in range(len(paragraphs) * 3 // 4, 2, -max(3, len(paragraphs) // 4)):
            paragraphs.insert(place, "## " + writer.take(CROSSHEADS))
    body = _sign(fields, kind, paragraphs, source)
    front = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False)
    _write(root / f"content/stories/{DAY:%Y/%m}/{id_}.md", f"---\n{front}---\n\n{body}\n")


def _sign(fields: dict[str, object], kind: _Kind, paragraphs: list[str], source: random.Random) -> str:
    """The body with the byline where the genre has it; a long form's byline goes into *fields*."""
    names = source.sample(PEOPLE, 2)
    match kind.genre:
        case "消息":
            paragraphs[0] = f"本报讯（记者{names[0]} 通讯员{names[1]}）" + paragraphs[0]
        case "通讯":
            fields["byline"] = f"本报记者 {names[0]} 本报通讯员 {names[1]}"
        case "评论":
            fields["byline"] = names[0]
        case "简讯":
            paragraphs[-1] += f"（{names[0]}）"
    return "\n\n".join(paragraphs)


def _write_picture(
    root: Path, writer: Writer, name: str, columns: int, aspect: float, shape: Shape
) -> tuple[dict[str, str], float]:
    """Draw a picture; its entry in the front matter and the cells that it takes *columns* wide."""
    width = 1200
    file = f"{DAY:%Y/%m}/{name}.png"
    target = root / "assets/photos" / file
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(draw_picture(name, width, round(width / aspect)))
    caption = writer.take(CAPTIONS)
    cells = _picture_cells(columns, aspect, len(caption), shape)
    credit = f"{writer.source.choice(PEOPLE)} 摄"
    return {"file": file, "caption": caption, "credit": credit, "alt": caption.strip("。")}, cells


def _picture_cells(columns: int, aspect: float, caption: int, shape: Shape) -> float:
    ems = columns * (shape.characters + 1) - 1
    return columns * (ceil(ems / 1.3 / aspect) + 1 + ceil(caption / ems))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
