"""A newsroom whose one edition has two locked pages: made-up copy, and a lock that was made of it once.

Run this file when copy or format change: it solves the pages again and writes ``data/paper.layout.lock``.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import yaml

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]  # when run as a command
from benchmarks.pages.edition import DAY, make_page_newsroom  # noqa: E402

FORMAT = "a4-page"
SEEDS = (1, 2)
"""A first page with a masthead, and page 3."""
NUMBERS = (1, 3)
EDITION = f"content/editions/{DAY}.yml"
LOCK = f"content/editions/{DAY}.layout.lock"
_MADE = Path(__file__).parent / "data/paper.layout.lock"


def make_paper_newsroom(root: Path) -> Path:
    """Write the newsroom into *root*, lock included."""
    pages = []
    with tempfile.TemporaryDirectory() as name:
        for seed in SEEDS:
            made = Path(name) / str(seed)
            make_page_newsroom(made, seed, FORMAT)
            edition = yaml.safe_load((made / EDITION).read_text(encoding="utf-8"))
            pages += edition["pages"]
            shutil.copytree(made, root, dirs_exist_ok=True)
    edition |= {"pages": pages, "format": FORMAT}
    (root / EDITION).write_text(yaml.safe_dump(edition, allow_unicode=True, sort_keys=False), encoding="utf-8")
    if _MADE.is_file():
        shutil.copy(_MADE, root / LOCK)
    return root


if __name__ == "__main__":
    from site_builder import api

    with tempfile.TemporaryDirectory() as folder:
        newsroom = make_paper_newsroom(Path(folder) / "newsroom")
        print(*(page.how for page in api.print_pages(newsroom, api.PagesOptions(anew=True)).pages))
        shutil.copy(newsroom / LOCK, _MADE)
