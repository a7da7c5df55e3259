"""ICC profiles for the press: the format's, the newsroom's own, or the one that came with Bulletin."""

from __future__ import annotations

from pathlib import Path

from site_builder.build.theme_files import read_profiles
from site_builder.errors import BuildError
from site_builder.model.settings import Settings
from site_builder.paper.page.format import Format
from site_builder.render.pictures.press import profile_name

STANDARD = "coldset-newsprint.icc"
"""Coldset on newsprint, of the characterization data CGATS/SNAP TR 002-2007."""


def profile_fault(root: Path, settings: Settings) -> str:
    """What is wrong with the newsroom's own profile, as a word of the messages; empty when nothing is, or has none."""
    if not settings.press_profile:
        return ""
    data = _own(root, settings.press_profile)
    return "@kind.no-file" if data is None else "" if profile_name(data) else "@kind.no-profile"


def find_profile(root: Path, settings: Settings, form: Format) -> tuple[bytes, str]:
    """The profile for pages of *form*, and what it calls itself. Raises ``BuildError`` for one that cannot be used."""
    shipped = read_profiles(root)
    if form.press.profile:
        file, data = form.press.profile, shipped.get(form.press.profile)
    elif settings.press_profile:
        file, data = settings.press_profile, _own(root, settings.press_profile)
    else:
        file, data = STANDARD, shipped[STANDARD]
    name = profile_name(data) if data else None
    if data is None or name is None:
        raise BuildError("print.press-profile", file)
    return data, name


def _own(root: Path, file: str) -> bytes | None:
    """The file of the newsroom; what lies outside of it is nobody's business."""
    path = (root / file).resolve()
    return path.read_bytes() if path.is_relative_to(root.resolve()) and path.is_file() else None
