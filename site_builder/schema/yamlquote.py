"""Text as a YAML value: what :mod:`site_builder.schema.yamltext` reads back as the same text."""

from __future__ import annotations

import re

_PLAIN = re.compile(r"[\u4e00-\u9fff“《][^#:\n]*")
"""Nothing in it could mean something to YAML."""


def quoted(text: str) -> str:
    """*text*, which is one line, as a YAML value; in quotes unless it needs none. Blanks around it are dropped."""
    line = text.strip()
    return line if _PLAIN.fullmatch(line) else "'" + line.replace("'", "''") + "'"
