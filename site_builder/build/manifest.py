"""What the last build put into the site: the list of files that are ours to replace or remove."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from site_builder.build.atomic import replace_file
from site_builder.build.fingerprint import digest_bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """A file as we left it."""

    digest: str
    size: int
    mtime_ns: int


@dataclass(frozen=True)
class Manifest:
    """Path in the site → entry."""

    files: dict[str, Entry] = field(default_factory=dict)


def manifest_path(work_dir: Path, site_dir: Path) -> Path:
    """Where the manifest of *site_dir* is kept: each target has its own."""
    return work_dir / "manifests" / f"{digest_bytes(str(site_dir).encode())[:16]}.json"


def read_manifest(path: Path) -> Manifest:
    """The manifest at *path*; an empty one when it is missing or damaged (then everything is compared anew)."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return Manifest({name: Entry(*row) for name, row in rows.items()})
    except (OSError, ValueError, TypeError, AttributeError):
        return Manifest()


def write_manifest(path: Path, manifest: Manifest) -> None:
    """Keep *manifest*, written beside and replaced."""
    rows = {name: [e.digest, e.size, e.mtime_ns] for name, e in sorted(manifest.files.items())}
    replace_file(path, json.dumps(rows, ensure_ascii=False, indent=0).encode())
