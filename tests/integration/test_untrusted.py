"""Story files are other people's text: none of it becomes markup, script, or a path outside its folder."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from fake_host import FakeHost
from lxml import etree
from newsroom_samples import FIRST_STORY, MINIMAL, SECOND_STORY, make_newsroom, minimal_text

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
        if self.cdata_elem != "script" or "alert" not in data:
            return
        block = str(self.get_starttag_text())
        # What search engines read is a data block: it may say anything, as long as nothing in it could end it.
        if block != '<script type="application/ld+json">' or "<" in data:
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


@pytest.mark.parametrize("name", ["5%20 #1&,2.png", "a'b;c=(d)+!$@~.png", "青 岛.png"])
def test_a_photo_with_odd_signs_in_its_name_is_found_by_readers(tmp_path: Path, name: str) -> None:
    text = minimal_text(FIRST_STORY).replace("文件: 2024/04/one.png", f'文件: "2024/04/{name}"')
    picture = (MINIMAL / "assets/photos/2024/04/one.png").read_bytes()
    for place, placed in (("above", ""), ("within", f"\n![](<2024/04/{name}>)\n")):
        root = make_newsroom(tmp_path / place, {FIRST_STORY: text + placed, f"assets/photos/2024/04/{name}": picture})
        assert not api.build(root, host=FakeHost(), clock=CLOCK).failed
        for page in ("", "stories/first-story/"):
            html = (root / f"site/{page}index.html").read_text(encoding="utf-8")
            found = Pictures(html).addresses
            files = [
                root / "site" / unquote(urlsplit(urljoin(f"https://x.example/{page}", src)).path)[1:] for src in found
            ]
            assert len(files) >= 2
            assert [file.name for file in files if not file.is_file()] == []
        enclosure = etree.parse(root / "site/rss.xml").find(".//enclosure")
        assert enclosure is not None
        assert (root / "site" / unquote(urlsplit(str(enclosure.get("url"))).path)[1:]).is_file()


class Pictures(HTMLParser):
    """Collects the addresses of pictures, as a browser reads them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.addresses += [str(values["src"])] if tag == "img" else []
        self.addresses += [entry.split()[0] for entry in str(values.get("srcset") or "").split(",") if entry]


@pytest.mark.parametrize("typed", ["&#1;", "&#xFFFE;", "&#x1f;", "&#x8;"])
def test_references_to_control_characters_break_no_feed(tmp_path: Path, typed: str) -> None:
    root = make_newsroom(tmp_path, {FIRST_STORY: minimal_text(FIRST_STORY) + f"\n## 小{typed}标题\n\n完{typed}了。\n"})

    assert not api.build(root, host=FakeHost(), clock=CLOCK).failed
    assert "<p>完了。</p>" in (root / "site/rss.xml").read_text(encoding="utf-8")
    etree.parse(root / "site/atom.xml")


def test_a_section_keeps_its_feed_when_its_last_story_is_withdrawn(tmp_path: Path) -> None:
    text = minimal_text(SECOND_STORY).replace("genre:", "status: withdrawn\ngenre:")
    root = make_newsroom(tmp_path, {SECOND_STORY: text})
    api.build(root, host=FakeHost(), clock=CLOCK)
    channel = etree.parse(root / "site/sections/features/rss.xml").getroot()[0]

    assert channel.findall("item") == []
    assert channel.findtext("link") == "https://minimal.example/sections/features/"
