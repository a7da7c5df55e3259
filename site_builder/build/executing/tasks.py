"""Tasks: work that knows all it may see, as values that pickle. What is done with them stands in ``renderers``.

A task's key is the digest of its kind, its input, what it shares with others of its kind, and the code.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from site_builder.build.fingerprint import code_version, digest, library_versions
from site_builder.model.story import Body, Heading
from site_builder.problems import Problem, problem
from site_builder.render.artifact import Artifact

if TYPE_CHECKING:
    from site_builder.build.printing.facsimiles import PressRoom
    from site_builder.render.pages import PageSetting
    from site_builder.render.pictures.cards import Faces


@dataclass(frozen=True, slots=True)
class Blob:
    """A file whose bytes a task needs; they are read only when the task really runs."""

    path: Path
    digest: str


@dataclass(frozen=True, slots=True)
class Given:
    """What another task made; the cache may hold it, and it is read only when the task really runs."""

    artifacts: tuple[Artifact, ...]
    digest: str
    """Of what they were made from: it stands in the key, so that the key is known before they are."""
    held: bool = False
    """The task reads them itself, one after the other: together they would fill the memory."""


@dataclass(frozen=True, slots=True)
class Task:
    """One piece of work."""

    kind: str
    """A key of ``renderers.KINDS``."""
    name: str
    """What it is about, for people: a story's id, a file."""
    input: Any  # Any: each kind has its own frozen input
    blob: Blob | Given | None = None


@dataclass(frozen=True, slots=True)
class Shared:
    """What tasks share: sent once per batch, part of the keys of the kinds that use it."""

    setting: PageSetting | None = None
    faces: Faces | None = None
    """Of social cards; in no key, since their digest stands in the input of each card and their paths do not matter."""
    press: PressRoom | None = None
    """Of facsimiles; in no key, for the same reason."""


@dataclass(frozen=True, slots=True)
class Work:
    """A task on its way to a worker, with its bytes."""

    kind: str
    name: str
    input: Any
    data: bytes = b""
    given: tuple[Artifact, ...] = ()

    @property
    def size(self) -> int:
        """How many bytes go with it."""
        return len(self.data) + sum(artifact.size for artifact in self.given)


@dataclass(frozen=True, slots=True)
class Crash:
    """A fault of the program, not of an editor: in text, since exceptions do not travel well."""

    error: str
    """One line."""
    traceback: str = ""
    died: bool = False
    """The whole process died, so there is no traceback."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a task gave: artifacts, or what kept it from giving them."""

    artifacts: tuple[Artifact, ...] = ()
    problem: Problem | None = None
    """What is wrong in the theme."""
    crash: Crash | None = None
    cached: bool = False
    key: str = ""
    """The task's; set where outcomes are taken back."""


_USE_SETTING = frozenset({"page", "redirect"})


def uses_setting(kind: str) -> bool:
    """Whether tasks of *kind* see the page setting: theme, frame, chrome."""
    return kind in _USE_SETTING


def load(task: Task) -> Work:
    """*task* with its bytes read from wherever they lie. Raises ``OSError`` or ``DamagedEntry``."""
    match task.blob:
        case Blob(path):
            return Work(task.kind, task.name, task.input, path.read_bytes())
        case Given(artifacts, held=True):
            return Work(task.kind, task.name, task.input, given=artifacts)
        case Given(artifacts):
            read = tuple(Artifact(artifact.path, artifact.data) for artifact in artifacts)
            return Work(task.kind, task.name, task.input, given=read)
    return Work(task.kind, task.name, task.input)


def crash_problem(task: Task, crash: Crash, path: str) -> Problem:
    """What people are told of *crash*; *path* is the file that the task is about."""
    code = "task-died" if crash.died else "task-failed"
    return problem(code, path, kind=f"@kind.task.{task.kind}", name=task.name, error=crash.error)


def card_problem(path: str, signs: str) -> Problem:
    """What people are told of *signs* that no font can draw on the social cards of the story at *path*."""
    return problem("card-sign-missing", path, severity="warning", found="".join(signs))


def task_keys(tasks: Iterable[Task], shared: Shared) -> list[str]:
    """The cache keys of *tasks*."""
    tasks = list(tasks)
    code = code_version() + library_versions() if tasks else ""
    setting = digest(shared.setting)
    keys = []
    for task in tasks:
        blob = task.blob.digest if task.blob else ""
        keys.append(digest((task.kind, task.input, blob, setting if task.kind in _USE_SETTING else "", code)))
    return keys


def pack_body(body: Body) -> Artifact:
    """A rendered body as an artifact that is kept, not published."""
    value = {
        "html": body.html,
        "text": body.text,
        "headings": [[h.level, h.id, h.title] for h in body.headings],
        "figures": body.figures,
        "characters": body.characters,
    }
    return Artifact.text("body.json", json.dumps(value, ensure_ascii=False))


def unpack_body(artifact: Artifact) -> Body:
    """The body in an artifact of ``pack_body``."""
    value = json.loads(artifact.data)
    return Body(
        value["html"],
        value["text"],
        tuple(Heading(*row) for row in value["headings"]),
        tuple(value["figures"]),
        value["characters"],
    )
