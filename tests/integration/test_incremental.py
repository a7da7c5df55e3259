"""Incremental output is clean output, byte for byte, and touches only what a change can reach.

A state machine edits a newsroom as editors do. After each step the site is built on top of the last one and, from
nothing, somewhere else; the two must be equal, and the files that were written must be those that the step can
reach: the reach is told here, from the outside, not asked of the code.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from fake_host import FakeHost
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from newsroom_samples import files

from site_builder import api
from site_builder.build.clock import FixedClock

START = datetime(2024, 5, 1, 1, 0, tzinfo=UTC)
SECTIONS = ("union", "rights")
TOPICS = ("维权", "就业", "培训")
FEEDS = ("rss.xml", "atom.xml", "feed.json")
FRONTS = r"(topics|regions|people|columns|organisations)/.*"
TOP_FEEDS = r"(rss|atom)\.xml|feed\.json"
NAMES = r"browse/index\.html|follow/index\.html|feeds\.opml|sitemap\.xml"
FIRST_SENTENCES = "这一段说清了事情的由来。" * 9
"""Longer than any summary, so that later paragraphs show in no list."""


@dataclass(frozen=True)
class Draft:
    """A story file in the making."""

    id: str
    headline: str
    day: date
    section: str
    topics: tuple[str, ...]
    status: str = "published"
    tail: str = "尾段。"

    def text(self) -> str:
        topics = ", ".join(self.topics)
        return (
            f"---\nid: {self.id}\nheadline: {self.headline}\ngenre: news\ndate: {self.day}\nsection: {self.section}\n"
            f"topics: [{topics}]\nstatus: {self.status}\nregion: '370000'\n---\n"
            f"本报讯 （记者张翀）{FIRST_SENTENCES}\n\n第二段补充背景。\n\n{self.tail}\n"
        )


class Newsroom(RuleBasedStateMachine):
    """What editors do to a newsroom between two builds."""

    @initialize()
    def open(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="newsroom-"))
        self.now = START
        self.stories: dict[str, Draft] = {}
        self.edition: list[str] = []
        self.purpose = "工会动态"
        self.people = "张翀"
        self.list_items = 40
        self.theme = ""
        self.count = 0
        self.reach: re.Pattern[str] | None = None
        self.exact: set[str] | None = None
        (self.root / "content/pages").mkdir(parents=True)
        (self.root / "content/pages/about.md").write_text("# 关于\n", encoding="utf-8")
        self.host = FakeHost()
        self.add_story("第一篇", 0, SECTIONS[0], [TOPICS[0]], True)

    # What may happen

    @rule(
        headline=st.sampled_from(["新闻甲", "新闻乙　并列", "“引号”里的话"]),
        age=st.integers(-2, 40),
        section=st.sampled_from(SECTIONS),
        topics=st.lists(st.sampled_from(TOPICS), unique=True, max_size=2),
        placed=st.booleans(),
    )
    def add_story(self, headline: str, age: int, section: str, topics: list[str], placed: bool) -> None:
        self.count += 1
        story_id = f"story-{self.count}"
        day = (START - timedelta(days=age)).date()
        self.stories[story_id] = Draft(story_id, headline, day, section, tuple(topics))
        if placed:
            self.edition.append(story_id)
        self.reach = re.compile(".*")
        self.exact = None
        self.write()

    @precondition(lambda self: self.stories)
    @rule(data=st.data(), tail=st.sampled_from(["另一个尾段。", "尾段，改过。", "尾段。"]))
    def edit_tail(self, data: st.DataObject, tail: str) -> None:
        story = data.draw(st.sampled_from(sorted(self.stories.values(), key=lambda s: s.id)))
        self.stories[story.id] = replace(story, tail=tail)
        changed = tail != story.tail and self.is_public(story)
        pages = {
            f"stories/{story.id}/index.html",
            "search/",
            *(f"{front}{feed}" for front in self.fronts(story) for feed in FEEDS),
            *(["sw.js"] if story.id in self.kept() else []),
        }
        self.exact = pages if changed else set()
        self.write()

    @precondition(lambda self: self.stories)
    @rule(data=st.data(), headline=st.sampled_from(["改过的标题", "又改了一次"]))
    def rename(self, data: st.DataObject, headline: str) -> None:
        story = data.draw(st.sampled_from(sorted(self.stories.values(), key=lambda s: s.id)))
        self.stories[story.id] = replace(story, headline=headline)
        mates = set(self.edition) if story.id in self.edition else {story.id}
        mates |= {s.id for s in self.stories.values() if set(s.topics) & set(story.topics)}
        pages = "|".join(sorted(mates | {story.id}))
        month = story.day.strftime("%Y/%m")
        self.reach = re.compile(
            rf"index\.html|stories/({pages})/index\.html|sections/{story.section}/.*|archive/{month}/index\.html"
            rf"|cards/{story.id}\..*"
            rf"|({'|'.join(map(re.escape, self.fronts(story)[1:]))}).*|editions/.*|{TOP_FEEDS}|search/"
            r"|sw\.js"
        )
        self.exact = None if self.is_public(story) else set()
        self.write()

    @precondition(lambda self: len(self.stories) > 1)
    @rule(data=st.data(), status=st.sampled_from(["draft", "withdrawn", "published"]))
    def change_status(self, data: st.DataObject, status: str) -> None:
        story = data.draw(st.sampled_from(sorted(self.stories.values(), key=lambda s: s.id)))
        self.stories[story.id] = replace(story, status=status)
        self.reach, self.exact = re.compile(".*"), None
        self.write()

    @precondition(lambda self: len(self.stories) > 1)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        story_id = data.draw(st.sampled_from(sorted(self.stories)))
        del self.stories[story_id]
        self.edition = [other for other in self.edition if other != story_id]
        self.reach, self.exact = re.compile(".*"), None
        self.write()

    @precondition(lambda self: len(self.edition) > 1)
    @rule(data=st.data())
    def move_in_edition(self, data: st.DataObject) -> None:
        self.edition = list(data.draw(st.permutations(self.edition)))
        pages = "|".join(self.edition)
        self.reach = re.compile(
            rf"index\.html|stories/({pages})/index\.html|editions/.*|{TOP_FEEDS}|{FRONTS}"
            r"|sections/.*|archive/.*|search/|sw\.js"
        )
        self.exact = None
        self.write()

    @rule(name=st.sampled_from(["张翀", "王伟"]))
    def change_people(self, name: str) -> None:
        # Who is listed has a front: bylines and sections lead there, and the front page counts its feeds.
        self.reach = re.compile(rf"index\.html|stories/.*|sections/\w+/index\.html|people/.*|{NAMES}|search/|sw\.js")
        self.exact = set() if name == self.people else None
        self.people = name
        self.write()

    @rule(purpose=st.sampled_from(["工会动态", "各级工会的事"]))
    def change_section(self, purpose: str) -> None:
        section = SECTIONS[0]
        pages = {f"sections/{section}/{file}" for file in ("index.html", *FEEDS)}
        self.exact = pages if purpose != self.purpose else set()
        self.purpose = purpose
        self.write()

    @rule(mark=st.sampled_from(["", "甲", "乙"]))
    def change_theme(self, mark: str) -> None:
        self.exact = {"archive/index.html"} if mark != self.theme else set()
        self.theme = mark
        self.write()

    @rule(items=st.sampled_from([1, 40]))
    def change_settings(self, items: int) -> None:
        self.reach = re.compile(rf"sections/\w+/(index\.html|page/.*)|{FRONTS}|sitemap\.xml")
        self.exact = None
        self.list_items = items
        self.write()

    @rule(days=st.integers(0, 3))
    def let_time_pass(self, days: int) -> None:
        self.now += timedelta(days=days)
        due = [s for s in self.stories.values() if s.status != "draft" and s.day <= self.local_day()]
        before = self.local_day() - timedelta(days=days)
        news = any(s.day > before for s in due) or (days and before < START.date() <= self.local_day())
        self.reach, self.exact = re.compile(".*"), None if news else set()

    # What must hold

    @invariant()
    def incremental_is_clean(self) -> None:
        if not hasattr(self, "root") or not self.stories:
            return
        clock = FixedClock(self.now)
        report = api.build(self.root, host=self.host, clock=clock)
        assert report.problems == tuple(p for p in report.problems if p.severity == "warning")
        # The files of the index have digests for names; which of them change is tested where it is made.
        written = ["search/" if path.startswith("search/") else path for path in report.written]
        if self.exact is not None:
            assert self.exact == {path for path in written if not path.startswith("about/")}
        elif self.reach is not None:
            assert [path for path in written if not self.reach.fullmatch(path)] == []
        again = api.build(self.root, host=self.host, clock=clock)
        assert (again.written, again.removed, again.rendered) == ((), (), ())
        clean = self.root / "clean"
        shutil.rmtree(clean, ignore_errors=True)
        api.build(self.root, api.Options(clean=True, site_dir=clean), host=FakeHost(), clock=clock)
        assert files(self.root / "site") == files(clean)
        self.reach, self.exact = re.compile("$^"), set()

    def teardown(self) -> None:
        if hasattr(self, "root"):
            shutil.rmtree(self.root)

    # Files

    def is_public(self, story: Draft) -> bool:
        return story.status == "published" and story.day <= self.local_day()

    def kept(self) -> list[str]:
        """Stories whose pages the service worker lists: the last edition's, or the newest where none is out."""
        public = [s.id for s in self.stories.values() if self.is_public(s)]
        placed = [story for story in self.edition if story in public]
        if placed and START.date() <= self.local_day():
            return placed
        newest = sorted(public, key=lambda story: (-self.stories[story].day.toordinal(), story))
        return newest[:12]

    def fronts(self, story: Draft) -> list[str]:
        """Folders of the fronts that the story stands on."""
        people = ["people/somebody/"] if self.people == "张翀" else []
        topics = [f"topics/{topic}/" for topic in story.topics]
        return ["", f"sections/{story.section}/", "regions/shandong/", *topics, *people]

    def local_day(self) -> date:
        return (self.now + timedelta(hours=8)).date()

    def write(self) -> None:
        write(self.root / "mkdocs.yml", MKDOCS.format(items=self.list_items))
        write(self.root / "content/sections.yml", SECTION_FILE.format(purpose=self.purpose))
        write(self.root / "content/regions.yml", REGIONS)
        write(self.root / "content/people.yml", f"people:\n  - key: somebody\n    name: {self.people}\n")
        shutil.rmtree(self.root / "content/stories", ignore_errors=True)
        for story in self.stories.values():
            write(self.root / f"content/stories/{story.id}.md", story.text())
        stories = "".join(f"      - {story_id}\n" for story_id in self.edition)
        body = f"pages:\n  - number: 1\n    name: 要闻\n    stories:\n{stories}" if stories else ""
        write(self.root / "content/editions/2024-05-01.yml", f"date: 2024-05-01\nnumber: 1\n{body}")
        archive = self.root / "themes/templates/archive.html"
        if self.theme:
            original = (Path(__file__).parents[2] / "themes/templates/archive.html").read_text(encoding="utf-8")
            write(archive, original.replace("{% block title %}", "{% block title %}" + self.theme))
        else:
            archive.unlink(missing_ok=True)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


MKDOCS = """\
site_name: 试报
site_url: https://paper.example/
docs_dir: content/pages
theme:
  name: material
plugins:
  - bulletin:
      feed_authority: paper.example,2024
      list_items: {items}
"""
SECTION_FILE = """\
sections:
  - slug: union
    name: 工会
    purpose: {purpose}
  - slug: rights
    name: 维权
"""
REGIONS = """\
regions:
  - code: '370000'
    name: 山东
    full_name: 山东省
    slug: shandong
"""

TestNewsroom = pytest.mark.slow(Newsroom.TestCase)
TestNewsroom.settings = settings(
    max_examples=20, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)
