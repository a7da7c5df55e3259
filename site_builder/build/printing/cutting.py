"""Pictures cut to their frames, kept from one print to the next: to cut one takes longer than to set a page."""

from __future__ import annotations

from importlib.metadata import version

from site_builder.build.cache import Cache, DamagedEntry
from site_builder.build.fingerprint import code_version, digest, digest_bytes
from site_builder.render.artifact import Artifact
from site_builder.render.pictures.images import cut_print

_NAME = "cut.jpg"


class Cutter:
    """Does what ``cut_print`` does, and remembers in *cache* what it gave. May be called from several threads."""

    def __init__(self, cache: Cache) -> None:
        self.cache = cache
        # Of all libraries only this one has a hand in it, and to ask for the versions of all takes long.
        self._code = code_version() + version("pillow")

    def cut(self, data: bytes, size: tuple[int, int], focus: tuple[int, int], grey: bool) -> bytes:
        """The picture in *data* as ``cut_print`` cuts it."""
        key = digest(("cut", digest_bytes(data), size, focus, grey, self._code))
        for artifact in self.cache.get(key) or ():
            try:
                return artifact.data
            except DamagedEntry:
                break
        made = cut_print(data, size, focus, grey)
        self.cache.put(key, [Artifact(_NAME, made)])
        return made
