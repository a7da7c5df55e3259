"""A frame: one page of the host's theme with slots, and its filling.

The host renders the frame once, as a real page deep below the site's root; its slots and its unique ``../…``
prefix are found here and filled for each of our pages. So every page carries the theme's own header and footer
at the cost of a string join.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

FRAME_DEPTH = 7
"""Directories above the frame. No other link of a frame starts with so many ``../``."""
FRAME_URL = "/".join(("bulletin-frame", *"abcdef")) + "/"
SLOTS = ("TITLE", "DESCRIPTION", "CANONICAL", "HEAD", "CONTENT")

Slot = Literal["TITLE", "DESCRIPTION", "CANONICAL", "HEAD", "CONTENT"]
_PREFIX = "../" * FRAME_DEPTH
_BARE = _PREFIX.rstrip("/")
_SLOT = re.compile("BULLETIN(" + "|".join(SLOTS) + ")")
_LEFTOVER = re.compile(r"BULLETIN(?:TITLE|DESCRIPTION|CANONICAL|HEAD|CONTENT)|bulletin-frame")


class FrameError(ValueError):
    """The host's frame lacks a slot, or holds one twice: the theme's ``frame.html`` is not ours."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame's HTML between its slots: ``parts[i]`` stands before ``slots[i]``."""

    parts: tuple[str, ...]
    slots: tuple[str, ...]

    def fill(self, base: str, values: dict[Slot, str]) -> str:
        """The page at relative prefix *base* (``./``, ``../../``) with *values* (HTML) in the slots."""
        pieces = [_place(self.parts[0], base)]
        for slot, part in zip(self.slots, self.parts[1:], strict=True):
            pieces.append(values[slot])  # type: ignore[index]  # split_frame admits only slots
            pieces.append(_place(part, base))
        return "".join(pieces)


def split_frame(html: str) -> Frame:
    """The frame in the host's page *html*.

    Raises ``FrameError`` unless each slot is there exactly once, and when the frame's own address leaks.
    """
    found = _SLOT.findall(html)
    if sorted(found) != sorted(SLOTS):
        raise FrameError(f"slots found: {found}")
    parts = _SLOT.split(html)
    frame = Frame(tuple(parts[::2]), tuple(parts[1::2]))
    leak = _LEFTOVER.search("".join(frame.parts))
    if leak:
        raise FrameError(f"frame address in the frame: {leak.group()}")
    return frame


def _place(part: str, base: str) -> str:
    return part.replace(_PREFIX, base).replace(_BARE, base.rstrip("/"))
