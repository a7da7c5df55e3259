"""What a preview answers for an address: a page of the site with its problems, or problems in its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from site_builder.build.fingerprint import digest, digest_bytes
from site_builder.build.pipeline import Report
from site_builder.build.publishing.manifest import read_manifest
from site_builder.build.theme_files import package_themes
from site_builder.errors import BulletinError, describe
from site_builder.messages import load_messages
from site_builder.model import urls
from site_builder.problems import Problem, has_errors
from site_builder.render import preview
from site_builder.render.preview import Bar, PreviewPages, Stamp, add_panel, finish
from site_builder.render.theme_source import Theme

_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".xml": "application/xml",
    ".opml": "text/x-opml",
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".map": "application/json",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".ico": "image/x-icon",
    ".pdf": "application/pdf",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".wasm": "application/wasm",
    ".zip": "application/zip",
    ".epub": "application/epub+zip",
}
"""Our own list: what a system's table says differs from machine to machine."""
_TEXT = ("text/", "application/json", "application/xml", "application/manifest+json", "image/svg+xml")


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back."""

    status: int
    body: bytes = b""
    type: str = "text/html; charset=utf-8"
    location: str = ""
    """Where to look instead, for a status of 302."""
    tag: str = ""
    """Digest of what a page shows, without what the preview adds for itself."""


@dataclass(frozen=True)
class Shown:
    """What can be seen at one moment: the site on disk, and what the last build said."""

    theme: Theme
    language: str
    site_dir: Path | None = None
    base: str = "/"
    problems: tuple[Problem, ...] = ()
    story_ids: Mapping[str, str] = field(default_factory=dict)
    error: BulletinError | None = None
    behind: bool = False
    """The site is older than the problems."""

    def after(self, report: Report, site_dir: Path | None) -> Shown:
        """What can be seen after the build of *report*."""
        checked = report.checked
        settings = checked.settings if checked else None
        return replace(
            self,
            language=settings.language if settings else self.language,
            base=unquote(urlsplit(settings.site_url).path) or "/" if settings else self.base,
            site_dir=site_dir,
            problems=report.problems,
            story_ids=checked.story_ids if checked else {},
            error=None,
            behind=report.site_dir is None,
        )

    # The parts

    @cached_property
    def pages(self) -> PreviewPages:
        """The maker of the preview's own HTML."""
        return PreviewPages(self.theme, self.language)

    @cached_property
    def of_stories(self) -> dict[str, tuple[Problem, ...]]:
        """A story's address → the problems of its file."""
        found: dict[str, list[Problem]] = defaultdict(list)
        for problem in self.problems:
            if problem.path in self.story_ids:
                found[urls.story(self.story_ids[problem.path])].append(problem)
        return {url: tuple(problems) for url, problems in found.items()}

    @cached_property
    def styles(self) -> str:
        """Digest of all style sheets."""
        return self._digest_of(".css")

    @cached_property
    def scripts(self) -> str:
        """Digest of all scripts: a page with an old one is not as it would be."""
        return self._digest_of(".js")

    def _digest_of(self, suffix: str) -> str:
        manifest = read_manifest(self.site_dir) if self.site_dir else None
        files = {path: value for path, value in (manifest or {}).items() if path.endswith(suffix)}
        return digest(files)[:16]

    def bar(self, path: str) -> str:
        """The line at the foot of the page at *path*: what is wrong elsewhere."""
        if path == preview.PROBLEMS:
            return ""
        here = self._url(path)
        elsewhere = [problem for problem in self.problems if problem.path not in self.story_ids]
        errors = sum(problem.severity == "error" for problem in elsewhere)
        left_out = sum(url != here and has_errors(problems) for url, problems in self.of_stories.items())
        stopped = self.error is not None or self.behind
        return self.pages.bar(Bar(errors, len(elsewhere) - errors, left_out, stopped))

    # The answers

    def answer(self, path: str) -> Answer:
        """The answer for *path*, as a browser sends it, without query."""
        if path == preview.PROBLEMS:
            return self._list_of_problems(200)
        url = self._url(path)
        if url is None:
            outside = path in ("/", self.base.rstrip("/"))
            return Answer(302, location=urls.encoded(self.base)) if outside else self._missing(path)
        found = self._find(url)
        problems = self.of_stories.get(url if url.endswith("/") else url + "/", ())
        # A story that is there all the same is a sound one: a file with errors has its id, too.
        if has_errors(problems) and (found is None or self.behind):
            return self._broken(path, problems)
        if found is None:
            return self._missing(path)
        if found.is_dir():
            return Answer(302, location=urls.encoded(f"{self.base}{url}/"))
        return self._file(path, found, problems)

    def _url(self, path: str) -> str | None:
        """*path* as an address of the site (``stories/x/``); ``None`` outside of it."""
        plain = unquote(path)
        return plain.removeprefix(self.base) if plain.startswith(self.base) else None

    def _find(self, url: str) -> Path | None:
        """The file at *url*, or the folder that lacks its slash. Nothing outside the site, nothing hidden."""
        if self.site_dir is None or url.startswith("/") or any(char in url for char in "\\\0:"):
            return None
        if any(part.startswith(".") for part in PurePosixPath(url).parts):
            return None
        site = self.site_dir.resolve()
        try:
            target = (site / urls.file_of(url)).resolve()
            there = target.is_file() or (target / "index.html").is_file()
        except OSError:  # a name that no disk takes
            return None
        return target if there and target.is_relative_to(site) else None

    def _file(self, path: str, file: Path, problems: tuple[Problem, ...], status: int = 200) -> Answer:
        kind = _TYPES.get(file.suffix.lower(), "application/octet-stream")
        kind += "; charset=utf-8" if kind.startswith(_TEXT) else ""
        try:
            data = file.read_bytes()
        except OSError:  # somebody else took it away just now
            return self._list_of_problems(500, path)
        if not kind.startswith("text/html"):
            return Answer(status, data, kind)
        html = add_panel(data.decode("utf-8", "replace"), self.pages.panel(problems))
        return self._page(path, html, status)

    def _missing(self, path: str) -> Answer:
        """The site's own page for addresses that do not exist; while there is no site, what keeps it from being."""
        file = self._find("404.html")
        return self._file(path, file, (), 404) if file else self._list_of_problems(500, path)

    def _broken(self, path: str, problems: tuple[Problem, ...]) -> Answer:
        say = self.pages.say
        errors = sum(problem.severity == "error" for problem in problems)
        told = self.pages.told(problems)
        report = preview.ProblemPage(say("broken", number=errors), say("broken-text"), told, urls.encoded(self.base))
        return self._page(path, self.pages.report(report), 500, "report")

    def _list_of_problems(self, status: int, path: str = preview.PROBLEMS) -> Answer:
        say = self.pages.say
        built = self._find("") is not None
        stopped = describe(self.error, load_messages(self.language)) if self.error else ""
        if not built:
            text = say("never")
        elif stopped or self.behind:
            text = say("old-text")
        else:
            text = say("all-text") if self.problems else say("none-text")
        title = say("all") if self.problems or stopped else say("none")
        report = preview.ProblemPage(
            title, text, self.pages.told(self.problems), urls.encoded(self.base), stopped, whole=True
        )
        return self._page(path, self.pages.report(report), status, "report")

    def _page(self, path: str, html: str, status: int, kind: str = "page") -> Answer:
        """A finished page; its tag covers what it shows and its scripts, not the bar, which is renewed in place."""
        tag = digest_bytes(f"{status} {self.scripts} {html}".encode())[:16]
        whole = finish(html, Stamp(tag, self.styles, urls.encoded(self.base), kind), self.bar(path))
        return Answer(status, whole.encode(), tag=tag)


def read_preview_theme() -> Theme:
    """The preview's own templates. A newsroom cannot change them: they must show what is wrong with its theme."""
    folder = package_themes() / "preview"
    return Theme(tuple((path.name, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.html"))))


def preview_asset(name: str) -> bytes:
    """The preview's style sheet or script."""
    return (package_themes() / "preview" / name).read_bytes()
