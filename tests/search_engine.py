"""The browser's search engine under Node, asked from Python: one process for many questions."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
NODE = shutil.which("node")

# Any: JSON of another program.
Json = Any


@dataclass(frozen=True, slots=True)
class Failure:
    """Why the engine gave no answer."""

    code: str
    superseded: bool
    message: str


class SearchEngine:
    """Runs ``tests/search_engine.js``; answers are its JSON, failures a ``Failure``."""

    def __init__(self) -> None:
        command = [NODE or "node", str(ROOT / "tests/search_engine.js"), str(ROOT / "themes/static")]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self.paths: list[str] = []
        """What the last question read."""
        self.read = 0
        """And how many bytes."""

    def close(self) -> None:
        """End the process."""
        self._process.communicate()

    def open(self, files: Mapping[str, bytes], **options: bool) -> None:
        """Begin anew with an index of these files; options are those of the script."""
        self._do({"open": {"files": _packed(files), **options}})

    def open_folder(self, site: Path) -> None:
        """Begin anew with the index of a site on disk."""
        self._do({"open": {"folder": str(site)}})

    def put(self, files: Mapping[str, bytes | None]) -> None:
        """Publish other files, or remove them, while the engine is open."""
        self._do({"put": _packed(files)})

    def search(self, typed: str, **query: Json) -> Json:
        """The engine's answer to a query."""
        return self.ask("search", {"q": typed, "limit": 1000, **query})

    def ask(self, method: str, *arguments: Json) -> Json:
        """What a method of the engine gives."""
        answer = self._do({"ask": [method, *arguments]})
        self.paths, self.read = answer["paths"], answer["read"]
        return _value(answer)

    def both(self, *queries: Json) -> list[Json]:
        """Answers to searches that are all begun before the first is done."""
        return [_value(answer) for answer in self._do({"both": queries})]

    def call(self, name: str, *arguments: Json) -> Json:
        """What a function of the page's scripts gives."""
        return _value(self._do({"call": [name, *arguments]}))

    def each(self, name: str, texts: Sequence[str]) -> list[Json]:
        """What a function of the page's scripts gives for each of *texts*."""
        return list(self._do({"each": [name, *texts]}))

    def unpack(self, data: bytes) -> bytes | Failure:
        """What the fallback for browsers that cannot unpack gzip makes of *data*."""
        found = _value(self._do({"unpack": b64encode(data).decode()}))
        return found if isinstance(found, Failure) else b64decode(found)

    def _do(self, order: Json) -> Json:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the engine's process has ended"
        return json.loads(line)


def ids(answer: Json) -> list[str]:
    """The ids of the stories of an answer, in order."""
    assert not isinstance(answer, Failure), answer
    return [hit["url"].strip("/").split("/")[-1] for hit in answer["hits"]]


def shown(parts: Sequence[str | list[str]]) -> str:
    """Text with its hits in brackets."""
    return "".join(part if isinstance(part, str) else f"[{part[0]}]" for part in parts)


def plain(parts: Sequence[str | list[str]]) -> str:
    """Text without its hits being told."""
    return re.sub(r"[\[\]]", "", shown(parts))


def _packed(files: Mapping[str, bytes | None]) -> dict[str, str | None]:
    return {path: data if data is None else b64encode(data).decode() for path, data in files.items()}


def _value(answer: Json) -> Json:
    return Failure(**answer["error"]) if "error" in answer else answer.get("value")
