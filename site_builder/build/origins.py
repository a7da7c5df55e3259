"""Which of the newsroom's files a task's input comes from.

Inputs carry addresses and headlines, and each belongs to a story, an edition, a picture or an entry of a data file:
so the files are read off the input itself, and what an output does not show is not among them. Numbers tell nothing
of where they come from: a list that only counts a story does not name it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from html import unescape
from pathlib import PurePosixPath
from urllib.parse import unquote

from site_builder.build.check import CheckedNewsroom
from site_builder.build.executing.tasks import Task
from site_builder.build.sources import CONFIG_FILE, DATA_FILES, PHOTOS
from site_builder.model import urls
from site_builder.model.story import Status
from site_builder.paper.page.facsimile import FacsimileInput
from site_builder.paper.page.lock import lock_name
from site_builder.render.pictures.label import label_of

_PHOTO_ADDRESS = re.compile(r"photos/([^\s\"<>]+?)\.[0-9a-f]{8}-[\dx]+\.(?:avif|webp|jpg)")
_NAMED_LINK = re.compile(r'href="[^"]*?(stories/[a-z0-9-]+/)">([^<]*)</a>')
_OF_PICTURES = frozenset({"measure", "pixels", "photo"})
_OF_STORIES = frozenset({"body", "card", "crops", "terms"})
"""Named after their story."""
_PRINTED = frozenset({"facsimile", "edition-pdf"})
_OF_ALL_STORIES = frozenset({"search-segment", "search-index", "suggest"})
_REGIONS, _READINGS = "content/regions.yml", "content/pinyin.yml"
_FILES_OF_FIELDS = {"region": _REGIONS, "regions": _REGIONS, "readings": _READINGS}
"""What fields show that carries no address."""
_MAKES_PAGES = frozenset({"page", "redirect"})


class Origins:
    """The files of a checked newsroom by the addresses of what they become."""

    def __init__(self, checked: CheckedNewsroom) -> None:
        self.checked = checked
        self.site_url = checked.settings.site_url if checked.settings else ""
        self.by_address = {
            **{urls.story(story): path for story, path in checked.story_paths.items()},
            **{urls.edition(day): path for day, path in checked.edition_paths.items()},
            **{urls.epaper(day): _lock(checked.edition_paths[day], day) for day in checked.locks},
        }
        self.by_paper = {urls.epaper(day): path for day, path in checked.edition_paths.items()}

        self.by_headline: dict[str, list[str]] = {}
        for story in checked.stories:
            self.by_headline.setdefault(story.headline, []).append(checked.story_paths[story.id])

    def home(self, task: Task) -> str:
        """The one file that *task* is about, as a problem names it; the settings where it is about no single one."""
        if task.kind in _OF_PICTURES:
            return f"{PHOTOS}/{task.input.file}"
        if task.kind in _OF_STORIES:
            return self.checked.story_paths.get(task.name, CONFIG_FILE)
        address = getattr(task.input, "target", "") or task.name
        return self._printed(address) or self.by_address.get(address) or self._data_file(address) or CONFIG_FILE

    def stories(self, task: Task) -> set[str]:
        """The stories that cannot be shown without *task*."""
        if task.kind in _OF_PICTURES:
            return {s.id for s in self.checked.stories if any(photo.file == task.input.file for photo in s.photos)}
        if task.kind in _OF_STORIES:
            return {task.name}
        home = self.home(task)
        return {story for story, path in self.checked.story_paths.items() if path == home}

    def sources(self, task: Task) -> tuple[str, ...]:
        """All files that *task*'s input comes from, the settings included where they reach it; sorted."""
        found = self._sources_of_work(task) or set(self._in(task.input))
        if task.kind in _MAKES_PAGES:
            found |= {CONFIG_FILE, *self._of_chrome()}
        return tuple(sorted(found))

    def _sources_of_work(self, task: Task) -> set[str]:
        """The files of a task whose input names its story or its picture itself; empty for others."""
        home = {self.home(task)}
        if task.kind == "photo":
            # The caption is written into the files, and stands in the stories that use the picture so.
            photos = ((s.id, photo) for s in self.checked.stories for photo in s.photos)
            used = {story for story, p in photos if p.file == task.input.file and label_of(p) == task.input.label}
            return home | {self.checked.story_paths[story] for story in used}
        if task.kind == "crops":
            return home | {f"{PHOTOS}/{task.input.file}"}
        if task.kind == "card":
            story = next((s for s in self.checked.stories if s.id == task.name), None)
            picture = {f"{PHOTOS}/{story.photos[0].file}"} if story and task.input.photo else set()
            fonts = self.checked.card_fonts.files if task.input.fonts else ()
            return home | picture | {*fonts, CONFIG_FILE, *self._of_chrome()}
        if task.kind in _PRINTED:
            return home | set(self._on_pages(task.input if isinstance(task.input, tuple) else (task.input,)))
        if task.kind == "terms":
            return home | ({_READINGS} if task.input.readings else set())
        if task.kind in _OF_ALL_STORIES:
            own = {_READINGS} if self.checked.taxonomy.readings else set()
            return own | {self.checked.story_paths[s.id] for s in self.checked.stories if s.status is Status.PUBLISHED}
        return home if task.kind in ("body", "terms", *_OF_PICTURES) else set()

    def _on_pages(self, pages: Sequence[FacsimileInput]) -> Iterator[str]:
        """What printed pages show: their stories and pictures, the lock, and the masthead of the settings."""
        yield CONFIG_FILE
        for page in pages:
            yield self.by_address[urls.epaper(page.edition.date)]
            yield from (self.checked.story_paths[story.id] for story, _ in page.stories)
            yield from (f"{PHOTOS}/{file}" for file in page.files)

    def _of_chrome(self) -> Iterator[str]:
        """The section row stands on every page."""
        if self.checked.taxonomy.sections:
            yield "content/sections.yml"

    def _in(self, value: object) -> Iterator[str]:
        if isinstance(value, str):
            yield from self._at(value.removeprefix(self.site_url))
        elif is_dataclass(value):
            for field in fields(value):
                part = getattr(value, field.name)
                if part and field.name in _FILES_OF_FIELDS:
                    yield _FILES_OF_FIELDS[field.name]
                yield from self._in(part)
        elif isinstance(value, tuple | list):
            for part in value:
                yield from self._in(part)

    def _at(self, text: str) -> Iterator[str]:
        """The files behind an address, a headline, or the pictures of a piece of HTML."""
        yield from self.by_headline.get(text, ())
        path = self.by_address.get(text) or self._data_file(text)
        if path:
            yield path
        elif "photos/" in text or "</a>" in text:
            yield from self._in_markup(text)

    def _in_markup(self, html: str) -> Iterator[str]:
        """The pictures of an address or of HTML, and the stories that HTML links by their headlines."""
        for file in _PHOTO_ADDRESS.findall(html):
            yield f"{PHOTOS}/{file if file in self.checked.photos else unquote(unescape(file))}"
        for address, text in _NAMED_LINK.findall(html):
            path = self.by_address.get(address)
            if path and path in self.by_headline.get(unescape(text), ()):
                yield path

    def _printed(self, address: str) -> str:
        """The edition whose e-paper *address* belongs to; empty for every other address."""
        day = address.removeprefix(urls.EPAPER).partition("/")[0]
        return self.by_paper.get(f"{urls.EPAPER}{day}/", "") if address.startswith(urls.EPAPER) else ""

    def _data_file(self, address: str) -> str:
        name, slash, rest = address.partition("/")
        return f"content/{name}.yml" if slash and rest.endswith("/") and name in DATA_FILES else ""


def _lock(edition_path: str, day: date) -> str:
    """The file of the lock of an edition."""
    return str(PurePosixPath(edition_path).parent / lock_name(day.isoformat()))
