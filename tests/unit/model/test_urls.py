from __future__ import annotations

from datetime import date
from urllib.parse import unquote, urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.model import urls


@pytest.mark.parametrize(
    ("url", "base", "file"),
    [
        ("", "./", "index.html"),
        ("stories/x/", "../../", "stories/x/index.html"),
        ("archive/2024/04/", "../../../", "archive/2024/04/index.html"),
    ],
)
def test_base_and_file_of_an_address(url: str, base: str, file: str) -> None:
    assert (urls.relative_base(url), urls.file_of(url)) == (base, file)


@given(st.lists(st.text("abc-", min_size=1, max_size=5), max_size=5))
def test_the_relative_base_leads_to_the_root(parts: list[str]) -> None:
    url = "".join(f"{part}/" for part in parts)

    assert urljoin(f"https://paper.example/sub/{url}", urls.relative_base(url)) == "https://paper.example/sub/"


@given(st.text(st.characters(blacklist_categories=["Cs"])))
def test_encoding_keeps_the_address(text: str) -> None:
    address = urls.encoded(text)

    assert unquote(address) == text
    assert not set(address) & set("?#&,\"'<> ")


def test_a_photo_may_have_any_sign_in_its_name() -> None:
    url = urls.encoded(urls.photo("2024/5%20 #1?&2.png", "abcdef01", 480, ".webp"))

    assert url == "photos/2024/5%2520%20%231%3F%262.png.abcdef01-480.webp"


def test_photos_that_differ_in_their_suffix_have_two_addresses() -> None:
    same = ("abcdef01", 480, ".webp")

    assert urls.photo("a.jpg", *same) != urls.photo("a.png", *same)


def test_chinese_photo_names_are_encoded() -> None:
    assert urls.encoded(urls.photo("2024/青岛.png", "abcdef01", 480, ".webp")) == (
        "photos/2024/%E9%9D%92%E5%B2%9B.png.abcdef01-480.webp"
    )


def test_tags_hold_the_authority_as_it_was_typed() -> None:
    assert urls.tag("paper.example,2019-05", "story/x") == "tag:paper.example,2019-05:story/x"


def test_addresses_of_fronts() -> None:
    assert urls.edition(date(2024, 4, 8)) == "editions/2024-04-08/"
    assert urls.month(date(2024, 4, 1)) == "archive/2024/04/"
    assert urls.feed("sections/x/", "rss") == "sections/x/rss.xml"


@pytest.mark.parametrize("name", ["CON", "nul", "Aux", "com1", "ＬＰＴ9"])
def test_no_front_is_named_like_a_device_of_windows(name: str) -> None:
    assert len(urls.name_slug(name)) > 8
    assert urls.name_slug("console") == "console"
