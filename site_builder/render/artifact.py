"""What a build makes: bytes with a place in the site."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Protocol


class Held(Protocol):
    """Bytes that lie somewhere else until they are needed: all pictures of an archive would fill the memory."""

    @property
    def size(self) -> int:
        """How many bytes."""

    @property
    def digest(self) -> str:
        """Their hex SHA-256, known without reading them."""

    def read(self) -> bytes:
        """The bytes themselves."""


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file of the site.

    ``path`` is relative to the site's root, with forward slashes, never starts with ``/`` and never holds ``..``
    (the writer refuses it otherwise). ``data`` is the complete file.
    """

    path: str
    content: bytes | Held

    @classmethod
    def text(cls, path: str, text: str) -> Artifact:
        """An artifact of UTF-8 text without BOM."""
        return cls(path, text.encode("utf-8"))

    @property
    def data(self) -> bytes:
        """Its bytes; they may have to be read from somewhere."""
        return self.content if isinstance(self.content, bytes) else self.content.read()

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return len(self.content) if isinstance(self.content, bytes) else self.content.size

    @property
    def digest(self) -> str:
        """Hex SHA-256 of its bytes."""
        return hashlib.sha256(self.content).hexdigest() if isinstance(self.content, bytes) else self.content.digest
