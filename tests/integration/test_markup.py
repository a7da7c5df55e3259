"""Every page of the demonstration site before the Nu HTML checker and html-validate."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import REPOSITORY, missing_tool

TOOLS = REPOSITORY / ".venv/quality"
SCRIPTS = REPOSITORY / "tests/browser/quality"


@pytest.fixture(scope="module")
def tools() -> Path:
    """The folder of the tools, with the scripts as they are now."""
    if not (TOOLS / "installed.stamp").is_file() or not shutil.which("node") or not shutil.which("java"):
        missing_tool("no checkers here: python3 dev.py test installs them where Node.js and Java are")
    for script in SCRIPTS.glob("*.mjs"):
        shutil.copyfile(script, TOOLS / script.name)
    return TOOLS


@pytest.mark.slow
def test_no_page_has_an_error(tools: Path, demo_site: Path) -> None:
    done = judge(tools, demo_site)

    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_an_error_is_seen_by_both(tools: Path, tmp_path: Path) -> None:
    (tmp_path / "404.html").write_text(
        "<!doctype html><html lang=zh><title>x</title><p id=a><p id=a>", encoding="utf-8"
    )
    done = judge(tools, tmp_path)

    assert done.returncode == 1
    assert "nu: /404.html:1: Duplicate ID" in done.stdout
    assert "html-validate: 404.html:1: no-dup-id" in done.stdout


def judge(tools: Path, site: Path) -> subprocess.CompletedProcess[str]:
    command = ["node", str(tools / "run.mjs"), str(site), "--only", "nu,html-validate"]
    return subprocess.run(command, capture_output=True, text=True, timeout=300)
