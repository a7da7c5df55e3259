"""Collections are few within a build, and as before after it."""

from __future__ import annotations

import gc

import pytest

from site_builder.build.collecting import FEW, few_collections


def test_collections_are_few_within_and_as_before_after() -> None:
    before = gc.get_threshold()

    @few_collections()
    def inside() -> tuple[int, ...]:
        return gc.get_threshold()

    assert inside() == inside() == (FEW, *before[1:])
    with pytest.raises(ZeroDivisionError), few_collections():
        _ = 1 // 0
    assert gc.get_threshold() == before
