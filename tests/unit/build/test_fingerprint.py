from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.build.fingerprint import code_version, digest

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.binary(),
    lambda inner: st.tuples(inner, inner) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@dataclass(frozen=True)
class Pair:
    left: object
    right: object


class Colour(StrEnum):
    RED = "red"


@given(plain)
def test_equal_values_have_equal_digests(value: object) -> None:
    assert digest(value) == digest(value)


@given(plain, plain)
def test_different_values_have_different_digests(a: object, b: object) -> None:
    same_type_and_value = repr(a) == repr(b)

    assert same_type_and_value or digest(a) != digest(b)


def test_text_moved_between_fields_changes_the_digest() -> None:
    assert digest(Pair("ab", "c")) != digest(Pair("a", "bc"))


def test_kinds_of_the_same_look_are_told_apart() -> None:
    looks = ["1", 1, True, b"1", date(2024, 4, 8), "2024-04-08", datetime(2024, 4, 8, tzinfo=UTC), Colour.RED, "red"]

    assert len({digest(value) for value in looks}) == len(looks)


def test_order_of_a_mapping_does_not_matter() -> None:
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})


def test_unknown_values_are_refused() -> None:
    with pytest.raises(TypeError):
        digest(object())


def test_code_version_is_a_digest() -> None:
    assert len(code_version()) == 64
