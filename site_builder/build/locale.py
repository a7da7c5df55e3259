"""The language that the machine's user reads."""

from __future__ import annotations

import os

from site_builder.messages import match_language

VARIABLES = ("BULLETIN_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
"""Asked in this order; the first that is set decides (POSIX, and our own before it)."""


def system_language() -> str:
    """The available language that fits the environment; Chinese when it says nothing."""
    return match_language(next((os.environ[name] for name in VARIABLES if os.environ.get(name)), None))
