"""What several test modules share."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# Machines differ and are shared: no test asserts how long something takes.
settings.register_profile("bulletin", deadline=None)
settings.load_profile("bulletin")

REPOSITORY = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def demo_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demonstration newsroom, without what was built in it."""
    root = tmp_path_factory.mktemp("demo") / "newsroom"
    root.mkdir()
    for name in ("content", "assets"):
        shutil.copytree(REPOSITORY / name, root / name)
    shutil.copy(REPOSITORY / "mkdocs.yml", root)
    return root


@pytest.fixture(scope="session")
def demo_site(demo_root: Path) -> Path:
    """The demonstration newsroom's site, built by the real host."""
    from site_builder import api

    report = api.build(demo_root)

    assert not report.failed
    assert report.site_dir is not None
    return report.site_dir


@pytest.fixture(autouse=True)
def _same_everywhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test depends on the machine's language or clock settings."""
    for name in ("BULLETIN_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)
    return


def missing_tool(reason: str) -> None:
    """Skip a test whose tool is not installed; in CI that is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
