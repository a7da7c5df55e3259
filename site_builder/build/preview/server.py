"""The preview's web server: a few headers, a guard, and a stream that says when to look again. Standard library.

Only for an editor and their desk; it is no server for readers.
"""

from __future__ import annotations

import errno
import json
import os
import re
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from urllib.parse import parse_qs

from site_builder.build.preview.answers import Answer, preview_asset
from site_builder.build.preview.session import Preview
from site_builder.errors import UsageError
from site_builder.model import urls
from site_builder.render import preview as pages

DEFAULT_PORT = 8000
_TRIES = 20
_HEARTBEAT_SECONDS = 15.0
"""How often an open stream is written to, so that one whose browser has gone ends."""


class Server(ThreadingHTTPServer):
    """Serves one preview."""

    daemon_threads = True
    block_on_close = False
    # Elsewhere this lets a port be taken again at once; on Windows it would let two programs have one port.
    allow_reuse_address = os.name != "nt"
    allow_reuse_port = False

    def __init__(self, host: str, port: int, preview: Preview) -> None:
        """Binds at once. Raises ``OSError``."""
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.preview = preview
        self.closing = threading.Event()
        super().__init__((host, port), Handler)
        self.local = ip_address(self.server_address[0]).is_loopback  # type: ignore[arg-type]  # text for both families

    def server_bind(self) -> None:
        """Bind without looking up the machine's name, which may take seconds."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that leaves early is no news."""

    @property
    def url(self) -> str:
        """Address of the front page, for a browser on this machine."""
        name = "localhost" if ip_address(self.server_name).is_unspecified else self.server_name
        shown = f"[{name}]" if ":" in name else name
        return f"http://{shown}:{self.server_port}{urls.encoded(self.preview.base)}"

    def welcomes(self, host: str) -> bool:
        """Whether a request for *host* is meant for us.

        A page elsewhere can make its own name point to this machine (DNS rebinding) and would then read drafts.
        An address in numbers cannot be turned so.
        """
        name = host.rpartition(":")[0] if re.search(r":\d+$", host) else host
        return not self.local or name.lower() == "localhost" or _is_number(name.strip("[]"))


@contextmanager
def serving(server: Server) -> Iterator[None]:
    """Answers requests in threads until the context is left."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.closing.set()
        server.preview.wake()  # streams end now, not at their next heartbeat
        server.shutdown()
        thread.join()


def bind(host: str, port: int | None, preview: Preview) -> Server:
    """A server on *port*, or without one on the first free port from 8000. Raises ``UsageError``."""
    first = DEFAULT_PORT if port is None else port
    last = first + _TRIES if port is None else first
    for number in range(first, last + 1):
        try:
            return Server(host, number, preview)
        except socket.gaierror as error:
            raise UsageError("address-unusable", host, error.strerror or str(error)) from error
        except PermissionError as error:
            raise UsageError("port-forbidden", str(number)) from error
        except OSError as error:
            if not _is_taken(error):
                raise UsageError("address-unusable", host, error.strerror or str(error)) from error
            if number == last:
                raise UsageError("port-taken", str(first)) from error
    raise AssertionError("unreachable")


def _is_number(name: str) -> bool:
    try:
        return bool(ip_address(name))
    except ValueError:
        return False


def _is_taken(error: OSError) -> bool:
    return error.errno == errno.EADDRINUSE or getattr(error, "winerror", None) == 10048


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Server
    server_version = "Bulletin"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer with headers and body."""
        path, _, query = self.path.partition("?")
        if not self.server.welcomes(self.headers.get("Host", "")):
            self._send(Answer(HTTPStatus.MISDIRECTED_REQUEST, b"not for this host\n", "text/plain; charset=utf-8"))
        elif path == pages.EVENTS:
            self._stream(query)
        elif path in (pages.SCRIPT, pages.STYLE):
            kind = "text/javascript" if path == pages.SCRIPT else "text/css"
            self._send(Answer(200, preview_asset(path.removeprefix(pages.FOLDER)), f"{kind}; charset=utf-8"))
        else:
            self._send(self.server.preview.answer(path or "/"))

    def do_HEAD(self) -> None:
        """Answer with headers only."""
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:
        """Requests are no news."""

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        if answer.location:
            self.send_header("Location", answer.location)
        self.send_header("Content-Type", answer.type)
        self.send_header("Content-Length", str(len(answer.body)))
        self._send_common_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def _send_common_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "same-origin")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.end_headers()

    def _stream(self, query: str) -> None:
        """Server-sent events for one page: ``reload``, ``styles`` (their digest), ``bar`` (HTML as JSON)."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self._send_common_headers()
        if self.command == "HEAD":
            return
        asked = {name: values[-1] for name, values in parse_qs(query, keep_blank_values=True).items()}
        try:
            for event in self._events(asked.get("page", "/"), asked.get("tag", ""), asked.get("styles", "")):
                self.wfile.write(event.encode())
                self.wfile.flush()
        except OSError:
            pass  # the browser has gone

    def _events(self, path: str, tag: str, styles: str) -> Iterator[str]:
        preview = self.server.preview
        number = preview.number
        bar = None
        yield "retry: 1000\n\n"
        while not self.server.closing.is_set():
            if preview.answer(path).tag != tag:
                yield "event: reload\ndata:\n\n"
                return
            if preview.styles != styles:
                styles = preview.styles
                yield f"event: styles\ndata: {styles}\n\n"
            new_bar = preview.bar(path)
            if new_bar != bar:
                bar = new_bar
                yield f"event: bar\ndata: {json.dumps(bar)}\n\n"
            last, number = number, preview.wait(number, _HEARTBEAT_SECONDS)
            if last == number:
                yield ": still here\n\n"
