"""Scripts as browsers get them: joined, without the comments and the indentation that are for who reads the source.

Ours are plain scripts, one statement a line, so taking whole lines of comment and leading blanks cannot change what
they do. Text in which it could (template literals, strings that go on in the next line) is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_JOINED = {
    "search.js": ("search-fold.js", "search-text.js", "search-index.js", "search-engine.js"),
    "search-page.js": ("search-query.js", "search-hits.js", "search-facets.js", "search-page.js"),
}
"""Files of the site that are made of several: each request costs a slow phone more than its bytes do. The engine is
apart from the page, since stories mark what was searched for and the field in the header suggests names by it."""
_PARTS = frozenset(part for parts in _JOINED.values() for part in parts)
_AT_ONCE = "//# allFunctionsCalledOnLoad\n"
"""Has Chromium compile all functions of a file while it comes in, and not each one on the page's own thread when it is
called first. To other browsers it is a comment."""
_COMMENT_LINE = re.compile(r"^[ \t]*//(?!.*\(c\)).*\n", re.MULTILINE)
"""A line that is nothing but a comment; notices of rights stay."""
_BLANKS = re.compile(r"^\s+", re.MULTILINE)
_MULTILINE = re.compile(r"`|\\\n")


def script_parts(name: str) -> tuple[str, ...]:
    """The files in ``themes/static/`` that the site's script *name* is made of, in their order."""
    return _JOINED.get(name, (name,))


def script_names(static: Iterable[str]) -> list[str]:
    """The scripts of a site that are made of the files *static*: a part of another has no address of its own."""
    alone = {name for name in static if name.endswith(".js") and name not in _PARTS}
    return sorted({*alone, *_JOINED})


def join_scripts(name: str, sources: Iterable[str]) -> str:
    """The site's script *name*: one of several *sources*, each of whole lines.

    Most functions of those that are made of several are called before an answer stands on the page.
    """
    joined = "".join(source if source.endswith("\n") else f"{source}\n" for source in sources)
    return f"{_AT_ONCE}{joined}" if name in _JOINED else joined


def render_script(source: str) -> str:
    """*source* without lines of comment, empty lines and indentation."""
    code = _COMMENT_LINE.sub("", source)
    return source if _MULTILINE.search(code) else _BLANKS.sub("", code)
