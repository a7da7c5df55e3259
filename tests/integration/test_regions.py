"""The demonstration newsroom's regions are those of GB/T 2260."""

from __future__ import annotations

from pathlib import Path

import yaml

REGIONS = Path(__file__).parents[2] / "content/regions.yml"
PROVINCES = [
    "11北京",
    "12天津",
    "13河北",
    "14山西",
    "15内蒙古",
    "21辽宁",
    "22吉林",
    "23黑龙江",
    "31上海",
    "32江苏",
    "33浙江",
    "34安徽",
    "35福建",
    "36江西",
    "37山东",
    "41河南",
    "42湖北",
    "43湖南",
    "44广东",
    "45广西",
    "46海南",
    "50重庆",
    "51四川",
    "52贵州",
    "53云南",
    "54西藏",
    "61陕西",
    "62甘肃",
    "63青海",
    "64宁夏",
    "65新疆",
    "71台湾",
    "81香港",
    "82澳门",
]


def test_all_34_provinces_have_their_codes() -> None:
    rows = yaml.safe_load(REGIONS.read_text(encoding="utf-8"))["地区"]
    provinces = {f"{row['代码'][:2]}{row['名称']}" for row in rows if row["代码"].endswith("0000")}

    assert len(PROVINCES) == 34
    assert provinces == set(PROVINCES)
