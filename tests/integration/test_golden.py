"""Outputs as reviewed: the minimal newsroom's pages and feeds against files in tests/golden/.

`UPDATE_GOLDEN=1 pytest tests/integration/test_golden.py` writes them anew, to be read before they are committed.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fake_host import FakeHost
from newsroom_samples import make_newsroom

from site_builder import api
from site_builder.build.clock import FixedClock

GOLDEN = Path(__file__).parents[1] / "golden"
OUTPUTS = [
    "index.html",
    "stories/first-story/index.html",
    "stories/second-story/index.html",
    "editions/2024-04-08/index.html",
    "archive/2024/04/index.html",
    "rss.xml",
    "atom.xml",
    "sitemap.xml",
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_newsroom(tmp_path_factory.mktemp("golden"))
    clock = FixedClock(datetime(2024, 4, 8, 4, tzinfo=UTC))
    assert not api.build(root, host=FakeHost(), clock=clock).failed
    return root / "site"


@pytest.mark.parametrize("output", OUTPUTS)
def test_an_output_is_as_reviewed(site: Path, output: str) -> None:
    golden = GOLDEN / output.replace("/", "_")
    text = (site / output).read_text(encoding="utf-8")
    if os.environ.get("UPDATE_GOLDEN") == "1":
        golden.write_text(text, encoding="utf-8")

    assert golden.read_text(encoding="utf-8") == text
