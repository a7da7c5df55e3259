"""Locked pages on the site: as they were printed while they can be, and gone with every word that must go."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import pytest
from fake_host import FakeHost
from paper_newsroom import DAY, EDITION, LOCK, NUMBERS, make_paper_newsroom
from PIL import Image

from site_builder import api
from site_builder.build.clock import FixedClock
from site_builder.build.printing import makeup
from site_builder.build.printing.reading import read_pages
from site_builder.model import urls
from site_builder.paper.page.lock import read_lock

CLOCK = FixedClock(datetime(2026, 7, 21, 4, tzinfo=UTC))
PAPER = urls.epaper(DAY)
PRINTED = ("facsimile", "edition-pdf")
Files = dict[str, bytes]


@pytest.fixture(scope="module", autouse=True)
def _unsolvable() -> Iterator[None]:
    """A build never asks for the solver, nor for its dictionary."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(makeup, "has_solver", lambda: pytest.fail("asked for the solver"))
        yield


def build(root: Path, **wishes: object) -> tuple[Files, api.Report]:
    """Every file of the site by its path, and what the build did."""
    report = api.build(root, options=api.Options(**wishes), host=FakeHost(), clock=CLOCK)  # type: ignore[arg-type]
    assert not report.failed, report.problems
    assert report.site_dir is not None
    found = (path for path in report.site_dir.rglob("*") if path.is_file())
    return {path.relative_to(report.site_dir).as_posix(): path.read_bytes() for path in found}, report


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Files]:
    root = make_paper_newsroom(tmp_path_factory.mktemp("paper") / "newsroom")
    return root, build(root)[0]


@pytest.fixture
def newsroom(built: tuple[Path, Files], tmp_path: Path) -> Path:
    """A copy with its cache, to be edited."""
    return Path(shutil.copytree(built[0], tmp_path / "newsroom"))


@pytest.fixture(scope="module")
def files(built: tuple[Path, Files]) -> Files:
    return built[1]


def layout(files: Files, number: int) -> dict[str, object]:
    (page,) = json.loads(files[f"{PAPER}{number}/layout.json"])["pages"]
    return dict(page)


def zones(files: Files, number: int) -> dict[str, list[list[tuple[float, float]]]]:
    """Story → polygons, as the page's HTML has them."""
    html = files[f"{PAPER}{number}/index.html"].decode()
    found = re.findall(r'<a class="bu-zone" id="([^"]+)".*?</a>', html, re.DOTALL)
    parts = re.findall(r'<a class="bu-zone" id="[^"]+"(.*?)</a>', html, re.DOTALL)
    return {
        story: [
            [(float(x), float(y)) for x, y in (corner.split(",") for corner in points.split())]
            for points in re.findall(r'points="([^"]+)"', part)
        ]
        for story, part in zip(found, parts, strict=True)
    }


def story_file(root: Path, story: str) -> Path:
    return next(path for path in root.glob("content/stories/**/*.md") if f"id: {story}\n" in path.read_text("utf-8"))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def stories_of(root: Path, number: int) -> list[str]:
    page = read_lock((root / LOCK).read_text(encoding="utf-8")).page(number)
    assert page is not None
    return [entry.chosen.story for entry in page.stories]


def test_a_page_has_its_pictures_its_pdf_and_its_edition(files: Files) -> None:
    for number in NUMBERS:
        names = {path.removeprefix(f"{PAPER}{number}/") for path in files if path.startswith(f"{PAPER}{number}/")}
        assert {re.sub(r"\.[0-9a-f]{8}-", ".-", name) for name in names} == {
            "index.html", "layout.json", "page.pdf", "page.-240.webp", "page.-800.webp", "page.-1600.webp",
            "page.-2400.webp", "page.-240.jpg", "page.-1600.jpg",
        }  # fmt: skip
        assert len(read_pages(files[f"{PAPER}{number}/page.pdf"])) == 1
    assert len(read_pages(files[f"{PAPER}edition.pdf"])) == len(NUMBERS)


def test_browsers_without_webp_are_shown_the_page_too(files: Files) -> None:
    html = files[f"{PAPER}{NUMBERS[0]}/index.html"].decode()
    (source,) = re.findall(r'<picture><source type="image/webp"[^>]*><img [^>]*usemap="#PagePicMap"[^>]*>', html)
    shown = re.search(r'<img [^>]*src="([^"]+)"[^>]*width="?(\d+)', source)
    assert shown
    with Image.open(io.BytesIO(files[f"{PAPER}{NUMBERS[0]}/{shown[1].rpartition('/')[2]}"])) as picture:
        assert (picture.format, picture.width) == ("JPEG", int(shown[2]))


@pytest.mark.parametrize("number", NUMBERS)
def test_zones_are_those_of_the_layout(files: Files, number: int) -> None:
    page = layout(files, number)
    planned = {s["story"]: s["polygons"] for s in page["stories"]}  # type: ignore[attr-defined]

    assert {
        story: [[list(c) for c in p] for p in polygons] for story, polygons in zones(files, number).items()
    } == planned


@pytest.mark.parametrize("number", NUMBERS)
def test_every_sign_of_a_story_stands_in_its_own_zone_and_in_no_other(built: tuple[Path, Files], number: int) -> None:
    root, files = built
    (drawn,) = read_pages(files[f"{PAPER}{number}/page.pdf"])
    boxes = {
        story: (min(x for x, _ in p), min(y for _, y in p), max(x for x, _ in p), max(y for _, y in p))
        for story, (p,) in zones(files, number).items()
    }
    inside: dict[str, str] = dict.fromkeys(boxes, "")
    for sign in drawn.signs:
        middle = (sign.left + sign.right) / 2
        owners = [
            s for s, (left, top, right, foot) in boxes.items() if left <= middle <= right and top <= sign.y <= foot
        ]
        assert len(owners) <= 1
        for owner in owners:
            inside[owner] += sign.text
    for story, text in inside.items():
        body = story_file(root, story).read_text(encoding="utf-8").split("---\n", 2)[2]
        words = re.findall(r"[\u4e00-\u9fff]", re.sub(r"!\[.*?\]\(.*?\)|\*|#", "", body))
        assert len(words) > 50
        # All the body's characters and no other story's: headline, byline and captions come on top.
        assert sorted(words) == sorted(_common(words, text)), story
        assert len(re.findall(r"[\u4e00-\u9fff]", text)) < len(words) + 260


def _common(words: list[str], text: str) -> list[str]:
    """Those of *words* that are in *text*, as often as they are."""
    left = list(text)
    found = []
    for word in words:
        if word in left:
            left.remove(word)
            found.append(word)
    return found


def test_list_and_zones_have_one_order_and_lead_to_the_stories(files: Files) -> None:
    for number in NUMBERS:
        html = files[f"{PAPER}{number}/index.html"].decode()
        order = list(zones(files, number))
        assert re.findall(r'data-bu-zone="([^"]+)"', html) == order
        assert re.findall(r'<area [^>]*href="[./]*stories/([^"/]+)/"', html) == order
        assert all(f'href="../../../stories/{story}/"' in html for story in order)


def test_stories_lead_to_their_place_and_say_what_programs_look_for(built: tuple[Path, Files]) -> None:
    root, files = built
    story = stories_of(root, 3)[0]
    html = files[f"stories/{story}/index.html"].decode()

    assert f'href="../../{PAPER}3/#{story}"' in html
    record = re.findall(r"<!--enpproperty (.*?)/enpproperty-->", html)
    assert len(record) == 1
    assert f"<articleid>{story}</articleid><date>{DAY} 00:00:00:000</date>" in record[0]
    assert 'id="ozoom"' in html


def test_page_names_the_markers_of_e_papers_once(files: Files) -> None:
    html = files[f"{PAPER}3/index.html"].decode()

    assert [html.count(f'id="{name}"') for name in ("pageList", "pageLink", "titleList")] == [1, 1, 1]
    assert 'usemap="#PagePicMap"' in html
    assert '<map name="PagePicMap"' in html


def test_the_latest_edition_stands_at_the_root_of_the_e_paper_and_is_led_to(files: Files) -> None:
    latest = files["epaper/index.html"].decode()
    assert "2026年7月20日" in latest
    assert [f'href="../{PAPER}{n}/"' in latest for n in NUMBERS] == [True, True]
    for page, link in (
        ("index.html", f"./{PAPER}"),
        (f"editions/{DAY}/index.html", f"../../{PAPER}"),
        ("editions/index.html", "../epaper/"),
        ("archive/index.html", "../epaper/"),
        ("follow/index.html", "../epaper/"),
    ):
        assert f'href="{link}"' in files[page].decode(), page
    assert "epaper/rss.xml" in files["feeds.opml"].decode()


def test_feed_has_the_edition_with_its_pdf(files: Files) -> None:
    for kind in ("rss", "atom"):
        (entry,) = feedparser.parse(files[f"epaper/{kind}.xml"]).entries
        assert entry.link.endswith(f"/{PAPER}")
        pdf = next(link for link in entry.links if link.rel == "enclosure")
        assert pdf.type == "application/pdf"
        assert int(pdf.length) == len(files[f"{PAPER}edition.pdf"])


def test_manifest_is_a_iiif_presentation_of_the_pages(files: Files) -> None:
    manifest = json.loads(files[f"{PAPER}manifest.json"])
    site = "https://paper.example/" if "https://paper.example/" in manifest["id"] else manifest["provider"][0]["id"]

    assert manifest["@context"] == "http://iiif.io/api/presentation/3/context.json"
    assert manifest["type"] == "Manifest"
    assert len(manifest["items"]) == len(NUMBERS)
    ids: list[str] = []
    for number, canvas in zip(NUMBERS, manifest["items"], strict=True):
        (painted,) = canvas["items"][0]["items"]
        assert painted["motivation"] == "painting"
        assert painted["target"] == canvas["id"]
        body = painted["body"]
        assert body["id"].removeprefix(site) in files
        assert (body["width"], body["height"]) == (canvas["width"], canvas["height"])
        stories = canvas["annotations"][0]["items"]
        assert [a["body"][0]["id"].removeprefix(site + "stories/").rstrip("/") for a in stories] == list(
            zones(files, number)
        )
        ids += [canvas["id"], painted["id"], *(a["id"] for a in stories)]
    assert len(ids) == len(set(ids))
    canvases = {canvas["id"] for canvas in manifest["items"]}
    leaves = [leaf["items"][0]["id"] for one in manifest["structures"] for leaf in one["items"]]
    assert {leaf.partition("#")[0] for leaf in leaves} == canvases


def test_a_second_build_makes_nothing_and_an_edit_of_what_paper_does_not_show_leaves_the_page(newsroom: Path) -> None:
    before, report = build(newsroom)
    assert report.rendered == ()
    story = stories_of(newsroom, 3)[0]
    edit(story_file(newsroom, story), f"id: {story}\n", f"id: {story}\nsource: 工人日报\n")

    after, report = build(newsroom)

    assert [kind for kind, _ in report.rendered if kind in PRINTED] == []
    assert [path for path in before if path.startswith("epaper/") and before[path] != after[path]] == []
    assert before[f"stories/{story}/index.html"] != after[f"stories/{story}/index.html"]


def test_a_story_that_was_updated_since_wears_a_badge_over_a_picture_that_stays(newsroom: Path) -> None:
    before = build(newsroom)[0]
    story = stories_of(newsroom, 3)[0]
    edit(story_file(newsroom, story), f"id: {story}\n", f"id: {story}\nupdated: 2026-07-21 09:00\n")

    after, report = build(newsroom)

    html = after[f"{PAPER}3/index.html"].decode()
    assert "bu-zone__badge" not in before[f"{PAPER}3/index.html"].decode()
    assert html.count("bu-zone__badge--updated") == 1
    zone = html.partition(f'<a class="bu-zone" id="{story}"')[2].partition("</a>")[0]
    assert "bu-zone__badge" in zone
    assert "见报后有更新" in zone
    assert [kind for kind, _ in report.rendered if kind in PRINTED] == []


def test_a_correction_lies_over_the_picture_and_is_told_in_words(newsroom: Path) -> None:
    before = build(newsroom)[0]
    printed, later = stories_of(newsroom, 3)[:2]
    told = "第一段“八家”应为“九家”。"
    for story, day in ((printed, DAY - timedelta(days=1)), (later, DAY)):
        corrections = f"corrections: [{{date: {day}, text: {told}}}]"
        edit(story_file(newsroom, story), f"id: {story}\n", f"id: {story}\n{corrections}\n")

    after, report = build(newsroom)

    html = after[f"{PAPER}3/index.html"].decode()
    assert html.count("bu-zone__badge--corrected") == 1
    assert "bu-zone__badge--updated" not in html
    label = html.partition(f'<a class="bu-zone" id="{later}"')[2].partition(">")[0]
    assert f"见报后有更正 更正：{told}" in label
    row = html.partition(f'data-bu-zone="{later}"')[2].partition("</li>")[0]
    assert "见报后有更正" in row
    assert f"更正：{told}" in row
    assert told not in before[f"{PAPER}3/index.html"].decode()
    assert [kind for kind, _ in report.rendered if kind in PRINTED] == []
    page = after[f"stories/{later}/index.html"].decode()
    assert told in page.partition('class="bu-notice bu-notice--correction"')[2].partition("</aside>")[0]
    assert '"correction":[{"@type":"CorrectionComment"' in page
    entry = next(entry for entry in feedparser.parse(after["atom.xml"]).entries if later in entry.link)
    assert told in entry.content[0].value
    assert entry.updated.startswith(DAY.isoformat())


def test_other_words_of_one_length_are_set_in_the_same_place(newsroom: Path) -> None:
    story = stories_of(newsroom, 3)[-1]
    path = story_file(newsroom, story)
    body = path.read_text(encoding="utf-8").split("---\n", 2)[2]
    word = re.findall(r"[\u4e00-\u9fff]{4}", body)[-1]
    before = build(newsroom)[0]
    edit(path, body, body.replace(word, "焕然一新", 1))

    after, report = build(newsroom)

    assert [name for kind, name in report.rendered if kind == "facsimile"] == [f"{PAPER}3/"]
    assert zones(after, 3) == zones(before, 3)
    signs = "".join(sign.text for sign in read_pages(after[f"{PAPER}3/page.pdf"])[0].signs)
    assert "焕然一新" in signs
    assert after[f"{PAPER}1/page.pdf"] == before[f"{PAPER}1/page.pdf"]


@pytest.mark.parametrize("change", ["status: draft\n", "status: withdrawn\n", "date: 2026-08-01\n"])
def test_a_hidden_story_leaves_every_artefact_of_its_page(newsroom: Path, change: str) -> None:
    before = build(newsroom)[0]
    story = stories_of(newsroom, 3)[0]
    path = story_file(newsroom, story)
    text = re.sub(r"^(date|status): .*\n", "", path.read_text(encoding="utf-8"), flags=re.M)
    date = "" if change.startswith("date") else f"date: {DAY}\n"
    path.write_text(text.replace(f"id: {story}\n", f"id: {story}\n{date}{change}", 1), encoding="utf-8")

    after = build(newsroom)[0]

    gone = {name for name in before if name.startswith(f"{PAPER}3/")}
    assert gone
    assert gone.isdisjoint(after)
    assert len(read_pages(after[f"{PAPER}edition.pdf"])) == 1
    headline = re.search(r"^headline: (.*)$", text, re.M)
    assert headline
    words = headline.group(1).strip("'\"")
    assert [
        name for name, data in after.items() if name.startswith(PAPER) and words in data.decode(errors="ignore")
    ] == []
    assert "只有预览里有这句话" not in after[f"editions/{DAY}/index.html"].decode()


def test_a_page_that_no_longer_fits_is_a_list_and_editors_are_told_in_the_preview(newsroom: Path) -> None:
    story = stories_of(newsroom, 3)[0]
    path = story_file(newsroom, story)
    path.write_text(
        path.read_text(encoding="utf-8") + "\n\n" + "又来了一大段，哪里也放不下。" * 60 + "\n", encoding="utf-8"
    )

    shown = build(newsroom)[0]
    told = build(newsroom, audience="preview")[0]

    assert f"{PAPER}3/index.html" not in shown
    assert f"{PAPER}1/index.html" in shown
    assert f"editions/{DAY}/#page-3" in shown[f"{PAPER}1/index.html"].decode()
    assert "只有预览里有这句话" not in shown[f"editions/{DAY}/index.html"].decode()
    assert f"bulletin print {DAY}" in told[f"editions/{DAY}/index.html"].decode()


def test_without_a_lock_there_is_no_e_paper(newsroom: Path) -> None:
    (newsroom / LOCK).unlink()

    files = build(newsroom)[0]

    assert [path for path in files if path.startswith("epaper/")] == []
    assert "epaper/" not in files["index.html"].decode()
    assert "epaper/" not in files["feeds.opml"].decode()


def test_an_edition_that_wants_another_format_since_is_not_shown_in_the_old_one(newsroom: Path) -> None:
    edit(newsroom / EDITION, "format: a4-page", "format: tabloid")

    assert [path for path in build(newsroom)[0] if path.startswith("epaper/")] == []


def test_explain_names_the_files_behind_a_page(newsroom: Path) -> None:
    build(newsroom)

    output = api.explain(newsroom, f"{PAPER}3/page.pdf", host=FakeHost(), clock=CLOCK)

    assert isinstance(output, api.Output)
    assert output.kind == "facsimile"
    stories = {story_file(newsroom, story).relative_to(newsroom).as_posix() for story in stories_of(newsroom, 3)}
    assert {EDITION, LOCK, "mkdocs.yml", *stories} <= set(output.sources)
    assert output.state == "current"
