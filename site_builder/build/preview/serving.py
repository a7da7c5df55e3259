"""The loop of ``bulletin serve``: watch, build, serve, until somebody stops it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from site_builder.build.preview.server import DEFAULT_PORT, bind, serving
from site_builder.build.preview.session import Preview, Rebuilt
from site_builder.build.preview.watching import Watch


@dataclass(frozen=True, slots=True)
class Address:
    """Where to serve."""

    host: str = "127.0.0.1"
    port: int | None = None
    """``None``: the first free one from 8000; 0: any free one."""


@dataclass(frozen=True, slots=True)
class Serving:
    """Pages can be looked at now."""

    url: str
    open_to_others: bool
    """Other machines can see the preview, too."""
    taken: int | None = None
    """The usual port, where another program has it."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Another build holds the newsroom; the preview waits for it."""


ServeEvent = Serving | Rebuilt | Waiting


def serve(preview: Preview, address: Address, listener: Callable[[ServeEvent], None]) -> None:
    """Serve *preview* at *address* and follow every change; ends only with an exception. Raises ``UsageError``.

    The first build is told before the address: whoever comes earlier waits, and is not turned away.
    """
    with (
        bind(address.host, address.port, preview) as server,
        Watch(preview.root, preview.folders) as watch,
    ):
        listener(preview.rebuild())
        with serving(server):
            taken = DEFAULT_PORT if address.port is None and server.server_port != DEFAULT_PORT else None
            listener(Serving(server.url, not server.local, taken))
            for changed in watch.changes():
                listener(preview.rebuild(changed))
