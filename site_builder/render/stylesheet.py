"""Style sheets as browsers get them: short, and in words that the oldest supported ones know.

Authors write today's CSS. ``:is()`` lists, the ``inset`` shorthands and two-sided logical properties are unknown to
Chrome 80 and Safari 14.0, which drop a whole rule for one selector that they cannot read; they are spelled out here.
What cannot be spelled out (``:has()``, ``aspect-ratio``, ``text-wrap``) is for enhancements only; a test lists them.
Comments and indentation go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(r"""/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|[{};]|[^{};"'/]+|/""", re.DOTALL)
_DECLARATION = re.compile(r"([a-z-]+)\s*:\s*(.*)", re.DOTALL)
_TWO_SIDES = {
    "margin-inline": ("margin-inline-start", "margin-inline-end"),
    "padding-inline": ("padding-inline-start", "padding-inline-end"),
    "border-inline": ("border-inline-start", "border-inline-end"),
    "margin-block": ("margin-top", "margin-bottom"),
    "padding-block": ("padding-top", "padding-bottom"),
    "inset-block": ("top", "bottom"),
}
"""Shorthands of Chrome 87 and Safari 14.1 → what Chrome 69 and Safari 12.1 know. Block sides are top and bottom
unless text is set vertically, where our style sheets name physical sides themselves."""
_FOUR_SIDES = ("top", "right", "bottom", "left")
_WHOLE = frozenset({"border-inline"})
"""Shorthands whose value is for each side as it is."""


def render_stylesheet(css: str) -> str:
    """*css* for browsers from Chrome 80 and Safari 14 on; text that is no CSS comes back as it can be read."""
    return "".join(_rules(_TOKEN.findall(css)))


def _rules(tokens: list[str]) -> Iterator[str]:
    head: list[str] = []
    for token in tokens:
        if token.startswith("/*"):
            continue
        if token in "{;}":
            yield _piece("".join(head), token)
            head = []
        else:
            head.append(token)
    yield _piece("".join(head), "")


def _piece(text: str, end: str) -> str:
    """What stands before *end*: a rule's head before ``{``, a declaration (or nothing) before ``;`` and ``}``."""
    text = _spaced(text)
    if end == "{":
        return (text if text.startswith("@") else ",".join(_without_is(text))) + "{"
    found = _DECLARATION.fullmatch(text)
    body = _declaration(found[1], found[2]) if found else text
    return f"{body};" if body and end in ";}" and end == ";" else f"{body}{end}" + ("\n" if end == "}" else "")


def _spaced(text: str) -> str:
    """Runs of white space outside strings as one space."""
    parts = re.split(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')""", text)
    return "".join(part if at % 2 else re.sub(r"\s+", " ", part) for at, part in enumerate(parts)).strip()


def _declaration(name: str, value: str) -> str:
    if name == "inset":
        sides = list(split_outside(value, " "))
        top, right, bottom, left = (sides * 4)[:4] if len(sides) < 3 else (*sides, sides[1])[:4]
        if len(sides) == 1:
            right = bottom = left = top
        return ";".join(f"{side}:{size}" for side, size in zip(_FOUR_SIDES, (top, right, bottom, left), strict=True))
    if name in _TWO_SIDES:
        sizes = [value] if name in _WHOLE else list(split_outside(value, " "))
        return ";".join(f"{side}:{size}" for side, size in zip(_TWO_SIDES[name], (sizes[0], sizes[-1]), strict=True))
    return f"{name}:{value}"


def _without_is(selectors: str) -> Iterator[str]:
    """Each selector of a list, with one selector for each branch of its ``:is()``."""
    for selector in split_outside(selectors, ","):
        start = selector.find(":is(")
        # Within :not() branches would have to be joined, not listed: left as it is.
        if start < 0 or selector.count("(", 0, start) > selector.count(")", 0, start):
            yield selector
            continue
        end = _closing(selector, start + 3)
        for branch in split_outside(selector[start + 4 : end], ","):
            yield from _without_is(selector[:start] + branch + selector[end + 1 :])


def _closing(text: str, start: int) -> int:
    """Where the bracket that opens at *start* closes; the end of an unfinished text."""
    depth = 0
    for at in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if depth == 0:
            return at
    return len(text)


def split_outside(text: str, separator: str) -> Iterator[str]:
    """The parts of *text* between separators that stand in no bracket; blanks round them go."""
    depth = start = 0
    for at, char in enumerate(text):
        depth += {"(": 1, ")": -1, "[": 1, "]": -1}.get(char, 0)
        if char == separator and depth == 0:
            if text[start:at].strip():
                yield text[start:at].strip()
            start = at + 1
    if text[start:].strip():
        yield text[start:].strip()
