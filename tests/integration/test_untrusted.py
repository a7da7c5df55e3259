"""Story files are other people's text: none of it becomes markup, script, or a path outside its folder."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fake_host import FakeHost
from newsroom_samples import FIRST_STORY, make_newsroom, minimal_text

from site_builder import api
from site_builder.build.clock import FixedClock

CLOCK = FixedClock(datetime(2024, 4, 8, 4, 0, tzinfo=UTC))
ATTACK = """"><script>alert('&x')</script><img src=x onerror=alert(1)>"""


class Tags(HTMLParser):
    """Collects what a browser would see as active."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.bad: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "script" and "alert" in str(values.get("src")):
            self.bad.append(tag)
        if values.get("src") == "x":
            self.bad.append(tag)
        self.bad += [name for name in values if name.startswith("on") or name == "style"]
        self.bad += [v for v in values.values() if v and v.strip().lower().startswith(("javascript:", "data:text"))]

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script" and "alert" in data:
            self.bad.append("script text")


FIELDS = ["主题", "引题", "副题", "栏目", "阅读提示", "来源", "附注", "责任编辑", "话题"]


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_is_escaped_everywhere(tmp_path: Path, field: str) -> None:
    lines = [line for line in minimal_text(FIRST_STORY).split("\n") if not line.startswith(f"{field}:")]
    quoted = "'" + ATTACK.replace("'", "''") + "'"
    text = "\n".join([lines[0], f"{field}: {quoted}", *lines[1:]])
    root = make_newsroom(tmp_path, {FIRST_STORY: text})

    report = api.build(root, host=FakeHost(), clock=CLOCK)

    assert not report.failed
    shown = 0
    for page in (root / "site").rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        shown += "alert(" in html
        assert Tags(html).bad == [], page
    assert shown


@pytest.mark.parametrize("field", ["图说", "替代文字"])
def test_captions_and_alt_texts_are_escaped(tmp_path: Path, field: str) -> None:
    text = "\n".join(
        f"    {field}: '{ATTACK.replace(chr(39), chr(39) * 2)}'" if line.strip().startswith(f"{field}:") else line
        for line in minimal_text(FIRST_STORY).split("\n")
    )
    root = make_newsroom(tmp_path, {FIRST_STORY: text})

    assert not api.build(root, host=FakeHost(), clock=CLOCK).failed
    for page in (root / "site").rglob("*.html"):
        assert Tags(page.read_text(encoding="utf-8")).bad == [], page


BODIES = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[点这里](javascript:alert(1))",
    "[点这里](  JAVASCRIPT:alert(1))",
    "[点这里](java&#115;cript:alert(1))",
    "[点这里](data:text/html,<script>alert(1)</script>)",
    "[点这里]: javascript:alert(1)",
    "<a href='#' onclick='alert(1)'>x</a>",
    "<!-- 注释 -->",
]


@pytest.mark.parametrize("body", BODIES)
def test_active_content_in_a_body_is_a_problem_and_never_output(tmp_path: Path, body: str) -> None:
    root = make_newsroom(tmp_path, {FIRST_STORY: minimal_text(FIRST_STORY) + "\n\n" + body + "\n"})

    problems = api.check(root).problems
    assert {p.code for p in problems} <= {"raw-html", "link-target"}
    assert problems
    report = api.build(root, api.Options(keep_going=True), host=FakeHost(), clock=CLOCK)
    assert report.failed
    assert not (root / "site/stories/first-story").exists()


@pytest.mark.parametrize("story_id", ["../../evil", "a/b", "..", "A-Story", "é-story", "x" * 81, "con.txt", "a b"])
def test_ids_that_could_leave_their_folder_are_refused(tmp_path: Path, story_id: str) -> None:
    text = minimal_text(FIRST_STORY).replace("first-story", f"'{story_id}'", 1)
    root = make_newsroom(tmp_path, {FIRST_STORY: text})

    assert "id-invalid" in {p.code for p in api.check(root).problems}


def test_former_ids_that_could_leave_their_folder_are_refused(tmp_path: Path) -> None:
    text = minimal_text(FIRST_STORY).replace("\n---\n", "\n旧编号: ['../../evil']\n---\n", 1)
    root = make_newsroom(tmp_path, {FIRST_STORY: text})

    assert "id-invalid" in {p.code for p in api.check(root).problems}


PHOTO_PATHS = ["../secret.png", "/etc/x.png", "..\\x.png", "C:/x.png", "a/../../x.png", ".hidden.png", "a//b.png"]


@pytest.mark.parametrize("path", PHOTO_PATHS)
def test_photo_paths_that_could_leave_their_folder_are_refused(tmp_path: Path, path: str) -> None:
    text = minimal_text(FIRST_STORY).replace("2024/04/one.png", f"'{path}'", 1)
    root = make_newsroom(tmp_path, {FIRST_STORY: text, "assets/secret.png": b"secret"})

    assert "photo-path" in {p.code for p in api.check(root).problems}


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_out_of_the_photo_folder_is_no_picture(tmp_path: Path) -> None:
    root = make_newsroom(tmp_path)
    picture = root / "assets/photos/2024/04/one.png"
    outside = tmp_path / "outside.png"
    picture.rename(outside)
    picture.symlink_to(outside)

    assert [p.code for p in api.check(root).problems] == ["photo-missing"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_linked_story_folder_is_not_followed(tmp_path: Path) -> None:
    root = make_newsroom(tmp_path)
    os.symlink(root / "content/stories/2024", root / "content/stories/again")

    assert api.check(root).problems == ()


BOMBS = {
    "aliases": "a: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\nd: [*c,*c,*c]\n",
    "nesting": "a: " + "[" * 5000 + "]" * 5000 + "\n",
    "merge": "a: &a {x: 1}\nb:\n  <<: *a\n",
    "tag": "a: !!python/object/apply:os.system ['true']\n",
    "long": "a: " + "字" * 200_000 + "\n",
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS.keys())
def test_yaml_bombs_are_problems(tmp_path: Path, bomb: str) -> None:
    text = minimal_text(FIRST_STORY).replace("---\n", f"---\n{bomb}", 1)
    root = make_newsroom(tmp_path, {FIRST_STORY: text, "content/editions/2024-04-08.yml": bomb})

    assert api.check(root).problems


def test_a_huge_picture_is_not_decoded(tmp_path: Path) -> None:
    # A PNG header that claims 60 000 × 60 000 px.
    import struct
    import zlib

    header = b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    root = make_newsroom(tmp_path, {"assets/photos/2024/04/one.png": png})

    assert [p.code for p in api.check(root).problems] == ["photo-unreadable"]
