"""Many small entries of the cache in few files.

To make a file takes longer than what most tasks of search do for a story, and an archive has tens of thousands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from site_builder.build.cache import Cache
from site_builder.build.fingerprint import code_version, digest, library_versions
from site_builder.render.artifact import Artifact

_Entries = dict[str, tuple[Artifact, ...]]


class Bundles:
    """A cache whose entries lie in bundles, each of which is one entry of another cache.

    What is put is kept only by ``keep``. A bundle then holds the entries that are asked for now, and no older ones.
    What ``get`` gave before must not be read after: it may lie in a file that was replaced.
    """

    def __init__(self, cache: Cache, bundle_of: Mapping[str, str]) -> None:
        """*bundle_of*: of each key that will be asked for the name of its bundle."""
        self._cache = cache
        self._bundle_of = bundle_of
        self._bundles: dict[str, _Entries] = {}
        self._changed: set[str] = set()

    def get(self, key: str) -> tuple[Artifact, ...] | None:
        """What was put there, or ``None``."""
        return self._opened(self._bundle_of[key]).get(key)

    def put(self, key: str, artifacts: Iterable[Artifact]) -> tuple[Artifact, ...]:
        """Hold *artifacts* under *key*."""
        name, made = self._bundle_of[key], tuple(artifacts)
        self._opened(name)[key] = made
        self._changed.add(name)
        return made

    def touch(self, key: str) -> None:
        """Mark the bundle of *key* as used."""
        self._cache.touch(bundle_key(self._bundle_of[key]))

    def keep(self) -> None:
        """Put the bundles that have changed into the other cache."""
        for name in sorted(self._changed):
            rows = ((key, row) for key, row in self._bundles[name].items() if key in self._bundle_of)
            entries = {key: tuple(Artifact(one.path, one.data) for one in row) for key, row in rows}
            packed = (Artifact(f"{key}/{one.path}", one.content) for key, row in entries.items() for one in row)
            self._cache.put(bundle_key(name), packed)
            self._bundles[name] = entries
        self._changed.clear()

    def _opened(self, name: str) -> _Entries:
        if name not in self._bundles:
            entries: dict[str, list[Artifact]] = {}
            for artifact in self._cache.get(bundle_key(name)) or ():
                key, _, path = artifact.path.partition("/")
                entries.setdefault(key, []).append(Artifact(path, artifact.content))
            self._bundles[name] = {key: tuple(row) for key, row in entries.items()}
        return self._bundles[name]


def bundle_key(name: str) -> str:
    """The key of the bundle *name*: another for other code, as of all entries."""
    return digest(("bundle", name, code_version(), library_versions()))
