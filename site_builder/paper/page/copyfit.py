"""The copyfit report: how the copy of each page fits, in lines and characters, as text, JSON and a page of HTML."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from html import escape
from typing import Literal

from site_builder.messages import Messages
from site_builder.paper.page.plan import Module, PagePlan

VERSION = 1
_TEXT = ("body", "crosshead", "end-byline")


@dataclass(frozen=True, slots=True)
class StoryFit:
    """How a story stands on its page."""

    story: str
    headline: str
    columns: int
    lines: int
    """Base columns and lines that it takes, gap below included."""
    characters: int
    """Of its text."""
    text_lines: int
    loosened: int
    """Lines more (or, negative, fewer) than its paragraphs take by themselves."""


@dataclass(frozen=True, slots=True)
class StoryCut:
    """What has to be cut of a story so that its page becomes possible."""

    story: str
    headline: str
    lines: int
    characters: int


@dataclass(frozen=True, slots=True)
class PageFit:
    """How the copy of a page fits."""

    number: int
    name: str
    full: bool
    how: Literal["kept", "reset", "solved", "cannot"] = "kept"
    """From the lock as it was; with other words in the same places; laid out anew; not possible."""
    stories: tuple[StoryFit, ...] = ()
    filler: bool = False
    """Whether a public notice had to fill it."""
    collisions: int = 0
    """Headlines side by side (碰题)."""
    straight: int = 0
    """Straight cuts (断版)."""
    over: int = 0
    """Lines of one base column that are too many."""
    under: int = 0
    cuts: tuple[StoryCut, ...] = ()
    homeless: tuple[str, ...] = ()
    """Headlines of stories that no shape fits."""


def story_fits(plan: PagePlan, headlines: Mapping[str, str]) -> tuple[StoryFit, ...]:
    """How the stories of *plan* stand, in its reading order."""
    return tuple(_story_fit(module, headlines.get(module.story, "")) for module in plan.modules)


def _story_fit(module: Module, headline: str) -> StoryFit:
    lines = [line for piece in module.pieces if piece.role in _TEXT for line in piece.lines]
    characters = sum(len(line.text) for line in lines)
    cells = module.cells
    return StoryFit(module.story, headline, cells.columns, cells.lines, characters, len(lines), module.loosened)


def copyfit_json(edition: str, form: str, pages: Sequence[PageFit]) -> bytes:
    """The report for programs."""
    table = {"version": VERSION, "edition": edition, "format": form, "pages": [asdict(page) for page in pages]}
    return (json.dumps(table, ensure_ascii=False, indent=1) + "\n").encode()


def copyfit_text(pages: Sequence[PageFit], messages: Messages) -> str:
    """The report for a terminal."""
    return "\n".join(line for page in pages for line in _text_lines(page, pages, messages)) + "\n"


def copyfit_html(edition: str, form: str, pages: Sequence[PageFit], messages: Messages) -> bytes:
    """The report as a page by itself, without scripts, that prints well."""
    title = escape(messages.text("print.copyfit.title", edition=edition, format=form))
    body = "".join(_section(page, pages, messages) for page in pages)
    return (
        f'<!doctype html>\n<html lang="{escape(messages.language)}">\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{title}</title>\n<style>{_STYLE}</style>\n'
        f"<h1>{title}</h1>\n{body}</html>\n"
    ).encode()


_STYLE = (
    "body{font:16px/1.6 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse;width:100%}"
    "td,th{border-bottom:1px solid #bbb;padding:.2em .6em;text-align:start}td.n,th.n{text-align:end}.bad{color:#ab1f1a}"
)
_NUMBERS = ("columns", "lines", "characters", "text_lines", "loosened")


def _text_lines(page: PageFit, pages: Sequence[PageFit], messages: Messages) -> Iterator[str]:
    say = messages.text
    yield say("print.copyfit.page", number=page.number, name=page.name) + _verdict(page, messages)
    for fit in page.stories:
        yield (
            "  "
            + say(
                "print.copyfit.story",
                headline=fit.headline,
                columns=fit.columns,
                lines=fit.lines,
                characters=fit.characters,
                text_lines=fit.text_lines,
            )
            + _loosened(fit, messages)
        )
    yield from ("  " + line for line in _advice(page, pages, messages))


def _verdict(page: PageFit, messages: Messages) -> str:
    say = messages.text
    if not page.full:
        return say("print.copyfit.cannot")
    found = [say("print.copyfit.full"), say(f"print.how-{page.how}")]
    found += [say("print.copyfit.filler")] if page.filler else []
    found += [say("print.copyfit.collisions", number=page.collisions)] if page.collisions else []
    found += [say("print.copyfit.straight", number=page.straight)] if page.straight else []
    return say("print.copyfit.and").join(found)


def _loosened(fit: StoryFit, messages: Messages) -> str:
    if not fit.loosened:
        return ""
    key = "print.proof.looser" if fit.loosened > 0 else "print.proof.tighter"
    return "　" + messages.text(key, lines=abs(fit.loosened))


def _advice(page: PageFit, pages: Sequence[PageFit], messages: Messages) -> Iterator[str]:
    """What an editor can do about a page that is not possible."""
    say = messages.text
    if page.full:
        return
    for headline in page.homeless:
        yield say("print.copyfit.homeless", headline=headline)
    if page.over:
        yield say("print.copyfit.over", lines=page.over)
    if page.under:
        yield say("print.copyfit.under", lines=page.under)
    for cut in page.cuts:
        yield say("print.copyfit.cut", headline=cut.headline, lines=cut.lines, characters=cut.characters)
    room = [other for other in pages if other.under or other.filler]
    if not page.under and room:
        yield say("print.copyfit.room", pages=say("print.copyfit.and").join(str(other.number) for other in room))
    if not (page.over or page.under or page.cuts or page.homeless):
        yield say("print.copyfit.unknown")


def _section(page: PageFit, pages: Sequence[PageFit], messages: Messages) -> str:
    say = messages.text
    head = escape(say("print.copyfit.page", number=page.number, name=page.name))
    state = "" if page.full else ' class="bad"'
    advice = "".join(f"<li>{escape(line)}</li>" for line in _advice(page, pages, messages))
    titles = "".join(f'<th class="n">{escape(say(f"print.copyfit.{name}"))}</th>' for name in _NUMBERS)
    rows = "".join(
        f"<tr><td>{escape(fit.headline)}</td>"
        + "".join(f'<td class="n">{getattr(fit, name)}</td>' for name in _NUMBERS)
        + "</tr>\n"
        for fit in page.stories
    )
    table = (
        f"<table>\n<tr><th>{escape(say('print.copyfit.headline'))}</th>{titles}</tr>\n{rows}</table>\n" if rows else ""
    )
    listed = f"<ul>{advice}</ul>\n" if advice else ""
    return f"<h2>{head}</h2>\n<p{state}>{escape(_verdict(page, messages))}</p>\n{listed}{table}"
