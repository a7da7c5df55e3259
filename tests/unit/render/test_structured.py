from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.messages import load_messages
from site_builder.model.settings import Filing, Publication
from site_builder.model.story import Genre, PhotoKind
from site_builder.render import inputs
from site_builder.render.structured import structured_data

CHROME = inputs.Chrome(
    "工人报", "https://paper.example/x/", "说明", "zh-CN", Publication(sponsor="总工会"), Filing(), (), ()
)
CHINA = timezone(timedelta(hours=8))


def story(**changed: Any) -> inputs.StoryInput:
    values: dict[str, Any] = {
        "id": "one",
        "url": "stories/one/",
        "headline": "题",
        "kicker": "",
        "subhead": "",
        "genre": Genre.NEWS,
        "section": inputs.Link("要闻", "sections/news/"),
        "column": None,
        "region": None,
        "date": datetime(2024, 4, 8, 6, 30, tzinfo=CHINA),
        "updated": None,
        "byline_lines": (),
        "authors": ("张三", "李四"),
        "description": "摘要",
        "reading_tips": "",
        "image": None,
        "more_images": (),
        "body_html": "",
        "headings": (),
        "minutes": 1,
        "topics": (),
        "editors": (),
        "source": "",
        "note": "",
        "folio": None,
        "previous": None,
        "following": None,
        "same_page": (),
        "related": (),
    }
    return inputs.StoryInput(**{**values, **changed})


def described(page: object) -> dict[str, dict[str, Any]]:
    """The nodes of the page's data block by type."""
    block = structured_data(page, CHROME, load_messages("zh-CN"))
    text = block.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    return {node["@type"]: node for node in json.loads(text)["@graph"]}


def test_a_story_names_each_author_alone_and_its_times_with_their_offset() -> None:
    updated = datetime(2024, 4, 9, tzinfo=UTC)
    article = described(story(updated=updated))["NewsArticle"]

    assert article["author"] == [{"@type": "Person", "name": "张三"}, {"@type": "Person", "name": "李四"}]
    assert article["datePublished"] == "2024-04-08T06:30:00+08:00"
    assert article["dateModified"] == "2024-04-09T00:00:00+00:00"
    assert (article["inLanguage"], article["isAccessibleForFree"]) == ("zh-CN", True)
    logo = article["publisher"]["logo"]
    assert logo["url"] == "https://paper.example/x/assets/bulletin/icons/512.png"
    assert (logo["width"], logo["height"]) == (512, 512)


def test_a_printed_story_says_where_it_stood() -> None:
    folio = inputs.Folio(3, "综合", datetime(2024, 4, 8).date(), 12, "editions/2024-04-08/")
    article = described(story(folio=folio))["NewsArticle"]

    assert (article["printPage"], article["printSection"]) == ("3", "综合")
    assert "2024-04-08" in article["printEdition"]
    assert article["isPartOf"]["issueNumber"] == 12


IMAGE = inputs.Image(
    (), (), (("photos/a.jpg.1-64.jpg", 64),), "photos/a.jpg.1-64.jpg", 999, 64, 48, 64, 48, "ink", (2, 2), "替代文字",
    "王松 摄", "图说", PhotoKind.PHOTO, ("王松",),
)  # fmt: skip
CARD = inputs.ShareImage("cards/one.1-wide.png", 1200, 630, "题")


def test_crops_take_the_place_of_the_card_and_the_picture_comes_last() -> None:
    crops = inputs.Crops((("photos/a.jpg.2-1x1.jpg", 900, 900),), "王松 摄", ("王松",))
    images = described(story(image=IMAGE, crops=crops, share=(CARD,)))["NewsArticle"]["image"]

    assert [image["url"].rpartition("/")[2] for image in images] == ["a.jpg.2-1x1.jpg", "a.jpg.1-64.jpg"]
    for image in images:
        assert image["creditText"] == image["copyrightNotice"] == "王松 摄"
        assert image["creator"] == [{"@type": "Person", "name": "王松"}]


def test_a_card_stands_in_where_no_picture_is_large_enough() -> None:
    small = described(story(image=IMAGE, share=(CARD,)))["NewsArticle"]["image"]
    none = described(story(share=(CARD,)))["NewsArticle"]["image"]

    assert [image["url"].rpartition("/")[2] for image in small] == ["one.1-wide.png", "a.jpg.1-64.jpg"]
    assert [image["width"] for image in none] == [1200]


def test_topics_with_a_front_are_what_the_story_is_about() -> None:
    topics = (inputs.Link("欠薪", "topics/欠薪/"), inputs.Link("无名单位"))
    article = described(story(topics=topics))["NewsArticle"]

    assert article["keywords"] == ["欠薪", "无名单位"]
    assert [thing["name"] for thing in article["about"]] == ["欠薪"]
    assert article["about"][0]["url"].isascii()


@pytest.mark.parametrize("genre", list(Genre))
def test_an_article_of_every_kind_says_what_search_engines_ask_for(genre: Genre) -> None:
    article = described(story(genre=genre, dateline="本报青岛4月7日讯"))["NewsArticle"]

    assert article["@id"].startswith(article["url"])
    assert article["mainEntityOfPage"] == article["url"]
    assert (article["identifier"], article["headline"], article["dateline"]) == ("one", "题", "本报青岛4月7日讯")
    assert datetime.fromisoformat(article["dateModified"]).tzinfo is not None
    assert article["publisher"]["name"] == "工人报"


def test_a_draft_is_no_article() -> None:
    assert "NewsArticle" not in described(story(mark="draft"))


def test_the_way_to_a_story_leads_through_its_section() -> None:
    entries = described(story())["BreadcrumbList"]["itemListElement"]

    assert [entry["name"] for entry in entries] == ["工人报", "要闻", "题"]
    assert entries[1]["item"] == "https://paper.example/x/sections/news/"


def test_the_front_describes_site_and_paper() -> None:
    front = inputs.FrontInput(None, None, (), (), (), None, (), (), ())
    nodes = described(front)

    assert nodes["WebSite"]["publisher"] == {"@id": nodes["NewsMediaOrganization"]["@id"]}
    assert nodes["NewsMediaOrganization"]["parentOrganization"]["name"] == "总工会"


def test_a_tombstone_says_nothing() -> None:
    page = inputs.TombstoneInput("one", "stories/one/", datetime(2024, 4, 8, tzinfo=CHINA))

    assert structured_data(page, CHROME, load_messages("zh-CN")) == ""


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--", "\u2028", "]]>"])
def test_no_text_of_a_story_ends_the_data_block(text: str) -> None:
    block = structured_data(story(headline=text, description=text), CHROME, load_messages("zh-CN"))

    assert block.count("<") == 2
    assert described(story(headline=text))["NewsArticle"]["headline"] == text


@given(st.text(min_size=1))
def test_every_headline_comes_back_as_it_was(text: str) -> None:
    assert described(story(headline=text))["NewsArticle"]["headline"] == text
