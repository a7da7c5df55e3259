"""What Bulletin does to one run of MkDocs: theme and frame in, pages and frame out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.utils import get_theme_dir

from site_builder.build.host import HostOutput, HostRequest
from site_builder.errors import HostError
from site_builder.messages import load_messages
from site_builder.render.artifact import Artifact
from site_builder.render.frame import FRAME_URL
from site_builder.render.markdown import ChineseLineBreaks

_FRAME_MARKDOWN = "---\ntemplate: frame.html\ntitle: Bulletin\n---\n"
_DROPPED = ("sitemap.xml", "sitemap.xml.gz")


def configure(config: MkDocsConfig, request: HostRequest, scratch: Path) -> None:
    """Point MkDocs at *scratch* (it empties its target before building) and put our theme in front.

    ``font: false`` and the palette are set here, so that no newsroom's ``mkdocs.yml`` can forget them and make
    pages call a font host.
    """
    config.site_dir = str(scratch)
    config.use_directory_urls = True
    config.theme.dirs[:0] = [str(folder) for folder in request.overrides]
    config.theme["font"] = False
    config.theme["language"] = load_messages(str(request.chrome["language"])).text("language.theme")
    words = request.chrome["t"]
    if not config.theme.get("palette") and isinstance(words, Mapping):
        config.theme["palette"] = _palette(words)
    config.extra["bulletin"] = dict(request.chrome)
    config.markdown_extensions.append(ChineseLineBreaks())  # type: ignore[arg-type]  # Python-Markdown takes both


def _palette(words: Mapping[str, Any]) -> list[dict[str, Any]]:  # Any: the theme's own option shapes
    """Light and dark, following the reader's system until the reader chooses."""
    light = {"icon": "material/weather-night", "name": words["palette_to_dark"]}
    dark = {"icon": "material/weather-sunny", "name": words["palette_to_light"]}
    return [
        {"media": "(prefers-color-scheme: light)", "scheme": "default", "toggle": light},
        {"media": "(prefers-color-scheme: dark)", "scheme": "slate", "toggle": dark},
    ]


def add_frame(files: Files, config: MkDocsConfig) -> None:
    """Add the frame's page; it is in no navigation."""
    frame = File.generated(config, f"{FRAME_URL}index.md", content=_FRAME_MARKDOWN)
    frame.inclusion = InclusionLevel.NOT_IN_NAV
    files.append(frame)


def theme_files(files: Files, config: MkDocsConfig) -> frozenset[str]:
    """Paths in the site of what the installed theme adds: style sheets, scripts, pictures. Not of overrides."""
    installed = Path(get_theme_dir(config.theme.name)) if config.theme.name else None
    return frozenset(file.dest_uri for file in files if installed and file.src_dir and Path(file.src_dir) == installed)


def ordinary_pages(files: Files, nav: Navigation) -> tuple[tuple[str, str], ...]:
    """(title, URL) of the newsroom's ordinary pages: those of the navigation, in its order."""
    listed = [page for page in nav.pages if page.file.src_uri.startswith(FRAME_URL) is False]
    return tuple((str(page.title or page.file.name), page.file.url) for page in listed)


def collect(scratch: Path, pages: tuple[tuple[str, str], ...], theme: frozenset[str] = frozenset()) -> HostOutput:
    """What MkDocs left in *scratch*, without the frame and the sitemap (dated today; ours knows all pages).

    Files of the *theme* are dropped where no page asks for any: our pages have style sheets and scripts of their own,
    but a newsroom's overrides may stand on the theme's.
    """
    frame_file = scratch / FRAME_URL / "index.html"
    if not frame_file.is_file():
        raise HostError("frame-missing")
    frame = frame_file.read_text(encoding="utf-8")
    artifacts = []
    for path in sorted(scratch.rglob("*")):
        name = path.relative_to(scratch).as_posix()
        if path.is_file() and name not in _DROPPED and not name.startswith(FRAME_URL.split("/")[0] + "/"):
            artifacts.append(Artifact(name, path.read_bytes()))
    htmls = [frame, *(a.data.decode(errors="replace") for a in artifacts if a.path.endswith(".html"))]
    if not any(name in html for html in htmls for name in theme):
        artifacts = [artifact for artifact in artifacts if artifact.path not in theme]
    # MkDocs hands addresses out encoded; ours are plain until they are printed.
    plain = tuple((title, unquote(url)) for title, url in pages)
    return HostOutput(tuple(artifacts), frame, plain)
