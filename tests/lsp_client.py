"""A very small Language Server Protocol client: JSON-RPC over a program's standard input and output.

One request at a time; what the server asks (its settings) is answered, what it announces is kept.
"""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

SECONDS = 60
"""How long an answer may take on a busy machine."""


class LanguageServer:
    """A running language server; leaving the ``with`` block ends it."""

    def __init__(self, command: Sequence[str], root: Path, settings: Mapping[str, Any]) -> None:
        self.root, self.settings, self.number = root, settings, 0
        self.diagnostics: dict[str, list[dict[str, Any]]] = {}
        self.process = subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.incoming: queue.Queue[dict[str, Any]] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def __enter__(self) -> Self:
        folder = {"uri": self.root.as_uri(), "name": "newsroom"}
        markdown = {"contentFormat": ["markdown", "plaintext"]}
        item = {"snippetSupport": True, "documentationFormat": ["markdown"]}
        capabilities = {
            "workspace": {"configuration": True, "workspaceFolders": True},
            "textDocument": {
                "hover": markdown,
                "completion": {"completionItem": item},
                "publishDiagnostics": {},
            },
        }
        start = {
            "processId": None,
            "rootUri": folder["uri"],
            "workspaceFolders": [folder],
            "capabilities": capabilities,
        }
        self.request("initialize", start)
        self._send({"method": "initialized", "params": {}})
        self._send({"method": "workspace/didChangeConfiguration", "params": {"settings": self.settings}})
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError):
            self._send({"id": 0, "method": "shutdown"})
            self._send({"method": "exit"})
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream:
                stream.close()

    def open(self, path: str, text: str) -> list[dict[str, Any]]:
        """Show the server a file of that *text*, once; what it finds wrong."""
        uri = self._uri(path)
        item = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": item}})
        while uri not in self.diagnostics:
            self._handle(self._next())
        return self.diagnostics[uri]

    def completions(self, path: str, line: int, character: int) -> list[dict[str, Any]]:
        """What may stand at a 0-based position (LSP counts UTF-16 units)."""
        answer = self._at("textDocument/completion", path, line, character)
        items: list[dict[str, Any]] = answer["items"] if isinstance(answer, dict) else answer or []
        return items

    def hover(self, path: str, line: int, character: int) -> str:
        """The Markdown that is shown over a position; empty when nothing is."""
        answer = self._at("textDocument/hover", path, line, character)
        return str(answer["contents"]["value"]) if answer else ""

    def request(self, method: str, params: Mapping[str, Any]) -> Any:  # Any: what the method answers
        """Send a request and wait for its answer. Raises ``RuntimeError`` when the server refuses."""
        self.number += 1
        self._send({"id": self.number, "method": method, "params": params})
        while True:
            message = self._next()
            if message.get("id") == self.number and "method" not in message:
                if "error" in message:
                    raise RuntimeError(message["error"])
                return message.get("result")
            self._handle(message)

    def _next(self) -> dict[str, Any]:
        message = self.incoming.get(timeout=SECONDS)
        if not message:
            raise RuntimeError(f"the server ended: {self.process.wait()}")
        return message

    def _at(self, method: str, path: str, line: int, character: int) -> Any:  # Any: as above
        position = {"line": line, "character": character}
        return self.request(method, {"textDocument": {"uri": self._uri(path)}, "position": position})

    def _uri(self, path: str) -> str:
        return (self.root / path).as_uri()

    def _handle(self, message: dict[str, Any]) -> None:
        if message.get("method") == "textDocument/publishDiagnostics":
            self.diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif message.get("method") == "workspace/configuration":
            sections = [item.get("section", "") for item in message["params"]["items"]]
            self._send({"id": message["id"], "result": [self._setting(section) for section in sections]})
        elif "method" in message and "id" in message:
            self._send({"id": message["id"], "result": None})

    def _setting(self, section: str) -> Any:  # Any: JSON
        value: Any = self.settings
        for step in filter(None, section.split(".")):
            value = value.get(step) if isinstance(value, Mapping) else None
        return value

    def _send(self, message: Mapping[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def _read(self) -> None:
        stream = self.process.stdout
        assert stream
        with contextlib.suppress(ValueError, OSError):
            while True:
                length = 0
                while line := stream.readline().strip():
                    if line.lower().startswith(b"content-length:"):
                        length = int(line.split(b":")[1])
                if not length:
                    break
                self.incoming.put(json.loads(stream.read(length)))
        self.incoming.put({})
