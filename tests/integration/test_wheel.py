"""The installed tool: a wheel in a fresh environment builds a newsroom made elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from newsroom_samples import files, make_newsroom

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--wheel-dir", str(folder), str(REPOSITORY)], check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_theme_messages_and_types(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())

    for part in ("templates/story.html", "overrides/frame.html", "static/bulletin.css", "print/a4/main.typ"):
        assert f"site_builder/themes/{part}" in names
    for part in (
        "mkdocs.yml",
        "dot-gitignore",
        "dot-vscode/settings.json",
        "content/stories/YEAR/MONTH/sample-story.md",
    ):
        assert f"site_builder/starter/{part}" in names
    assert {"site_builder/messages/zh-CN.toml", "site_builder/messages/en.toml", "site_builder/py.typed"} <= names


def test_the_wheel_holds_nothing_of_the_newsroom(wheel: Path) -> None:
    folders = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}

    assert {folder for folder in folders if not folder.endswith(".dist-info")} == {"site_builder"}


@pytest.mark.slow
def test_a_fresh_environment_builds_a_newsroom_made_elsewhere(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "venv"
    venv.EnvBuilder(with_pip=True).create(environment)
    programs = environment / ("Scripts" if os.name == "nt" else "bin")
    pip = [str(programs / "python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    subprocess.run([*pip, "--require-hashes", "--requirement", str(REPOSITORY / "requirements/site.txt")], check=True)
    subprocess.run([*pip, "--no-deps", str(wheel)], check=True)
    root = make_newsroom(tmp_path)

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        clean = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")} | {"PYTHONUTF8": "1"}
        return subprocess.run(
            [str(programs / arguments[0]), *arguments[1:]],
            cwd=root,
            env=clean,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )

    checked = run("bulletin", "check")
    built = run("bulletin", "build")
    pages = files(root / "site")
    printed = run("bulletin", "print", "--output", str(tmp_path / "paper"))
    host = run("mkdocs", "build", "--quiet", "--site-dir", str(tmp_path / "by-mkdocs"))

    begun = run("bulletin", "init", str(tmp_path / "new"), "--yes")
    new = run("bulletin", "build", "--root", str(tmp_path / "new"))

    assert (begun.returncode, new.returncode) == (0, 0), begun.stderr + new.stderr
    assert "stories/sample-story/index.html" in files(tmp_path / "new/site")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert built.returncode == 0, built.stdout + built.stderr
    assert "stories/first-story/index.html" in pages
    assert b"bulletin.css" in pages["index.html"]
    assert printed.returncode == 0, printed.stdout + printed.stderr
    assert (tmp_path / "paper/2024-04-08-a4.pdf").read_bytes().startswith(b"%PDF")
    assert host.returncode == 0, host.stderr
    assert files(tmp_path / "by-mkdocs") == pages
