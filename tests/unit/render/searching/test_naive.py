"""The index finds what looking through every text finds, whatever the texts and the query."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from search_naive import LETTER
from search_samples import PIECES, files_of, newsrooms
from small_index import found, reader_of

from site_builder.render.searching.records import SearchedStory
from site_builder.text.folding import fold
from site_builder.text.pinyin import spell, spell_name


def holds(text: str, term: str) -> bool:
    """Whether *text* contains *term*, by one pattern: words from their beginning, numbers whole."""
    before = rf"(?<!{LETTER})(?<![0-9])" if re.match(LETTER, term) else ""
    before = r"(?<![0-9])(?<![0-9][.,])" if term[0].isdigit() else before
    after = "(?![.,]?[0-9])" if term[-1].isdigit() else ""
    return bool(re.search(before + re.escape(term) + after, fold(text)))


def is_read(syllables: tuple[str, ...], term: str) -> bool:
    sounds = [syllable for syllable in syllables if syllable]
    term = term.replace("ü", "v")
    initials = "".join(sound[0] for sound in sounds)
    return any("".join(sounds[start:]).startswith(term) for start in range(len(sounds))) or (
        len(term) > 1 and term in initials
    )


def matches(story: SearchedStory, term: str) -> bool:
    texts = (story.headline, story.kicker, story.tips, story.body, "\n".join(story.captions), story.byline)
    names = (story.section[1], *(name for _, name in story.topics))
    spelled = (spell(story.headline), *map(spell_name, story.names))
    pinyin = bool(re.fullmatch("[a-zü]+", term)) and any(is_read(syllables, term) for syllables in spelled)
    return pinyin or any(holds(text, term) for text in (*texts, *names))


pieces = st.sampled_from([*PIECES, "qing", "qd", "gh", "cq", "chongq", "sq", "shan"])
terms = st.lists(pieces, min_size=1, max_size=4).map("".join)


@settings(max_examples=150, deadline=None)
@given(
    newsrooms,
    st.lists(terms, min_size=1, max_size=2),
    st.none() | terms,
)
def test_search_finds_what_looking_through_every_text_finds(
    rows: list[SearchedStory], wanted: list[str], unwanted: str | None
) -> None:
    typed = " ".join([f'"{term}"' for term in wanted] + ([f'-"{unwanted}"'] if unwanted else []))
    asked = [fold(term) for term in wanted if re.search(r"\w", term)]
    refused = [fold(unwanted)] if unwanted and re.search(r"\w", unwanted) else []
    expected = {
        row.id
        for row in rows
        if (asked or refused)
        and all(matches(row, term) for term in asked)
        and not any(matches(row, term) for term in refused)
    }

    assert set(found(reader_of(rows), typed)) == expected


@settings(max_examples=25, deadline=None)
@given(newsrooms, st.randoms())
def test_the_index_depends_on_the_stories_alone(rows: list[SearchedStory], random: object) -> None:
    first = files_of(rows)
    random.shuffle(rows)  # type: ignore[attr-defined]

    assert files_of(rows) == first
