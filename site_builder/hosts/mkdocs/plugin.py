"""The MkDocs plugin: with it ``mkdocs build`` makes the same site as ``bulletin build``, byte for byte."""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.base import ConfigErrors, ConfigWarnings
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from site_builder.build import pipeline
from site_builder.build.clock import SystemClock
from site_builder.build.events import silent
from site_builder.build.executing.executors import SerialExecutor
from site_builder.build.host import HostRequest
from site_builder.build.locale import system_language
from site_builder.build.making import Options, Prepared
from site_builder.build.pipeline import Report
from site_builder.errors import BulletinError, describe
from site_builder.formats.text import format_text
from site_builder.hosts.mkdocs import capture
from site_builder.messages import load_messages
from site_builder.problems import Problem, has_errors

log = logging.getLogger("mkdocs.plugins.bulletin")


class BulletinPlugin(BasePlugin):  # type: ignore[type-arg, no-untyped-call]  # our options are read by schema.settings
    """Thin hooks: each leaves early, picks what it needs, and calls one function.

    ``request`` is set by :class:`site_builder.hosts.mkdocs.host.MkDocsHost`, which only wants pages and frame;
    without it MkDocs itself was called, and the whole build hangs on its events.
    """

    def __init__(self) -> None:
        self.request: HostRequest | None = None
        self.pages: tuple[tuple[str, str], ...] = ()
        self.theme_files: frozenset[str] = frozenset()
        self.prepared: Prepared | None = None
        self.target: Path | None = None
        self.scratch: Path | None = None
        self.files: Files | None = None
        self.nav: Navigation | None = None
        self.held = ExitStack()

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[ConfigErrors, ConfigWarnings]:
        """Our options are checked with positions by ``bulletin check``, not here."""
        return [], []

    @event_priority(50)  # before plugins that read theme dirs or site_dir
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Check the newsroom, take over theme and target."""
        if self.request is not None:
            capture.configure(config, self.request, Path(config.site_dir))
            return config
        root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
        self.target = Path(config.site_dir)
        with _told():
            self.held.enter_context(pipeline.lock(root))
            self.scratch = Path(tempfile.mkdtemp(prefix="bulletin-"))
            self.prepared = self._prepare(root, strict=config.strict)
            capture.configure(config, self.prepared.host_request(), self.scratch)
        # For ``mkdocs serve``: what MkDocs would not watch by itself.
        config.watch += [str(root / name) for name in ("content", "assets", "themes") if (root / name).is_dir()]
        return config

    def _prepare(self, root: Path, *, strict: bool) -> Prepared:
        """The checked newsroom. Strict mode stops at warnings here, before anything is published."""
        prepared = pipeline.prepare(root, Options(site_dir=self.target), SerialExecutor())
        problems = prepared.problems if isinstance(prepared, Report) else prepared.checked.problems
        if isinstance(prepared, Report) or has_errors(problems, strict=strict):
            self._tell(problems)
            raise PluginError(load_messages(system_language()).text("mkdocs.stopped"))
        return prepared

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the frame, and remember what the theme brings."""
        self.theme_files = capture.theme_files(files, config)
        capture.add_frame(files, config)
        return files

    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        """Remember the navigation: its pages have no titles yet."""
        self.nav, self.files = nav, files
        return nav

    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:
        """Tell the templates the ordinary pages, for the footer."""
        assert self.nav is not None
        self.pages = capture.ordinary_pages(files, self.nav)
        config.extra["bulletin"]["ordinary_pages"] = [{"title": title, "url": url} for title, url in self.pages]
        return env

    @event_priority(-50)  # after every plugin that adds files to the site
    def on_post_build(self, config: MkDocsConfig) -> None:
        """Make the site from what MkDocs built."""
        if self.prepared is None or self.scratch is None:
            return
        with _told():
            output = capture.collect(self.scratch, self.pages, self.theme_files)
            report = pipeline.produce(self.prepared, output, SystemClock().now(), silent, SerialExecutor())
        self._tell(report.problems)
        config.site_dir = str(self.target)
        self._close()
        if report.failed:
            raise PluginError(load_messages(system_language()).text("mkdocs.stopped"))

    def on_build_error(self, error: Exception) -> None:
        """Leave nothing behind."""
        self._close()

    def _tell(self, problems: Iterable[Problem]) -> None:
        messages = load_messages(system_language())
        for problem in problems:
            level = logging.ERROR if problem.severity == "error" else logging.WARNING
            log.log(level, format_text(problem, messages))

    def _close(self) -> None:
        if self.scratch is not None:
            shutil.rmtree(self.scratch, ignore_errors=True)
            self.scratch = None
        self.held.close()


@contextmanager
def _told() -> Iterator[None]:
    """What stops Bulletin, as MkDocs wants to be told."""
    try:
        yield
    except BulletinError as error:
        raise PluginError(describe(error, load_messages(system_language()))) from error
