"""Where a story is parted that runs on to a later page."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from site_builder.build.theme_files import package_themes
from site_builder.messages import load_messages
from site_builder.model.edition import Jump, Placement
from site_builder.model.story import Body, Genre, Story
from site_builder.paper.page.copy import Composer
from site_builder.paper.page.format import parse_format
from site_builder.paper.page.request import Copy
from site_builder.paper.signs import Signs
from site_builder.text.typography import phrases

FILE = package_themes() / "print/formats/tabloid.toml"
PAGE = parse_format("tabloid", FILE.read_text(encoding="utf-8"), str(FILE))
STORY = Story("s", "旧仓库变身停车场", Genre.FEATURE, datetime(2024, 4, 8, tzinfo=UTC), "news", "", kicker="肩题")
SIGNS = Signs(frozenset(range(0x20, 0x10000)))
COMPOSER = Composer(PAGE, {}, phrases, SIGNS, load_messages("zh-CN"))


def copies(html: str, stay: int, headline: str = "") -> tuple[Copy, Copy, Copy]:
    """A story whole, its beginning, and its end."""
    body = Body(html, "")
    onward, back = Jump(3, stay, headline), Jump(1, stay, headline)
    return (
        COMPOSER.copy(STORY, body, Placement("s"), 1),
        COMPOSER.copy(STORY, body, Placement("s", onward=onward), 1),
        COMPOSER.copy(STORY, body, Placement("s", back=back), 2),
    )


@given(st.lists(st.sampled_from(["<p>一句话。</p>", "<h2>小标题</h2>"]), max_size=12), st.integers(1, 9))
def test_beginning_and_end_are_the_whole_story(blocks: list[str], stay: int) -> None:
    whole, beginning, end = copies("".join(blocks), stay)

    if end.passages:
        *parts, jump = beginning.passages
        assert jump.spans[0].text == "（下转第3版）"
        assert jump.role == "end-byline"
    else:
        parts = list(beginning.passages)
    assert (*parts, *end.passages) == whole.passages
    bodies = [passage for passage in parts if passage.role == "body"]
    assert not end.passages or 1 <= len(bodies) <= stay
    assert not end.passages or any(passage.role == "body" for passage in end.passages)
    assert not end.passages or parts[-1].role == "body"


def test_the_end_has_a_short_headline_and_says_where_it_began() -> None:
    html = "<p>一。</p><p>二。</p>"

    end, named = copies(html, 1)[2], copies(html, 1, "后半篇")[2]

    assert ("".join(end.headline), "".join(named.headline)) == (STORY.headline, "后半篇")
    assert end.byline == ("（上接第1版）",)
    assert (end.kicker, end.pictures, end.tips) == ((), (), "")
