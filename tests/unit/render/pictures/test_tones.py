from __future__ import annotations

import re
from pathlib import Path

from site_builder.render.pictures.tones import TONES, nearest_tone

STYLES = Path(__file__).resolve().parents[4] / "themes/static/bulletin.css"


def test_a_tone_is_nearest_to_itself() -> None:
    assert {name: nearest_tone(colour) for name, colour in TONES.items()} == {name: name for name in TONES}


def test_the_style_sheet_has_every_tone() -> None:
    rules = re.findall(r"img\.bu-tone-(\w+) \{ background-color: (#\w{6}); \}", STYLES.read_text(encoding="utf-8"))

    assert dict(rules) == {name: "#{:02x}{:02x}{:02x}".format(*colour) for name, colour in TONES.items()}
