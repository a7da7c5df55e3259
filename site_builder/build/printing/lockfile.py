"""The file of a lock: read once, written whenever there is something new to remember."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from site_builder.build.atomic import replace_file
from site_builder.errors import BuildError, system_error
from site_builder.model.edition import Edition
from site_builder.paper.page.lock import Assigned, Lock, LockedPage, lock_text, parse_lock


class LockFile:
    """The lock at *path* of an edition with pages of these *numbers*.

    Raises ``BuildError`` when it cannot be read; a file that is not there holds nothing.
    """

    def __init__(self, path: Path, numbers: Collection[int]) -> None:
        self.path, self.numbers = path, numbers
        self.lock = self._read()

    def remember(self, *pages: LockedPage) -> None:
        """Write *pages* into the lock; what it holds of other pages stays, pages that are gone from the edition go."""
        merged = {page.number: page for page in (*self.lock.pages, *pages) if page.number in self.numbers}
        self._write(replace(self.lock, pages=tuple(merged[number] for number in sorted(merged))))

    def remember_assigned(self, edition: Edition) -> None:
        """Write into the lock on which pages the unplaced stories of *edition* stand."""
        stories = sorted(edition.assigned().items())
        self._write(replace(self.lock, assigned=tuple(Assigned(number, ids) for number, ids in stories)))

    def _write(self, lock: Lock) -> None:
        if lock != self.lock:
            replace_file(self.path, lock_text(lock).encode())
            self.lock = lock

    def _read(self) -> Lock:
        try:
            text = self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return Lock()
        except UnicodeDecodeError as error:
            raise BuildError("print.lock-broken", str(self.path), str(error)) from error
        except OSError as error:
            raise system_error(error) from error
        return parse_lock(text, str(self.path))
