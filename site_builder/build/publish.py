"""Change the site all at once: every new file is ready before the first old one is touched.

New files are written to a folder inside the site (same file system), old ones are linked there for undoing, and
a journal lists what is about to happen. Then files are replaced one by one, each atomically. An exception or
Ctrl-C undoes everything; after a power cut the next build finds the journal and undoes it first. So a reader
never meets half a file, and a build that fails leaves the previous site as it was.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from site_builder.build.atomic import replace_file
from site_builder.build.manifest import Entry, Manifest
from site_builder.build.writer import Changes
from site_builder.errors import BuildError

STAGE = ".bulletin-publish"


@dataclass(frozen=True, slots=True)
class _Step:
    """One change: the file, where its new bytes wait, and where its old ones are kept."""

    path: str
    new: str | None
    old: str | None


def publish(changes: Changes, site_dir: Path) -> Manifest:
    """Carry out *changes*; the manifest of the site as it is then. All or nothing."""
    recover(site_dir)
    if changes.write or changes.remove:
        site_dir.mkdir(parents=True, exist_ok=True)
        stage = site_dir / STAGE
        try:
            steps = _prepare(changes, site_dir, stage)
            _commit(steps, site_dir, stage)
        except BaseException:
            recover(site_dir)
            raise
        shutil.rmtree(stage, ignore_errors=True)
        _drop_empty_folders(changes.remove, site_dir)
    return Manifest({path: _entry(site_dir / path, digest) for path, digest in changes.digests.items()})


def recover(site_dir: Path) -> bool:
    """Undo a publication that did not finish; whether there was one."""
    stage = site_dir / STAGE
    journal = stage / "journal.json"
    if not stage.is_dir():
        return False
    if journal.is_file():
        steps = [_Step(*row) for row in json.loads(journal.read_text(encoding="utf-8"))]
        for step in reversed(steps):
            _undo(step, site_dir, stage)
    shutil.rmtree(stage, ignore_errors=True)
    return True


def _prepare(changes: Changes, site_dir: Path, stage: Path) -> list[_Step]:
    """Write new files and link old ones into *stage*, then the journal: from then on undoing is possible."""
    (stage / "new").mkdir(parents=True, exist_ok=True)
    (stage / "old").mkdir(exist_ok=True)
    steps = []
    for number, artifact in enumerate(changes.write):
        (stage / "new" / str(number)).write_bytes(artifact.data)
        _guard(site_dir, artifact.path)
        steps.append(_Step(artifact.path, str(number), _keep_old(site_dir, artifact.path, stage, number)))
    offset = len(changes.write)
    for number, path in enumerate(changes.remove, offset):
        steps.append(_Step(path, None, _keep_old(site_dir, path, stage, number)))
    replace_file(stage / "journal.json", json.dumps([[s.path, s.new, s.old] for s in steps]).encode())
    return steps


def _guard(site_dir: Path, path: str) -> None:
    """Refuse to write through a linked folder out of the site, or over a folder."""
    target = site_dir / path
    if not target.parent.resolve().is_relative_to(site_dir.resolve()) or target.is_dir():
        raise BuildError("path-unsafe", path)


def _keep_old(site_dir: Path, path: str, stage: Path, number: int) -> str | None:
    target, kept = site_dir / path, stage / "old" / str(number)
    if not os.path.lexists(target):
        return None
    try:
        os.link(target, kept, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(target, kept, follow_symlinks=False)
    return str(number)


def _commit(steps: Sequence[_Step], site_dir: Path, stage: Path) -> None:
    for step in steps:
        target = site_dir / step.path
        if step.new is None:
            target.unlink(missing_ok=True)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            (stage / "new" / step.new).replace(target)
    # Without its journal the stage is only rubbish: this is the moment of publication.
    (stage / "journal.json").unlink()


def _undo(step: _Step, site_dir: Path, stage: Path) -> None:
    target = site_dir / step.path
    if step.old is not None:
        kept = stage / "old" / step.old
        if kept.exists() or kept.is_symlink():
            target.parent.mkdir(parents=True, exist_ok=True)
            kept.replace(target)
    elif step.new is not None and not (stage / "new" / step.new).exists():
        target.unlink(missing_ok=True)
        _drop_empty_folders([step.path], site_dir)


def _drop_empty_folders(paths: Sequence[str], site_dir: Path) -> None:
    for path in paths:
        folder = (site_dir / path).parent
        while folder != site_dir:
            with contextlib.suppress(OSError):
                folder.rmdir()
            if folder.exists():
                break
            folder = folder.parent


def _entry(path: Path, digest: str) -> Entry:
    stat = path.stat()
    return Entry(digest, stat.st_size, stat.st_mtime_ns)
