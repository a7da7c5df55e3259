"""Which files of a newsroom changed, as they change. The only module that knows how a system tells.

A file that an editor replaces is a new file to the system, so files are never watched, only folders: the newsroom's
own without what lies below it (for ``mkdocs.yml``, and for folders that come and go), and those with sources.
"""

from __future__ import annotations

import os
import queue
import re
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path, PurePath

import watchfiles
from watchfiles import Change

SETTLE_MS = 60
"""Changes that follow each other so closely are one save."""
_LONGEST_MS = 1000
_WAKE_SECONDS = 0.5
"""How often waiting looks up, so that Ctrl-C is heard on every system."""
_START_SECONDS = 0.2
"""How long a system may take until it watches."""

_DROPPINGS = re.compile(
    r"~$|\.sw[a-z]$|\.te?mp$|\.bak$|\.crswap$|\.part$|^4913$|^#.*#$|^~\$|___jb_\w+___$|\.py[co]$"
    r"|^\.|^Thumbs\.db$|^desktop\.ini$",
    re.IGNORECASE,
)
_BESIDE = (".yml", ".yaml", ".py")
_FOREIGN_FOLDERS = frozenset({".git", ".hg", ".svn", ".bulletin", ".idea", "__pycache__", "node_modules"})


def matters(path: PurePath) -> bool:
    """Whether *path*, relative to a watched folder, may be a source.

    Not so the droppings of editors and file managers, nor the folders of other programs.
    """
    return not _DROPPINGS.search(path.name) and _FOREIGN_FOLDERS.isdisjoint(path.parts)


class Watch:
    """Watches from entering the context to leaving it, so that nothing is missed while a build runs.

    *folders* tells which folders hold sources now, and is asked again after each change, for a folder may come, go, or
    be named otherwise in ``mkdocs.yml``. That file lies in *root*, with those that it may name: more settings, hooks.
    """

    def __init__(self, root: Path, folders: Callable[[], frozenset[Path]]) -> None:
        self.folders = folders
        self.watched = folders()
        self.batches: queue.SimpleQueue[frozenset[Path]] = queue.SimpleQueue()
        self.beside = _Feed(self.batches, frozenset({root}), self._is_beside, recursive=False)
        self.below = self._feed_below()

    def __enter__(self) -> Watch:
        self.beside.start()
        self.below.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.beside.end()
        self.below.end()

    def changes(self) -> Iterator[frozenset[Path]]:
        """Sets of paths that changed, each time something did; never ends by itself.

        An empty set means that something may have changed unseen.
        """
        changed: frozenset[Path] = frozenset()
        while True:
            now = self.folders()
            # A folder that was replaced is another one to the system, though its name is the same.
            if now != self.watched or not now.isdisjoint(changed):
                self._renew(now)
                self.batches.put(frozenset())  # something may have been written into it before it was watched
            changed = _next(self.batches)
            yield changed

    def _renew(self, folders: frozenset[Path]) -> None:
        self.below.end()
        self.watched = folders
        self.below = self._feed_below()
        self.below.start()
        time.sleep(_START_SECONDS)

    def _feed_below(self) -> _Feed:
        return _Feed(self.batches, self.watched, lambda _path: True, recursive=True)

    def _is_beside(self, path: Path) -> bool:
        return path.suffix in _BESIDE or path in self.watched or path in self.folders()


def _next(batches: queue.SimpleQueue[frozenset[Path]]) -> frozenset[Path]:
    """The next batch, and what else has come in while the last one was worked on."""
    while True:
        try:
            changed = batches.get(timeout=_WAKE_SECONDS)
            break
        except queue.Empty:
            continue
    time.sleep(SETTLE_MS / 1000)
    while not batches.empty():
        changed |= batches.get()
    return changed


class _Feed:
    """A thread that puts what changes in some folders into a queue."""

    def __init__(
        self,
        batches: queue.SimpleQueue[frozenset[Path]],
        folders: frozenset[Path],
        wanted: Callable[[Path], bool],
        *,
        recursive: bool,
    ) -> None:
        self.batches = batches
        self.folders = folders
        self.wanted = wanted
        self.recursive = recursive
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self.thread.start()

    def end(self) -> None:
        """Watch no more."""
        self.stop.set()
        self.thread.join(timeout=2)

    def _run(self) -> None:
        polling = None
        while not self.stop.is_set():
            try:
                self._watch(polling)
            except FileNotFoundError:
                self.stop.wait(_WAKE_SECONDS)  # a folder is being replaced
            except OSError:
                polling = True  # the system allows no more watches: look at every file now and then instead
                self.stop.wait(_WAKE_SECONDS)

    def _counts(self, path: Path) -> bool:
        folder = next((folder for folder in self.folders if path.is_relative_to(folder)), path.parent)
        return matters(path.relative_to(folder)) and self.wanted(path)

    def _watch(self, polling: bool | None) -> None:
        folders = sorted(folder for folder in self.folders if folder.is_dir())
        if not folders:
            self.stop.wait()
            return
        batches = watchfiles.watch(
            *folders,
            watch_filter=lambda _change, path: self._counts(Path(path)),
            debounce=_LONGEST_MS,
            step=SETTLE_MS,
            stop_event=self.stop,
            rust_timeout=int(_WAKE_SECONDS * 1000),
            force_polling=polling,
            ignore_permission_denied=True,
            recursive=self.recursive,
        )
        for batch in batches:
            # What came and went at once was only on its way to its name.
            passing = {path for change, path in batch if change is Change.added and not os.path.lexists(path)}
            changed = frozenset(Path(path) for _, path in batch if path not in passing)
            if changed:
                self.batches.put(changed)
