"""What is judged: the search page in a real browser, asked by its address as a reader's bookmark would."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Browser, CDPSession, Page

from benchmarks.search.scoring import Found
from benchmarks.search.truth import Query

SLOWER = 4
"""How many times slower than this machine a reader's is taken to be."""
WATCH = """
new MutationObserver(() => {
  const finding = document.getElementById("bu-finding");
  if (finding && finding.dataset.state === "done" && !window.judgedAt) window.judgedAt = performance.now();
}).observe(document, { subtree: true, childList: true, attributes: true });
"""
READ = """() => ({
  links: [...document.querySelectorAll("#bu-results .bu-hit__head a")].map((link) => link.pathname),
  count: document.getElementById("bu-count").textContent,
  seconds: window.judgedAt / 1000,
})"""
_STORY = re.compile(r"/stories/s-(\d{6})/")


class SearchPage:
    """The search page of the site at *address*, opened in a new browser profile for every query.

    *facet_key* tells under which key the page's address names a value of a facet. With *slowly* the processor is
    slowed down and seconds are measured; without, they would say nothing.
    """

    def __init__(
        self, browser: Browser, address: str, facet_key: Callable[[str, str], str], slowly: bool = False
    ) -> None:
        self._browser = browser
        self._address = address
        self._facet_key = facet_key
        self._slowly = slowly

    def ask(self, query: Query) -> Found:
        """Open the page at the address of *query*, and read what stands there."""
        # Service workers fetch what a reader may need later; that is no part of an answer.
        context = self._browser.new_context(locale="zh-CN", service_workers="block")
        try:
            page = context.new_page()
            session = context.new_cdp_session(page)
            wire = _Wire(session)
            if self._slowly:
                session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            page.add_init_script(WATCH)
            page.goto(f"{self._address}search/?{self._words(query)}", wait_until="commit")
            seen = _settled(page)
        finally:
            context.close()
        return Found(
            numbers=tuple(int(match[1]) for link in seen["links"] if (match := _STORY.search(link))),
            count=_number(seen["count"]),
            exact="约" not in seen["count"],
            received=wire.received,
            requests=wire.requests,
            seconds=seen["seconds"] if self._slowly else 0.0,
        )

    def _words(self, query: Query) -> str:
        words = [("q", query.text)] if query.text else []
        words += [(facet, self._facet_key(facet, value)) for facet, value in query.facets]
        return urlencode([*words, *([("sort", "date")] if query.by_date else [])])


class _Wire:
    """Counts what a page loads of the index, headers included, as the browser's network stack tells it."""

    def __init__(self, session: CDPSession) -> None:
        self.received = 0
        self.requests = 0
        self.statuses: Counter[int] = Counter()
        self._ours: set[str] = set()
        session.on("Network.responseReceived", self._begun)
        session.on("Network.loadingFinished", self._done)
        session.send("Network.enable")

    def _begun(self, event: dict[str, Any]) -> None:
        # The page itself lies in the same folder; it is a document, and not counted.
        if event["type"] in ("Fetch", "XHR") and "/search/" in event["response"]["url"]:
            self._ours.add(event["requestId"])
            self.statuses[event["response"]["status"]] += 1

    def _done(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self._ours:
            self.received += int(event["encodedDataLength"])
            self.requests += 1


def _settled(page: Page) -> dict[str, Any]:
    """What the page shows once it says that it is done."""
    page.wait_for_selector("#bu-finding[data-state=done]", state="attached", timeout=30_000)
    seen: dict[str, Any] = page.evaluate(READ)
    return seen


def _number(text: str) -> int:
    """The number in ``共 1,234 篇``; 0 where there is none."""
    digits = re.sub(r"\D", "", text)
    return int(digits) if digits else 0
