"""What the build asks of a site host (MkDocs today): ordinary pages and the frame, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from site_builder.render.artifact import Artifact


@dataclass(frozen=True)
class HostRequest:
    """What a host may see."""

    root: Path
    config_file: Path
    overrides: tuple[Path, ...]
    """Theme folders to be put before the host theme's own, the newsroom's first."""
    chrome: Mapping[str, object]
    """Masthead, sections, footer, and the chrome's words under ``t``: ``config.extra.bulletin`` in overrides."""


@dataclass(frozen=True)
class HostOutput:
    """What a host gave."""

    artifacts: tuple[Artifact, ...]
    """Ordinary pages and the theme's assets; no frame, no sitemap."""
    frame: str
    """HTML of the frame page, slots intact."""
    pages: tuple[tuple[str, str], ...] = ()
    """(title, root-relative URL) of the ordinary pages, in the order of the navigation."""


class Host(Protocol):
    """Renders ordinary pages and the frame."""

    def render(self, request: HostRequest) -> HostOutput:
        """Build everything that *request* asks for. Raises ``HostError``."""
