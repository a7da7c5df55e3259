"""Random texts and queries in a real browser: a checked search finds what looking through every text finds.

The same is asked of the script under Node (tests/integration/test_search_engine.py) and of the Python reader
(tests/unit/render/searching/test_naive.py), with many more examples; here the browser's own decoder, tables of
characters and sorting are at work.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page
from search_naive import found_by_looking, query_of
from search_samples import files_of, newsrooms, terms

from site_builder.render.searching.records import SearchedStory

ASK = """async ([files, query]) => {
  const fetched = async (path) => Uint8Array.from(atob(files[path.split("?")[0]]), (char) => char.charCodeAt(0));
  const answer = await BulletinSearch.open("../", { fetch: fetched }).search(query);
  return [answer.hits.map((hit) => hit.url.split("/").filter(Boolean).pop()), answer.count, answer.exact];
}"""


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The search page, for its scripts."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}search/")
    yield page
    context.close()


@pytest.mark.browser
@settings(max_examples=40, deadline=None)
@given(newsrooms, st.lists(terms, max_size=2), st.none() | terms, st.sampled_from(["relevance", "date"]))
def test_a_browser_finds_what_is_there_the_best_or_the_newest_first(
    page: Page, rows: list[SearchedStory], wanted: list[str], unwanted: str | None, sort: str
) -> None:
    files = files_of(rows)
    expected = found_by_looking(rows, files, wanted, unwanted, sort)
    packed = {path: b64encode(data).decode() for path, data in files.items()}

    query = {"q": query_of(wanted, unwanted), "sort": sort, "facets": {}, "offset": 0, "limit": 1000}

    assert page.evaluate(ASK, [packed, query]) == [expected, len(expected), True]
