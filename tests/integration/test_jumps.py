"""Stories that run on to a later page: both pages are full, and together they hold every word once."""

from __future__ import annotations

import json
import re
import zipfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import yaml
from benchmarks.pages.edition import make_edition_newsroom
from fake_host import FakeHost

from site_builder import api
from site_builder.build.clock import FixedClock
from site_builder.build.printing import makeup
from site_builder.build.printing.packing import Effort
from site_builder.model import urls

pytest.importorskip("ortools")

DAY = datetime(2026, 7, 20, tzinfo=UTC)
EDITION = "content/editions/2026-07-20.yml"
FOLDER = "print/2026-07-20-tabloid"
LEAD = "s003-01"
STAYING = 4
HEADLINE = "停车场的后半篇"
WISH = api.PagesOptions(effort=Effort(0.5, (1,)))


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("jumps") / "newsroom"
    make_edition_newsroom(root, 3, "tabloid", pages=2, stories=9)
    path = root / EDITION
    edition: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    edition["unplaced"] = [one for one in edition["unplaced"] if one["id"] != LEAD]
    jump = {"版次": 2, "留段": STAYING, "标题": HEADLINE}
    edition["pages"][0]["stories"] = [{"id": LEAD, "priority": 10, "转版": jump}]
    path.write_text(yaml.safe_dump(edition, allow_unicode=True, sort_keys=False), encoding="utf-8")

    report = api.print_pages(root, WISH)

    assert [problem.code for problem in report.problems] == []
    assert [(page.full, page.how) for page in report.pages] == [(True, "solved")] * 2
    return root


def paragraphs(root: Path) -> list[str]:
    (file,) = (root / "content/stories").rglob(f"{LEAD}.md")
    body = file.read_text(encoding="utf-8").split("---\n", 2)[2]
    return [re.sub(r"\s", "", part).lstrip("#") for part in body.split("\n\n") if part.strip()]


def page_texts(pdf: Path) -> list[str]:
    """The signs of each page, without white."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in document]
    finally:
        document.close()


def test_the_beginning_says_where_it_goes_on_and_the_end_where_it_came_from(printed: Path) -> None:
    first, second = page_texts(printed / FOLDER / "pages.pdf")

    assert "（下转第2版）" in first
    assert "（上接第1版）" not in first
    assert "（上接第1版）" in second
    assert "（下转第2版）" not in second
    assert HEADLINE in second


def test_every_paragraph_is_on_one_of_the_two_pages(printed: Path) -> None:
    layout = json.loads((printed / FOLDER / "pages-layout.json").read_bytes())
    first, second = page_texts(printed / FOLDER / "pages.pdf")
    told = paragraphs(printed)
    crossheads = {part for part in told if len(part) < 14}
    counted = [part for part in told if part not in crossheads]
    last = told.index(counted[STAYING - 1])

    assert [LEAD in {one["story"] for one in page["stories"]} for page in layout["pages"]] == [True, True]
    # Headlines of other stories may stand between two columns of a page, so signs are counted, not strings.
    begins, ends = Counter("".join(told[: last + 1])), Counter("".join(told[last + 1 :]))
    assert not begins - Counter(first)
    assert not ends - Counter(second)
    assert all(part[:9] in first for part in counted[:STAYING])
    assert all(part[:9] in second for part in counted[STAYING:])


def test_both_pages_are_printed_again_from_the_lock(printed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(makeup, "has_solver", lambda: False)
    before = (printed / FOLDER / "pages.pdf").read_bytes()

    report = api.print_pages(printed, WISH)

    assert [page.how for page in report.pages] == ["kept", "kept"]
    assert (printed / FOLDER / "pages.pdf").read_bytes() == before


def test_both_zones_of_the_site_lead_to_the_story_and_lists_name_it_once(printed: Path) -> None:
    report = api.build(printed, host=FakeHost(), clock=FixedClock(datetime(2026, 7, 21, 4, tzinfo=UTC)))
    assert not report.failed, report.problems
    assert report.site_dir is not None

    for number in (1, 2):
        html = (report.site_dir / urls.epaper(DAY.date()) / f"{number}/index.html").read_text(encoding="utf-8")
        zone = re.search(rf'<a class="bu-zone" id="{LEAD}"[^>]*href="([^"]+)"', html)
        assert zone, number
        assert zone[1].endswith(urls.story(LEAD))
    listed = (report.site_dir / urls.edition(DAY.date()) / "index.html").read_text(encoding="utf-8")
    assert len(re.findall(rf'<a[^>]*href="[^"]*{urls.story(LEAD)}"', listed)) == 1


def test_an_indesign_package_has_a_text_for_each_part(printed: Path) -> None:
    report = api.export_indesign(printed, api.EditionWish(effort=WISH.effort))
    (package,) = (file for file in report.files if file.suffix == ".idml")

    with zipfile.ZipFile(package) as opened:
        texts = [opened.read(name).decode() for name in opened.namelist() if name.startswith("Stories/")]

    assert sum("（下转第2版）" in text for text in texts) == 1
    assert sum("（上接第1版）" in text for text in texts) == 1
