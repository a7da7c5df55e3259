"""The line breaker: against brute force on short texts, and the rules that no line may break."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from site_builder.paper.page.plan import Span
from site_builder.paper.setting.atoms import CLOSING, GAP, HALF, NO_END, NO_START, OPENING, make_atoms
from site_builder.paper.setting.breaking import USABLE_SHRINK, break_paragraph, line_cost, make_lines
from site_builder.paper.setting.widths import Widths

LATIN = {chr(code): 0.5 for code in range(0x20, 0x7F)} | {"·": 0.33, "—": 0.9}
WIDTHS = Widths({("song", 400): LATIN, ("hei", 700): dict.fromkeys(LATIN, 0.6)})
TEXT = st.text(
    st.sampled_from("工会职工书屋一二三，。、“”（）《》：！·—…… 12.5%aB年元天𬭎㙍䶮"), min_size=1, max_size=26
)
LONG = st.lists(
    st.sampled_from(("职工之家", "“家”", "2024年4月8日", "6.5%", "增资300元", "——", "……", "ISO 45001", "，", "。", "（左）", "𬭎㙍䶮", "把账算得很细", "App", "《合同》")),
    min_size=1, max_size=60,
).map("".join)  # fmt: skip


def song(text: str) -> tuple[Span, ...]:
    return (Span(text, "song"),)


def every_way(positions: list[int], last: int) -> Iterator[tuple[int, ...]]:
    """Every choice of *positions* as line ends, the last one always."""
    if not positions:
        yield (last,)
        return
    for rest in every_way(positions[1:], last):
        yield rest
        yield (positions[0], *rest)


@given(TEXT, st.sampled_from((6.0, 8.0, 11.0)))
def test_the_best_setting_is_the_best_of_all(text: str, measure: float) -> None:
    atoms = make_atoms(song(text), WIDTHS, measure)
    count = len(atoms.stops) - 1
    assume(count <= 16)
    costs: dict[int, float] = {}
    for ends in every_way([position for position in range(1, count) if atoms.breaks[position]], count):
        cost = 0.0
        for begin, end in zip((0, *ends[:-1]), ends, strict=True):
            width, shrink, gaps = atoms.line(begin, end, first=begin == 0)
            if width - shrink * USABLE_SHRINK > measure:
                break
            one = line_cost(width, shrink, gaps, measure, last=end == count)
            if one is None:
                break
            cost += one
        else:
            costs[len(ends)] = min(cost, costs.get(len(ends), cost))
    assume(costs)
    found = break_paragraph(song(text), WIDTHS, measure, 0.0)

    for lines in found.keys() & costs.keys():
        assert found[lines].cost == pytest.approx(costs[lines])
    assert min(costs.values()) == pytest.approx(min(setting.cost for setting in found.values()))


@given(LONG, st.sampled_from((13, 17, 27)))
def test_no_setting_breaks_a_rule_or_loses_a_character(text: str, measure: int) -> None:
    for count, setting in break_paragraph(song(text), WIDTHS, float(measure), 2.0).items():
        lines = make_lines(song(text), setting, 2.0)

        assert len(lines) == count
        assert "".join("".join(line.text for line in lines).split()) == "".join(text.split())
        for line in lines[1:]:
            assert line.text[:1] not in NO_START
        for line in lines[:-1]:
            assert line.text[-1:] not in NO_END
        assert [line.last for line in lines] == [False] * (count - 1) + [True]
        for pair in ("——", "……"):
            halves = pairwise(lines)
            assert not any(a.text.endswith(pair[0]) and b.text.startswith(pair[0]) for a, b in halves)


@given(LONG, st.sampled_from((13, 17, 27)))
def test_no_line_is_fuller_than_its_measure(text: str, measure: int) -> None:
    atoms = make_atoms(song(text), WIDTHS, float(measure))
    for setting in break_paragraph(song(text), WIDTHS, float(measure), 0.0).values():
        begin = 0
        for stop in setting.ends:
            end = atoms.stops.index(stop)
            width, shrink, _ = atoms.line(begin, end, first=begin == 0)
            assert width - shrink <= measure
            begin = end


def test_figures_keep_their_units_and_words_their_letters() -> None:
    text = "会员2024年增加3500元共6.5%，App里的ISO 45001体系有12个。"
    atoms = make_atoms(song(text), WIDTHS, 13)
    # What stands between two places where a line may end.
    stops = [stop for stop, may_end in zip(atoms.stops, atoms.breaks, strict=True) if may_end]
    pieces = [text[a:b].strip() for a, b in pairwise(stops)]

    assert {"2024年", "3500元", "6.5%，", "App", "ISO", "45001", "12个。"} <= set(pieces)


def test_the_white_between_a_figure_and_its_unit_is_counted() -> None:
    """It was not, and lines with dates were a quarter of an em longer on paper than planned."""
    atoms = make_atoms(song("3月20日"), WIDTHS, 13)
    plain = make_atoms(song("320"), WIDTHS, 13)

    assert atoms.width[-1] == pytest.approx(plain.width[-1] + 2 + 3 * GAP)


def test_marks_give_up_their_empty_halves() -> None:
    def natural(text: str) -> float:
        atoms = make_atoms(song(text), WIDTHS, 99)
        return atoms.line(0, len(atoms.stops) - 1, first=True)[0]

    assert natural("工会。") == 3 - HALF  # at the end of a line
    assert natural("工“会”。工") == 6 - HALF  # beside another mark
    assert natural("工a") == 1 + GAP + 0.5
    assert OPENING.isdisjoint(CLOSING)


def test_a_word_wider_than_the_line_is_torn() -> None:
    setting = break_paragraph(song("a" * 60), WIDTHS, 13.0, 0.0)

    assert min(setting) == 3
    assert [len(line.text) for line in make_lines(song("a" * 60), setting[3], 0.0)] == [26, 26, 8]


def test_a_paragraph_keeps_its_looks() -> None:
    spans = (Span("本报讯（记者方闻）", "hei", 700), Span("一线岗位平均增资，职工满意。", "song", 400, dotted=True))
    lines = make_lines(spans, break_paragraph(spans, WIDTHS, 7.0, 2.0)[4], 2.0)

    assert "".join(line.text for line in lines) == spans[0].text + spans[1].text
    assert {span.face for line in lines for span in line.spans} == {"hei", "song"}
    assert all(span.dotted == (span.face == "song") for line in lines for span in line.spans)


def test_a_paragraph_can_become_longer_and_shorter() -> None:
    text = "市总工会选派集体协商指导员上门服务，帮助小微企业摸清行业工资水平、劳动定额标准和用工成本三本账。" * 3
    settings = break_paragraph(song(text), WIDTHS, 13.0, 2.0)
    best = min(settings, key=lambda lines: settings[lines].cost)

    assert best + 1 in settings
    assert all(setting.cost >= settings[best].cost for setting in settings.values())
