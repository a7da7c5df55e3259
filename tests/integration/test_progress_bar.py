"""The progress bar on a real (pseudo-)terminal."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from newsroom_samples import FIRST_STORY, PROBLEMS, make_newsroom

pty = pytest.importorskip("pty", reason="terminals as Linux and macOS have them")
COMMAND = [sys.executable, "-m", "site_builder.cli.main", "build", "--lang", "zh-CN", "--root"]


def shown(root: Path, **environment: str) -> tuple[str, str]:
    """What a build writes to standard output, and to the terminal that is its standard error."""
    ours, theirs = pty.openpty()
    plain = {name: value for name, value in os.environ.items() if name not in ("CI", "NO_COLOR", "TERM")}
    with subprocess.Popen(
        [*COMMAND, str(root)], stdout=subprocess.PIPE, stderr=theirs, env={**plain, **environment}
    ) as process:
        os.close(theirs)
        terminal = b"".join(chunks(ours))
        assert process.stdout is not None
        out = process.stdout.read()
    os.close(ours)
    return out.decode(), terminal.decode()


def chunks(terminal: int) -> Iterator[bytes]:
    """All that is written to *terminal*; Linux tells its end by an error."""
    with contextlib.suppress(OSError):
        while chunk := os.read(terminal, 4096):
            yield chunk


@pytest.mark.slow
def test_a_bar_is_drawn_and_problems_stay_on_standard_output(tmp_path: Path) -> None:
    """The host alone takes about as long as people wait without a word, so a slow picture is added."""
    root = make_newsroom(tmp_path, PROBLEMS / "headline-full-stop" / "bad")
    enlarge(root)

    out, terminal = shown(root, TERM="xterm")

    assert "━" in terminal
    assert "图片" in terminal
    assert "网站在" in terminal
    assert f"{FIRST_STORY}:3:13" in out
    assert "━" not in out
    assert "headline-full-stop" not in terminal


@pytest.mark.slow
def test_no_bar_on_a_terminal_that_cannot_draw_one(tmp_path: Path) -> None:
    root = make_newsroom(tmp_path)
    enlarge(root)

    _, terminal = shown(root, TERM="dumb")

    assert "\x1b" not in terminal
    assert "图片" in terminal or "写入网站" in terminal


def enlarge(root: Path) -> None:
    """Make the newsroom's picture one that takes some seconds."""
    from PIL import Image

    Image.effect_noise((5200, 5200), 60).save(root / "assets/photos/2024/04/one.png", compress_level=1)
