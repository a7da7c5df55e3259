"""What pages and feeds are given of a newsroom."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from site_builder.messages import load_messages
from site_builder.model.edition import Edition, EditionPage, Placement
from site_builder.model.newsroom import build_newsroom
from site_builder.model.settings import Filing, Publication, Settings
from site_builder.model.story import Body, Genre, Photo, Story
from site_builder.model.taxonomy import Section, Taxonomy
from site_builder.render.compose import Desk
from site_builder.render.compose_feeds import EMPTY_SINCE, section_feeds, site_feed
from site_builder.render.compose_pages import front_page, search_page
from site_builder.render.compose_pictures import Picture
from site_builder.render.compose_sections import section_front
from site_builder.render.compose_story import SAME_PAGE_LINKS, story_page
from site_builder.render.feeds import render_feed
from site_builder.render.inputs import Chrome, FrontInput, SectionInput
from site_builder.render.pictures.label import label_of
from site_builder.render.theme import make_templates
from site_builder.render.theme_source import Theme

NOW = datetime(2024, 4, 8, 12, tzinfo=UTC)
MIDNIGHT = datetime(2024, 4, 8, tzinfo=UTC)
SETTINGS = Settings("报", "https://paper.example/", feed_authority="paper.example,2020")
TAXONOMY = Taxonomy(sections=(Section("union", "工会"), Section("empty", "空频道")))
THEMES = Path(__file__).parents[3] / "themes"


def story(story_id: str, genre: Genre = Genre.NEWS, **values: object) -> Story:
    return replace(Story(story_id, story_id, genre, MIDNIGHT, "union", "正文"), **values)  # type: ignore[arg-type]


def desk(*stories: Story, printed: bool = False) -> Desk:
    page = EditionPage(1, "要闻", tuple(Placement(s.id) for s in stories))
    editions = [Edition(date(2024, 4, 8), 1, (page,))] if printed else []
    bodies = {s.id: Body(f"<p>{s.body}</p>", s.body, (), (), len(s.body)) for s in stories}
    paths = ("photos/a.png.01234567-800.avif", "photos/a.png.01234567-800.webp", "photos/a.png.01234567-800.jpg")
    picture = Picture("0123456789", 800, 600, "grey", paths, 1000)
    pictures = {(p.file, label_of(p)): picture for s in stories for p in s.photos}
    return Desk(build_newsroom(SETTINGS, TAXONOMY, stories, editions, NOW), bodies, pictures)


def drawn(template: str, page: FrontInput | SectionInput) -> str:
    templates = tuple(
        (path.name, path.read_text(encoding="utf-8")) for path in sorted((THEMES / "templates").iterdir())
    )
    chrome = Chrome("报", SETTINGS.site_url, "", "zh-CN", Publication(), Filing(), (), ())
    made = make_templates(Theme(templates), "zh-CN", SETTINGS.site_url, load_messages)
    return made.render(template, page, chrome, "")["content"]


@pytest.mark.parametrize(("shown", "leads_on"), [(1, True), (2, False)])
def test_a_section_leads_on_to_older_stories_only_where_there_are_some(shown: int, leads_on: bool) -> None:
    stories = story("one"), story("two")
    room = build_newsroom(replace(SETTINGS, list_items=shown), TAXONOMY, stories, [], NOW)
    bodies = {s.id: Body("<p>正文</p>", "正文", (), (), 2) for s in stories}
    front = section_front(Desk(room, bodies, {}), TAXONOMY.sections[0])

    assert (load_messages("zh-CN").text("site.older") in drawn("section.html", front)) is leads_on


@pytest.mark.parametrize(
    ("printed", "found"), [(("夜校",), ["夜校"]), ((), ["欠薪"])], ids=["of the edition", "of the latest stories"]
)
def test_the_search_page_offers_topics_also_where_the_editions_have_none(
    printed: tuple[str, ...], found: list[str]
) -> None:
    in_print, online = story("printed", topics=printed), story("online", topics=("欠薪",))
    edition = Edition(date(2024, 4, 8), 1, (EditionPage(1, "要闻", (Placement(in_print.id),)),))
    newsroom = build_newsroom(SETTINGS, TAXONOMY, (in_print, online), [edition], NOW)

    assert [link.title for link in search_page(Desk(newsroom, {}, {})).topics] == found


def test_the_front_leads_on_to_earlier_stories_to_topics_and_to_all_feeds() -> None:
    today = story("lead", topics=("欠薪", "讨薪")), story("other", topics=("欠薪",))
    earlier = story("earlier", topics=("欠薪",), date=MIDNIGHT - timedelta(days=9))
    edition = Edition(date(2024, 4, 8), 1, (EditionPage(1, "要闻", tuple(Placement(s.id) for s in today)),))
    stories = (*today, earlier)
    bodies = {s.id: Body("<p>正文</p>", "正文", (), (), 2) for s in stories}
    front = front_page(Desk(build_newsroom(SETTINGS, TAXONOMY, stories, [edition], NOW), bodies, {}))

    assert [link.title for link in front.lead_links] == ["earlier"]  # the other one stands on the front already
    assert [link.title for link in front.topics] == ["欠薪", "讨薪"]
    assert front.feeds_total == 2 + len(TAXONOMY.sections) + 2
    assert 'href="feeds.opml"' in drawn("front.html", front).replace("./", "")


NOTHING = load_messages("zh-CN").text("site.no_stories")


@pytest.mark.parametrize("printed", [True, False])
@pytest.mark.parametrize("genre", [Genre.BRIEF, Genre.COMMENTARY, Genre.PHOTO])
def test_the_front_leads_with_what_there_is(genre: Genre, printed: bool) -> None:
    photos = (Photo("a.png", "图", "插图"),) if genre is Genre.PHOTO else ()
    front = front_page(desk(story("a", genre, photos=photos), story("b", genre, photos=photos), printed=printed))
    html = drawn("front.html", front)

    assert front.lead is not None
    assert front.lead.id == "a"
    assert (html.count("stories/a/"), html.count("stories/b/")) == (1, 1)
    assert NOTHING not in html


@pytest.mark.parametrize("part", ["side", "commentary", "briefs", "seconds"])
def test_the_front_shows_every_part_without_a_lead(part: str) -> None:
    room = desk(story("a"))
    empty = replace(front_page(room), lead=None)
    html = drawn("front.html", replace(empty, **{part: room.items(room.newsroom.stories)}))  # type: ignore[arg-type]

    assert "stories/a/" in html
    assert NOTHING not in html
    assert NOTHING in drawn("front.html", empty)


def test_pages_of_todays_paper_are_linked_at_their_places() -> None:
    html = drawn("front.html", front_page(desk(story("a"), printed=True)))

    assert 'href="./editions/2024-04-08/#page-1"' in html


def test_a_full_page_does_not_fill_the_margin() -> None:
    room = desk(*(story(f"s{number:02}") for number in range(30)), printed=True)
    links = story_page(room, room.newsroom.by_id["s01"]).same_page

    assert len(links) == SAME_PAGE_LINKS
    assert [link.title for link in links[:3]] == ["s00", "s02", "s03"]


def test_ids_of_feeds_do_not_hang_on_the_dates_of_stories() -> None:
    before, after = (site_feed(desk(story("a", date=day))) for day in (MIDNIGHT, MIDNIGHT.replace(year=2023)))

    assert before.items[0].id == after.items[0].id == "tag:paper.example,2020:story/a"
    assert before.id == after.id == "tag:paper.example,2020:feed/site"


def test_every_front_has_its_feed_also_without_stories() -> None:
    room = desk()
    feeds = [site_feed(room), *section_feeds(room)]
    files = [artifact for feed in feeds for artifact in render_feed(feed)]

    assert [file.path for file in files] == [
        f"{front}{file}"
        for front in ("", "sections/union/", "sections/empty/")
        for file in ("rss.xml", "atom.xml", "feed.json")
    ]
    assert {feed.updated for feed in feeds} == {EMPTY_SINCE}
    assert b"<updated>1970-01-01T00:00:00+00:00</updated>" in files[1].data


@pytest.mark.parametrize("changed", [MIDNIGHT, MIDNIGHT - timedelta(days=1), NOW])
def test_no_story_was_updated_before_it_was_published(changed: datetime) -> None:
    item = site_feed(desk(story("a", updated=changed), printed=True)).items[0]

    assert item.updated == max(changed, item.published)
    assert item.published == MIDNIGHT + timedelta(seconds=600)


def test_stories_of_an_edition_have_moments_in_the_order_of_print() -> None:
    items = site_feed(desk(story("b"), story("a"), story("c"), printed=True)).items

    assert [item.title for item in items] == ["b", "a", "c"]
    assert len({item.published for item in items}) == 3
