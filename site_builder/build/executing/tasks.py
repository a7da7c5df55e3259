"""Tasks: work that knows all it may see, and the one function that workers run.

A task's key is the digest of its kind, its input, what it shares with others of its kind, and the code. The
functions behind the kinds are pure and do not know that a cache exists. Work may happen in another process, so
``run_batch`` takes and gives values that pickle.
"""

from __future__ import annotations

import json
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from site_builder.build.executing.lettering import standard_faces
from site_builder.build.fingerprint import code_version, digest, library_versions
from site_builder.model.story import Body, Heading
from site_builder.problems import Problem, Span, problem
from site_builder.render.artifact import Artifact
from site_builder.render.feeds import render_feed
from site_builder.render.iiif import render_manifest as render_edition_manifest
from site_builder.render.markdown import render_body
from site_builder.render.offline import render_manifest, render_worker
from site_builder.render.opml import render_opml
from site_builder.render.pages import PageSetting, render_page, render_redirect
from site_builder.render.pictures.cards import Faces, draw_cards
from site_builder.render.pictures.crops import make_crops
from site_builder.render.pictures.icons import make_icons
from site_builder.render.pictures.images import make_pixels, measure, publish
from site_builder.render.searching.months import render_month
from site_builder.render.searching.records import render_searched
from site_builder.render.searching.segments import render_search_index, render_segment
from site_builder.render.searching.suggestions import render_suggestions
from site_builder.render.security import render_headers
from site_builder.render.sitemap import render_news_sitemap, render_robots, render_sitemap
from site_builder.render.theme import ThemeError

if TYPE_CHECKING:
    from site_builder.build.printing.facsimiles import PressRoom


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
    """A key of ``KINDS``."""
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


Renderer = Callable[[Shared, Work], tuple[Artifact, ...]]


def _page(shared: Shared, work: Work) -> tuple[Artifact, ...]:
    assert shared.setting is not None
    return (render_page(shared.setting, work.input),)


def _redirect(shared: Shared, work: Work) -> tuple[Artifact, ...]:
    assert shared.setting is not None
    return (render_redirect(shared.setting, work.input),)


def _body(_shared: Shared, work: Work) -> tuple[Artifact, ...]:
    return (pack_body(render_body(work.input)),)


def _facsimile(shared: Shared, work: Work) -> tuple[Artifact, ...]:
    from site_builder.build.printing.facsimiles import make_facsimile  # Typst and its kin are slow to import

    assert shared.press is not None
    return make_facsimile(work.input, {artifact.path: artifact.data for artifact in work.given}, shared.press)


def _edition_pdf(shared: Shared, work: Work) -> tuple[Artifact, ...]:
    from site_builder.build.printing.facsimiles import make_edition_pdf

    assert shared.press is not None
    return make_edition_pdf(work.input, {artifact.path: artifact.data for artifact in work.given}, shared.press)


def _measure(_shared: Shared, work: Work) -> tuple[Artifact, ...]:
    return (Artifact.text("size.json", json.dumps(measure(work.data))),)


KINDS: Mapping[str, Renderer] = {
    "body": _body,
    "measure": _measure,
    "pixels": lambda _shared, work: make_pixels(work.data),
    "photo": lambda _shared, work: publish(work.input, work.given),
    "card": lambda shared, work: draw_cards(work.input, shared.faces or standard_faces(), work.data),
    "crops": lambda _shared, work: make_crops(work.input, work.data),
    "facsimile": _facsimile,
    "edition-pdf": _edition_pdf,
    "page": _page,
    "redirect": _redirect,
    "feed": lambda _shared, work: render_feed(work.input),
    "opml": lambda _shared, work: (render_opml(work.input),),
    "terms": lambda _shared, work: render_searched(work.input),
    "search-month": lambda _shared, work: render_month(work.input, work.given),
    "search-segment": lambda _shared, work: render_segment(work.input, work.given),
    "suggest": lambda _shared, work: (render_suggestions(work.input),),
    "search-index": lambda _shared, work: (render_search_index(work.input),),
    "sitemap": lambda _shared, work: (render_sitemap(work.input),),
    "news": lambda _shared, work: (render_news_sitemap(work.input),),
    "robots": lambda _shared, work: (render_robots(work.input),),
    "headers": lambda _shared, work: (render_headers(work.input),),
    "icons": lambda _shared, work: make_icons(work.data),
    "iiif": lambda _shared, work: (render_edition_manifest(work.input),),
    "manifest": lambda _shared, work: (render_manifest(work.input),),
    "worker": lambda _shared, work: (render_worker(work.input),),
}
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


def run_batch(shared: Shared, batch: Sequence[Work]) -> list[Outcome]:
    """Run *batch* in order. Module-level, positional, and no task keeps another from being done."""
    return [_run_one(shared, work) for work in batch]


def _run_one(shared: Shared, work: Work) -> Outcome:
    try:
        return Outcome(KINDS[work.kind](shared, work))
    except ThemeError as error:
        return Outcome(problem=_theme_problem(str(error)))
    except Exception as error:
        line = " ".join(f"{type(error).__name__}: {error}".split())
        return Outcome(crash=Crash(line, traceback.format_exc()))


def _theme_problem(text: str) -> Problem:
    path, _, rest = text.partition(":")
    line, _, detail = rest.partition(": ")
    return problem("theme-template", path, Span(int(line) if line.isdigit() else 1), detail=detail)


def crash_problem(task: Task, crash: Crash, path: str) -> Problem:
    """What people are told of *crash*; *path* is the file that the task is about."""
    code = "task-died" if crash.died else "task-failed"
    return problem(code, path, kind=f"@kind.task.{task.kind}", name=task.name, error=crash.error)


def card_problem(path: str, signs: str) -> Problem:
    """What people are told of *signs* that no font can draw on the social cards of the story at *path*."""
    return problem("card-sign-missing", path, severity="warning", found="".join(signs))


def task_keys(tasks: Iterable[Task], shared: Shared) -> list[str]:
    """The cache keys of *tasks*."""
    code = code_version() + library_versions()
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
