"""Errors are told in the reader's language, lists of things too."""

from __future__ import annotations

import pytest

from site_builder.errors import UsageError, describe
from site_builder.messages import load_messages


@pytest.mark.parametrize(("language", "listed"), [("zh-CN", "要闻、时评"), ("en", "要闻, 时评")])
def test_several_things_are_listed_as_the_language_lists_them(language: str, listed: str) -> None:
    assert listed in describe(UsageError("section-unknown", "新闻", ("要闻", "时评")), load_messages(language))
