"""The newsroom's own logo as a picture that icons can be made of."""

from __future__ import annotations

from pathlib import Path

from site_builder.build.executing.tasks import Blob
from site_builder.build.fingerprint import digest_bytes
from site_builder.model.settings import Settings
from site_builder.problems import Problem, Span, problem
from site_builder.render.pictures.icons import LEAST_SIDE
from site_builder.render.pictures.images import measure

ICON = "assets/logo/icon"
_SUFFIXES = (".png", ".jpg", ".jpeg", ".webp")
"""Drawings (SVG) are for pages: icons must be pictures everywhere."""


def find_logo(root: Path, settings: Settings) -> tuple[Blob | None, tuple[Problem, ...]]:
    """The logo to make icons of, and what is wrong with it: ``assets/logo/icon.*``, else the theme's logo.

    Where there is none that can be used the seal stands in.
    """
    named = [f"{ICON}{suffix}" for suffix in _SUFFIXES]
    themed = f"{settings.pages_dir}/{settings.logo}"
    names = [*named, *([themed] if Path(settings.logo).suffix.lower() in _SUFFIXES else ())]
    name = next((name for name in names if (root / name).is_file()), None)
    if name is None:
        return None, ()
    data = (root / name).read_bytes()
    size = measure(data)
    if size is None or min(size.width, size.height) < LEAST_SIDE:
        found = f"{size.width}×{size.height}" if size else "@kind.damaged-picture"
        return None, (problem("icon-unusable", name, Span(), severity="warning", found=found, least=LEAST_SIDE),)
    return Blob(root / name, digest_bytes(data)), ()
