"""Facts of social cards; how they look is judged by people."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from site_builder.build.executing.lettering import standard_faces
from site_builder.render.artifact import Artifact
from site_builder.render.pictures.cards import MISSING, SQUARE, WIDE, CardInput, CardPhoto, draw_cards
from site_builder.render.pictures.label import Label
from site_builder.render.pictures.lettering import Hand

CARD = CardInput(
    "first-story", "江口工人报", "工会新闻", date(2024, 4, 8), "2024年4月8日", "“话”说", "工会送岗位　技能进万家"
)
FACES = standard_faces()
LABEL = Label(("王松",), "新华社记者 王松 摄", "图说", "替代文字")


def photo(colour: str = "blue") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (900, 600), colour).save(out, "PNG")
    return out.getvalue()


def pictures(card: CardInput, data: bytes = b"") -> list[Image.Image]:
    return [Image.open(io.BytesIO(file.data)) for file in draw_cards(card, FACES, data)[:2]]


def test_a_story_has_a_wide_and_a_square_card() -> None:
    made = draw_cards(CARD, FACES, b"")

    assert [file.path for file in made] == [CARD.url("wide"), CARD.url("square"), MISSING]
    assert [image.size for image in pictures(CARD)] == [WIDE, SQUARE]
    assert all(len(file.data) < 60_000 for file in made)
    assert made == draw_cards(CARD, FACES, b"")


def test_a_card_changes_with_what_it_shows_and_so_does_its_address() -> None:
    others = [
        replace(CARD, headline="别的主题"),
        replace(CARD, kicker=""),
        replace(CARD, section="维权"),
        replace(CARD, dated="4月9日"),
        replace(CARD, paper="别的报"),
    ]

    wide = {draw_cards(card, FACES, b"")[0] for card in (CARD, *others)}
    assert len({file.path for file in wide}) == len({file.data for file in wide}) == 6


def test_the_photo_on_a_card_carries_its_credit() -> None:
    card = replace(CARD, photo=CardPhoto("0" * 64, (50, 50), LABEL))

    for image in pictures(card, photo()):
        assert image.format == "JPEG"
        assert LABEL.credit.encode() in image.info["xmp"]
        corner = image.convert("RGB").getpixel((image.width - 5, 300))
        assert corner[2] > 200  # type: ignore[index]  # an RGB picture's
        assert corner[0] < 60  # type: ignore[index]


def test_a_sign_that_no_font_has_is_shown_as_missing() -> None:
    missing = draw_cards(replace(CARD, headline="喜报🎉来了", kicker="🎉\u200d"), FACES, b"")[-1]

    assert missing == Artifact.text(MISSING, "🎉")
    assert draw_cards(CARD, FACES, b"")[-1].data == b""


@pytest.mark.parametrize("text", ["𰻝", "㐂", "“”……——", "Ω é", "①％"])
def test_rare_signs_are_drawn_or_told(text: str) -> None:
    hand = Hand(FACES.display, 60)
    cleaned = hand.clean(text)

    assert len(cleaned) == len(text)
    assert ("〓" in cleaned) == bool(hand.missing)


@given(st.text(max_size=70), st.text(max_size=30), st.text(max_size=30))
@settings(max_examples=15, deadline=None)
def test_no_text_keeps_a_card_from_being_drawn(headline: str, kicker: str, paper: str) -> None:
    for image in pictures(replace(CARD, headline=headline, kicker=kicker, paper=paper)):
        margin = image.convert("L").crop((image.width - 20, 0, image.width, image.height))
        assert margin.getextrema() == (255, 255)
