"""Which file names a picture may have: safe on every system, and never outside ``assets/photos/``."""

from __future__ import annotations

from pathlib import PurePosixPath

SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".gif"})


def photo_path_problem(file: str) -> str | None:
    """The code of what is wrong with *file* as a path below ``assets/photos/``, or ``None``."""
    path = PurePosixPath(file)
    parts = file.split("/")
    if "\\" in file or ":" in file or path.is_absolute() or any(part in ("", ".", "..") for part in parts):
        return "photo-path"
    if any(part.startswith(".") for part in parts) or file.startswith("assets/photos/"):
        return "photo-path"
    if path.suffix.lower() not in SUFFIXES:
        return "photo-type"
    return None


def suggest_photo_path(file: str) -> str:
    """*file* bent to a path below ``assets/photos/``; an example when nothing is left of it."""
    parts = file.replace("\\", "/").split("/")
    if "photos" in parts:
        parts = parts[parts.index("photos") + 1 :]
    kept = [part for part in parts if part and not part.startswith(".") and ":" not in part]
    return "/".join(kept) or "2024/04/qingdao.png"
