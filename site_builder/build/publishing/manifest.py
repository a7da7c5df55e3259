"""What Bulletin put into a site: the list of files that are ours to replace or remove.

It lies in the site itself and is published like every other file, last and in the same step: so it is right
whenever the site is, also when the newsroom moves or its work folder is lost. How each file looked when it was
written (size and time) is only noted to save reading; those notes may be lost.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from site_builder.build.atomic import replace_file
from site_builder.build.fingerprint import digest_bytes
from site_builder.render.artifact import Artifact

NAME = ".bulletin-manifest.json"


def make_manifest(digests: Mapping[str, str]) -> Artifact:
    """The manifest of a site of those files (path → digest). The same files give the same bytes."""
    return Artifact.text(NAME, json.dumps(dict(sorted(digests.items())), ensure_ascii=False, indent=0) + "\n")


def stays_inside(path: str) -> bool:
    """Whether *path* names a file of a site, on every system, and nothing outside of it."""
    pure = PurePosixPath(path)
    return bool(path) and path == pure.as_posix() and not (pure.is_absolute() or ".." in pure.parts or "\\" in path)


def read_manifest(site_dir: Path) -> dict[str, str] | None:
    """Path → digest of what was built into *site_dir*; ``None`` when no whole manifest is there.

    What it lists may be removed, so one that names a place outside the site is none of ours.
    """
    try:
        rows = json.loads((site_dir / NAME).read_bytes())
    except (OSError, ValueError):
        return None
    if not isinstance(rows, dict) or not all(isinstance(value, str) for value in rows.values()):
        return None
    if not all(map(stays_inside, rows)):
        return None
    return rows


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it looked when its digest was known."""

    digest: str
    size: int
    mtime_ns: int


class Notes:
    """How the files of one site looked. Losing them costs time, nothing else."""

    def __init__(self, work_dir: Path, site_dir: Path) -> None:
        self.path = work_dir / "sites" / f"{digest_bytes(str(site_dir).encode())[:16]}.json"
        self.seen: dict[str, Seen] = {}
        try:
            rows = json.loads(self.path.read_bytes())
            self.seen = {name: Seen(*row) for name, row in rows.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            self.seen = {}

    def save(self, site_dir: Path, digests: Mapping[str, str]) -> None:
        """Note how the files of *digests* look now."""
        rows = {}
        for name, digest in digests.items():
            stat = (site_dir / name).stat()
            rows[name] = [digest, stat.st_size, stat.st_mtime_ns]
        replace_file(self.path, json.dumps(rows, ensure_ascii=False).encode())
