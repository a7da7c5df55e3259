"""What is judged, in a real browser: the search page, asked by its address as a bookmark would, or its engine alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

from benchmarks.search.scoring import PAGE, Found
from benchmarks.search.truth import Query
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

SLOWER = 4
"""How many times slower than this machine a reader's is taken to be."""
ANSWERED = "#bu-results > *, #bu-state > *"
"""Stands on the page once it has an answer: hits, or words that there are none."""
TOLD = "answered"
"""What the page is made to say then: to ask it again and again would take a part of its time."""
WATCH = f"""
new MutationObserver(() => {{
  if (window.judgedAt || !document.querySelector("{ANSWERED}")) return;
  window.judgedAt = performance.now();
  console.debug("{TOLD}");
}}).observe(document, {{ subtree: true, childList: true }});
"""
# A button among the words that nothing was found goes on: then it is not said that there is nothing.
READ = """() => ({
  links: [...document.querySelectorAll("#bu-results .bu-hit__head a")].map((link) => link.pathname),
  count: document.getElementById("bu-count").textContent,
  unfinished: !!document.querySelector("#bu-state button"),
  seconds: window.judgedAt / 1000,
})"""
QUIET_MS = 40
ASK = """(query) => BulletinSearch.open("../").search(query).then((answer) => ({
  links: answer.hits.map((hit) => hit.url),
  count: answer.count,
  exact: answer.exact,
}))"""
_COLUMN = re.compile(r"/f-(\w+)\.gz")
_STORY = re.compile(r"(?:^|/)stories/s-(\d{6})/")


class SearchPage:
    """The search page of the site at *address*, with nothing kept from one query to the next.

    *facet_key* tells under which key the page's address names a value of a facet. With *slowly* every query gets a
    browser profile and a process of its own, the processor is slowed down, and seconds are measured.
    """

    def __init__(
        self, browser: Browser, address: str, facet_key: Callable[[str, str], str], slowly: bool = False
    ) -> None:
        self._browser = browser
        self._address = address
        self._facet_key = facet_key
        self._slowly = slowly
        self._context: BrowserContext | None = None

    def can_be_asked(self, _query: Query) -> bool:
        return True

    def ask(self, query: Query) -> Found:
        """Open the page at the address of *query*, and read what stands there."""
        # Service workers fetch what a reader may need later; that is no part of an answer.
        if self._context is None:
            self._context = self._browser.new_context(locale="zh-CN", service_workers="block")
        page = self._context.new_page()
        session = self._context.new_cdp_session(page)
        session.send("Network.clearBrowserCache")
        wire = _Wire(session, query)
        if self._slowly:
            session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.add_init_script(WATCH)
        with page.expect_console_message(lambda message: message.text == TOLD, timeout=30_000):
            page.goto(f"{self._address}search/?{self._words(query)}", wait_until="commit")
        wire.rest(page)
        seen: dict[str, Any] = page.evaluate(READ)
        page.close()
        if self._slowly:
            self._context.close()
            self._context = None
        return Found(
            numbers=story_numbers(seen["links"]),
            count=_number(seen["count"]),
            exact="约" not in seen["count"] and not seen["unfinished"],
            received=wire.received,
            columns=wire.columns,
            requests=wire.requests,
            seconds=seen["seconds"] if self._slowly else 0.0,
        )

    def _words(self, query: Query) -> str:
        words = [("q", query.text)] if query.text else []
        words += [(facet, self._facet_key(facet, value)) for facet, value in query.facets]
        return urlencode([*words, *([("sort", "date")] if query.by_date else [])])


class SearchScript:
    """The engine of the search page, asked within one page at *address*: a tenth of the time, the same bytes.

    What the page makes of an answer is not seen.
    """

    def __init__(self, browser: Browser, address: str, facet_key: Callable[[str, str], str]) -> None:
        self._page = browser.new_context(service_workers="block").new_page()
        self._page.goto(f"{address}search/")
        self._facet_key = facet_key

    def can_be_asked(self, _query: Query) -> bool:
        return True

    def ask(self, query: Query) -> Found:
        """Open the index anew, with nothing in the browser's cache, and ask it."""
        session = self._page.context.new_cdp_session(self._page)
        session.send("Network.clearBrowserCache")
        wire = _Wire(session, query)
        seen = self._page.evaluate(ASK, query_of(query, self._facet_key))
        wire.rest(self._page)
        session.detach()
        numbers = story_numbers(seen["links"])
        return Found(numbers, seen["count"], seen["exact"], wire.received, wire.columns, wire.requests)


class _Wire:
    """Counts what a page loads of the index, headers included, as the browser's network stack tells it."""

    def __init__(self, session: CDPSession, query: Query) -> None:
        # A column that the answer itself depends on is index like any other.
        self._needed = {"day" if facet in ("from", "to") else facet for facet, _value in query.facets}
        self.received = 0
        self.columns = 0
        self.requests = 0
        self._begun: dict[str, str] = {}
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.loadingFinished", self._done)
        session.on("Network.loadingFailed", self._failed)
        session.send("Network.enable")

    def rest(self, page: Page) -> None:
        """Wait until nothing of the index is on its way."""
        quiet = 0
        while quiet < 2:
            page.wait_for_timeout(QUIET_MS)
            quiet = 0 if self._begun else quiet + 1

    def _sent(self, event: dict[str, Any]) -> None:
        # The page itself lies in the same folder; it is a document, and not counted.
        url = event["request"]["url"]
        if event["type"] != "Document" and "/search/" in url:
            self._begun[event["requestId"]] = url

    def _done(self, event: dict[str, Any]) -> None:
        url = self._begun.pop(event["requestId"], None)
        if url is None:
            return
        size = int(event["encodedDataLength"])
        self.requests += 1
        column = _COLUMN.search(url)
        if column and column[1] not in self._needed:
            self.columns += size
        else:
            self.received += size

    def _failed(self, event: dict[str, Any]) -> None:
        self._begun.pop(event["requestId"], None)


def query_of(query: Query, facet_key: Callable[[str, str], str]) -> dict[str, Any]:
    """*query* as the script takes it."""
    facets: dict[str, Any] = {}
    for facet, value in query.facets:
        if facet in ("from", "to"):
            facets[facet] = value
        else:
            facets.setdefault(facet, []).append(facet_key(facet, value))
    sort = "date" if query.by_date else "relevance"
    return {"q": query.text, "sort": sort, "facets": facets, "offset": 0, "limit": PAGE}


def story_numbers(links: Iterable[str]) -> tuple[int, ...]:
    """The stories behind *links*."""
    return tuple(int(match[1]) for link in links if (match := _STORY.search(link)))


def _number(text: str) -> int:
    """The number in ``共 1,234 篇``; 0 where there is none."""
    digits = re.sub(r"\D", "", text)
    return int(digits) if digits else 0
