"""The newsroom's own readings, from the file to what readers find, and how little a change of them makes anew."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from fake_host import FakeHost
from newsroom_samples import files, make_newsroom

from site_builder import api
from site_builder.build.clock import FixedClock
from site_builder.render.searching.reader import IndexReader

CLOCK = FixedClock(datetime(2024, 5, 1, 1, 0, tzinfo=UTC))
FILE = "content/pinyin.yml"
STORY = """\
---
id: {id}
headline: {headline}
genre: news
date: {date}T08:00:00+08:00
section: union-news
---

正文。
"""
XUWAN = STORY.format(id="xuwan-union", headline="浒湾镇总工会成立", date="2024-03-08")
OTHER = STORY.format(id="other-union", headline="湖湾路上的夜校", date="2024-02-08")
OVERLAY = {"content/stories/2024/03/xuwan-union.md": XUWAN, "content/stories/2024/02/other-union.md": OTHER}


def _readings(*rows: tuple[str, str]) -> str:
    return "读音:\n" + "".join(f"  - {{词: {word}, 拼音: {sounds}}}\n" for word, sounds in rows)


class Newsroom:
    """A newsroom with a story whose town is read wrongly, and one in another month that is not concerned."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def build(self) -> api.Report:
        report = api.build(self.root, host=FakeHost(), clock=CLOCK)
        assert not report.failed, report.problems
        return report

    def write(self, text: str) -> None:
        (self.root / FILE).write_text(text, encoding="utf-8")

    def find(self, query: str) -> list[str]:
        answer = IndexReader(lambda path: (self.root / "site" / path).read_bytes()).search(query)
        return [hit.record["u"] for hit in answer.hits]


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    made = Newsroom(make_newsroom(tmp_path, OVERLAY))
    made.build()
    return made


def test_a_town_is_found_by_its_own_reading(newsroom: Newsroom) -> None:
    """浒湾镇总工会 by ``xuwanzhen``: the library reads hu."""
    assert newsroom.find("xuwanzhen") == []
    assert newsroom.find("huwanzhen") == ["stories/xuwan-union/"]

    newsroom.write(_readings(("浒湾", "xu wan")))
    newsroom.build()

    assert newsroom.find("xuwanzhen") == newsroom.find("xwzzgh") == ["stories/xuwan-union/"]
    assert newsroom.find("huwanzhen") == []
    assert newsroom.find("huwanlu") == ["stories/other-union/"]


def test_a_changed_reading_makes_anew_the_search_data_of_the_stories_that_have_it(newsroom: Newsroom) -> None:
    before = files(newsroom.root / "site")
    newsroom.write(_readings(("浒湾", "xu wan"), ("闾山", "lv shan")))
    report = newsroom.build()
    changed = {path for path, data in files(newsroom.root / "site").items() if before.get(path) != data}

    record = "search/x/2024-03/0.gz"
    assert record in report.written
    assert {path for path in report.written if path.startswith("search/x/")} == {record}
    assert [path for path in report.written if not path.startswith("search/")] == []
    assert [path for path in changed if not path.startswith(("search/", ".bulletin-manifest"))] == []
    assert newsroom.build().written == ()


def test_a_reading_that_no_story_has_changes_nothing(newsroom: Newsroom) -> None:
    newsroom.write(_readings(("闾山", "lv shan")))
    report = newsroom.build()

    assert report.written == ()
    assert report.removed == ()


def test_an_incremental_build_is_a_clean_one(newsroom: Newsroom) -> None:
    newsroom.write(_readings(("浒湾", "xu wan")))
    newsroom.build()
    incremental = files(newsroom.root / "site")
    api.build(newsroom.root, api.Options(clean=True), host=FakeHost(), clock=CLOCK)

    assert files(newsroom.root / "site") == incremental


def test_explain_tells_what_the_file_reaches(newsroom: Newsroom) -> None:
    newsroom.write(_readings(("浒湾", "xu wan")))
    newsroom.build()
    reached = api.explain(newsroom.root, FILE, host=FakeHost(), clock=CLOCK)
    record = api.explain(newsroom.root, "search/x/2024-03/0.gz", host=FakeHost(), clock=CLOCK)
    other = api.explain(newsroom.root, "search/x/2024-02/0.gz", host=FakeHost(), clock=CLOCK)
    page = api.explain(newsroom.root, "stories/xuwan-union/index.html", host=FakeHost(), clock=CLOCK)

    assert isinstance(reached, api.Source)
    assert "search/x/2024-03/0.gz" in reached.outputs
    assert "search/x/2024-02/0.gz" not in reached.outputs
    assert [path for path in reached.outputs if not path.startswith("search/")] == []
    assert isinstance(record, api.Output)
    assert FILE in record.sources
    for output in (other, page):
        assert isinstance(output, api.Output)
        assert FILE not in output.sources


def test_a_broken_file_stops_the_build_at_its_line(newsroom: Newsroom) -> None:
    newsroom.write("读音:\n  - {词: 浒湾, 拼音: xuwan}\n")
    report = api.build(newsroom.root, host=FakeHost(), clock=CLOCK)

    assert report.failed
    assert [(p.code, p.path, p.span.line, p.span.column) for p in report.problems] == [("reading-length", FILE, 2, 17)]
