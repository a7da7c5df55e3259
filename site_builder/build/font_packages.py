"""Where the fonts lie that came with Bulletin, for paper and for social cards."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from site_builder.errors import BuildError


def package_folder(name: str) -> Path:
    """Where the font package *name* lies. Raises ``BuildError`` when it is not installed."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise BuildError("print.fonts-missing", name.replace("_", "-"))
    return Path(spec.origin).parent
