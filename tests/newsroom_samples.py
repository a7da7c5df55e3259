"""Small newsrooms on disk, for tests that need a whole one.

`tests/sites/minimal/` is a newsroom without any problem; overlays are laid over a copy of it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

SITES = Path(__file__).resolve().parent / "sites"
MINIMAL = SITES / "minimal"
PROBLEMS = SITES / "problems"

FIRST_STORY = "content/stories/2024/04/first-story.md"
"""The minimal newsroom's story with Chinese keys, a printed lead and a picture."""
SECOND_STORY = "content/stories/2024/04/second-story.md"
"""The minimal newsroom's story with English keys and a byline list."""
EDITION = "content/editions/2024-04-08.yml"

DELETE = ".delete"
"""A file of an overlay whose name ends so takes away the file without that ending."""

Overlay = Path | Mapping[str, str | bytes]


def make_newsroom(tmp_path: Path, *overlays: Overlay) -> Path:
    """The root of a copy of the minimal newsroom below *tmp_path*, with *overlays* laid over it in order.

    An overlay is a folder, or a mapping of paths to contents (text is written as UTF-8, line ends as they are).
    A path that ends with ``.delete`` takes a file away.
    """
    root = tmp_path / "newsroom"
    shutil.copytree(MINIMAL, root, ignore=shutil.ignore_patterns(".bulletin", "site"))
    for overlay in overlays:
        for name, data in _contents(overlay).items():
            _lay(root, name, data)
    return root


def minimal_text(path: str) -> str:
    """The text of a file of the minimal newsroom."""
    return (MINIMAL / path).read_text(encoding="utf-8")


def _contents(overlay: Overlay) -> Mapping[str, str | bytes]:
    if not isinstance(overlay, Path):
        return overlay
    files = sorted(path for path in overlay.rglob("*") if path.is_file())
    return {path.relative_to(overlay).as_posix(): path.read_bytes() for path in files}


def _lay(root: Path, name: str, data: str | bytes) -> None:
    if name.endswith(DELETE):
        os.remove(root / name.removesuffix(DELETE))
        return
    target = root / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data.encode() if isinstance(data, str) else data)


def files(folder: Path) -> dict[str, bytes]:
    """Every file below *folder*: path → bytes."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
