"""Bylines and datelines as values: what they print and whom they credit."""

import pytest
from hypothesis import given
from strategies import credit_lines

from site_builder.model.byline import (
    Byline,
    Credit,
    CreditLine,
    Dateline,
    DatelineKind,
    Group,
    Lead,
    Name,
    Role,
    byline_from_credits,
)
from site_builder.schema.printed import parse_byline


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        ("张　嫱", "张嫱"),
        ("张 胜 男", "张胜男"),
        ("𠮷　㐀", "𠮷㐀"),
        ("王伟", "王伟"),
        ("Maria Lopez", "Maria Lopez"),
        ("J. K. Rowling", "J. K. Rowling"),
        ("A B", "A B"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
    ],
)
def test_plain_name_drops_only_alignment_blanks(printed: str, plain: str) -> None:
    assert plain == Name(printed).plain
    assert printed == str(Name(printed))


def test_credit_takes_org_without_title_marks_and_title() -> None:
    group = Group(org="《中国煤炭报》", title="首席", role_word="记者", names=(Name("王伟"),))

    assert (Credit("王伟", Role.REPORTER, "中国煤炭报", "首席"),) == Byline((group,)).credits()


def test_missing_org_and_role_stay_missing() -> None:
    assert (Credit("王伟", Role.UNSTATED, None, None),) == Group(names=(Name("王伟"),)).credits()


def test_suffix_says_what_was_done_before_task_and_role() -> None:
    reporter = Group(role_word="记者", names=(Name("王松"),))
    writer = Group(task="文", task_join="/", role_word="记者", names=(Name("王松"),))
    photographer = Group(role_word="记者", names=(Name("王松"),), suffix_gap=" ", suffix="摄")

    assert Role.REPORTER is reporter.credited_role
    assert Role.TEXT is writer.credited_role
    assert Role.PHOTOGRAPHER is photographer.credited_role
    assert Role.REPORTER is photographer.role


def test_suffix_without_a_role_of_its_own_leaves_the_reporter() -> None:
    group = Group(role_word="记者", names=(Name("王伟"),), suffix="综合报道")

    assert Role.REPORTER is group.credited_role


def test_those_who_make_the_page_are_staff() -> None:
    staff = {role for role in Role if role.is_staff}

    assert {"editor", "duty_editor", "art_editor", "proofreader", "reviewer"} == staff


REPORTERS: list[CreditLine] = [
    (Role.REPORTER, ["王伟"], "本报", None),
    (Role.CORRESPONDENT, ["陆阳丽", "黎甜"], "本报", None),
]


@pytest.mark.parametrize(
    ("lines", "brackets", "printed"),
    [
        (REPORTERS, False, "本报记者 王伟 本报通讯员 陆阳丽 黎甜"),
        (REPORTERS, True, "（本报记者王伟 本报通讯员陆阳丽 黎甜）"),
        ([(Role.UNSTATED, ["杨明清"], None, None)], True, "（杨明清）"),
        ([(Role.REPORTER, ["范瑞恒"], "本报", "见习")], False, "本报见习记者 范瑞恒"),
        ([(Role.PHOTOGRAPHER, ["张三"], "本报", None)], False, "本报 张三 摄"),
        ([(Role.CHART, ["林一舟"], "本报", None)], False, "本报 林一舟 制图"),
        ([(Role.DONOR, ["王松"], None, None)], False, "王松 供图"),
        ([(Role.TEXT_AND_PICTURE, ["王松"], None, None)], False, "王松 文/图"),
        (
            [(Role.TEXT, ["王伟"], None, None), (Role.PICTURE, ["文静"], None, None)],
            False,
            "文/王伟 图/文静",
        ),
        ([(Role.REPORTER, ["Maria Lopez", "Tom"], None, None)], False, "记者 Maria Lopez、Tom"),
    ],
)
def test_credits_are_printed_as_the_house_does(lines: list[CreditLine], brackets: bool, printed: str) -> None:
    assert printed == str(byline_from_credits(lines, brackets=brackets))


@given(credit_lines())
def test_credits_survive_being_printed_and_read(lines: list[CreditLine]) -> None:
    expected = tuple(Credit(name, role, org, title) for role, names, org, title in lines for name in names)
    for brackets in (False, True):
        byline = byline_from_credits(lines, brackets=brackets)

        assert expected == byline.credits()
        assert byline == parse_byline(str(byline))


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([], "needs a credit line"),
        ([(Role.REPORTER, [], None, None)], "needs a name"),
        ([*REPORTERS, (Role.UNSTATED, ["张三"], None, None)], "must come first"),
    ],
)
def test_credits_that_no_print_can_say_are_an_error(lines: list[CreditLine], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        byline_from_credits(lines)


def test_lead_prints_dateline_gap_and_bracket() -> None:
    byline = byline_from_credits([(Role.REPORTER, ["罗沙"], None, None)], brackets=True)
    dateline = Dateline(DatelineKind.AGENCY, "新华社", "电", "北京", 4, 3)

    assert str(Lead(dateline, "", byline)) == "新华社北京4月3日电（记者罗沙）"
    assert str(Lead(dateline)) == "新华社北京4月3日电"


def test_dateline_prints_what_it_has() -> None:
    feature = Dateline(DatelineKind.FEATURE, "新华社", "电", "北京", None, 3, True, title_gap=" ", title="送岗")

    assert str(feature) == "据新华社北京3日电 题：送岗"
