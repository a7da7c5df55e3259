"""Change the site all at once: every new file is ready before the first old one is touched.

New files are written to a folder inside the site (same file system), old ones are linked there for undoing, and
a journal lists what is about to happen. Then files go and come one by one, each atomically. An exception or
Ctrl-C undoes everything; after a power cut the next build finds the journal and undoes it first. So a reader
never meets half a file, and a build that fails leaves the previous site as it was.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from site_builder.build.atomic import replace_file
from site_builder.build.publishing.writer import Changes
from site_builder.errors import BuildError

STAGE = ".bulletin-publish"


@dataclass(frozen=True, slots=True)
class _Step:
    """One change: the file, where its new bytes wait, and where its old ones are kept."""

    path: str
    new: str | None
    old: str | None


def publish(changes: Changes, site_dir: Path) -> None:
    """Carry out *changes*, all or nothing. Raises ``BuildError`` when something foreign is in the way."""
    recover(site_dir)
    if not changes.write and not changes.remove:
        return
    stage = site_dir / STAGE
    try:
        with _in_the_way(site_dir):
            (stage / "new").mkdir(parents=True)
            (stage / "old").mkdir()
        steps = _prepare(changes, site_dir, stage)
        _commit(steps, site_dir, stage)
    except BaseException:
        recover(site_dir)
        raise
    shutil.rmtree(stage, ignore_errors=True)


def recover(site_dir: Path) -> bool:
    """Undo a publication that did not finish; whether there was one."""
    stage = site_dir / STAGE
    if not stage.is_dir():
        return False
    for step in reversed(_read_journal(stage / "journal.json")):
        _undo(step, site_dir, stage)
    shutil.rmtree(stage, ignore_errors=True)
    return True


def _read_journal(path: Path) -> list[_Step]:
    """The steps that were about to be taken. Without a whole journal none was: it is on disk before the first."""
    try:
        return [_Step(*row) for row in json.loads(path.read_bytes())]
    except (OSError, ValueError, TypeError):
        return []


def _prepare(changes: Changes, site_dir: Path, stage: Path) -> list[_Step]:
    """Write new files and link old ones into *stage*, then the journal: from then on undoing is possible.

    Removals come first, so that a folder may take the place of a file and a file that of a folder.
    """
    steps: list[_Step] = []
    for path in changes.remove:
        steps.append(_Step(path, None, _keep_old(site_dir, path, stage, len(steps))))
    for artifact in changes.write:
        number = len(steps)
        (stage / "new" / str(number)).write_bytes(artifact.data)
        steps.append(_Step(artifact.path, str(number), _keep_old(site_dir, artifact.path, stage, number)))
    journal = json.dumps([[step.path, step.new, step.old] for step in steps]).encode()
    replace_file(stage / "journal.json", journal, durable=True)
    return steps


def _keep_old(site_dir: Path, path: str, stage: Path, number: int) -> str | None:
    target, kept = site_dir / path, stage / "old" / str(number)
    if not os.path.lexists(target) or target.is_dir():
        return None
    try:
        os.link(target, kept, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(target, kept, follow_symlinks=False)
    return str(number)


def _commit(steps: Sequence[_Step], site_dir: Path, stage: Path) -> None:
    for step in steps:
        target = site_dir / step.path
        # A folder of the site may be a link that somebody laid to another place.
        if not target.parent.resolve().is_relative_to(site_dir.resolve()):
            raise BuildError("path-unsafe", step.path)
        if step.new is None:
            target.unlink(missing_ok=True)
            _drop_empty_folders(target, site_dir)
            continue
        with _in_the_way(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            (stage / "new" / step.new).replace(target)
    # Without its journal the stage is only rubbish: this is the moment of publication.
    (stage / "journal.json").unlink()


@contextlib.contextmanager
def _in_the_way(target: Path) -> Iterator[None]:
    """A foreign file where a folder must be, or the reverse, is told as such."""
    try:
        yield
    except (FileExistsError, NotADirectoryError, IsADirectoryError) as error:
        raise BuildError("in-the-way", str(target)) from error


def _undo(step: _Step, site_dir: Path, stage: Path) -> None:
    target = site_dir / step.path
    if step.old is not None:
        kept = stage / "old" / step.old
        if kept.exists() or kept.is_symlink():
            target.parent.mkdir(parents=True, exist_ok=True)
            kept.replace(target)
    elif step.new is not None and not (stage / "new" / step.new).exists():
        target.unlink(missing_ok=True)
        _drop_empty_folders(target, site_dir)


def _drop_empty_folders(gone: Path, site_dir: Path) -> None:
    """Remove the folders above *gone* that are empty now, never the site itself."""
    folder = gone.parent
    while folder != site_dir:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent
