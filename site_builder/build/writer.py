"""Artifacts to files: what must be written, what stays, what goes. Decides only; ``publish`` acts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from site_builder.build.fingerprint import digest_bytes
from site_builder.build.manifest import Entry, Manifest
from site_builder.errors import BuildError
from site_builder.render.artifact import Artifact


@dataclass(frozen=True)
class Changes:
    """What has to happen to the site."""

    write: tuple[Artifact, ...]
    keep: tuple[str, ...]
    remove: tuple[str, ...]
    digests: dict[str, str]
    """Digest of every artifact, for the next manifest."""


def plan_changes(artifacts: Sequence[Artifact], manifest: Manifest, site_dir: Path) -> Changes:
    """Compare *artifacts* with the site. Only files of *manifest* that nobody changed since are removed.

    Raises ``BuildError`` for two artifacts of one path (also when only case differs) and for a path that
    would leave the site.
    """
    check_paths(artifact.path for artifact in artifacts)
    digests = {artifact.path: digest_bytes(artifact.data) for artifact in artifacts}
    write, keep = [], []
    for artifact in artifacts:
        same = _same(site_dir, artifact.path, digests[artifact.path], manifest.files.get(artifact.path))
        if same:
            keep.append(artifact.path)
        else:
            write.append(artifact)
    gone = [path for path in manifest.files if path not in digests]
    remove = [path for path in gone if _same(site_dir, path, manifest.files[path].digest, manifest.files[path])]
    return Changes(tuple(write), tuple(keep), tuple(remove), digests)


def check_paths(paths: Iterable[str]) -> None:
    """Refuse paths that collide or leave the site."""
    seen: dict[str, str] = {}
    for path in paths:
        pure = PurePosixPath(path)
        if pure.is_absolute() or ".." in pure.parts or "\\" in path or not path or path != pure.as_posix():
            raise BuildError("path-unsafe", path)
        other = seen.setdefault(path.casefold(), path)
        if other is not path:
            raise BuildError("path-collision", path, other)


def _same(site_dir: Path, path: str, digest: str, entry: Entry | None) -> bool:
    """Whether the file on disk has that digest; the disk is read only when its time or size tells nothing."""
    target = site_dir / path
    try:
        stat = target.stat()
        if target.is_symlink():
            return False
        if entry and (entry.size, entry.mtime_ns) == (stat.st_size, stat.st_mtime_ns):
            return entry.digest == digest
        return digest_bytes(target.read_bytes()) == digest
    except OSError:
        return False
