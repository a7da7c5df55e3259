"""A server of one folder that a browser can hold connections to, as a real host's."""

from __future__ import annotations

import http.server
from contextlib import AbstractContextManager
from pathlib import Path

import chromium


class _Handler(chromium.QuietHandler):
    protocol_version = "HTTP/1.1"
    # Every real server sends at once. Without this the second packet of each answer waits for the browser to confirm
    # the first, which takes it 40 ms.
    disable_nagle_algorithm = True


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that closes its context in the middle of an answer is nothing to talk about."""


def served(folder: Path) -> AbstractContextManager[str]:
    """The address of a server of *folder* on this machine."""
    return chromium.served(folder, _Handler, _Server)
