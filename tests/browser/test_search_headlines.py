"""Every 2 to 4 neighbouring characters of every headline of the demonstration find its story: no word is a wrong word."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from site_builder.render.searching.reader import IndexReader

ASK = """async (questions) => {
  const engine = BulletinSearch.open("../");
  const missed = [];
  for (const [text, url] of questions) {
    const answer = await engine.search({ q: text, sort: "relevance", facets: {}, offset: 0, limit: 200 });
    if (!answer.hits.some((hit) => hit.url.replace(/^\\//, "") === url)) missed.push([text, url]);
  }
  return missed;
}"""


def questions(site: Path) -> list[tuple[str, str]]:
    """(2 to 4 characters without punctuation, address of the story whose headline has them)."""
    records = [json.loads(gzip.decompress(path.read_bytes())) for path in sorted((site / "search/x").rglob("*.gz"))]
    return [
        (run[start : start + size], record["u"])
        for record in records
        for run in re.findall(r"\w+", record["h"])
        for size in (2, 3, 4)
        for start in range(len(run) - size + 1)
        if not (cuts_word(run, start) or cuts_word(run, start + size))
    ]


def cuts_word(run: str, place: int) -> bool:
    """Whether *place* is within a Latin word or a number; those are found from their beginning and whole."""
    return 0 < place < len(run) and run[place - 1].isascii() and run[place].isascii()


@pytest.mark.browser
def test_every_part_of_every_headline_is_found(demo_site: Path, context: BrowserContext, address: str) -> None:
    asked = questions(demo_site)
    page = context.new_page()
    page.goto(f"{address}search/")

    assert len(asked) > 200
    assert page.evaluate(ASK, asked) == []


def test_every_part_of_every_headline_is_found_in_the_terminal(demo_site: Path) -> None:
    """By the reader of ``bulletin search``."""
    reader = IndexReader(lambda path: (demo_site / path).read_bytes())

    def found(text: str) -> set[str]:
        return {hit.record["u"] for hit in reader.search(text, limit=200).hits}

    assert [(text, url) for text, url in questions(demo_site) if url not in found(text)] == []
