from __future__ import annotations

import pytest
from fake_host import DEEP, FRAME

from site_builder.render.frame import FrameError, split_frame

VALUES = {"TITLE": "题", "DESCRIPTION": "说明", "CANONICAL": "https://x.example/", "HEAD": "<meta>", "CONTENT": "<h1>"}


@pytest.mark.parametrize(("base", "home"), [("./", "."), ("../../", "../..")])
def test_a_frame_is_filled_and_moved(base: str, home: str) -> None:
    html = split_frame(FRAME).fill(base, VALUES)

    assert f'href="{base}assets/bulletin/bulletin.css"' in html
    assert f'<a href="{home}">home</a><main><h1></main>' in html
    assert "<title>题</title>" in html
    assert "BULLETIN" not in html


def test_what_fills_a_slot_is_not_moved() -> None:
    html = split_frame(FRAME).fill("./", {**VALUES, "CONTENT": DEEP + "BULLETINTITLE"})

    assert f"<main>{DEEP}BULLETINTITLE</main>" in html


@pytest.mark.parametrize(
    "html",
    [
        FRAME.replace("BULLETINHEAD", ""),
        FRAME + "BULLETINCONTENT",
        FRAME.replace("home", "bulletin-frame/a/"),
    ],
)
def test_a_broken_frame_is_refused(html: str) -> None:
    with pytest.raises(FrameError):
        split_frame(html)
