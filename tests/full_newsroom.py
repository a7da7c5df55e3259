"""A newsroom with every kind of page on disk: the texts of `tests/sites/full/`, and pictures drawn for them.

The pictures are flat drawings of every shape that pages must take: wide, 3:2, square, upright, small. The same
newsroom is the same bytes. Two pages of its last edition are locked, as `bulletin print` laid them out once.
"""

from __future__ import annotations

import random
import shutil
from datetime import UTC, datetime
from pathlib import Path

from newsroom_samples import SITES
from PIL import Image, ImageDraw

from site_builder import api
from site_builder.build.clock import FixedClock

FULL = SITES / "full"
BLUE, RED, TINT, TINT2, WHITE = "#1d3f6b", "#c8372b", "#eef0ee", "#d5dde4", "#ffffff"
SIZES_PX = {
    "riders": (2000, 1000),
    "helmets": (1500, 1000),
    "phones": (1500, 1000),
    "folders": (1200, 800),
    "fitter": (900, 1260),
    "nightschool": (1500, 1000),
    "loom": (700, 500),
    "lamp": (1000, 1000),
    "delegates": (1500, 1000),
    "thermo": (1500, 1000),
    "harbour-1": (2100, 1200),
    "harbour-2": (1500, 1000),
    "harbour-3": (1000, 1400),
    "harbour-4": (1500, 1000),
    "harbour-5": (2000, 900),
}


PAGES = {
    "front": "",
    "front-text": "earlier/",
    "story-feature": "stories/riders-summer-contract/",
    "story-news": "stories/hotline-half-year/",
    "story-plain": "stories/heat-rest-count/",
    "story-tall": "stories/twenty-eight-years/",
    "story-photo": "stories/photo-night-harbour/",
    "story-commentary": "stories/heat-and-honour/",
    "story-brief": "stories/brief-eye-check/",
    "section": "sections/rights/",
    "region": "regions/linhai/",
    "topic": "topics/高温津贴/",
    "person": "people/su-he/",
    "organisation": "organisations/city-union/",
    "column": "columns/一线见闻/",
    "index": "people/",
    "regions": "regions/",
    "browse": "browse/",
    "follow": "follow/",
    "list": "sections/front/page/1/",
    "edition": "editions/2026-07-21/",
    "editions": "editions/",
    "year": "editions/2026/",
    "paper": "epaper/",
    "paper-edition": "epaper/2026-07-21/",
    "paper-page": "epaper/2026-07-21/1/",
    "archive": "archive/",
    "month": "archive/2026/07/",
    "search": "search/?q=高温",
    "search-none": "search/?q=不存在的词",
    "search-chosen": "search/?q=高温&section=rights&section=front&year=2026",
    "search-empty": "search/",
    "story-found": "stories/riders-summer-contract/?find=高温",
    "about": "about/",
    "missing": "404.html",
    "tombstone": "stories/withdrawn-story/",
    "draft": "preview/stories/not-yet-checked/",
}
"""Every kind of page → its address in the site that `build_full_site` makes."""
NOW = FixedClock(datetime(2026, 7, 22, 4, tzinfo=UTC))
"""The clock to build it by: the day after the latest edition, noon in Shanghai."""


def make_full_newsroom(root: Path) -> None:
    """Write the newsroom into *root*, which must not exist."""
    shutil.copytree(FULL, root, ignore=shutil.ignore_patterns(".bulletin", "site", "site-preview"))
    folder = root / "assets/photos/2026/07"
    folder.mkdir(parents=True)
    for name, size in SIZES_PX.items():
        draw_picture(name, size).save(folder / f"{name}.png")


def build_full_site(place: Path) -> Path:
    """The newsroom's site below *place*: as readers see it, in `preview/` as editors do, in `earlier/` a day before."""
    root = place / "newsroom"
    make_full_newsroom(root)
    site = _built(root, api.Options())
    shutil.copytree(_built(root, api.Options(audience="preview")), site / "preview")
    for name in ("2026-07-21.yml", "2026-07-21.layout.lock"):
        (root / "content/editions" / name).unlink()
    shutil.copytree(_built(root, api.Options(site_dir=place / "earlier")), site / "earlier")
    return site


def _built(root: Path, options: api.Options) -> Path:
    report = api.build(root, options, clock=NOW)
    assert report.site_dir is not None, report.problems
    return report.site_dir


def draw_picture(name: str, size: tuple[int, int]) -> Image.Image:
    """A harbour by day or by night, another for each *name*."""
    dice = random.Random(name)
    night = name.startswith("harbour") and not name.endswith("5")
    picture = Image.new("RGB", size, BLUE if night else TINT)
    pen = ImageDraw.Draw(picture)
    width, height = size
    horizon = round(height * dice.uniform(0.62, 0.74))
    across, down, radius = width * dice.uniform(0.55, 0.85), height * dice.uniform(0.22, 0.4), height * 0.19
    pen.ellipse((across - radius, down - radius, across + radius, down + radius), fill=WHITE if night else RED)
    for left in range(0, width, max(width // 9, 1)):
        top = horizon - dice.randint(height // 12, height // 4)
        pen.rectangle((left, top, left + width // 12, horizon), fill="#2b4a73" if night else TINT2)
    pen.rectangle((0, horizon, width, height), fill="#16304f" if night else TINT2)
    for place in range(dice.randint(2, 4)):
        _crane(pen, width * (0.1 + 0.24 * place), horizon, height * dice.uniform(0.35, 0.55), night)
    for place in range(dice.randint(4, 9)):
        left = width * (0.05 + 0.1 * place)
        box = (left, horizon + height * 0.06, left + width * 0.085, horizon + height * 0.17)
        pen.rectangle(box, fill=dice.choice((BLUE, RED, WHITE)))
    return picture


def _crane(pen: ImageDraw.ImageDraw, left: float, foot: float, height: float, night: bool) -> None:
    colour = WHITE if night else BLUE
    stroke = max(round(height / 28), 2)
    pen.line((left, foot, left, foot - height), fill=colour, width=stroke)
    pen.line((left - height * 0.3, foot - height, left + height * 0.6, foot - height), fill=colour, width=stroke)
    pen.line((left, foot - height * 1.15, left + height * 0.6, foot - height), fill=colour, width=max(stroke // 2, 1))
    pen.rectangle((left + height * 0.4, foot - height, left + height * 0.52, foot - height * 0.85), fill=RED)
