"""What a build makes: bytes with a place in the site."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file of the site.

    ``path`` is relative to the site's root, with forward slashes, never starts with ``/`` and never holds ``..``
    (the writer refuses it otherwise). ``data`` is the complete file.
    """

    path: str
    data: bytes

    @classmethod
    def text(cls, path: str, text: str) -> Artifact:
        """An artifact of UTF-8 text without BOM."""
        return cls(path, text.encode("utf-8"))
