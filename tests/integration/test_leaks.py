"""No output ever holds a word or a picture of a story that its readers may not see."""

from __future__ import annotations

import io
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fake_host import FakeHost
from newsroom_samples import make_newsroom
from PIL import Image

from site_builder import api
from site_builder.build.clock import FixedClock
from site_builder.build.publishing.manifest import NAME as MANIFEST
from site_builder.errors import BuildError
from site_builder.hosts.mkdocs.host import MkDocsHost

NOW = datetime(2024, 4, 8, 4, 0, tzinfo=UTC)
SECRET = "守口如瓶"
"""A word that stands in every field of the hidden story, and nowhere else."""


@dataclass(frozen=True)
class Hidden:
    name: str
    status: str
    date: str


CASES = [
    Hidden("draft", "草稿", "2024-04-08"),
    Hidden("old-draft", "草稿", "2020-01-01"),
    Hidden("withdrawn", "撤稿", "2024-04-08"),
    Hidden("future", "发布", "2024-04-09"),
    Hidden("later-today", "发布", "2024-04-08 23:59"),
    Hidden("future-withdrawn", "撤稿", "2030-01-01"),
]


def hidden_story(case: Hidden) -> dict[str, str | bytes]:
    picture = io.BytesIO()
    Image.new("RGB", (640, 480), "#c8372b").save(picture, "PNG")
    photos = "".join(
        f"  - 文件: {case.name}-{n}.png\n    图说: {SECRET}图说\n    替代文字: {SECRET}\n    署名: {SECRET}摄\n"
        for n in (1, 2)
    )
    text = (
        f"---\n编号: {case.name}-story\n主题: {SECRET}主题\n引题: {SECRET}引题\n副题: {SECRET}副题\n体裁: 消息\n"
        f"日期: {case.date}\n频道: 工会新闻\n栏目: {SECRET}栏目\n话题: [{SECRET}话题, 维权]\n单位: [{SECRET}单位]\n"
        f"责任编辑: {SECRET}编辑\n阅读提示: {SECRET}提示\n图片:\n{photos}状态: {case.status}\n来源: {SECRET}来源\n"
        f"附注: {SECRET}附注\n旧编号: [{case.name}-old]\n---\n\n"
        f"本报讯 （记者守口如瓶）{SECRET}正文。\n\n![]({case.name}-2.png)\n\n## {SECRET}小标题\n\n再一段。\n"
    )
    files: dict[str, str | bytes] = {f"content/stories/{case.name}-story.md": text}
    files |= {f"assets/photos/{case.name}-{n}.png": picture.getvalue() for n in (1, 2)}
    files["content/editions/2024-04-08.yml"] = (
        "日期: 2024-04-08\n期号: 1\n部分: true\n版面:\n  - 版次: 1\n    版名: 要闻\n    稿件:\n"
        f"      - 编号: {case.name}-story\n        优先级: 10\n      - first-story\n      - second-story\n"
    )
    return files


def traces(site: Path, case: Hidden) -> list[str]:
    """Files of the site that hold a word, the id, the former id or a picture of the hidden story."""
    words = [SECRET, f"{case.name}-old", f"{case.name}-1", f"{case.name}-2"]
    if "withdrawn" not in case.name or case.name.startswith("future"):
        words.append(f"{case.name}-story")
    found = []
    for path in sorted(p for p in site.rglob("*") if p.is_file()):
        name = path.relative_to(site).as_posix()
        data = path.read_bytes()
        if any(word in name or word.encode() in data for word in words):
            found.append(name)
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_hidden_story_leaves_no_trace(tmp_path: Path, case: Hidden) -> None:
    root = make_newsroom(tmp_path, hidden_story(case))

    report = api.build(root, host=FakeHost(), clock=FixedClock(NOW))

    assert report.stories == 2
    assert traces(root / "site", case) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_published_story_that_is_hidden_later_leaves_no_trace(tmp_path: Path, case: Hidden) -> None:
    shown = Hidden(case.name, "发布", "2024-04-08")
    root = make_newsroom(tmp_path, hidden_story(shown))
    api.build(root, host=FakeHost(), clock=FixedClock(NOW))
    assert len(traces(root / "site", shown)) > 10

    story = root / f"content/stories/{case.name}-story.md"
    story.write_text(str(hidden_story(case)[f"content/stories/{case.name}-story.md"]), encoding="utf-8")
    api.build(root, host=FakeHost(), clock=FixedClock(NOW))

    assert traces(root / "site", case) == []


def test_a_withdrawn_story_keeps_a_tombstone_with_none_of_its_text(tmp_path: Path) -> None:
    case = CASES[2]
    root = make_newsroom(tmp_path, hidden_story(case))

    api.build(root, host=FakeHost(), clock=FixedClock(NOW))

    page = (root / "site/stories/withdrawn-story/index.html").read_text(encoding="utf-8")
    assert "此稿已撤" in page
    others = [
        path.relative_to(root / "site").as_posix()
        for path in (root / "site").rglob("*")
        if path.is_file() and path.name != MANIFEST and b"withdrawn-story" in path.read_bytes()
    ]
    # The service worker must know the address, to take readers' copies away.
    assert sorted(others) == ["stories/withdrawn-story/index.html", "sw.js"]


def test_preview_shows_drafts_and_the_future_but_nothing_withdrawn(tmp_path: Path) -> None:
    overlays = [hidden_story(case) for case in (CASES[0], CASES[3], CASES[2])]
    root = make_newsroom(tmp_path, *overlays)

    report = api.build(root, api.Options(audience="preview"), host=FakeHost(), clock=FixedClock(NOW))

    assert report.stories == 4
    preview = root / "site-preview"
    assert SECRET in (preview / "stories/draft-story/index.html").read_text(encoding="utf-8")
    assert SECRET not in (preview / "stories/withdrawn-story/index.html").read_text(encoding="utf-8")
    assert not (root / "site").exists()


@pytest.mark.parametrize("case", [CASES[0], CASES[3]], ids=lambda case: case.name)
def test_a_preview_in_the_public_folder_is_taken_back_whatever_was_lost(tmp_path: Path, case: Hidden) -> None:
    """The list of our files once lay in the work folder: without it the draft stayed public for ever."""
    root = make_newsroom(tmp_path, hidden_story(case))
    site = root / "site"
    api.build(root, api.Options(audience="preview", site_dir=site), host=FakeHost(), clock=FixedClock(NOW))
    assert traces(site, case)
    shutil.rmtree(root / ".bulletin")
    moved = root.rename(tmp_path / "moved")

    api.build(moved, host=FakeHost(), clock=FixedClock(NOW))

    assert traces(moved / "site", case) == []


def test_a_folder_that_cannot_be_read_stops_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its stories once left the site without a word, and the build said that all was well."""
    root = make_newsroom(tmp_path)
    api.build(root, host=FakeHost(), clock=FixedClock(NOW))
    real = os.scandir

    def refusing(path: Path) -> object:
        if Path(path).name == "2024":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", refusing)
    with pytest.raises(BuildError) as caught:
        api.build(root, host=FakeHost(), clock=FixedClock(NOW))

    assert caught.value.code == "unreadable"
    assert (root / "site/stories/first-story/index.html").is_file()


def test_a_story_that_cannot_be_read_stops_the_build_with_its_name(tmp_path: Path) -> None:
    root = make_newsroom(tmp_path)
    (root / "content/stories/gone.md").symlink_to(root / "nowhere.md")

    with pytest.raises(BuildError) as caught:
        api.check(root)

    assert (caught.value.code, caught.value.values[0]) == ("unreadable", "content/stories/gone.md")


def test_a_scheduled_story_appears_when_its_time_has_come(tmp_path: Path) -> None:
    case = CASES[4]
    root = make_newsroom(tmp_path, hidden_story(case))
    api.build(root, host=FakeHost(), clock=FixedClock(NOW))

    # 23:59 in Shanghai is 15:59 in UTC.
    api.build(root, host=FakeHost(), clock=FixedClock(datetime(2024, 4, 8, 15, 59, tzinfo=UTC)))

    assert (root / "site/stories/later-today-story/index.html").is_file()


def test_pictures_carry_no_place_and_no_camera(tmp_path: Path) -> None:
    picture = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "SECRETCAMERA"
    exif[0x8825] = {1: "N", 2: (36.0, 4.0, 0.0)}
    exif[0x0112] = 6  # turned: the picture is upright in the site
    Image.new("RGB", (60, 40), "red").save(picture, "JPEG", exif=exif)
    files = {"assets/photos/2024/04/one.png": picture.getvalue()}
    root = make_newsroom(tmp_path, files)

    api.build(root, host=FakeHost(), clock=FixedClock(NOW))

    variants = sorted((root / "site/photos").rglob("*.*"))
    assert len(variants) >= 2
    for path in variants:
        assert b"SECRETCAMERA" not in path.read_bytes()
        with Image.open(path) as image:
            assert dict(image.getexif()) == {}
            assert image.size == (40, 60)


@pytest.mark.slow
def test_the_real_host_publishes_no_story_file_and_no_frame(tmp_path: Path) -> None:
    root = make_newsroom(tmp_path, hidden_story(CASES[0]))

    api.build(root, host=MkDocsHost(), clock=FixedClock(NOW))

    names = [p.relative_to(root / "site").as_posix() for p in (root / "site").rglob("*") if p.is_file()]
    assert not [name for name in names if name.endswith((".md", ".yml")) or "frame" in name]
    assert traces(root / "site", CASES[0]) == []
