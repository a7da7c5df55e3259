"""Scripts as browsers get them: without the comments and the indentation that are for who reads the source.

Ours are plain scripts, one statement a line, so taking whole lines of comment and leading blanks cannot change what
they do. Text in which it could (template literals, strings that go on in the next line) is left as it is.
"""

from __future__ import annotations

import re

_COMMENT_LINE = re.compile(r"^[ \t]*//(?!.*\(c\)).*\n", re.MULTILINE)
"""A line that is nothing but a comment; notices of rights stay."""
_BLANKS = re.compile(r"^\s+", re.MULTILINE)
_MULTILINE = re.compile(r"`|\\\n")


def render_script(source: str) -> str:
    """*source* without lines of comment, empty lines and indentation."""
    code = _COMMENT_LINE.sub("", source)
    return source if _MULTILINE.search(code) else _BLANKS.sub("", code)
