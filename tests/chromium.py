"""What tests and the camera share: which browser, and a server that keeps quiet."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

PATIENCE_SECONDS = 60


def find_chromium() -> str | None:
    """The system's Chromium or Chrome."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return next((path for path in map(shutil.which, names) if path), None)


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves without talking."""

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served(
    folder: Path,
    handler: type[QuietHandler] = QuietHandler,
    kind: type[http.server.ThreadingHTTPServer] = http.server.ThreadingHTTPServer,
) -> Iterator[str]:
    """The address of a server of *folder* on this machine."""
    of_folder = functools.partial(handler, directory=str(folder))
    with kind(("127.0.0.1", 0), of_folder) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def until(page: Page, expression: str) -> None:
    """Wait until *expression*, or its promise, gives something true.

    Playwright's ``wait_for_function`` takes promises for true, and evaluates in the page, which our policy forbids.
    A browser looks for a new service worker a second after everything else is done, which a busy machine puts off: so
    the patience is long. It costs nothing where the answer comes.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not page.evaluate(expression):
        assert time.monotonic() < deadline, f"never true: {expression}"
        page.wait_for_timeout(50)
