from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.text.languages import language_tag, marks_language, runs_right_to_left


@pytest.mark.parametrize(
    ("target", "tag"),
    [
        ("lang:en", "en"),
        ("LANG：en-GB", "en-GB"),
        ("lang:英语", "en"),
        ("lang: 蒙古文", "mn-Mong"),
        ("lang:zh-Hant", "zh-Hant"),
        ("lang:eglish", ""),
        ("lang:qq", ""),
        ("lang:", ""),
        ("lang:en us", ""),
    ],
)
def test_a_language_is_named_by_code_or_in_chinese(target: str, tag: str) -> None:
    assert marks_language(target)
    assert language_tag(target) == tag


@pytest.mark.parametrize("target", ["language:en", "https://lang.example/", "/lang:en", "#lang:en", ""])
def test_an_address_is_no_language(target: str) -> None:
    assert not marks_language(target)


@pytest.mark.parametrize(
    ("tag", "rtl"), [("ug", True), ("ar-EG", True), ("kk-Arab", True), ("kk", False), ("ug-Latn", False), ("en", False)]
)
def test_direction_follows_language_and_script(tag: str, rtl: bool) -> None:
    assert runs_right_to_left(tag) is rtl


@given(st.text())
def test_a_tag_is_safe_in_an_attribute(name: str) -> None:
    assert set(language_tag(f"lang:{name}")) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")
