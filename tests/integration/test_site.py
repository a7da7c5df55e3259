"""The demonstration newsroom as a whole site, built by the real host."""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

import feedparser
import jsonschema
import pytest
import rnc2rng
import yaml
from fake_host import FakeHost
from lxml import etree
from newsroom_samples import files, make_newsroom
from PIL import Image
from referencing import Registry
from referencing.jsonschema import DRAFT4

from site_builder import api
from site_builder.build.clock import FixedClock
from site_builder.render.searching.reader import IndexReader
from site_builder.render.security import HEADERS

DATA = Path(__file__).parents[1] / "data"
SITE_URL = "https://bulletin.example/"
STORIES = [story["id"] for story in yaml.safe_load((DATA / "facts.yml").read_text(encoding="utf-8"))["stories"]]
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@dataclass
class Page(HTMLParser):
    """What a page links to, loads, and holds once."""

    html: str
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    ids: Counter[str] = field(default_factory=Counter)
    tags: Counter[str] = field(default_factory=Counter)
    inline: list[str] = field(default_factory=list)
    images: list[dict[str, str | None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags[tag] += 1
        if values.get("id"):
            self.ids[str(values["id"])] += 1
        if tag == "a" and values.get("href"):
            self.links.append(str(values["href"]))
        if tag == "link":
            target = self.links if values.get("rel") in ("canonical", "alternate") else self.loads
            target.append(str(values.get("href")))
        self.loads += [str(values["src"])] if values.get("src") else []
        self.loads += [part.split()[0] for part in str(values.get("srcset") or "").split(",") if part.strip()]
        if tag == "script" and "src" not in values and values.get("type") != "application/ld+json":
            self.inline.append("script")
        self.inline += [name for name in values if name.startswith("on") or name == "style"]
        if tag == "img":
            self.images.append(values)


@pytest.fixture(scope="module")
def pages(demo_site: Path) -> dict[str, Page]:
    """Address → page."""
    found = {}
    for path in sorted(demo_site.rglob("*.html")):
        url = path.relative_to(demo_site).as_posix().removesuffix("index.html")
        found[url] = Page(path.read_text(encoding="utf-8"))
    return found


def test_every_story_has_its_page(pages: dict[str, Page]) -> None:
    assert {f"stories/{story}/" for story in STORIES} <= pages.keys()


def test_all_fronts_are_there(pages: dict[str, Page]) -> None:
    expected = {"", "sections/union-news/", "editions/", "editions/2024-04-08/", "archive/", "archive/2024/04/"}

    assert expected | {"search/", "404.html", "about/"} <= pages.keys()


def test_no_slot_and_no_frame_address_is_left(demo_site: Path) -> None:
    for path in demo_site.rglob("*"):
        if path.suffix in (".html", ".xml", ".json"):
            assert not re.search("BULLETIN[A-Z]|bulletin-frame", path.read_text(encoding="utf-8")), path


def test_all_links_and_files_of_pages_are_there(demo_site: Path, pages: dict[str, Page]) -> None:
    missing = []
    for url, page in pages.items():
        for link in [*page.links, *page.loads]:
            target = urljoin(SITE_URL + url, link)
            if not target.startswith(SITE_URL):
                continue
            parts = urlsplit(target)
            path = unquote(parts.path.lstrip("/"))
            file = demo_site / (path + "index.html" if not path or path.endswith("/") else path)
            if not file.is_file():
                missing.append((url, link))
            elif parts.fragment and file.suffix == ".html":
                key = path.removesuffix("index.html")
                missing += [] if unquote(parts.fragment) in pages[key].ids else [(url, link)]

    assert missing == []


def test_nothing_is_loaded_from_elsewhere(demo_site: Path, pages: dict[str, Page]) -> None:
    for url, page in pages.items():
        outside = [load for load in page.loads if urlsplit(load).netloc]
        assert outside == [], url
    for sheet in demo_site.rglob("*.css"):
        assert not re.search(r"url\(\s*['\"]?(https?:)?//", sheet.read_text(encoding="utf-8")), sheet


def test_pages_hold_no_inline_script_or_style(pages: dict[str, Page]) -> None:
    assert {url: page.inline for url, page in pages.items() if page.inline} == {}


def test_every_page_has_one_main_heading_and_unique_ids(pages: dict[str, Page]) -> None:
    for url, page in pages.items():
        assert page.tags["h1"] == 1, url
        assert page.tags["main"] == 1, url
        assert [name for name, count in page.ids.items() if count > 1] == [], url


def test_every_page_has_title_description_language_and_address(pages: dict[str, Page]) -> None:
    for url, page in pages.items():
        assert '<html lang="zh-CN"' in page.html, url
        assert re.search(r"<title>[^<]*江口工人报", page.html), url
        assert re.search(r'<meta name="description" content="[^"]+">', page.html), url
        if url != "404.html":
            assert f'<link rel="canonical" href="{SITE_URL}{quote(url)}">' in page.html


def test_pictures_have_sizes_and_words(demo_site: Path, pages: dict[str, Page]) -> None:
    pictures = [image for page in pages.values() for image in page.images]

    assert pictures
    for image in pictures:
        assert image.get("width")
        assert image.get("height")
        assert "alt" in image


def test_pictures_of_stories_say_what_they_show(pages: dict[str, Page]) -> None:
    """In lists a picture stands beside its headline and is silent; on the story's page it speaks."""
    own = {
        url: page.html.partition('class="bu-related')[0] for url, page in pages.items() if url.startswith("stories/")
    }
    words = {url: [image.get("alt") for image in Page(html).images] for url, html in own.items()}

    assert any(words.values())
    assert {url: said for url, said in words.items() if not all(said)} == {}


def test_fronts_announce_their_feeds(pages: dict[str, Page]) -> None:
    for url in ("", "sections/union-news/"):
        for kind in ("rss", "atom"):
            assert f'type="application/{kind}+xml"' in pages[url].html
            assert any(urljoin(SITE_URL + url, link) == f"{SITE_URL}{url}{kind}.xml" for link in pages[url].links)


@pytest.mark.parametrize("story", [s for s in STORIES if s != "photo-spring-tech-team"])
def test_story_pages_print_source_editor_note_and_place(pages: dict[str, Page], story: str) -> None:
    html = pages[f"stories/{story}/"].html

    for words in ("据公开报道事实重写", "演示编辑部", "演示稿·据公开报道事实重写", "工会新闻"):
        assert words in html


def test_dateline_and_byline_are_elements_of_their_own(pages: dict[str, Page]) -> None:
    html = pages["stories/hubei-digital-mulan/"].html

    names = [
        f'<a href="../../people/{key}/">{name}</a>'
        for key, name in (("zhang-chong", "张翀"), ("zhang-qian", "张茜"), ("li-tian", "黎甜"))
    ]
    byline = f'<span class="bu-byline">（记者{names[0]} 通讯员{names[1]} {names[2]}）</span>'
    assert f'<span class="bu-dateline">本报讯</span> {byline}' in html


def printed_row() -> list[str]:
    """The stories of the demonstration's edition, as typed."""
    text = (Path(__file__).parents[2] / "content/editions/2024-04-08.yml").read_text(encoding="utf-8")
    pages = yaml.load(text, yaml.BaseLoader)["版面"]
    return [s if isinstance(s, str) else s["编号"] for page in pages for s in page["稿件"]]


def test_stories_of_an_edition_are_chained(pages: dict[str, Page]) -> None:
    row = printed_row()
    for before, after in itertools.pairwise(row):
        assert f"../../stories/{after}/" in pages[f"stories/{before}/"].links
        assert f"../../stories/{before}/" in pages[f"stories/{after}/"].links


def test_the_site_works_below_a_sub_path(pages: dict[str, Page]) -> None:
    for url, page in pages.items():
        rooted = [link for link in [*page.links, *page.loads] if link.startswith("/")]
        assert rooted == [] or url == "404.html", url


# Feeds


def feed(demo_site: Path, path: str) -> etree._ElementTree:
    return etree.parse(demo_site / path)


def test_every_atom_feed_is_valid(demo_site: Path) -> None:
    """RFC 4287's own RELAX NG grammar."""
    grammar = rnc2rng.dumps(rnc2rng.load(str(DATA / "atom.rnc"))).replace('xmlns:local=""', "")
    schema = etree.RelaxNG(etree.fromstring(grammar.encode()))
    feeds = sorted(demo_site.rglob("atom.xml"))

    assert len(feeds) > 60
    assert {path: str(schema.error_log) for path in feeds if not schema.validate(etree.parse(path))} == {}


def test_every_json_feed_is_valid(demo_site: Path) -> None:
    first, schema = (json.loads((DATA / f"jsonfeed-{v}.json").read_text(encoding="utf-8")) for v in ("1", "1.1"))
    registry = Registry().with_resource("feed-1", DRAFT4.create_resource(first))
    validator = jsonschema.Draft4Validator(schema, registry=registry)
    feeds = {path: json.loads(path.read_text(encoding="utf-8")) for path in demo_site.rglob("feed.json")}

    assert {
        path: [e.message for e in validator.iter_errors(f)] for path, f in feeds.items() if not validator.is_valid(f)
    } == {}
    for path, document in feeds.items():
        assert document["feed_url"] == SITE_URL + quote(path.relative_to(demo_site).as_posix())


def test_a_feed_reader_reads_every_feed_and_finds_the_same_stories(demo_site: Path) -> None:
    """feedparser calls a feed bozo when it is not well-formed, not encoded as it says, or breaks a namespace."""
    for path in sorted(demo_site.rglob("rss.xml")):
        rss, atom = (feedparser.parse(path.with_name(name).read_bytes()) for name in ("rss.xml", "atom.xml"))
        jsonfeed = json.loads(path.with_name("feed.json").read_text(encoding="utf-8"))
        assert (rss.bozo, atom.bozo) == (0, 0), path
        assert (rss.version, atom.version) == ("rss20", "atom10")
        ids = [entry.id for entry in rss.entries]
        assert ids == [entry.id for entry in atom.entries] == [item["id"] for item in jsonfeed["items"]]
        assert rss.feed.title == atom.feed.title == jsonfeed["title"]


def test_the_feed_list_names_every_feed_once(demo_site: Path, pages: dict[str, Page]) -> None:
    outlines = etree.parse(demo_site / "feeds.opml").getroot().findall(".//outline[@type='rss']")
    listed = [str(outline.get("xmlUrl")) for outline in outlines]
    files = [SITE_URL + quote(path.relative_to(demo_site).as_posix()) for path in demo_site.rglob("rss.xml")]

    assert sorted(listed) == sorted(files)
    assert {str(outline.get("htmlUrl")) for outline in outlines} == {url.removesuffix("rss.xml") for url in files}
    on_page = {urljoin(SITE_URL + "follow/", link) for link in pages["follow/"].links}
    assert set(files) <= on_page


def test_atom_entries_are_complete_and_distinct(demo_site: Path) -> None:
    tree = feed(demo_site, "atom.xml")
    entries = tree.findall("a:entry", ATOM)
    updated = [e.findtext("a:updated", namespaces=ATOM) for e in entries]

    assert len(entries) == len(STORIES)
    assert len(set(updated)) == len(entries)
    assert updated == sorted(updated, reverse=True)
    assert [e.findtext("a:id", namespaces=ATOM) for e in entries if e.find("a:content", ATOM) is None] == []
    for entry in entries:
        story = str(entry.findtext("a:id", namespaces=ATOM)).removeprefix("tag:bulletin.example,2024:story/")
        assert story in STORIES
        rels = {link.get("rel"): link.get("href") for link in entry.findall("a:link", ATOM)}
        assert rels["alternate"] == f"{SITE_URL}stories/{story}/"


@pytest.mark.parametrize("folder", ["", "sections/union-news/"])
def test_rss_feeds_follow_the_rules(demo_site: Path, folder: str) -> None:
    channel = feed(demo_site, f"{folder}rss.xml").getroot()[0]
    link = channel.find("a:link", ATOM)

    assert channel.findtext("link") == SITE_URL + folder
    assert channel.findtext("language") == "zh-CN"
    assert link is not None
    assert (link.get("rel"), link.get("href")) == ("self", f"{SITE_URL}{folder}rss.xml")
    for item in channel.findall("item"):
        guid = item.find("guid")
        assert guid is not None
        assert guid.get("isPermaLink") == "false"
        assert str(item.findtext("pubDate")).endswith("+0800")
        assert item.find("author") is None
        assert item.findtext("{http://purl.org/rss/1.0/modules/content/}encoded")
        enclosure = item.find("enclosure")
        if enclosure is not None:
            file = demo_site / str(enclosure.get("url")).removeprefix(SITE_URL)
            assert int(str(enclosure.get("length"))) == file.stat().st_size


def test_rss_names_the_people_without_their_posts(demo_site: Path) -> None:
    channel = feed(demo_site, "rss.xml").getroot()[0]
    names = {
        str(item.findtext("link")).split("/")[-2]: [c.text for c in item.findall("{*}creator")]
        for item in channel.findall("item")
    }

    assert names["hubei-digital-mulan"] == ["张翀", "张茜", "黎甜"]
    assert names["qingdao-two-lists"] == ["杨明清", "张嫱"]


def test_feed_content_has_absolute_addresses_and_plain_markup(demo_site: Path) -> None:
    for item in feed(demo_site, "rss.xml").getroot()[0].findall("item"):
        html = str(item.findtext("{http://purl.org/rss/1.0/modules/content/}encoded"))
        assert not re.search(r'(?:src|href)="(?!https://|mailto:|tel:)', html)
        assert not re.search(r"<(?:script|style|iframe|figure)|\son\w+=|data-", html)
        assert "演示稿·据公开报道事实重写" in html


def test_the_sitemap_is_valid_and_lists_every_page(demo_site: Path, pages: dict[str, Page]) -> None:
    tree = etree.parse(demo_site / "sitemap.xml")
    listed = {unquote(str(loc.text)).removeprefix(SITE_URL) for loc in tree.iter("{*}loc")}

    etree.XMLSchema(etree.parse(DATA / "sitemap.xsd")).assertValid(tree)
    hidden = {url for url, page in pages.items() if '<meta name="robots" content="noindex">' in page.html}
    assert hidden == {"404.html", "search/", "offline/"}
    assert listed == pages.keys() - hidden


def test_every_page_that_is_indexed_names_itself_as_the_version_for_its_language(pages: dict[str, Page]) -> None:
    """And no other version, since there is none; an address that is not to be indexed names none at all."""
    for url, page in pages.items():
        versions = re.findall(r'<link rel="alternate" hreflang="([^"]*)" href="([^"]*)">', page.html)
        indexed = '<meta name="robots" content="noindex">' not in page.html
        canonical = re.findall(r'<link rel="canonical" href="([^"]*)">', page.html)
        assert versions == [(code, canonical[0]) for code in ("zh-CN", "x-default") if indexed], url


@pytest.mark.parametrize("story", STORIES)
def test_what_search_engines_are_told_of_a_story_is_whole_and_true(
    story: str, demo_site: Path, pages: dict[str, Page]
) -> None:
    """DOMAIN.md, metadata map, and what validators check."""
    page = pages[f"stories/{story}/"].html
    ((block),) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    nodes = {node["@type"]: node for node in json.loads(block)["@graph"]}
    article = nodes["NewsArticle"]

    assert article["url"] == article["mainEntityOfPage"] == f"{SITE_URL}stories/{story}/"
    assert article["headline"]
    assert "。" not in article["headline"]
    assert (article["identifier"], article["inLanguage"], article["isAccessibleForFree"]) == (story, "zh-CN", True)
    for moment in (article["datePublished"], article["dateModified"]):
        assert datetime.fromisoformat(moment).utcoffset() == timedelta(hours=8)
    for person in (*article.get("author", ()), *article.get("editor", ())):
        assert person.keys() == {"@type", "name"}
        assert not re.search(r"记者|通讯员|本报|[：/□（）]", person["name"])
    pictures = [*article["image"], article["publisher"]["logo"]]
    for picture in pictures:
        with Image.open(demo_site / unquote(picture["url"].removeprefix(SITE_URL))) as file:
            assert file.size == (picture["width"], picture["height"])
    if any("creditText" in picture for picture in pictures):
        assert {round(p["width"] / p["height"], 2) for p in article["image"]} >= {1.0, 1.33, 1.78}
    (trail,) = (nodes["BreadcrumbList"]["itemListElement"],)
    assert [entry["position"] for entry in trail] == [1, 2, 3]
    assert trail[-1]["item"] == article["url"]


def test_crawlers_and_servers_find_their_files(demo_site: Path) -> None:
    robots = (demo_site / "robots.txt").read_text(encoding="utf-8")
    headers = (demo_site / "_headers").read_text(encoding="utf-8")

    assert f"Sitemap: {SITE_URL}sitemap.xml" in robots
    assert "/*\n  Content-Security-Policy: default-src 'none';" in headers
    for pictures in ("/photos/*", "/epaper/*.webp", "/epaper/*.jpg"):
        assert f"\n{pictures}\n  Cache-Control: public, max-age=31536000, immutable\n" in headers
    assert headers.endswith("/epaper/*\n  Access-Control-Allow-Origin: *\n")


def test_the_search_index_holds_all_stories_newest_first(demo_site: Path) -> None:
    reader = IndexReader(lambda path: (demo_site / path).read_bytes())
    rows = [hit.record for hit in reader.search("-魑魅魍魉", sort="date", limit=len(STORIES) + 1).hits]

    assert {row["u"] for row in rows} == {f"stories/{story}/" for story in STORIES}
    assert [row["d"] for row in rows] == sorted((row["d"] for row in rows), reverse=True)
    assert reader.search("5125个").hits


def test_the_news_sitemap_holds_what_readers_got_in_two_days_and_nothing_else(tmp_path: Path) -> None:
    story = "---\nid: {0}\nheadline: 稿件{0}\ngenre: news\ndate: {1}\nsection: union-news\nstatus: {2}\n---\n\n正文。\n"
    cases = {
        "new-one": ("2024-04-10T11:59:00+08:00", "published"),
        "just-out": ("2024-04-08T12:00:01+08:00", "published"),
        "too-old": ("2024-04-08T12:00:00+08:00", "published"),
        "not-yet": ("2024-04-10T12:01:00+08:00", "published"),
        "in-draft": ("2024-04-10T08:00:00+08:00", "draft"),
        "withdrawn": ("2024-04-10T08:00:00+08:00", "withdrawn"),
    }
    root = make_newsroom(
        tmp_path, {f"content/stories/2024/04/{name}.md": story.format(name, *case) for name, case in cases.items()}
    )
    clock = FixedClock(datetime(2024, 4, 10, 4, tzinfo=UTC))
    assert not api.build(root, host=FakeHost(), clock=clock).failed
    assert not (root / "site/news-sitemap.xml").exists()

    config = root / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8") + "      news_sitemap: yes\n", encoding="utf-8")
    for audience in ("public", "preview"):
        report = api.build(root, api.Options(audience=audience), host=FakeHost(), clock=clock)
        assert report.site_dir is not None
        tree = etree.parse(report.site_dir / "news-sitemap.xml")
        assert [loc.text for loc in tree.iter("{*}loc")] == [
            "https://minimal.example/stories/new-one/",
            "https://minimal.example/stories/just-out/",
        ]
    assert "news-sitemap.xml" in (root / "site/robots.txt").read_text(encoding="utf-8")


def test_the_guide_names_the_headers_that_are_sent() -> None:
    guide = (Path(__file__).parents[2] / "docs/how-to/publish.md").read_text(encoding="utf-8")

    for name, value in HEADERS:
        assert guide.count(name) >= 2, name
        assert guide.count(value) >= 2, value


# Builders


@pytest.mark.slow
def test_mkdocs_build_gives_the_same_bytes(demo_root: Path, demo_site: Path, tmp_path: Path) -> None:
    root = tmp_path / "newsroom"
    shutil.copytree(demo_root, root, ignore=shutil.ignore_patterns(".bulletin", "site"))
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}

    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, encoding="utf-8")

    assert done.returncode == 0, done.stderr
    assert files(root / "site") == files(demo_site)


@pytest.mark.slow
def test_mkdocs_build_stops_at_a_broken_story_and_leaves_the_site(demo_root: Path, tmp_path: Path) -> None:
    root = tmp_path / "newsroom"
    shutil.copytree(demo_root, root, ignore=shutil.ignore_patterns(".bulletin", "site"))
    story = root / "content/stories/2024/04/qingdao-two-lists.md"
    story.write_text(story.read_text(encoding="utf-8").replace("2024-04-08", "2024-13-01"), encoding="utf-8")
    (root / "site").mkdir()
    (root / "site/index.html").write_text("before")

    command = [sys.executable, "-m", "mkdocs", "build"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, encoding="utf-8")

    assert done.returncode == 1
    assert "content/stories/2024/04/qingdao-two-lists.md:6:5: 错误[date-impossible]" in done.stderr
    assert "Traceback" not in done.stderr
    assert files(root / "site") == {"index.html": b"before"}


@pytest.mark.slow
def test_an_ordinary_page_may_have_a_chinese_name(tmp_path: Path) -> None:
    root = make_newsroom(tmp_path, {"content/pages/编辑部.md": "# 编辑部\n"})

    assert not api.build(root).failed

    sitemap = (root / "site/sitemap.xml").read_text(encoding="utf-8")
    assert "<loc>https://minimal.example/%E7%BC%96%E8%BE%91%E9%83%A8/</loc>" in sitemap
    assert 'href="./%E7%BC%96%E8%BE%91%E9%83%A8/"' in (root / "site/index.html").read_text(encoding="utf-8")


def test_building_again_writes_nothing(demo_root: Path, demo_site: Path) -> None:
    report = api.build(demo_root)

    assert (report.written, report.removed, report.rendered) == ((), (), ())


@pytest.mark.slow
def test_a_clean_build_gives_the_same_bytes(demo_root: Path, demo_site: Path, tmp_path: Path) -> None:
    api.build(demo_root, api.Options(clean=True, site_dir=tmp_path / "site"))

    assert files(tmp_path / "site") == files(demo_site)
