"""What a facsimile may see of a story: all that paper shows, and nothing else."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime

from site_builder.model.edition import Edition, EditionPage, Placement, Unplaced
from site_builder.model.settings import Publication, Settings
from site_builder.model.story import Correction, Genre, Status, Story
from site_builder.paper.page.facsimile import masthead_settings, on_paper, only_page

STORY = Story("night-school", "夜校开学", Genre.NEWS, datetime(2026, 7, 20, tzinfo=UTC), "news", "正文。")
UNSEEN: dict[str, object] = {
    "date": datetime(2026, 7, 21, tzinfo=UTC),
    "section": "rights",
    "body": "别的。",
    "region": "370000",
    "topics": ("培训",),
    "organisations": ("总工会",),
    "dateline_gap": "　",
    "byline_people": (("王伟", "wang"),),
    "editors": ("林一舟",),
    "status": Status.WITHDRAWN,
    "source": "工人日报",
    "note": "附注",
    "aliases": ("old",),
    "updated": datetime(2026, 7, 22, tzinfo=UTC),
    "corrections": (Correction(datetime(2026, 7, 22, tzinfo=UTC), "应为九家。"),),
}
SEEN = {
    "id", "headline", "genre", "kicker", "subhead", "column", "dateline", "byline", "end_byline", "reading_tips",
    "photos",
}  # fmt: skip


def test_every_field_is_either_on_paper_or_not() -> None:
    assert {field.name for field in fields(Story)} == SEEN | UNSEEN.keys()


def test_what_paper_does_not_show_makes_no_difference() -> None:
    for name, value in UNSEEN.items():
        assert on_paper(replace(STORY, **{name: value})) == on_paper(STORY), name  # type: ignore[arg-type]


def test_what_it_shows_does() -> None:
    for name in ("headline", "kicker", "subhead", "column", "reading_tips"):
        assert on_paper(replace(STORY, **{name: "别的"})) != on_paper(STORY), name  # type: ignore[arg-type]


def test_a_page_sees_of_others_only_that_they_are_there() -> None:
    pages = tuple(EditionPage(n, "要闻", (Placement(f"story-{n}"),), ("林一舟",)) for n in (1, 2, 3))
    edition = Edition(STORY.date.date(), 7, pages, unplaced=(Unplaced(Placement("story-4")),))

    seen = only_page(edition, pages[1])

    assert seen.pages == (EditionPage(1, "", ()), pages[1], EditionPage(3, "", ()))
    assert seen.unplaced == ()


def test_settings_of_a_masthead_are_those_that_paper_shows() -> None:
    settings = Settings("报", "https://paper.example/", publication=Publication(sponsor="总工会"))

    assert masthead_settings(replace(settings, feed_items=3, news_sitemap=True, description="x")) == settings
    assert masthead_settings(replace(settings, site_name="别的")) != settings
