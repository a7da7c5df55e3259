"""``bulletin search``: what an editor sees of the index that readers search."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from fake_host import FakeHost
from newsroom_samples import FIRST_STORY, SECOND_STORY, make_newsroom

from site_builder import api
from site_builder.cli.main import main
from site_builder.errors import BuildError, UsageError

STORY = """\
---
id: {id}
headline: {headline}
genre: news
date: 2024-03-{day:02d}T08:00:00+08:00
section: {section}
---

{body}
"""
MORE = {
    f"content/stories/2024/03/canteen-{day:02d}.md": STORY.format(
        id=f"canteen-{day:02d}", headline=f"第{day}家食堂", day=day, section="union-news", body="食堂开门。"
    )
    for day in range(1, 13)
}
OTHER_NAME = STORY.format(id="harbour-songs", headline="港口的歌", day=20, section="features", body="夜校里唱起歌。")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_newsroom(tmp_path_factory.mktemp("search"), MORE, {"content/stories/2024/03/songs.md": OTHER_NAME})
    assert not api.build(root, host=FakeHost()).failed
    return root


def _told(capsys: pytest.CaptureFixture[str], root: Path, *arguments: str) -> tuple[int, list[str], str]:
    status = main(["search", *arguments, "--root", str(root)])
    captured = capsys.readouterr()
    return status, captured.out.splitlines(), captured.err


def _find(root: Path, query: str, **facets: tuple[str, ...]) -> api.Findings:
    return api.find_stories(root, api.FindOptions(query, facets))


def test_a_hit_is_told_with_its_day_section_excerpt_and_file(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = _told(capsys, built, "小港工会办起夜校")

    assert status == 0
    assert out[0] == "2024-04-08  工会新闻  小港工会办起夜校"
    assert "小港区总工会的职工夜校开课" in out[1]
    assert out[2] == f"    {FIRST_STORY}"
    assert err == "共 1 篇\n"


def test_marks_are_told_apart_and_where_there_is_no_terminal_there_are_none(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (story,) = _find(built, "办起夜校").stories

    assert story.headline == (("小港工会", False), ("办起夜校", True))
    assert "\x1b" not in "".join(_told(capsys, built, "办起夜校")[1])


def test_hits_in_headlines_come_first(built: Path) -> None:
    assert [story.file for story in _find(built, "夜校").stories] == [
        FIRST_STORY,
        SECOND_STORY,
        "",  # its file has not the name of its id
    ]


def test_what_is_typed_is_read_as_on_the_site(built: Path) -> None:
    def files(query: str) -> list[str]:
        return [story.file for story in _find(built, query).stories]

    assert files("夜校 -小港 -唱起歌") == [SECOND_STORY]
    assert files("“晚上7点”") == [SECOND_STORY]
    assert files("dengxiadushuren") == files("dxdsr") == [SECOND_STORY]
    assert files("燈下讀書人") == [SECOND_STORY]


def test_facets_narrow_and_several_of_one_widen(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(_find(built, "夜校").stories) == 3
    assert [s.section for s in _find(built, "夜校", section=("union-news",)).stories] == ["工会新闻"]
    assert len(_find(built, "夜校", section=("union-news", "features")).stories) == 3
    status, out, _ = _told(capsys, built, "夜校", "--section", "features", "--sort", "date")
    assert status == 0
    assert [line.split("  ")[2] for line in out if line.startswith("2024-")] == ["灯下读书人", "港口的歌"]


def test_the_count_is_of_all_and_the_list_is_as_long_as_asked(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, ten, err = _told(capsys, built, "食堂")
    _, three, _ = _told(capsys, built, "食堂", "--limit", "3")

    assert err == "共 12 篇\n"
    days = [line[:10] for line in ten if line.startswith("2024-")]
    assert days == [f"2024-03-{day:02d}" for day in range(12, 2, -1)]
    assert [line[:10] for line in three if line.startswith("2024-")] == days[:3]


def test_nothing_found_is_said_and_told_by_the_exit_status(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _told(capsys, built, "魑魅魍魉") == (1, [], "没有找到\n")


def test_without_a_site_the_command_says_how_to_make_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_newsroom(tmp_path)
    status, out, err = _told(capsys, root, "夜校")

    assert (status, out) == (2, [])
    assert "bulletin build" in err
    assert "Traceback" not in err
    with pytest.raises(UsageError):
        _find(root, "夜校")


def test_a_damaged_index_is_told_with_what_mends_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_newsroom(tmp_path)
    api.build(root, host=FakeHost())
    (root / "site/search/index.json").write_text("{}", encoding="utf-8")
    status, out, err = _told(capsys, root, "夜校")

    assert (status, out) == (1, [])
    assert "bulletin build --clean" in err
    with pytest.raises(BuildError):
        _find(root, "夜校")


def test_files_that_were_changed_since_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_newsroom(tmp_path)
    api.build(root, host=FakeHost())
    index = (root / "site/search/index.json").stat().st_mtime
    for path in (FIRST_STORY, SECOND_STORY):
        os.utime(root / path, (index - 60, index - 60))
    assert _find(root, "夜校").changed == 0

    os.utime(root / SECOND_STORY, (index + 60, index + 60))
    status, _, err = _told(capsys, root, "夜校")

    assert status == 0
    assert "1 " in err.splitlines()[-1]
    assert "bulletin build" in err.splitlines()[-1]


def test_another_site_can_be_searched(built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_newsroom(tmp_path)

    assert _told(capsys, root, "夜校", "--site-dir", str(built / "site"))[0] == 0
