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
    "margin-block": ("margin-top", "margin-bottom"),
    "padding-block": ("padding-top", "padding-bottom"),
    "inset-block": ("top", "bottom"),
}
"""Shorthands of Chrome 87 and Safari 14.1 → what Chrome 69 and Safari 12.1 know. Block sides are top and bottom
unless text is set vertically, where our style sheets name physical sides themselves."""
_FOUR_SIDES = ("top", "right", "bottom", "left")
_NEWER = re.compile(r":focus-visible|:has\(|:where\(|:dir\(|::marker|:not\([^()]*[ ,>+~(]")
"""Selectors that Chrome 80 or Safari 14 cannot read."""


def render_stylesheet(css: str) -> str:
    """*css* for browsers from Chrome 80 and Safari 14 on; text that is no CSS comes back as it can be read."""
    return "".join(_pieces(_TOKEN.findall(css)))


def _pieces(tokens: list[str]) -> Iterator[str]:
    """Rules with declarations whole, at-rules with their heads and ends, in order."""
    text: list[str] = []
    selectors: str | None = None
    declarations: list[str] = []
    for token in tokens:
        if token.startswith("/*"):
            continue
        if token not in "{;}":
            text.append(token)
            continue
        words, text = _spaced("".join(text)), []
        if token == "{":
            yield from _opened(selectors, declarations)
            selectors, declarations = words, []
            continue
        if selectors is None:
            yield words + token
            continue
        declarations += [_declaration(words)] if words else []
        if token == "}":
            yield from _rule(selectors, declarations)
            selectors, declarations = None, []
    yield from _opened(selectors, declarations)
    yield _spaced("".join(text))


def _opened(head: str | None, declarations: list[str]) -> Iterator[str]:
    """The head of a block that holds other rules: ``@media (…)``."""
    if head is not None:
        yield "".join((head, "{", *(f"{declaration};" for declaration in declarations)))


def _rule(head: str, declarations: list[str]) -> Iterator[str]:
    """A rule that holds declarations only; selectors that an old browser may not know stand apart from the others,
    since it drops the whole rule for one of them."""
    body = "{" + ";".join(declarations) + "}\n"
    if head.startswith("@"):
        yield head + body
        return
    selectors = list(_without_is(head))
    newer = [selector for selector in selectors if _NEWER.search(selector)]
    known = [selector for selector in selectors if selector not in newer]
    yield from (",".join(group) + body for group in (known, newer) if group)
    spaces = _flex_gap(declarations)
    if spaces and known:
        every = ",".join(known)
        children = ",".join(f"{selector}>:not(:last-child)" for selector in known)
        yield f"@supports not (inset:0){{{every}{{gap:0}}{children}{{{spaces}}}}}\n"


def _flex_gap(declarations: list[str]) -> str:
    """Margins in place of the gap of a flex container: Chrome 84 and Safari 14.1 know it, about as long as ``inset``,
    which a style sheet can ask for. Empty when there is none."""
    values = dict(declaration.split(":", 1) for declaration in declarations if ":" in declaration)
    if values.get("display") not in ("flex", "inline-flex") or "gap" not in values:
        return ""
    sizes = list(split_outside(values["gap"], " "))
    if values.get("flex-direction") == "column":
        return f"margin-bottom:{sizes[0]}"
    return f"margin-inline-end:{sizes[-1]}"


def _spaced(text: str) -> str:
    """Runs of white space outside strings as one space."""
    parts = re.split(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')""", text)
    return "".join(part if at % 2 else re.sub(r"\s+", " ", part) for at, part in enumerate(parts)).strip()


def _declaration(text: str) -> str:
    found = _DECLARATION.fullmatch(text)
    if not found:
        return text
    name, value = found.groups()
    sizes = list(split_outside(value, " "))
    if not sizes or "!" in value:
        return f"{name}:{value}"
    if name == "inset":
        return ";".join(f"{side}:{size}" for side, size in zip(_FOUR_SIDES, _four(sizes), strict=True))
    if name in _TWO_SIDES:
        ends = (sizes[0], sizes[-1])
        return ";".join(f"{side}:{size}" for side, size in zip(_TWO_SIDES[name], ends, strict=True))
    return f"{name}:{value}"


def _four(sizes: list[str]) -> tuple[str, str, str, str]:
    """One to four sizes as those of top, right, bottom and left."""
    top = sizes[0]
    right = sizes[1] if len(sizes) > 1 else top
    return top, right, sizes[2] if len(sizes) > 2 else top, sizes[3] if len(sizes) > 3 else right


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
