"""Editions of several pages: unplaced stories get pages, are locked, and stay where they are when others change."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from benchmarks.pages.edition import make_edition_newsroom
from fake_host import FakeHost

from site_builder import api
from site_builder.build.clock import FixedClock
from site_builder.build.printing import editions, laying_out, makeup
from site_builder.build.printing.packing import Effort
from site_builder.errors import UsageError
from site_builder.paper.page.lock import Lock, parse_lock

pytest.importorskip("ortools")

QUICK = Effort(0.4, (1,))
FORMAT = "tabloid"
DAY = "2026-07-20"
SEED = 6
"""An edition that a quick search lays out at once."""
EDITION = f"content/editions/{DAY}.yml"
LOCK = f"content/editions/{DAY}.layout.lock"


def ask(**wishes: object) -> api.PagesOptions:
    return api.PagesOptions(**{"effort": QUICK, **wishes})  # type: ignore[arg-type]


def lock_of(root: Path) -> Lock:
    return parse_lock((root / LOCK).read_text(encoding="utf-8"), LOCK)


def unplaced(root: Path) -> list[dict[str, object]]:
    return list(yaml.safe_load((root / EDITION).read_text(encoding="utf-8"))["unplaced"])


def change(root: Path, stories: list[dict[str, object]]) -> None:
    edition = yaml.safe_load((root / EDITION).read_text(encoding="utf-8"))
    text = yaml.safe_dump(edition | {"unplaced": stories}, allow_unicode=True, sort_keys=False)
    (root / EDITION).write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("edition") / "newsroom"
    make_edition_newsroom(root, SEED, FORMAT, pages=2, stories=11)
    report = api.print_pages(root, ask())
    assert [(page.number, page.full, page.how) for page in report.pages] == [(1, True, "solved"), (2, True, "solved")]
    return root


@pytest.fixture
def newsroom(printed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(printed, tmp_path / "newsroom"))


@pytest.fixture
def unsolvable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever solves now fails."""

    def fail(*_arguments: object) -> None:
        raise AssertionError("solved")

    monkeypatch.setattr(laying_out, "pack", fail)
    for module in (makeup, editions):
        monkeypatch.setattr(module, "has_solver", lambda: False)


def test_every_story_stands_on_one_page_and_the_most_important_leads_the_first(printed: Path) -> None:
    lock = lock_of(printed)
    names = [name for one in lock.assigned for name in one.stories]

    assert sorted(names) == sorted(str(row["id"]) for row in unplaced(printed))
    assert lock.assigned[0].stories[0] == unplaced(printed)[0]["id"]
    for one, page in zip(lock.assigned, lock.pages, strict=True):
        assert [entry.chosen.story for entry in page.stories] == list(one.stories)


@pytest.mark.usefixtures("unsolvable")
def test_the_lock_is_enough_to_print_again(newsroom: Path) -> None:
    before = (newsroom / LOCK).read_bytes()

    report = api.print_pages(newsroom, ask())

    assert [page.how for page in report.pages] == ["kept", "kept"]
    assert (newsroom / LOCK).read_bytes() == before


@pytest.mark.usefixtures("unsolvable")
def test_the_solver_is_asked_for_where_stories_have_no_page(newsroom: Path) -> None:
    (newsroom / LOCK).unlink()

    with pytest.raises(UsageError) as caught:
        api.print_pages(newsroom, ask())
    assert caught.value.code == "print.solver-missing-unplaced"


def test_the_same_stories_get_the_same_pages_elsewhere(printed: Path, tmp_path: Path) -> None:
    root = tmp_path / "编辑 部"
    make_edition_newsroom(root, SEED, FORMAT, pages=2, stories=11)

    api.print_pages(root, ask())

    assert (root / LOCK).read_bytes() == (printed / LOCK).read_bytes()


@pytest.mark.parametrize("way", ["removed", "withdrawn"])
def test_only_the_page_that_loses_a_story_is_laid_out_again(newsroom: Path, way: str) -> None:
    before = lock_of(newsroom)
    gone = before.assigned[1].stories[-1]
    if way == "removed":
        change(newsroom, [row for row in unplaced(newsroom) if row["id"] != gone])
    else:
        path = next((newsroom / "content/stories").rglob(f"{gone}.md"))
        path.write_text(path.read_text(encoding="utf-8").replace("---\n", "---\nstatus: withdrawn\n", 1), "utf-8")

    report = api.print_pages(newsroom, ask())

    after = lock_of(newsroom)
    assert [page.how for page in report.pages] == ["kept", "solved"]
    assert after.pages[0] == before.pages[0]
    assert after.assigned[0] == before.assigned[0]
    assert after.assigned[1].stories == before.assigned[1].stories[:-1]


def test_a_page_that_the_editor_wants_is_given(newsroom: Path) -> None:
    lock = lock_of(newsroom)
    moved = lock.assigned[1].stories[-1]
    change(newsroom, [row | ({"page": 1} if row["id"] == moved else {}) for row in unplaced(newsroom)])

    api.print_pages(newsroom, ask())

    assert moved in lock_of(newsroom).assigned[0].stories


def test_too_much_copy_is_told_page_by_page_and_nothing_is_dropped(newsroom: Path) -> None:
    for path in (newsroom / "content/stories").rglob("*.md"):
        path.write_text(path.read_text(encoding="utf-8") + "\n" + "大家又谈了很久，直到灯都熄了。" * 60 + "\n", "utf-8")

    report = api.print_pages(newsroom, ask())

    assert report.failed
    assert all(page.over or page.cuts or page.homeless for page in report.pages if not page.full)
    names = [name for one in lock_of(newsroom).assigned for name in one.stories]
    assert sorted(names) == sorted(str(row["id"]) for row in unplaced(newsroom))


def test_the_site_shows_the_page_of_each_story_after_printing(newsroom: Path) -> None:
    report = api.build(newsroom, host=FakeHost(), clock=FixedClock(datetime(2026, 7, 20, 12, tzinfo=UTC)))

    assert not report.failed
    sheets = (
        (newsroom / f"site/editions/{DAY}/index.html").read_text(encoding="utf-8").split('<section class="bu-sheet"')
    )
    for one in lock_of(newsroom).assigned:
        linked = dict.fromkeys(re.findall(r"stories/(s\d+-\d+)/", sheets[one.page]))
        assert tuple(linked) == one.stories
