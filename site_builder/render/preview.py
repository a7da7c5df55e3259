"""What a preview adds to the newsroom's pages: problems in words, and the script that reloads.

All of it goes into answers, never into files: a published page knows nothing of it. What editors wrote is text
here, whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from site_builder.formats.parts import Told, tell
from site_builder.messages import load_messages
from site_builder.problems import Problem
from site_builder.render.theme import Templates, make_templates
from site_builder.render.theme_source import Theme

FOLDER = "/-/"
"""Addresses below it are the preview's own; no page of a site can be there."""
PROBLEMS = FOLDER + "problems/"
SCRIPT = FOLDER + "preview.js"
STYLE = FOLDER + "preview.css"
EVENTS = FOLDER + "events"

_BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bar:
    """The line at the foot of every page: problems that are not this page's own."""

    errors: int = 0
    warnings: int = 0
    left_out: int = 0
    """Stories that are not shown because of their errors."""
    stopped: bool = False
    """The site shown is older than what editors wrote."""


@dataclass(frozen=True, slots=True)
class ProblemPage:
    """A page of nothing but problems: of one story, or of the whole newsroom."""

    title: str
    text: str
    problems: tuple[Told, ...]
    home: str
    stopped: str = ""
    """What keeps the site from being made, where that is no problem of a file."""
    whole: bool = False
    """It lists everything, so it needs no link to that list."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the script must know of the page that it is in."""

    tag: str
    """Digest of what the page shows."""
    styles: str
    """Digest of all style sheets."""
    base: str
    """Path of the site's front page."""
    kind: str = "page"


@dataclass(frozen=True)
class PreviewPages:
    """Makes the preview's HTML in one language."""

    theme: Theme
    language: str

    def say(self, key: str, **values: object) -> str:
        """The words of *key*."""
        return load_messages(self.language).text(f"serve.page-{key}", **values)

    def told(self, problems: Sequence[Problem]) -> tuple[Told, ...]:
        """*problems* in words, errors first."""
        ordered = sorted(problems, key=lambda problem: problem.severity != "error")
        return tuple(tell(problem, load_messages(self.language)) for problem in ordered)

    def report(self, report: ProblemPage) -> str:
        """A whole page of problems."""
        return self._templates.render_part("report.html", report)

    def panel(self, problems: Sequence[Problem]) -> str:
        """What is wrong with a story that is shown: warnings, and errors of another file with its id."""
        return self._templates.render_part("panel.html", self.told(problems)) if problems else ""

    def bar(self, bar: Bar) -> str:
        """The line at the foot; empty when there is nothing to say."""
        return self._templates.render_part("bar.html", bar) if bar != Bar() else ""

    @property
    def _templates(self) -> Templates:
        return _templates(self.theme, self.language)


@lru_cache(maxsize=4)
def _templates(theme: Theme, language: str) -> Templates:
    return make_templates(theme, language, "", load_messages)


def add_panel(html: str, panel: str) -> str:
    """*panel* as the first thing in the page's body."""
    body = _BODY.search(html)
    return html[: body.end()] + panel + html[body.end() :] if body and panel else html


def finish(html: str, stamp: Stamp, bar: str) -> str:
    """The page with its *bar*, the preview's style sheet and its script."""
    values = {"tag": stamp.tag, "styles": stamp.styles, "base": stamp.base, "kind": stamp.kind, "events": EVENTS}
    data = "".join(f' data-{name}="{escape(value)}"' for name, value in values.items())
    head = f'<link rel="stylesheet" href="{STYLE}"><script src="{SCRIPT}"{data}></script>'
    foot = f'<div id="pv-foot">{bar}</div>'
    return _before(_before(html, "</head>", head), "</body>", foot)


def _before(html: str, mark: str, piece: str) -> str:
    """*piece* before the last *mark*, or at the end of a page that lacks it."""
    place = html.lower().rfind(mark)
    return html[:place] + piece + html[place:] if place >= 0 else html + piece
