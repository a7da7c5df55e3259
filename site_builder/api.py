"""What every front end calls: the command line, the MkDocs plugin, and whoever embeds Bulletin."""

from __future__ import annotations

from concurrent.futures import Executor
from importlib.metadata import entry_points
from pathlib import Path

from site_builder.build import pipeline
from site_builder.build.check import CheckedNewsroom
from site_builder.build.clock import Clock, SystemClock
from site_builder.build.events import Listener, silent
from site_builder.build.executors import Crew
from site_builder.build.explaining import Output, Source, find
from site_builder.build.host import Host
from site_builder.build.making import Options
from site_builder.build.pipeline import Report
from site_builder.build.scaffold import NewStory, write_story
from site_builder.build.sources import find_root
from site_builder.errors import UsageError

__all__ = [
    "NewStory",
    "Options",
    "Output",
    "Report",
    "Source",
    "build",
    "check",
    "default_host",
    "explain",
    "find_root",
    "new_story",
]

HOST_GROUP = "bulletin.hosts"


def check(root: Path, *, jobs: int | None = 1) -> CheckedNewsroom:
    """Read and check the newsroom at *root*; ``problems`` of the result holds every finding, sorted.

    *jobs* as in ``Options``: pictures that are new have to be measured.
    """
    with Crew(jobs) as crew:
        return pipeline.check(root, executor=crew)


def build(
    root: Path,
    options: Options | None = None,
    *,
    host: Host | None = None,
    clock: Clock | None = None,
    listener: Listener = silent,
    executor: Executor | None = None,
) -> Report:
    """Build the site of the newsroom at *root*.

    With problems that forbid it nothing is written, and the report says why. Raises ``BuildError`` and
    ``HostError`` for what no editor's file can mend.
    """
    return pipeline.build(
        root, host or default_host(), clock or SystemClock(), options or Options(), listener, executor
    )


def explain(
    root: Path,
    path: str,
    options: Options | None = None,
    *,
    folder: Path | None = None,
    host: Host | None = None,
    clock: Clock | None = None,
) -> Output | Source | Report:
    """What the output at *path* is made of and why, or what the newsroom's file *path* reaches.

    *path* is an address, a path in the site, or a file as seen from *folder* (default: the newsroom). A Report with
    the problems comes instead where the settings cannot be read. Raises ``UsageError`` when there is no such thing.
    """
    options = options or Options()
    with Crew(options.jobs) as crew:
        found = pipeline.explainer(root, host or default_host(), clock or SystemClock(), options, crew)
    return found if isinstance(found, Report) else find(found, path, folder or root)


def new_story(root: Path, story: NewStory, clock: Clock | None = None) -> Path:
    """Make a story file in its place and return its path. Raises ``UsageError``; never overwrites."""
    return write_story(root, story, clock or SystemClock())


def default_host(name: str = "mkdocs") -> Host:
    """The installed host of that name (entry-point group ``bulletin.hosts``)."""
    for entry in entry_points(group=HOST_GROUP):
        if entry.name == name:
            made: Host = entry.load()()
            return made
    raise UsageError("host-missing", name)
