"""The index of an archive, made by the builder's own stage from the builder's own values, and what that cost.

Pages are not made: an archive of 100,000 would take an hour, and search would be the smallest part of it.
"""

from __future__ import annotations

import gc
import time
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from datetime import date, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

from benchmarks.search import words
from benchmarks.search.newsroom import AUTHORITY, person_key, write_newsroom
from benchmarks.search.scoring import Cost
from benchmarks.search.stories import LAST_DAY, Archive, Sample

from site_builder import api
from site_builder.build.cache import DiskCache
from site_builder.build.check import CheckedNewsroom
from site_builder.build.collecting import few_collections
from site_builder.build.executing.executors import Crew
from site_builder.build.fingerprint import code_version, digest, library_versions
from site_builder.build.origins import Origins
from site_builder.build.rendering import Run
from site_builder.build.searching import search_files
from site_builder.messages import load_messages
from site_builder.model import urls
from site_builder.model.byline import Byline
from site_builder.model.edition import Edition, EditionPage, Placement
from site_builder.model.newsroom import Newsroom, build_newsroom
from site_builder.model.settings import Settings
from site_builder.model.story import Body, Genre, Photo, Story
from site_builder.model.taxonomy import Organisation, Person, Region, Section, Taxonomy
from site_builder.render.artifact import Artifact
from site_builder.render.compose import Desk
from site_builder.render.compose_pictures import Picture
from site_builder.render.pictures.label import label_of
from site_builder.schema.printed import parse_byline

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(LAST_DAY.year + 1, 1, 1, tzinfo=ZONE)
PICTURE = Picture("0" * 64, 1200, 800, "#888888", ("assets/photos/one-480.jpg",), 40_000)
"""What search shows of a photograph, as if one had been made ready."""
FEW = 12
"""Stories of the site whose search page is used: their own index is replaced."""


def make_site(folder: Path, seed: int) -> Path:
    """A small site with every name of the archives in it, built by the real host; its index is removed."""
    write_newsroom(Archive(FEW, seed), folder / "newsroom")
    report = api.build(folder / "newsroom")
    assert report.site_dir is not None, report
    for path in sorted((report.site_dir / "search").rglob("*"), reverse=True):
        if path.is_dir():
            path.rmdir()
        elif path.suffix in (".gz", ".json"):
            path.unlink()
    return report.site_dir


def build_measured(archive: Archive, folder: Path, site: Path) -> Cost:
    """Write the index of *archive* into *site*, then add one story more elsewhere; what both took.

    Each is done by a process of its own, as a build is.
    """
    first = _alone(archive.stories, archive, folder / "cache", site)
    second = _alone(archive.stories + 1, archive, folder / "cache", None)
    changed = sum(size for path, (key, size) in second.files.items() if first.files.get(path, ("",))[0] != key)
    print(f"{first.held_mb:.0f} MB hold the stories, as every build does", flush=True)
    return Cost(first.cpu_s / archive.stories * 1000, first.peak_mb - first.held_mb, second.cpu_s, changed / 1e6)


class _Made:
    """What a process tells of the index that it made."""

    def __init__(self, cpu_s: float, held_mb: float, peak_mb: float, files: dict[str, tuple[str, int]]) -> None:
        self.cpu_s = cpu_s
        self.held_mb = held_mb
        """Memory of the process when it had the stories and nothing else."""
        self.peak_mb = peak_mb
        """The most that it held from then on."""
        self.files = files
        """(digest, bytes) by path."""


def _alone(stories: int, archive: Archive, cache: Path, site: Path | None) -> _Made:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_make, stories, archive, cache, site).result()


def _make(stories: int, archive: Archive, cache: Path, site: Path | None) -> _Made:
    """Make the index of the first *stories* stories, and write it into *site*, where there is one."""
    desk, checked = _desk([archive.story(number) for number in range(stories)], archive.people)
    library_versions(), code_version(), load_messages("zh-CN")  # of every build, with search or without
    held_mb = _held_mb()
    began = time.process_time()
    run = Run(DiskCache(cache), Crew(1), Origins(checked))
    with few_collections():  # as around every build
        artifacts = search_files(run, desk, checked)
    files = {artifact.path: (artifact.digest, artifact.size) for artifact in artifacts}
    cpu_s = time.process_time() - began
    peak_mb = _memory_mb("VmHWM")
    assert artifacts, (run.problems, [crash for _, crash in run.crashed[:1]])
    if site:
        _write(site, artifacts)
    return _Made(cpu_s, held_mb, peak_mb, files)


def _write(site: Path, artifacts: Sequence[Artifact]) -> None:
    for artifact in artifacts:
        path = site / artifact.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(artifact.data)


def _held_mb() -> float:
    """The memory of this process; from here on the most that it ever held is counted anew."""
    gc.collect()
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return _memory_mb("VmRSS")


def _memory_mb(name: str) -> float:
    """``VmRSS``, what this process holds, or ``VmHWM``, the most that it held, where the system tells; else 0."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return int(status.partition(f"{name}:")[2].split()[0]) / 1000


def _desk(samples: Sequence[Sample], people: Sequence[str]) -> tuple[Desk, CheckedNewsroom]:
    """The newsroom of *samples* as a build holds it once stories are read and bodies rendered."""
    stories = [_story(sample) for sample in samples]
    settings = Settings("小港工人报", "https://minimal.example/", feed_authority=AUTHORITY)
    newsroom: Newsroom = build_newsroom(settings, _taxonomy(people), stories, _editions(samples), NOW)
    bodies = {sample.id: Body("", sample.body) for sample in samples}
    pictures = {(photo.file, label_of(photo)): PICTURE for story in stories for photo in story.photos}
    checked = _Checked({story.id: digest((story, bodies[story.id].text)) for story in stories})
    return Desk(newsroom, bodies, pictures), cast(CheckedNewsroom, checked)


class _Checked:
    """As much of a ``CheckedNewsroom`` as search and the naming of faults ask for."""

    settings = None
    stories = ()
    story_paths: dict[str, str] = {}  # noqa: RUF012
    edition_paths: dict[str, str] = {}  # noqa: RUF012
    locks: dict[str, str] = {}  # noqa: RUF012

    def __init__(self, story_digests: dict[str, str]) -> None:
        self.story_digests = story_digests


def _story(sample: Sample) -> Story:
    byline = parse_byline(sample.byline)
    assert isinstance(byline, Byline), sample.byline
    picture = Photo("2024/04/one.png", "一张照片", sample.credit, sample.caption)
    return Story(
        id=sample.id,
        headline=sample.headline,
        genre=Genre(sample.genre[0]),
        date=datetime.combine(sample.day, datetime.min.time(), ZONE),
        section=sample.section[0],
        body="",
        kicker=sample.kicker,
        region=sample.region[2],
        topics=sample.topics,
        organisations=(sample.organisation,),
        byline=byline,
        reading_tips=sample.tips,
        photos=(picture,) if sample.caption else (),
    )


def _taxonomy(people: Sequence[str]) -> Taxonomy:
    return Taxonomy(
        sections=tuple(Section(slug, name) for slug, name in words.SECTIONS),
        regions=tuple(Region(code, name, full, slug) for name, full, code, slug, _ in words.REGIONS),
        organisations=tuple(Organisation(f"org-{n:02}", name) for n, name in enumerate(words.ORGANISATIONS)),
        people=tuple(Person(person_key(number), name) for number, name in enumerate(people)),
    )


def _editions(samples: Sequence[Sample]) -> list[Edition]:
    printed: defaultdict[date, list[Placement]] = defaultdict(list)
    for sample in samples:
        if sample.page:
            printed[sample.day].append(Placement(sample.id))
    return [Edition(day, None, (EditionPage(1, "要闻", tuple(placed)),)) for day, placed in printed.items()]


class FacetKeys:
    """Under which key the index knows a value of a query's facet."""

    def __init__(self, archive: Archive) -> None:
        self._people = {name: person_key(number) for number, name in enumerate(archive.people)}

    def __call__(self, facet: str, value: str) -> str:
        if facet == "region":
            return next(slug for name, _full, _code, slug, _province in words.REGIONS if name == value)
        if facet == "topic":
            return urls.name_slug(value)
        return self._people[value] if facet == "person" else value
