"""Folding of text for search, in Python and in JavaScript."""

from __future__ import annotations

import json
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.text.folding import fold, fold_with_places

ROOT = Path(__file__).resolve().parents[3]
news_text = st.text(
    st.one_of(st.sampled_from("工會会5aA．，,. \n\u3000“”「」ＡＩㄅㄆ㎡①がｶﾞ裏著é\u200b"), st.characters(codec="utf-8"))
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＡＩ智能体检", "ai智能体检"),
        ("“求学圆梦”行动", "求学圆梦行动"),
        ("《工人日报》 社", "工人日报社"),
        ("工會", "工会"),
        ("乾坤著作", "乾坤著作"),
        ("5 125 个", "5 125个"),
        ("May  Day\u3000Rally", "may day rally"),
        ("一段 \n\n 二段", "一段\n二段"),
        ("㎡㈠①", "m2(一)1"),
        ("ﬁve", "five"),
        ("５１２５个", "5125个"),
        (" 首尾 ", "首尾"),
    ],
)
def test_text_is_folded_for_comparing(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(news_text)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(news_text)
def test_places_are_those_of_the_source_characters(text: str) -> None:
    folded, places = fold_with_places(text)

    assert folded == fold(text)
    assert len(places) == len(folded)
    assert places == sorted(places)
    # A character folded alone gives what it gives in its text, but for blanks, which depend on their neighbours.
    assert all(char in fold(text[place]) for char, place in zip(folded, places, strict=True) if char not in " \n")


def test_characters_fold_as_unicode_says_unless_a_rule_of_ours_says_otherwise() -> None:
    for point in (*range(0x21, 0x250), *range(0x370, 0x530), *range(0x2460, 0x2500), *range(0xFF01, 0xFF5F)):
        char = chr(point)
        expected = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", char).lower())
        if " " not in expected and not set(expected) & set("\"'“”‘’\u0085\u00ad\u001f") and not char.isspace():
            assert fold(char) == unicodedata.normalize("NFKC", expected) or char in "\u007f", hex(point)


_TWIN = r"""
var fs = require("fs"), vm = require("vm");
process.argv.slice(2, 4).forEach(function (file) { vm.runInThisContext(fs.readFileSync(file, "utf8")); });
var table = new Map(), f = BulletinFold, hant = new Map(), to = Array.from(BulletinHant.to), i, p;
Array.from(BulletinHant.from).forEach(function (c, n) { hant.set(c, to[n]); });
Array.from(f.gone).forEach(function (c) { table.set(c, ""); });
for (i = 0; i < f.runs.length; i += 4)
  for (p = f.runs[i]; p <= f.runs[i + 1]; p += f.runs[i + 2])
    table.set(String.fromCodePoint(p), String.fromCodePoint(p + f.runs[i + 3]));
Array.from(f.from).forEach(function (c, n) { table.set(c, Array.from(f.to)[n]); });
f.many.split("\t").forEach(function (row) { table.set(row[0], row.slice(1)); });
var rows = [];
for (p = 0; p < 0x10000; p++) {
  if (p >= 0xd800 && p < 0xe000) continue;
  var c = String.fromCodePoint(p), t = table.has(c) ? table.get(c) : c;
  rows.push(Array.from(t).map(function (x) { return hant.has(x) ? hant.get(x) : x; }).join(""));
}
process.stdout.write(JSON.stringify([rows, f.han, f.word]));
"""


@pytest.mark.skipif(shutil.which("node") is None, reason="needs Node")
def test_the_browsers_table_says_the_same_of_every_character(tmp_path: Path) -> None:
    from site_builder.text import fold_table, folding

    script = tmp_path / "twin.js"
    script.write_text(_TWIN, encoding="utf-8")
    static = ROOT / "themes/static"
    run = subprocess.run(
        ["node", script, static / "search-fold.js", static / "search-hant.js"], capture_output=True, check=True
    )
    rows, han, word = json.loads(run.stdout)

    table = folding._table()
    points = [point for point in range(0x10000) if not 0xD800 <= point < 0xE000]
    assert [table.get(point, chr(point)) for point in points] == rows
    assert (tuple(han), tuple(word)) == (fold_table.HAN, fold_table.WORD)
