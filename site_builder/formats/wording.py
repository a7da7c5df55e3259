"""The words of a problem: its message with the values filled in, on one line, safe for a terminal."""

from __future__ import annotations

import unicodedata

from site_builder.messages import Messages
from site_builder.problems import Problem

_FOUND_CHARACTERS = 60
"""More of what was found is not repeated in a message."""


def say(problem: Problem, messages: Messages, part: str) -> str:
    """One part of the message (what, why or fix), on one line.

    A value ``@kind.…`` names another message: words, not text of a file; it may have places of its own.
    """
    typed = {name: _shortened(name, value) for name, value in problem.values}
    spoken = {
        name: messages.text(value[1:], **typed)
        for name, value in typed.items()
        if value.startswith("@kind.") and messages.has(value[1:])
    }
    return messages.text(f"problems.{problem.code}.{part}", **{**typed, **spoken}).rstrip()


def _shortened(name: str, value: str) -> str:
    line = visible(" ".join(value.strip("\n").split("\n")))
    return line[:_FOUND_CHARACTERS] + "……" if name == "found" and len(line) > _FOUND_CHARACTERS else line


def visible(text: str) -> str:
    """*text* with a sign for each control character, so that none reaches a terminal."""
    return "".join(_picture(char) if unicodedata.category(char) == "Cc" and char != "\t" else char for char in text)


def _picture(char: str) -> str:
    return chr(0x2400 + ord(char)) if ord(char) < 0x20 else "\u2421" if char == "\x7f" else "\ufffd"
