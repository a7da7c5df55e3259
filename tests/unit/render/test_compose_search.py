"""How an archive is bound into volumes: the newest month, the rest of its year, and years by their stories."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import cast

import pytest

from site_builder.render import compose_search
from site_builder.render.compose import Desk
from site_builder.render.compose_search import volumes


def _desk(*days: str) -> Desk:
    """A desk with a story on each of *days*, whose id is its day and its place among them."""
    by_month: dict[date, list[SimpleNamespace]] = {}
    for place, day in enumerate(days):
        moment = datetime.fromisoformat(day).replace(tzinfo=UTC)
        story = SimpleNamespace(id=f"{day}-{place}", date=moment)
        by_month.setdefault(moment.date().replace(day=1), []).append(story)
    return cast(Desk, SimpleNamespace(newsroom=SimpleNamespace(by_month=by_month)))


def _bound(*days: str) -> list[tuple[str, list[str]]]:
    return [(bound.name, [story.id[:10] for story in bound.stories]) for bound in volumes(_desk(*days))]


def test_thirds_of_the_newest_month_and_the_rest_of_its_year_are_volumes_of_their_own() -> None:
    days = ("2024-03-31", "2024-03-21", "2024-03-20", "2024-03-10", "2024-03-01", "2024-02-29", "2024-01-05")
    assert _bound(*days) == [
        ("2024-03-3", ["2024-03-31", "2024-03-21"]),
        ("2024-03-2", ["2024-03-20"]),
        ("2024-03-1", ["2024-03-10", "2024-03-01"]),
        ("2024", ["2024-02-29", "2024-01-05"]),
    ]


def test_stories_of_a_month_are_numbered_through_from_the_oldest_on() -> None:
    days = ("2024-03-31", "2024-03-21", "2024-03-20", "2024-02-29", "2024-01-05", "2024-01-04")
    assert [bound.months for bound in volumes(_desk(*days))] == [
        (("2024-03", 1, 2),),
        (("2024-03", 0, 1),),
        (("2024-02", 0, 1), ("2024-01", 0, 2)),
    ]


def test_years_are_bound_together_until_a_volume_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compose_search, "FULL", 2)
    archive = ("2005-01-01", "2007-05-01", "2008-01-01", "2009-01-01", "2009-02-01", "2010-01-01")
    assert _bound(*archive, "2011-01-01", "2011-02-01") == [
        ("2011-02-1", ["2011-02-01"]),
        ("2011", ["2011-01-01"]),
        ("2010", ["2010-01-01"]),
        ("2008-2009", ["2009-02-01", "2009-01-01", "2008-01-01"]),
        ("2005-2007", ["2007-05-01", "2005-01-01"]),
    ]


def test_a_new_story_leaves_closed_volumes_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compose_search, "FULL", 2)
    archive = ("2005-01-01", "2006-01-01", "2007-01-01", "2008-01-01")
    before = _bound(*archive, "2009-01-01")
    assert _bound(*archive, "2009-01-01", "2009-01-02")[1:] == before[1:]


def test_an_archive_without_stories_has_no_volumes() -> None:
    assert _bound() == []
