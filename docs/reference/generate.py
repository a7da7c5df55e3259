"""Write the parts of the documentation that the code knows best.

    python docs/reference/generate.py            rewrite every region ``<!-- generated: NAME -->…<!-- end -->``
    python docs/reference/generate.py --check    name the pages that are stale; exit status 1 when there are any

What stands in the regions is made in ``regions.py``.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

import regions
from pydantic import BaseModel
from regions import Place, Region

from site_builder.schema import data, edition, fields, lead, printed, readings, settings, story

ROOT = Path(__file__).resolve().parents[2]
PAGES = (ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").rglob("*.md")))
_REGION = re.compile(r"(?<=<!-- generated: )([\w-]+)( -->\n).*?(?=<!-- end -->)", re.DOTALL)
_HEADING = re.compile(r"^#{2,} ", re.MULTILINE)

MODELS: tuple[type[BaseModel], ...] = (
    story.StoryFile, story.PhotoFile, story.CorrectionFile, lead.BylineEntry, edition.EditionFile, edition.PageFile,
    edition.PlacementFile, edition.UnplacedFile, edition.JumpFile, edition.PinFile, edition.AdvertisementFile,
    edition.BannerFile,
    data.SectionEntry, data.RegionEntry, data.OrganisationEntry, data.PersonEntry, readings.ReadingEntry,
    settings.BulletinBlock, settings.PublicationBlock, settings.FilingBlock, settings.PrintBlock,
)  # fmt: skip
REGIONS: Mapping[str, Region] = {
    **{model.__name__: regions.field_table(model) for model in MODELS},
    "genres": regions.word_table(fields.GENRES),
    "statuses": regions.word_table(fields.STATUSES),
    "photo-kinds": regions.word_table(fields.PHOTO_KINDS),
    "printed-words": regions.printed_words_table,
    "dateline-forms": regions.dateline_forms,
    "byline-forms": regions.people_table(regions.BYLINES, printed.parse_byline),
    "credit-forms": regions.people_table(regions.CREDITS, printed.parse_photo_credit),
    "problems": regions.problem_list,
    "commands": regions.command_list,
    "error-zh-CN": regions.error_example("zh-CN"),
    "error-en": regions.error_example("en"),
}


def regenerate(page: str) -> str:
    """*page* with every region made anew. Raises ``KeyError`` for a region that nobody makes."""

    def fill(match: re.Match[str]) -> str:
        heads = [heading.start() for heading in _HEADING.finditer(page)]
        start = max((h for h in heads if h < match.start()), default=0)
        stop = min((h for h in heads if h > match.end()), default=len(page))
        section = page[start : match.start()] + page[match.end() : stop]
        return f"{match.group(1)}{match.group(2)}\n{REGIONS[match.group(1)](Place(page, section)).rstrip()}\n\n"

    return _REGION.sub(fill, page)


def main(arguments: list[str]) -> int:
    """Rewrite the pages, or with ``--check`` only name the stale ones; the exit status."""
    stale = 0
    for path in PAGES:
        old = path.read_text(encoding="utf-8")
        new = regenerate(old)
        if new != old:
            stale += 1
            print(path.relative_to(ROOT).as_posix())
            if "--check" not in arguments:
                path.write_text(new, encoding="utf-8", newline="\n")
    return int("--check" in arguments and stale > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
