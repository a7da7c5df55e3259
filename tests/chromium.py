"""What tests and the camera share: which browser, and a server that keeps quiet."""

from __future__ import annotations

import http.server
import shutil

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_chromium() -> str | None:
    """The system's Chromium or Chrome."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return next((path for path in map(shutil.which, names) if path), None)


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves without talking."""

    def log_message(self, format: str, *args: object) -> None:
        pass
