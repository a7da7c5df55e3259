"""The content security policy: no page breaks it, and it keeps out what somebody slipped in."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from site_builder.render.security import CSP, HEADERS
from tests.browser.test_pages import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LISTEN = """
  window.violations = [];
  document.addEventListener("securitypolicyviolation", function (event) {
    violations.push(event.violatedDirective + " " + event.blockedURI);
  });
"""


class StrictHandler(http.server.SimpleHTTPRequestHandler):
    """Serves with the headers that we tell servers to send."""

    def log_message(self, format: str, *args: object) -> None:
        pass

    def end_headers(self) -> None:
        for name, value in HEADERS:
            self.send_header(name, value)
        super().end_headers()


@pytest.fixture(scope="module")
def strict_address(demo_site: Path, crowded_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("strict")
    (root / "crowded").symlink_to(crowded_site, target_is_directory=True)
    for path in demo_site.iterdir():
        (root / path.name).symlink_to(path)
    handler = functools.partial(StrictHandler, directory=str(root))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


def watched(context: BrowserContext) -> tuple[Page, list[str]]:
    page = context.new_page()
    complaints: list[str] = []
    page.add_init_script(LISTEN)
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page, complaints


def test_no_page_breaks_the_policy(context: BrowserContext, strict_address: str) -> None:
    page, complaints = watched(context)
    violations = {}
    for name, path in PAGES.items():
        page.goto(strict_address + path, wait_until="networkidle")
        found = page.evaluate("violations")
        policy = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
        assert policy == CSP, name
        violations.update({name: found} if found else {})

    assert (violations, complaints) == ({}, [])


def test_every_page_of_the_site_carries_the_same_policy(demo_site: Path) -> None:
    for path in demo_site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert html.count(f'content="{CSP}"') == 1, path
        assert html.index("Content-Security-Policy") < html.index("<title"), path


@pytest.mark.parametrize(
    "inserted",
    [
        "<script>window.broken = 1</script>",
        '<script src="data:text/javascript,window.broken=1"></script>',
        '<img src="data:," onerror="window.broken = 1">',
        "<style>body { --broken: 1 }</style>",
    ],
)
def test_what_is_slipped_into_a_page_does_not_run(context: BrowserContext, strict_address: str, inserted: str) -> None:
    page, _ = watched(context)

    def slip_in(route: object) -> None:
        response = route.fetch()  # type: ignore[attr-defined]
        body = response.text().replace("<main", f"{inserted}<main")
        # Without the server's headers: the page's own policy must do.
        route.fulfill(body=body, content_type="text/html; charset=utf-8")  # type: ignore[attr-defined]

    page.route("**/stories/qingdao-two-lists/", slip_in)
    page.goto(strict_address + "stories/qingdao-two-lists/", wait_until="networkidle")

    assert page.evaluate("window.broken === undefined")
    assert page.evaluate("getComputedStyle(document.body).getPropertyValue('--broken')") == ""
    assert page.evaluate("violations.length") > 0


def test_the_data_block_is_no_script_to_the_policy(context: BrowserContext, strict_address: str) -> None:
    page, complaints = watched(context)
    page.goto(strict_address + "stories/qingdao-two-lists/", wait_until="networkidle")

    kinds = page.evaluate(
        "JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent)['@graph'].map(n => n['@type'])"
    )
    assert "NewsArticle" in kinds
    assert (page.evaluate("violations"), complaints) == ([], [])


def test_the_dark_scheme_is_there_before_anything_is_painted(browser: Browser, address: str) -> None:
    """A page that is dark only once its scripts at the end ran would flash: the scheme is looked for when <body> is
    first laid out, while every script but those of the head is held back."""
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.route("**/header.js", lambda route: route.abort())
    page.add_init_script(
        """
        new MutationObserver(function (changes, observer) {
          if (!document.body) return;
          observer.disconnect();
          requestAnimationFrame(function () { window.first = document.body.dataset.mdColorScheme; });
        }).observe(document, { childList: true, subtree: true });
        """
    )
    page.goto(address)
    first = page.evaluate("window.first")
    context.close()

    assert first == "slate"
