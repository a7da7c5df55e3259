"""Our style sheets hold nothing that Chrome 80 or Safari 14 cannot read, but for enhancements that are listed here.

``tests/data/css-newer-than-floor.json`` is made from MDN's compatibility data by ``tests/browser/quality/floor.mjs``.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from site_builder.render.stylesheet import render_stylesheet

REPOSITORY = Path(__file__).resolve().parents[2]
STYLES = sorted((REPOSITORY / "themes/static").glob("*.css"))
NEWER = json.loads((REPOSITORY / "tests/data/css-newer-than-floor.json").read_text(encoding="utf-8"))

ENHANCEMENTS = {
    # What: how the page is without it.
    "@page": "Safari prints with the margins that the reader set",
    ":has": "the paper's name and the header's search stand on every page",
    ":focus-visible": "the browser's own ring, which nothing takes away",
    ":fullscreen": "-webkit-full-screen stands beside it",
    ":marker": "markers in the colour of the text",
    "accent-color": "the browser's own colour for ticked boxes",
    "aspect-ratio": "pictures keep their own proportions",
    "color-scheme": "controls and scroll bars stay light in the dark",
    "forced-color-adjust": "the label's square takes the system's colour",
    "hanging-punctuation": "punctuation stays inside the line",
    "inset-inline-start": "hairlines between columns stand at the column's own edge",
    "font-synthesis": "a missing black cut may be made of the bold one",
    "outline": "Safari draws it square and takes no note of corners",
    "overscroll-behavior": "a printed page that is moved to its end moves the page around it",
    "print-color-adjust": "tiles print as the reader's settings say",
    "mask-image": "-webkit-mask-image stands beside it",
    "scroll-behavior": "the page jumps",
    "scroll-padding-top": "a heading may come to stand under the header",
    "size": "paper of the size that the reader set",
    "text-autospace": "no gap is drawn between Han and Latin",
    "text-combine-upright": "-webkit-text-combine stands beside it, or digits lie on their side",
    "text-decoration-thickness": "underlines of the browser's own thickness",
    "text-emphasis": "-webkit-text-emphasis stands beside it",
    "text-emphasis-position": "-webkit-text-emphasis-position stands beside it",
    "text-justify": "the browser justifies in its own way",
    "text-size-adjust": "-webkit-text-size-adjust stands beside it",
    "text-spacing-trim": "punctuation is not trimmed",
    "text-underline-offset": "underlines touch the signs",
    "text-wrap": "headlines break unevenly",
    "scrollbar-width": "-webkit-scrollbar stands beside it",
    "round()": "the line is as wide as its column",
}


def newer_features(css: str) -> set[str]:
    """The features of *css* that the supported floor lacks."""
    css = re.sub(r"\"[^\"]*\"|'[^']*'", '""', css)
    # What an old browser alone reads, and questions about features, are the fallbacks themselves.
    css = re.sub(r"@supports[^{]*", "@supports", css)
    found = {f"@{name}" for name in re.findall(r"@([a-z-]+)", css) if name in NEWER["at_rules"]}
    heads = " ".join(re.findall(r"(?:^|(?<=[{};]))([^{};]*){", css))
    found |= {f":{name}" for name in re.findall(r"::?([a-z-]+)", heads) if name in NEWER["selectors"]}
    found |= {":nesting"} if "&" in heads else set()
    found |= {name for name in re.findall(r"[{;]\s*([a-z-]+)\s*:", css) if name in NEWER["properties"]}
    found |= {f"{name}()" for name in re.findall(r"(?<![\w-])([a-z0-9-]+)\(", css) if name in NEWER["functions"]}
    found |= set(re.findall(r"[\d.]+([dsl]v[hw]|cq[wihb]|lh|rlh)\b", css))
    return found


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_a_style_sheet_needs_nothing_newer_than_the_supported_floor(path: Path) -> None:
    found = newer_features(render_stylesheet(path.read_text(encoding="utf-8")))

    assert sorted(found - set(ENHANCEMENTS)) == [], "say in ENHANCEMENTS how the page is without it, or do without"


@pytest.mark.parametrize(
    ("css", "feature"),
    [
        ("a{aspect-ratio:1}", "aspect-ratio"),
        (".x:has(b),c{d:e}", ":has"),
        ("@media print{a::marker{color:red}}", ":marker"),
        ("a{width:round(down,100%,1em)}", "round()"),
        ("@layer x{a{color:red}}", "@layer"),
        ("a{height:100dvh}", "dvh"),
        ("a{color:red;& b{color:blue}}", ":nesting"),
    ],
)
def test_what_is_newer_is_seen(css: str, feature: str) -> None:
    assert feature in newer_features(css)


@pytest.mark.parametrize("css", ["a:is(b,c){inset:0;margin-inline:0 1px}", "a{gap:0;b:c}", "a{content:':has('}"])
def test_what_is_lowered_or_old_is_not_newer(css: str) -> None:
    assert newer_features(render_stylesheet(css)) == set()
