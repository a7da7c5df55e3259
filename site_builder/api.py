"""What every front end calls: the command line, the MkDocs plugin, and whoever embeds Bulletin.

Each function imports what it needs when it is called: a command that sets one page in a second has no time to import
feeds, hosts and the preview.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any

from site_builder.build.clock import Clock, SystemClock
from site_builder.build.events import Listener, silent
from site_builder.errors import UsageError
from site_builder.messages import DEFAULT_LANGUAGE

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from site_builder.build.check import CheckedNewsroom
    from site_builder.build.creating.new_newsroom import Answers, check_answers, suggest_authority
    from site_builder.build.creating.new_story import NewStory
    from site_builder.build.explaining import Output, Source
    from site_builder.build.exporting import ExportOptions, ExportReport
    from site_builder.build.finding import Findings, FindOptions
    from site_builder.build.host import Host
    from site_builder.build.making import Options
    from site_builder.build.pipeline import Report
    from site_builder.build.preview.serving import Address, ServeEvent, Serving, Waiting
    from site_builder.build.preview.session import Rebuilt
    from site_builder.build.printing.desk import DeskReport
    from site_builder.build.printing.indesign import InDesignReport
    from site_builder.build.printing.makeup import Listener as PageListener
    from site_builder.build.printing.pages import PagesOptions, PagesReport
    from site_builder.build.printing.planned import EditionWish
    from site_builder.build.printing.press import CoarsePicture, PressReport
    from site_builder.build.printing.sheet import PrintOptions, PrintReport
    from site_builder.build.sources import find_root
    from site_builder.model.story import Audience

__all__ = [
    "Address",
    "Answers",
    "CoarsePicture",
    "DeskReport",
    "EditionWish",
    "ExportOptions",
    "ExportReport",
    "FindOptions",
    "Findings",
    "InDesignReport",
    "NewStory",
    "Options",
    "Output",
    "PagesOptions",
    "PagesReport",
    "PressReport",
    "PrintOptions",
    "PrintReport",
    "Rebuilt",
    "Report",
    "ServeEvent",
    "Serving",
    "Source",
    "Waiting",
    "build",
    "check",
    "check_answers",
    "default_host",
    "edition_format",
    "explain",
    "export_desk",
    "export_indesign",
    "export_offline",
    "export_press",
    "find_root",
    "find_stories",
    "make_newsroom",
    "new_story",
    "print_pages",
    "print_sheet",
    "schema_text",
    "serve",
    "suggest_authority",
    "write_schemas",
]

HOST_GROUP = "bulletin.hosts"
_HOMES = {
    "Address": "preview.serving",
    "Answers": "creating.new_newsroom",
    "CoarsePicture": "printing.press",
    "DeskReport": "printing.desk",
    "EditionWish": "printing.planned",
    "ExportOptions": "exporting",
    "ExportReport": "exporting",
    "FindOptions": "finding",
    "Findings": "finding",
    "InDesignReport": "printing.indesign",
    "NewStory": "creating.new_story",
    "Options": "making",
    "Output": "explaining",
    "PagesOptions": "printing.pages",
    "PagesReport": "printing.pages",
    "PressReport": "printing.press",
    "PrintOptions": "printing.sheet",
    "PrintReport": "printing.sheet",
    "Rebuilt": "preview.session",
    "Report": "pipeline",
    "ServeEvent": "preview.serving",
    "Serving": "preview.serving",
    "Source": "explaining",
    "Waiting": "preview.serving",
    "check_answers": "creating.new_newsroom",
    "find_root": "sources",
    "suggest_authority": "creating.new_newsroom",
}
"""Values of this face → the module of ``build`` that they are at home in."""


def __getattr__(name: str) -> Any:  # Any: each name has the type of its import above
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"site_builder.build.{_HOMES[name]}"), name)


def check(root: Path, *, jobs: int | None = 1) -> CheckedNewsroom:
    """Read and check the newsroom at *root*; ``problems`` of the result holds every finding, sorted.

    *jobs* as in ``Options``: pictures that are new have to be measured.
    """
    from site_builder.build import checking
    from site_builder.build.executing import executors

    with executors.Crew(jobs) as crew:
        return checking.check(root, executor=crew)


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
    from site_builder.build import making, pipeline

    return pipeline.build(
        root, host or default_host(), clock or SystemClock(), options or making.Options(), listener, executor
    )


def serve(
    root: Path,
    address: Address | None = None,
    listener: Callable[[ServeEvent], None] = lambda _event: None,
    *,
    language: str = DEFAULT_LANGUAGE,
    jobs: int | None = 1,
    host: Host | None = None,
    clock: Clock | None = None,
) -> None:
    """Serve a preview of the newsroom at *root* that follows every change; ends with ``KeyboardInterrupt``.

    *language* is that of the preview's own pages until the newsroom's settings are read; *jobs* as in ``Options``.
    Raises ``UsageError`` for an address that cannot be had.
    """
    from site_builder.build.preview import serving, session

    clock = clock or SystemClock()
    preview = session.Preview(
        root, host or default_host(), clock, language, lambda: listener(serving.Waiting()), jobs=jobs
    )
    serving.serve(preview, address or serving.Address(), listener)


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
    from site_builder.build import explaining, making, pipeline
    from site_builder.build.executing import executors

    options = options or making.Options()
    with executors.Crew(options.jobs) as crew:
        found = pipeline.explainer(root, host or default_host(), clock or SystemClock(), options, crew)
    return found if isinstance(found, pipeline.Report) else explaining.find(found, path, folder or root)


def new_story(root: Path, story: NewStory, clock: Clock | None = None) -> Path:
    """Make a story file in its place and return its path. Raises ``UsageError``; never overwrites."""
    from site_builder.build.creating import new_story

    return new_story.write_story(root, story, clock or SystemClock())


def schema_text(kind: str, language: str) -> str:
    """The JSON Schema of one kind of file (``story``, ``edition`` …) with hints in *language*."""
    from site_builder.build.creating import editorschemas
    from site_builder.schema import jsonschema

    return editorschemas.schema_text(kind, language, jsonschema.NOTHING_KNOWN)


def write_schemas(folder: Path, kinds: Sequence[str], language: str, start: Path) -> tuple[Path, ...]:
    """Write the schemas of *kinds* into *folder*; their paths.

    Where *start* lies in a newsroom, its sections, regions, people and so on are offered as values.
    """
    from site_builder.build import sources
    from site_builder.build.creating import editorschemas
    from site_builder.schema import jsonschema

    try:
        known = editorschemas.known_names(check(sources.find_root(start)))
    except UsageError:
        known = jsonschema.NOTHING_KNOWN
    return editorschemas.write_schemas(folder, kinds, language, known)


def make_newsroom(folder: Path, answers: Answers, clock: Clock | None = None) -> tuple[Path, ...]:
    """Make a whole newsroom in *folder*; the files. Raises ``UsageError``; never overwrites, all or nothing."""
    from site_builder.build.creating import new_newsroom

    return new_newsroom.write_newsroom(folder, answers, clock or SystemClock())


def print_sheet(root: Path, options: PrintOptions | None = None, clock: Clock | None = None) -> PrintReport:
    """Print an edition, or one story, to a PDF; with problems that forbid it nothing is written.

    Raises ``UsageError`` for what is not there to print, ``BuildError`` when the template or a font fails.
    """
    from site_builder.build.printing import sheet

    return sheet.print_sheet(root, clock or SystemClock(), options or sheet.PrintOptions())


def find_stories(root: Path, options: FindOptions) -> Findings:
    """Search the index of the site that was built last of the newsroom at *root*.

    Raises ``UsageError`` when there is none, ``BuildError`` when it cannot be read.
    """
    from site_builder.build import finding

    return finding.find_stories(root, options)


def print_pages(
    root: Path,
    options: PagesOptions | None = None,
    clock: Clock | None = None,
    listener: PageListener = lambda _number, _progress: None,
) -> PagesReport:
    """Make up newspaper pages of an edition and print them; a page that cannot hold its copy is told in the report.

    Raises ``UsageError`` for what is not there to print, or a solver that is needed and not installed; ``BuildError``
    when a page is not set as it was planned. The listener is called from threads.
    """
    from site_builder.build.printing import pages

    return pages.print_pages(root, clock or SystemClock(), options or pages.PagesOptions(), listener)


def edition_format(root: Path, edition: str, audience: Audience, clock: Clock | None = None) -> str:
    """The print format that the file of the *edition* asks for; empty when it asks for none."""
    from site_builder.build.printing import pages

    return pages.edition_format(root, clock or SystemClock(), edition, audience)


def export_offline(
    root: Path,
    options: ExportOptions | None = None,
    *,
    host: Host | None = None,
    clock: Clock | None = None,
) -> ExportReport:
    """Export an edition as a zip that opens from a disk; with problems that forbid it nothing is written.

    Raises ``UsageError`` for an edition that is not out.
    """
    from site_builder.build import exporting
    from site_builder.build.executing import executors

    options = options or exporting.ExportOptions()
    with executors.Crew(1) as crew:
        return exporting.export_offline(root, host or default_host(), clock or SystemClock(), options, crew)


def export_press(
    root: Path,
    wish: EditionWish | None = None,
    output: Path | None = None,
    clock: Clock | None = None,
    listener: PageListener = lambda _number, _progress: None,
) -> PressReport:
    """Export pages of an edition for the press, as PDF/X-4 files, into *output* or the newsroom's ``print/``.

    Raises ``UsageError`` for what is not there, or a solver that is needed and not installed; ``BuildError`` when a
    page is not set as it was planned, or format or ICC profile do not serve the press.
    """
    from site_builder.build.printing import planned, press

    return press.export_press(root, clock or SystemClock(), wish or planned.EditionWish(), output, listener)


def export_indesign(
    root: Path,
    wish: EditionWish | None = None,
    output: Path | None = None,
    clock: Clock | None = None,
    listener: PageListener = lambda _number, _progress: None,
) -> InDesignReport:
    """Export pages of an edition as an InDesign package (IDML) and its pictures.

    Raises ``UsageError`` for what is not there, or a solver that is needed and not installed.
    """
    from site_builder.build.printing import indesign, planned

    return indesign.export_indesign(root, clock or SystemClock(), wish or planned.EditionWish(), output, listener)


def export_desk(
    root: Path,
    wish: EditionWish | None = None,
    output: Path | None = None,
    clock: Clock | None = None,
    listener: PageListener = lambda _number, _progress: None,
) -> DeskReport:
    """Export an edition for a desk that lays out by itself: texts, pictures, captions, and pages where there are any.

    Raises ``UsageError`` for an edition that is not there.
    """
    from site_builder.build.printing import desk, planned

    return desk.export_desk(root, clock or SystemClock(), wish or planned.EditionWish(), output, listener)


def default_host(name: str = "mkdocs") -> Host:
    """The installed host of that name (entry-point group ``bulletin.hosts``)."""
    for entry in entry_points(group=HOST_GROUP):
        if entry.name == name:
            made: Host = entry.load()()
            return made
    raise UsageError("host-missing", name)
