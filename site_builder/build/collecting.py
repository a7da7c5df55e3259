"""Garbage collection while a newsroom is held."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

FEW = 50_000
"""New objects after which Python looks for cycles; by default 700."""


@contextmanager
def few_collections() -> Iterator[None]:
    """Look for cycles seldom. Also a decorator.

    A large newsroom is some million objects that stay, and a build makes as many more that are no cycles. Looking
    through them again and again was more than a quarter of what one more story costs search in an archive of 30 000.
    """
    usual = gc.get_threshold()
    gc.set_threshold(FEW, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
