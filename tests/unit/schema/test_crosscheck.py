"""What stories say of each other."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from site_builder.model.story import Story
from site_builder.model.taxonomy import Section, Taxonomy
from site_builder.schema.crosscheck import crosscheck
from site_builder.schema.located import Located
from site_builder.schema.story import StoryContext, parse_story
from site_builder.schema.text import SourceText

TAXONOMY = Taxonomy(sections=(Section("union", "工会"),))
CONTEXT = StoryContext(TAXONOMY, ZoneInfo("Asia/Shanghai"))


def story(story_id: str, body: str = "正文。", front: str = "") -> Located[Story]:
    head = f"---\nid: {story_id}\nheadline: 题\ngenre: 消息\ndate: 2024-04-08\nsection: 工会\n{front}---\n\n"
    checked = parse_story(SourceText(f"content/stories/{story_id}.md", head + body + "\n"), CONTEXT)
    assert checked.value is not None, checked.problems
    return checked.value


OTHERS = (
    story("target", front="aliases: [former]\n"),
    story("hidden", front="status: 草稿\naliases: [once-hidden]\n"),
    story("gone", front="status: 撤稿\n"),
)


def told(body: str, front: str = "") -> list[tuple[str, str, int, int]]:
    problems = crosscheck([*OTHERS, story("a-story", body, front)], [], TAXONOMY, {"broken"}).problems
    return [(p.code, p.severity, p.span.line, p.span.column) for p in problems]


@pytest.mark.parametrize(
    "link",
    [
        "/stories/target/",
        "/stories/target",
        "/stories/target/#crosshead-1",
        "/stories/target/index.html?a=b",
        "/stories/former/",
        "/stories/broken/",
        "/stories/",
        "/editions/",
        "https://e.example/stories/nobody/",
    ],
)
def test_a_link_that_leads_somewhere_is_right(link: str) -> None:
    assert told(f"见[那里]({link})。") == []


@pytest.mark.parametrize(
    "link", ["/stories/nobody/", "/stories/nobody", "/stories/nobody/#x", "/stories/Target/", "/stories/no%62ody/"]
)
def test_a_link_to_a_story_that_is_not_there_is_an_error(link: str) -> None:
    assert told(f"见[那里]({link})。") == [("link-story-unknown", "error", 9, 7)]
    assert told(f"见[那里][1]。\n\n[1]: {link}") == [("link-story-unknown", "error", 11, 6)]


@pytest.mark.parametrize("target", ["hidden", "gone", "once-hidden"])
def test_a_link_to_what_readers_do_not_see_is_a_warning(target: str) -> None:
    assert told(f"见[那里](/stories/{target}/)。") == [("link-story-not-public", "warning", 9, 7)]


def test_a_draft_may_lead_to_another_draft() -> None:
    assert told("见[那里](/stories/hidden/)。", "status: 草稿\n") == []


def test_a_link_behind_a_printed_lead_and_before_a_byline_is_found_at_its_place() -> None:
    body = "本报讯 （记者张翀）见[那里](/stories/nobody/)。"

    assert told(body) == [("link-story-unknown", "error", 9, 17)]
    assert told("见[那里](/stories/nobody/)。\n\n（记者 马尚龙）") == [("link-story-unknown", "error", 9, 7)]
