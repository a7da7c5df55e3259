"""The theme as a value, and the templates made of it."""

from __future__ import annotations

import json
import traceback
from calendar import Calendar
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from html import escape

import jinja2
from markupsafe import Markup

from site_builder.messages import Messages
from site_builder.model import urls
from site_builder.render import dates
from site_builder.render.citation import citation
from site_builder.render.enpproperty import enpproperty
from site_builder.render.html import rebase
from site_builder.render.inputs import Chrome
from site_builder.render.qr import qr_svg
from site_builder.render.security import CSP
from site_builder.render.theme_source import Theme
from site_builder.text.typography import LONG_PHRASE, em_width, phrases, unbroken_numbers

BLOCKS = ("title", "description", "head", "content")
_FOLDER = "themes/templates/"
LOOSE_CHARACTERS = LONG_PHRASE
"""A phrase of more may break anywhere in a list's narrow column …"""
LONG_CHARACTERS = 12
"""… and one of more even in the largest headline on a phone."""
_DASHED = 4
"""Characters of a deck's opening that stay together: the dash and two more."""


class ThemeError(ValueError):
    """A template is wrong: names the template, the line, and what Jinja says."""


@dataclass(frozen=True)
class Templates:
    """The theme, ready to render for one site. Not to be pickled: make it where it is used."""

    environment: jinja2.Environment
    site_url: str

    def render(self, name: str, page: object, chrome: Chrome, url: str) -> dict[str, str]:
        """The blocks of template *name* as HTML, by block name. Raises ``ThemeError``."""
        with _theme_errors(self.environment, name):
            template = self.environment.get_template(name)
            context = template.new_context(self._context(page, chrome, url))
            return {block: "".join(template.blocks[block](context)).strip() for block in BLOCKS}

    def render_whole(self, name: str, page: object, chrome: Chrome, url: str) -> str:
        """Template *name* as one document. Raises ``ThemeError``."""
        with _theme_errors(self.environment, name):
            return self.environment.get_template(name).render(self._context(page, chrome, url))

    def render_part(self, name: str, page: object) -> str:
        """Template *name*, which shows nothing but *page*: no chrome, no address. Raises ``ThemeError``."""
        with _theme_errors(self.environment, name):
            return self.environment.get_template(name).render(page=page)

    def _context(self, page: object, chrome: Chrome, url: str) -> dict[str, object]:
        base = urls.relative_base(url)
        return {
            "page": page,
            "chrome": chrome,
            "base": base,
            "url": lambda path: base + urls.encoded(path),
            "absolute": lambda path: self.site_url + urls.encoded(path),
            "rebase": lambda html: Markup(rebase(html, base)),
        }


@lru_cache(maxsize=8)
def make_templates(theme: Theme, messages_key: str, site_url: str, load: Callable[[str], Messages]) -> Templates:
    """Templates for one site in the language *messages_key*; the same arguments give the same object."""
    messages = load(messages_key)
    environment = jinja2.Environment(
        loader=_loader(theme),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    environment.globals["csp"] = Markup(CSP)
    environment.globals["t"] = lambda key, **values: messages.text(f"site.{key}", **values)
    environment.globals["words"] = lambda part: _json(messages.section(f"site.{part}"))
    environment.globals["citation"] = citation
    environment.globals["weeks"] = lambda month: Calendar().monthdayscalendar(month.year, month.month)
    environment.filters["qr"] = lambda address, label: Markup(qr_svg(address, label))
    environment.filters.update(_filters(messages))
    environment.filters["rebase"] = jinja2.pass_context(lambda context, html: context["rebase"](html))
    return Templates(environment, site_url)


def _json(value: object) -> str:
    """Words for a script, to stand in an attribute."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _filters(messages: Messages) -> Mapping[str, Callable[..., object]]:
    return {
        "long_date": lambda day: dates.long_date(day, messages),
        "short_date": lambda day: dates.short_date(day, messages),
        "weekday": lambda day: dates.weekday(day, messages),
        "lunar_date": lambda day: dates.lunar_date(day, messages),
        "number": lambda number: dates.number(number, messages),
        "clock": _clock,
        "iso": lambda moment: moment.isoformat(),
        "folio": lambda number: f"{number:02d}",
        "longest_phrase": lambda text: max(map(len, phrases(text)), default=0),
        "phrase": phrase_markup,
        "enpproperty": lambda page: Markup(enpproperty(page)),
    }


def _clock(moment: datetime | date) -> str:
    """``06:30``, or nothing for a date without a time."""
    if not isinstance(moment, datetime) or (moment.hour, moment.minute) == (0, 0):
        return ""
    return f"{moment:%H:%M}"


def phrase_markup(text: str) -> Markup:
    """A headline as HTML: ``<wbr>`` where it may break, numbers in spans that do not.

    A dash that opens a deck is held to its first word: browsers would leave it alone on its line. A phrase that is
    too long to stay whole on a phone is marked.
    """
    if text.startswith("——") and len(text) > _DASHED:
        opening = f'<span class="bu-n">{escape(text[:_DASHED])}</span>'
        return Markup(opening) + phrase_markup(text[_DASHED:])
    pieces = []
    for phrase in phrases(text):
        parts = (
            f'<span class="bu-n">{escape(piece)}</span>' if number else escape(piece)
            for piece, number in unbroken_numbers(phrase)
        )
        pieces.append(_loosened("".join(parts), em_width(phrase.strip("\u3000"))))
    return Markup("<wbr>".join(pieces))


def _loosened(html: str, characters: float) -> str:
    if characters <= LOOSE_CHARACTERS:
        return html
    long = " bu-loose--long" if characters > LONG_CHARACTERS else ""
    return f'<span class="bu-loose{long}">{html}</span>'


@contextmanager
def _theme_errors(environment: jinja2.Environment, name: str) -> Iterator[None]:
    """Turn whatever a template does wrong into ``ThemeError``: it is a file that an editor may have written."""
    try:
        yield
    except jinja2.TemplateSyntaxError as error:
        raise ThemeError(f"{_FOLDER}{error.name or name}:{error.lineno}: {error.message}") from error
    except Exception as error:
        place = _template_line(environment, error) or f"{_FOLDER}{name}:1"
        detail = f"{type(error).__name__}: {error}"
        raise ThemeError(f"{place}: {detail}") from error


def _template_line(environment: jinja2.Environment, error: Exception) -> str | None:
    """``file:line`` of the innermost template in the error's traceback."""
    try:
        environment.handle_exception()  # rewrites the traceback from compiled code to template lines
    except Exception as rewritten:
        error = rewritten
    frames = traceback.extract_tb(error.__traceback__)
    found = [f"{frame.filename}:{frame.lineno}" for frame in frames if frame.filename.startswith(_FOLDER)]
    return found[-1] if found else None


def _loader(theme: Theme) -> jinja2.BaseLoader:
    """Templates by name, each with the file name that errors show."""
    templates = dict(theme.templates)

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        return (templates[name], _FOLDER + name, lambda: True) if name in templates else None

    return jinja2.FunctionLoader(load)
