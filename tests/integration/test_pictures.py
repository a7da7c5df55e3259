"""What an edit of a picture's words, or of the picture, reaches; and what the site says of its pictures."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from fake_host import FakeHost
from lxml import html
from newsroom_samples import FIRST_STORY, make_newsroom, minimal_text
from PIL import Image

from site_builder import api
from site_builder.build.cache import SMALL_BYTES

PAGE = "stories/first-story/index.html"
ALT = "    替代文字: 一间亮着灯的教室\n"
FILE = "assets/photos/2024/04/one.png"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_newsroom(tmp_path)
    assert not build(root).failed
    return root


def build(root: Path) -> api.Report:
    return api.build(root, host=FakeHost())


def edit(root: Path, before: str, after: str) -> api.Report:
    path = root / FIRST_STORY
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")
    return build(root)


def kinds(report: api.Report) -> set[str]:
    return {kind for kind, _ in report.rendered}


def published(root: Path) -> dict[str, bytes]:
    """The variants of its pictures."""
    files = (path for path in (root / "site/photos").rglob("*.*") if re.search(r"-\d+\.", path.name))
    return {path.name: path.read_bytes() for path in files}


def article_images(root: Path) -> list[dict[str, object]]:
    """What the first story's page shows to search engines."""
    page = html.fromstring((root / "site" / PAGE).read_text(encoding="utf-8"))
    (block,) = page.xpath('//script[@type="application/ld+json"]/text()')
    images: list[dict[str, object]] = json.loads(block)["@graph"][0]["image"]
    return images


def test_a_new_caption_labels_the_files_anew_and_encodes_nothing(root: Path) -> None:
    before = published(root)
    report = edit(root, ALT, ALT + "    图说: 夜校的第一堂课\n")

    assert "photo" in kinds(report)
    assert not kinds(report) & {"pixels", "card"}
    after = published(root)
    assert len(after) == len(before)
    assert not after.keys() & before.keys()
    assert all("夜校的第一堂课".encode() in data for data in after.values())
    removed = {path for path in report.removed if not path.startswith("search/")}
    assert removed == {f"photos/2024/04/{name}" for name in before}


def test_a_new_focus_makes_pages_and_the_card_and_no_picture(root: Path) -> None:
    report = edit(root, ALT, ALT + "    焦点: 右上\n")

    assert not kinds(report) & {"pixels", "photo", "feed", "body"}
    assert {path for path in report.written if path.startswith("cards/")} == {
        path for path in report.written if path.startswith("cards/first-story.")
    }
    image = html.fromstring((root / "site" / PAGE).read_bytes()).xpath("//article//img")[0]
    assert {"bu-x4", "bu-y0"} <= set(image.get("class").split())


def test_editing_a_body_draws_no_card(root: Path) -> None:
    assert "card" not in kinds(edit(root, "60名职工", "61名职工"))


def test_a_headline_draws_the_cards_of_its_story_alone(root: Path) -> None:
    report = edit(root, "小港工会办起夜校", "夜校开课")

    assert [name for kind, name in report.rendered if kind == "card"] == ["first-story"]
    assert len([path for path in report.written if path.startswith("cards/")]) == 2
    assert len([path for path in report.removed if path.startswith("cards/")]) == 2


def test_two_stories_may_say_different_things_of_one_picture(root: Path) -> None:
    other = minimal_text(FIRST_STORY).replace("first-story", "third-story").replace("署名: 插图", "署名: 王松 摄")
    (root / "content/stories/2024/04/third-story.md").write_text(other, encoding="utf-8")
    report = build(root)

    assert "pixels" in kinds(report) or "photo" in kinds(report)
    credits = {re.search(rb"<photoshop:Credit>(.*?)<", data).group(1).decode() for data in published(root).values()}  # type: ignore[union-attr]
    assert credits == {"插图", "王松 摄"}
    assert [p.code for p in build(root).problems] == []


def test_a_picture_that_nobody_shows_any_more_goes_with_its_files(root: Path) -> None:
    text = minimal_text(FIRST_STORY)
    start = text.index("图片:")
    (root / FIRST_STORY).write_text(text[:start] + text[text.index("---", start) :], encoding="utf-8")
    build(root)

    assert published(root) == {}


def test_chat_apps_are_shown_both_cards(root: Path) -> None:
    page = html.fromstring((root / "site" / PAGE).read_bytes())
    addresses = page.xpath("//meta[@property='og:image']/@content")
    widths = page.xpath("//meta[@property='og:image:width']/@content")

    sizes = []
    for address in addresses:
        with Image.open(root / "site" / address.removeprefix("https://minimal.example/")) as card:
            sizes.append(card.size)
    assert sizes == [(1200, 630), (800, 800)]
    assert widths == ["1200", "800"]


def test_cards_can_be_done_without(root: Path) -> None:
    config = root / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8") + "      social_cards: 否\n", encoding="utf-8")
    build(root)

    assert not list((root / "site").glob("cards/*"))
    addresses = html.fromstring((root / "site" / PAGE).read_bytes()).xpath("//meta[@property='og:image']/@content")
    assert [address.rpartition(".")[2] for address in addresses] == ["jpg"]


def test_no_picture_needs_a_style_of_its_own_and_every_one_has_its_size(root: Path) -> None:
    for path in (root / "site").rglob("*.html"):
        for image in html.fromstring(path.read_bytes()).xpath("//picture/img"):
            assert image.get("style") is None
            assert int(image.get("width")) > 0
            assert int(image.get("height")) > 0
            assert re.search(r"\bbu-tone-\w+", image.get("class"))
            types = [source.get("type") for source in image.getparent().xpath("source")]
            assert types == ["image/avif", "image/webp"]


def test_a_replaced_picture_has_new_addresses(root: Path) -> None:
    before = published(root)
    out = io.BytesIO()
    Image.new("RGB", (640, 400), "red").save(out, "PNG")
    (root / FILE).write_bytes(out.getvalue())
    report = build(root)

    assert {"pixels", "photo", "card"} <= kinds(report)
    assert not before.keys() & published(root).keys()


def large_photo(root: Path) -> Path:
    """Noise in place of the story's picture, so that its pixels stay in the cache's file; the entry that holds them."""
    noise = Image.effect_noise((700, 500), 80).convert("RGB")
    noise.save(root / FILE)
    assert not build(root).failed
    entries = (root / ".bulletin/cache").glob("??/*")
    return next(path for path in entries if b'"700.avif"' in path.read_bytes()[:2000])


def test_pixels_come_from_the_cache_though_it_holds_them_on_disk(root: Path) -> None:
    assert large_photo(root).stat().st_size > SMALL_BYTES

    report = edit(root, ALT, ALT + "    图说: 夜校的第一堂课\n")

    assert "photo" in kinds(report)
    assert "pixels" not in kinds(report)
    assert all("夜校的第一堂课".encode() in data for data in published(root).values())


def test_damaged_pixels_are_encoded_anew(root: Path) -> None:
    entry = large_photo(root)
    data = bytearray(entry.read_bytes())
    data[-SMALL_BYTES:] = bytes(SMALL_BYTES)
    entry.write_bytes(data)

    report = edit(root, ALT, ALT + "    图说: 夜校的第一堂课\n")

    assert not report.failed
    assert str(entry) in report.damaged
    assert "pixels" in kinds(report)


def test_search_engines_are_shown_the_picture_that_chat_apps_are(root: Path) -> None:
    page = html.fromstring((root / "site" / PAGE).read_text(encoding="utf-8"))
    shared = page.xpath('//meta[@property="og:image"]/@content')
    pictures = [picture["url"] for picture in article_images(root)]
    assert pictures[: len(shared)] == shared
    assert "/photos/" in str(pictures[-1])
    assert page.xpath('//meta[@name="twitter:card"]/@content') == ["summary_large_image"]


def test_a_large_picture_is_cut_for_search_engines_and_owed_to_its_maker(root: Path) -> None:
    large_photo(root)
    edit(root, "署名: 插图", "署名: 本报记者 王松 摄")
    *crops, whole = article_images(root)

    assert [(crop["width"], crop["height"]) for crop in crops] == [(500, 500), (667, 500), (700, 394)]
    for image in (*crops, whole):
        with Image.open(root / "site" / str(image["url"]).removeprefix("https://minimal.example/")) as file:
            assert file.size == (image["width"], image["height"])
        assert image["creditText"] == "本报记者 王松 摄"
        assert image["creator"] == [{"@type": "Person", "name": "王松"}]


def test_only_what_a_crop_shows_cuts_it_anew(root: Path) -> None:
    large_photo(root)
    caption = edit(root, ALT, ALT + "    图说: 夜校的第一堂课\n")
    focus = edit(root, ALT, ALT + "    焦点: 右上\n")

    assert "crops" not in kinds(caption)
    assert [name for kind, name in focus.rendered if kind == "crops"] == ["first-story"]
    assert len([path for path in focus.removed if "x9.jpg" in path]) == 1


def test_explain_names_the_story_and_the_picture_of_a_crop(root: Path) -> None:
    large_photo(root)
    (square,) = (root / "site/photos").rglob("*-1x1.jpg")
    told = api.explain(root, square.relative_to(root / "site").as_posix(), host=FakeHost())

    assert isinstance(told, api.Output)
    assert (told.kind, told.sources) == ("crops", (FILE, FIRST_STORY))
    assert square.relative_to(root / "site").as_posix() in api.explain(root, FILE, host=FakeHost()).outputs  # type: ignore[union-attr]


def test_two_stories_with_one_picture_share_its_crops(root: Path) -> None:
    large_photo(root)
    other = minimal_text(FIRST_STORY).replace("first-story", "third-story")
    (root / "content/stories/2024/04/third-story.md").write_text(other, encoding="utf-8")
    report = build(root)

    assert not report.failed
    assert "crops" not in kinds(report)
    assert len(list((root / "site/photos").rglob("*-1x1.jpg"))) == 1
