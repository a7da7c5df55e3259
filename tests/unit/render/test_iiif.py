"""Manifests of editions: absolute, and with the zones in the picture's own px."""

from __future__ import annotations

import json
from datetime import date

from site_builder.render.iiif import CanvasRow, ManifestRow, render_manifest

SITE = "https://paper.example/sub/"
STEP = ((10, 20), (110, 20), (110, 220), (60, 220), (60, 120), (10, 120))
ROW = CanvasRow(
    "epaper/2026-07-20/3/",
    "03 基层",
    ("epaper/2026-07-20/3/page.ab-2400.webp", 2400, 3356),
    ("epaper/2026-07-20/3/page.ab-240.webp", 240, 336),
    "epaper/2026-07-20/3/page.pdf",
    (("夜校<开学>", "stories/night-school/", (STEP,)),),
)
MANIFEST = ManifestRow(
    "epaper/2026-07-20/manifest.json", SITE, "工人报 7月20日", "工人报", "zh-CN", date(2026, 7, 20), "", (ROW,)
)


def made() -> dict[str, object]:
    return dict(json.loads(render_manifest(MANIFEST).data))


def strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for part in value.values() for text in strings(part)]
    if isinstance(value, list):
        return [text for part in value for text in strings(part)]
    return [value] if isinstance(value, str) else []


def test_every_address_is_absolute_and_lies_in_the_site() -> None:
    addresses = [text for text in strings(made()) if "epaper/" in text or "stories/" in text]

    assert len(addresses) > 10
    assert [text for text in addresses if SITE not in text] == []


def test_a_story_is_its_outline_and_the_box_round_it() -> None:
    (canvas,) = made()["items"]  # type: ignore[misc]
    (annotation,) = canvas["annotations"][0]["items"]
    svg, box = annotation["target"]["selector"]

    assert 'd="M10,20L110,20L110,220L60,220L60,120L10,120Z"' in svg["value"]
    assert box["value"] == "xywh=10,20,100,200"
    assert annotation["motivation"] == ["linking", "commenting"]
    linked, comment = annotation["body"]
    assert linked["id"] == f"{SITE}stories/night-school/"
    assert comment["value"] == f'<a href="{SITE}stories/night-school/">夜校&lt;开学&gt;</a>'


def test_an_edition_without_a_whole_pdf_offers_none() -> None:
    assert "rendering" not in made()
