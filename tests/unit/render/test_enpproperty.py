"""The hidden record in a printed story's page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from site_builder.model.story import Genre
from site_builder.render.enpproperty import enpproperty
from site_builder.render.inputs import Folio, Link, StoryInput

FOLIO = Folio(3, "基层·综合", date(2026, 7, 20), 4128, "editions/2026-07-20/")
STORY = StoryInput(
    id="night-school", url="stories/night-school/", headline="夜校开学", kicker="东港", subhead="", genre=Genre.NEWS,
    section=Link("要闻", "sections/news/"), column=None, region=None, date=datetime(2026, 7, 20), updated=None,
    byline_lines=(), authors=("苏禾", "高原"), description="", reading_tips="", image=None, more_images=(),
    body_html="", headings=(), minutes=1, topics=(Link("培训"),), editors=(), source="", note="", folio=FOLIO,
    previous=None, following=None, same_page=(), related=(),
)  # fmt: skip


class Comments(HTMLParser):
    """The comments of a piece of HTML, and whether there is anything else."""

    def __init__(self) -> None:
        super().__init__()
        self.comments: list[str] = []
        self.others: list[str] = []

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def handle_data(self, data: str) -> None:
        self.others.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.others.append(tag)


def test_the_record_says_what_the_page_says() -> None:
    assert enpproperty(STORY) == (
        "<!--enpproperty <articleid>night-school</articleid><date>2026-07-20 00:00:00:000</date>"
        "<author>苏禾 高原</author><title>夜校开学</title><keyword>培训</keyword><subtitle></subtitle>"
        "<introtitle>东港</introtitle><siteid>1</siteid><nodeid>3</nodeid><nodename>基层·综合</nodename>"
        "<nodesearchname>03</nodesearchname>/enpproperty-->"
    )


def test_a_story_that_was_not_printed_has_none() -> None:
    assert enpproperty(replace(STORY, folio=None)) == ""


@given(st.text() | st.text(alphabet="<!->x"))
def test_no_headline_ends_the_record(headline: str) -> None:
    parser = Comments()
    parser.feed(enpproperty(replace(STORY, headline=headline, subhead=headline)))
    parser.close()

    assert len(parser.comments) == 1
    assert parser.others == []
