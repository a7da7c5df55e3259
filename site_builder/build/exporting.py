"""Exporting an edition as a zip that opens from a disk. The order of steps; each is done elsewhere."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from site_builder.build.atomic import replace_file
from site_builder.build.clock import Clock
from site_builder.build.editions import find_edition
from site_builder.build.executing.tasks import Shared, Task
from site_builder.build.host import Host, HostOutput
from site_builder.build.hosting import host_output, make_chrome
from site_builder.build.indexing import index
from site_builder.build.making import Options, Prepared
from site_builder.build.origins import Origins
from site_builder.build.pipeline import lock, prepare
from site_builder.build.rendering import Page, Run, make_desk
from site_builder.build.searching import search_files
from site_builder.build.theme_files import ExportTheme, read_export_theme
from site_builder.errors import BuildError
from site_builder.messages import available_languages, load_messages
from site_builder.model import urls
from site_builder.model.edition import Edition
from site_builder.model.newsroom import Newsroom, build_newsroom
from site_builder.problems import Problem, has_errors, sort_problems
from site_builder.render import inputs, portable
from site_builder.render.artifact import Artifact
from site_builder.render.compose_pages import edition_page, front_page
from site_builder.render.compose_story import story_page
from site_builder.render.frame import FRAME_URL, FrameError, split_frame
from site_builder.render.needs import page_needs
from site_builder.render.pages import PageSetting
from site_builder.render.theme import ThemeError, make_templates

FOLDER = "export"


@dataclass(frozen=True)
class ExportOptions:
    """What to export, and how."""

    edition: str = ""
    """A date, or the path of an edition's file; empty for the latest one."""
    keep_going: bool = False
    """Leave out files with errors and export the rest."""
    output: Path | None = None
    """Instead of ``export/`` in the newsroom."""


@dataclass(frozen=True)
class ExportReport:
    """What was exported."""

    problems: tuple[Problem, ...]
    path: Path | None = None
    """``None`` when the problems forbade it."""
    stories: int = 0
    bytes: int = 0
    seconds: float = 0.0
    tracebacks: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether nothing was exported, or files with errors were left out."""
        return has_errors(self.problems)


def export_offline(root: Path, host: Host, clock: Clock, options: ExportOptions, executor: Executor) -> ExportReport:
    """Export an edition of the newsroom at *root*, as readers may see it now.

    Raises ``UsageError`` for an edition that is not out.
    """
    started, now = time.monotonic(), clock.now()
    with lock(root):
        prepared = prepare(root, Options(keep_going=options.keep_going), executor)
        if not isinstance(prepared, Prepared):
            return ExportReport(prepared.problems, tracebacks=prepared.tracebacks)
        newsroom, edition = _only(prepared, now, options.edition)
        request = prepared.host_request()
        output = host_output(request, root / prepared.settings.pages_dir, prepared.theme, prepared.cache, host)
        run = Run(prepared.cache, executor, Origins(prepared.checked))
        files = _copy(run, prepared, newsroom, edition, output)
    problems = sort_problems((*prepared.checked.problems, *run.problems, *run.crash_problems()))
    if run.problems or run.crashed:
        return ExportReport(problems, tracebacks=tuple(crash.traceback for _, crash in run.crashed))
    name = portable.safe_name(f"{newsroom.settings.site_name}-{edition.id}")
    data = portable.pack(name, files, edition.date)
    path = (options.output or root / FOLDER) / f"{name}.zip"
    replace_file(path, data)
    return ExportReport(problems, path, len(newsroom.stories), len(data), time.monotonic() - started)


def _only(prepared: Prepared, now: datetime, wanted: str) -> tuple[Newsroom, Edition]:
    """A newsroom that has nothing but one edition: so its pages lead to each other and to little else."""
    whole = index(prepared.checked, now, "public", set())
    edition = find_edition(whole, wanted, "export.no-editions")
    stories = whole.edition_stories(edition)
    moment = now.astimezone(ZoneInfo(prepared.settings.timezone))
    return build_newsroom(whole.settings, whole.taxonomy, stories, [edition], moment), edition


def _copy(run: Run, prepared: Prepared, newsroom: Newsroom, edition: Edition, output: HostOutput) -> Sequence[Artifact]:
    """Every file of the copy, or nothing when something crashed."""
    theme = read_export_theme(prepared.root)
    photos = run.photos(newsroom, prepared.checked)
    bodies = run.bodies(newsroom)
    if run.crashed:
        return ()
    desk = make_desk(newsroom, bodies, photos, prepared.checked)
    site = {artifact.path: artifact.data for artifact in (*output.artifacts, *prepared.theme.static)}
    site |= {artifact.path: artifact.data for _, made in photos.values() for artifact in made}
    site |= {urls.ASSETS + name: data for name, data in theme.files.items()}
    search = inputs.SearchPageInput(urls.SEARCH, urls.EDITIONS)
    pages: list[Page] = [front_page(desk), edition_page(desk, newsroom.editions[0]), search]
    pages += [story_page(desk, story) for story in newsroom.stories]
    tasks = [Task("page", page.url or "/", page) for page in pages]
    made = run(tasks, _setting(prepared, theme, output))
    if run.problems or run.crashed:
        return ()
    html = {page.url: artifact.data.decode() for page, artifact in zip(pages, made, strict=True)}
    places = portable.page_places(edition.date, (story.id for story in newsroom.stories))
    index = search_files(run, desk, prepared.checked)
    if run.crashed:
        return ()
    return _files(html, {**site, portable.SEARCH_DATA: portable.search_script(index, places)}, places, newsroom)


def _files(html: dict[str, str], site: dict[str, bytes], pages: dict[str, str], newsroom: Newsroom) -> list[Artifact]:
    """The pages, what they need of *site*, and the words for whoever opens the folder."""
    needed = {path for url, page in html.items() for path in page_needs(page, url).files if path in site}
    needed |= {path for path in portable.SEARCH_LATER if path in site}
    beside = {path: path for path in sorted(needed) if _is_ours(path)}
    places = {**pages, **beside, **portable.picture_places(html, site)}
    made = [
        Artifact.text(pages[url], portable.portable_page(page, url, places, newsroom.settings.site_url))
        for url, page in html.items()
    ]
    others = {place: site[path] for path, place in places.items() if path in site}
    return [*made, *(Artifact(place, data) for place, data in others.items()), _readme(newsroom)]


def _is_ours(path: str) -> bool:
    """Style sheets, the icon, and the scripts of the search; other scripts may need a server."""
    return not path.endswith(".js") or path.startswith(portable.SEARCH_SCRIPTS)


def _setting(prepared: Prepared, theme: ExportTheme, output: HostOutput) -> Shared:
    """The frame of the copy with the host's style sheets in it. Raises ``BuildError`` when its template is wrong."""
    chrome = make_chrome(prepared.settings, prepared.checked.taxonomy, ())
    sheets = [path for path in page_needs(output.frame, FRAME_URL).files if path.endswith(".css")]
    styles = (*sheets, urls.ASSETS + "export.css")
    templates = make_templates(theme.theme, chrome.language, chrome.site_url, load_messages)
    try:
        frame = split_frame(templates.render_whole("frame.html", styles, chrome, FRAME_URL))
    except (ThemeError, FrameError) as error:
        raise BuildError("export.frame", str(error)) from error
    return Shared(PageSetting(theme.theme, frame, chrome))


def _readme(newsroom: Newsroom) -> Artifact:
    """What to open, in every language; with the line ends and the mark that Windows' editor wants."""
    settings = newsroom.settings
    values = {"paper": settings.site_name, "date": newsroom.editions[0].id, "url": settings.site_url}
    texts = (load_messages(language).text("export.readme", **values) for language in available_languages())
    name = load_messages(settings.language).text("export.readme-name")
    return Artifact(name, "\n\n".join(texts).replace("\n", "\r\n").encode("utf-8-sig"))
