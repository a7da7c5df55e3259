"""Artifacts to files: what must be written, what stays, what goes. Decides only; ``publish`` acts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from site_builder.build.fingerprint import digest_bytes
from site_builder.build.publishing.manifest import NAME, Seen, make_manifest, read_manifest, stays_inside
from site_builder.errors import BuildError
from site_builder.render.artifact import Artifact


@dataclass(frozen=True)
class Changes:
    """What has to happen to the site."""

    write: tuple[Artifact, ...]
    keep: tuple[str, ...]
    remove: tuple[str, ...]
    digests: Mapping[str, str]
    """Digest of every file of the new site, the manifest included."""


def plan_changes(artifacts: Sequence[Artifact], site_dir: Path, seen: Mapping[str, Seen]) -> Changes:
    """Compare *artifacts* with the site, and add its manifest.

    Whatever the manifest lists is ours: it is made right or removed, whoever changed it since. Nothing else is
    touched. Raises ``BuildError`` for two artifacts of one path (also when only case differs), for a path that
    would leave the site, and for a folder of pages that Bulletin did not make.
    """
    check_paths(artifact.path for artifact in artifacts)
    manifest = read_manifest(site_dir)
    if manifest is None and _holds_pages(site_dir):
        raise BuildError("site-dir-foreign", str(site_dir))
    digests = {artifact.path: artifact.digest for artifact in artifacts}
    listing = make_manifest(digests)
    digests[NAME] = listing.digest
    write, keep = [], []
    for artifact in (*artifacts, listing):
        same = _same(site_dir, artifact.path, digests[artifact.path], seen.get(artifact.path))
        if same:
            keep.append(artifact.path)
        else:
            write.append(artifact)
    folded = {path.casefold(): path for path in digests}
    gone = (path for path in manifest or () if path not in digests)
    remove = [path for path in gone if not _is_renamed(site_dir, path, folded.get(path.casefold()))]
    return Changes(tuple(write), tuple(keep), tuple(remove), digests)


def check_paths(paths: Iterable[str]) -> None:
    """Refuse paths that collide or leave the site."""
    seen: dict[str, str] = {}
    for path in paths:
        if not stays_inside(path):
            raise BuildError("path-unsafe", path)
        other = seen.setdefault(path.casefold(), path)
        if other is not path:
            raise BuildError("path-collision", path, other)


def _holds_pages(site_dir: Path) -> bool:
    return site_dir.is_dir() and next(site_dir.rglob("*.html"), None) is not None


def _is_renamed(site_dir: Path, old: str, new: str | None) -> bool:
    """Whether *old* and *new* differ in case only and the disk takes both for one file."""
    try:
        return new is not None and (site_dir / old).samefile(site_dir / new)
    except OSError:
        return False


def _same(site_dir: Path, path: str, digest: str, seen: Seen | None) -> bool:
    """Whether the file on disk has that digest; the disk is read only when its time or size tells nothing."""
    target = site_dir / path
    try:
        stat = target.stat()
        if target.is_symlink():
            return False
        if seen and (seen.size, seen.mtime_ns) == (stat.st_size, stat.st_mtime_ns):
            return seen.digest == digest
        return digest_bytes(target.read_bytes()) == digest
    except OSError:
        return False
