"""Printed bylines and datelines: read, refused, and printed back."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import (
    bylines,
    datelines,
    leads,
    nameless_credits,
    printed_noise,
    prose_after,
)

from site_builder.model.byline import (
    Byline,
    Dateline,
    DatelineKind,
    EndNote,
    EndNoteKind,
    Group,
    Lead,
    Name,
)
from site_builder.schema.printed import (
    Unreadable,
    find_end_byline,
    find_lead,
    parse_byline,
    parse_dateline,
    parse_end_note,
    parse_lead,
    parse_photo_credit,
)


def flat(byline: Byline | Unreadable) -> list[tuple[str, ...]]:
    """(name, role[, org[, title]]) of everybody; what is not printed at the end is left out."""
    assert isinstance(byline, Byline), byline
    rows = []
    for credit in byline.credits():
        row = [credit.name, credit.role.value, credit.org or "", credit.title or ""]
        while not row[-1]:
            row.pop()
        rows.append(tuple(row))
    return rows


R, C, U = "reporter", "correspondent", "unstated"
HOUSE_FORMS = {
    "（记者张翀 通讯员张茜 黎甜）": [("张翀", R), ("张茜", C), ("黎甜", C)],
    "（杨明清 记者张嫱）": [("杨明清", U), ("张嫱", R)],
    "（罗勇 记者 江潇）": [("罗勇", U), ("江潇", R)],
    "（记者柳姗姗 彭冰 通讯员许翔宇）": [("柳姗姗", R), ("彭冰", R), ("许翔宇", C)],
    "本报记者 王伟 本报通讯员 陆阳丽": [("王伟", R, "本报"), ("陆阳丽", C, "本报")],
    "本报记者 李玉波\n本报通讯员 张媛 刘俊平": [
        ("李玉波", R, "本报"),
        ("张媛", C, "本报"),
        ("刘俊平", C, "本报"),
    ],
    "□ 本报记者 张驰 □ 本报见习记者 范瑞恒 □ 本报通讯员 张晓斌": [
        ("张驰", R, "本报"),
        ("范瑞恒", R, "本报", "见习"),
        ("张晓斌", C, "本报"),
    ],
    "新华社“新华视点”记者伍岳、许可、乌梦达": [
        ("伍岳", R, "新华社"),
        ("许可", R, "新华社"),
        ("乌梦达", R, "新华社"),
    ],
    "（记者/简文湘 通讯员/罗江莉）": [("简文湘", R), ("罗江莉", C)],
    "◎文/徐报融媒记者 王正喜 图/徐报融媒记者 陈艳": [
        ("王正喜", "text", "徐报融媒"),
        ("陈艳", "picture", "徐报融媒"),
    ],
    "新华社记者 王松 摄": [("王松", "photographer", "新华社")],
    "新华社发（张三 摄）": [("张三", "photographer")],
    "本报记者 X 摄": [("X", "photographer", "本报")],
    "张三 摄影报道": [("张三", "text_and_picture")],
    "张三 文/图": [("张三", "text_and_picture")],
    "本报 林一舟 制图": [("林一舟", "chart", "本报")],
    "（记者 马尚龙）": [("马尚龙", R)],
    "（记者罗沙）": [("罗沙", R)],
    "（全媒体记者简文湘）": [("简文湘", R, "", "全媒体")],
    "责任编辑：张三 编辑：李四 美编：王五 校对：赵六 审核：钱七": [
        ("张三", "duty_editor"),
        ("李四", "editor"),
        ("王五", "art_editor"),
        ("赵六", "proofreader"),
        ("钱七", "reviewer"),
    ],
}
NAMES_AND_WORDS = {
    "张　嫱": [("张嫱", U)],
    "张 胜 男": [("张胜男", U)],
    "张　嫱 李　娜": [("张嫱", U), ("李娜", U)],
    "张 嫱 李 娜": [("张嫱", U), ("李娜", U)],
    "张　嫱 王　伟 李　娜": [("张嫱", U), ("王伟", U), ("李娜", U)],
    "（记者张　嫱 通讯员李　娜）": [("张嫱", R), ("李娜", C)],
    "本报记者 张　嫱 摄": [("张嫱", "photographer", "本报")],
    "张　嫱摄": [("张嫱", "photographer")],
    "本报记者王松摄": [("王松", "photographer", "本报")],
    "王伟摄影 李娜": [("王伟", "photographer"), ("李娜", U)],
    "王伟 摄影 李娜": [("王伟", U), ("李娜", "photographer")],
    "王伟 摄影 本报记者 李娜": [("王伟", "photographer"), ("李娜", R, "本报")],
    "摄影 本报记者 李娜": [("李娜", "photographer", "本报")],
    "文图强 文静 图雅 王德发 编辑王芳": [
        ("文图强", U),
        ("文静", U),
        ("图雅", U),
        ("王德发", U),
        ("王芳", "editor"),
    ],
    "文　静": [("文静", U)],
    "文 天 祥": [("文天祥", U)],
    "文 王正喜 图 陈艳": [("王正喜", "text"), ("陈艳", "picture")],
    "文/图强": [("图强", "text")],
    "文/图：王伟": [("王伟", "text_and_picture")],
    "记者阿依古丽·买买提 约翰·F·肯尼迪": [("阿依古丽·买买提", R), ("约翰·F·肯尼迪", R)],
    "Maria Lopez 摄": [("Maria Lopez", "photographer")],
    "记者O'Brien、Tom": [("O'Brien", R), ("Tom", R)],
    "欧阳修 司马相如": [("欧阳修", U), ("司马相如", U)],
    "记者𠮷㐀 﨑𪚥𰀀": [("𠮷㐀", R), ("﨑𪚥𰀀", R)],
    "《中国煤炭报》首席记者 王伟": [("王伟", R, "中国煤炭报", "首席")],
    "徐报融媒体记者 王伟": [("王伟", R, "徐报", "融媒体")],
    "工人日报—中工网记者 王伟": [("王伟", R, "工人日报—中工网")],
    "本报全媒体见习记者 王伟 综合报道": [("王伟", R, "本报", "全媒体见习")],
    "特约撰稿 王伟": [("王伟", "contributing_writer")],
    "王伟 编译": [("王伟", "translator")],
    "王伟 综合整理": [("王伟", "compiler")],
    "王伟 供图": [("王伟", "donor")],
    "王伟 发": [("王伟", U)],
    "本报评论员": [],
}


@pytest.mark.parametrize(("text", "people"), (HOUSE_FORMS | NAMES_AND_WORDS).items())
def test_printed_byline_is_read_and_printed_back(text: str, people: list[tuple[str, ...]]) -> None:
    byline = parse_byline(text)

    assert people == flat(byline)
    assert text == str(byline)


@pytest.mark.parametrize("text", ["资料图", "插图", "受访者供图", "新华社发", "本报资料图", "AI生成"])
def test_picture_credit_may_name_nobody_but_a_byline_may_not(text: str) -> None:
    assert flat(parse_photo_credit(text)) == []
    assert Unreadable(0, len(text), "role-without-name") == parse_byline(text)


def test_donor_that_is_no_person_is_an_org() -> None:
    credit = parse_photo_credit("河北省总工会供图")

    assert Byline((Group(org="河北省总工会", suffix="供图"),)) == credit


def test_group_keeps_marker_task_org_role_and_every_blank() -> None:
    expected = Group(
        marker="◎",
        task="文",
        task_join="/",
        org="徐报融媒",
        role_word="记者",
        join=" ",
        names=(Name("王正喜"),),
    )

    assert Byline((expected,)) == parse_byline("◎文/徐报融媒记者 王正喜")


UNREADABLE_BYLINES = {
    "": (0, 0, "empty"),
    " \u3000": (0, 2, "empty"),
    "（）": (0, 2, "empty"),
    "（记者张三": (0, 1, "bracket"),
    "记者张三）": (4, 5, "bracket"),
    "(记者张三)": (0, 1, "bracket"),
    "（记者张三)": (5, 6, "bracket"),
    "新华社发（张三 摄": (4, 5, "bracket"),
    "（记者张三\n李四）": (0, 1, "bracket"),
    "记者": (0, 2, "role-without-name"),
    "（记者张三 通讯员）": (6, 9, "role-without-name"),
    "记者、张三": (0, 2, "role-without-name"),
    "本报见习记者": (2, 6, "role-without-name"),
    "责任编辑：": (0, 4, "role-without-name"),
    "张 王 李 赵 钱": (0, 9, "spaced-characters"),
    "记者 张 王 李 赵 钱 孙": (3, 14, "spaced-characters"),
    "张 伟强": (0, 1, "spaced-characters"),
    "张 三 发": (0, 5, "spaced-characters"),
    "张　胜 男": (0, 5, "spaced-characters"),
    "张记者": (0, 3, "word"),
    "张三记者李四": (0, 6, "word"),
    "张三，李四和王五": (3, 8, "word"),
    "记者王": (2, 3, "word"),
    "王摄": (0, 2, "word"),
    "〇〇": (0, 2, "word"),
    "记者张三。": (2, 5, "word"),
    "记者张三、": (4, 5, "word"),
    "、张三": (0, 1, "word"),
    " 记者张三": (0, 1, "word"),
    "张三；李四": (0, 5, "word"),
    "本报讯": (2, 3, "word"),
    "据新华社": (0, 4, "word"),
    "（张三）（李四）": (4, 8, "word"),
}


@pytest.mark.parametrize(("text", "blame"), UNREADABLE_BYLINES.items())
def test_unreadable_byline_says_where_and_why(text: str, blame: tuple[int, int, str]) -> None:
    assert Unreadable(*blame) == parse_byline(text)  # type: ignore[arg-type]


K = DatelineKind
DATELINES = {
    "本报讯": Dateline(K.OWN, "本报", "讯"),
    "本网讯": Dateline(K.OWN, "本网", "讯"),
    "本刊讯": Dateline(K.OWN, "本刊", "讯"),
    "本台消息": Dateline(K.OWN, "本台", "消息"),
    "本报北京4月3日电": Dateline(K.FILED, "本报", "电", "北京", 4, 3),
    "本报北京4月3日讯": Dateline(K.FILED, "本报", "讯", "北京", 4, 3),
    "本报北京3日专电": Dateline(K.FILED, "本报", "专电", "北京", None, 3),
    "新华社北京4月3日电": Dateline(K.AGENCY, "新华社", "电", "北京", 4, 3),
    "中新网上海2月29日电": Dateline(K.AGENCY, "中新网", "电", "上海", 2, 29),
    "人民日报北京、上海4月3日电": Dateline(K.AGENCY, "人民日报", "电", "北京、上海", 4, 3),
    "据新华社北京4月3日电": Dateline(K.ADAPTED, "新华社", "电", "北京", 4, 3, True),
    "新华社北京4月3日电 题：招聘　送岗": Dateline(
        K.FEATURE, "新华社", "电", "北京", 4, 3, title_gap=" ", title="招聘　送岗"
    ),
    "河北日报讯": Dateline(K.NAMED, "河北日报", "讯"),
    "羊城晚报讯": Dateline(K.NAMED, "羊城晚报", "讯"),
    "广州日报讯": Dateline(K.NAMED, "广州日报", "讯"),
    "西江工人报讯": Dateline(K.NAMED, "西江工人报", "讯"),
    "中工网讯": Dateline(K.WEB, "中工网", "讯"),
    "工人日报客户端讯": Dateline(K.WEB, "工人日报客户端", "讯"),
    "工人日报客户端北京4月3日电": Dateline(K.WEB, "工人日报客户端", "电", "北京", 4, 3),
    "工人日报—中工网北京4月3日电": Dateline(K.WEB, "工人日报—中工网", "电", "北京", 4, 3),
}


@pytest.mark.parametrize(("text", "dateline"), DATELINES.items())
def test_printed_dateline_is_read_and_printed_back(text: str, dateline: Dateline) -> None:
    assert dateline == parse_dateline(text)
    assert text == str(dateline)


UNREADABLE_DATELINES = {
    "": (0, 0, "empty"),
    "新华社北京13月3日电": (5, 10, "date"),
    "新华社北京4月31日电": (5, 10, "date"),
    "本报0日讯": (2, 4, "date"),
    "本报北京04月3日电": (4, 9, "date"),
    "新华社北京4月电": (0, 8, "dateline"),
    "新华社北京 4月3日电": (0, 11, "dateline"),
    "据本报北京4月3日电": (0, 10, "dateline"),
    "本报 讯": (0, 4, "dateline"),
    "新华社北京4月3日电 题：": (11, 13, "dateline"),
    "新华社北京4月3日电 题:招聘": (11, 13, "dateline"),
    "本报讯今年": (3, 5, "dateline"),
    "近日": (0, 2, "dateline"),
}


@pytest.mark.parametrize(("text", "blame"), UNREADABLE_DATELINES.items())
def test_unreadable_dateline_says_where_and_why(text: str, blame: tuple[int, int, str]) -> None:
    assert Unreadable(*blame) == parse_dateline(text)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("lead", "prose"),
    [
        ("本报讯 （记者张翀 通讯员张茜 黎甜）", "湖北省总工会今年"),
        ("本报讯（罗勇 记者 江潇）", "4月3日，"),
        ("本报讯　（记者张翀）", "湖北省总工会"),
        ("本报讯", "昨日（4月3日），"),
        ("新华社北京4月3日电（记者罗沙）", "春天里，"),
        ("据新华社北京4月3日电", " 春天里，"),
        ("河北日报讯 （记者张三）", "春天里，"),
        ("广州日报讯（全媒体记者张三）", "春天里，"),
        ("新华社北京4月3日电 题：招聘　送岗", "\n大雪\n\n正文。"),
        ("新华社北京4月3日电 题：招聘\n新华社“新华视点”记者伍岳、许可、乌梦达", "\n正文。"),
        ("工人日报客户端讯", ""),
    ],
)
def test_body_that_starts_with_a_lead_gives_it_and_its_length(lead: str, prose: str) -> None:
    assert (parse_lead(lead), len(lead)) == find_lead(lead + prose)
    assert lead == str(parse_lead(lead))


@pytest.mark.parametrize(
    "body",
    [
        "",
        "近日，湖北省总工会",
        "新华社记者从会上获悉，",
        "据新华社报道，近日",
        "本报记者王伟从省总获悉",
        "本报4月3日电话采访了",
        "他通过互联网讯问专家。",
        "中工网讯息显示",
        "本报消息灵通",
        "新华社北京4月3日电视节目",
        "（记者张三）近日",
    ],
)
def test_body_that_starts_with_prose_has_no_lead(body: str) -> None:
    assert find_lead(body) is None


@pytest.mark.parametrize(
    ("body", "blame"),
    [
        ("本报讯(记者张三)近日", (3, 4, "bracket")),
        ("本报讯 （记者张三近日", (4, 5, "bracket")),
        ("本报讯（记者）近日", (4, 6, "role-without-name")),
        ("新华社北京4月31日电 近日", (5, 10, "date")),
        ("新华社北京 4月3日电（记者罗沙）近日", (0, 11, "dateline")),
    ],
)
def test_body_that_starts_like_a_lead_but_is_none_is_unreadable(body: str, blame: tuple[int, int, str]) -> None:
    assert Unreadable(*blame) == find_lead(body)  # type: ignore[arg-type]


def test_lead_with_text_after_it_is_no_whole_lead() -> None:
    assert Unreadable(7, 9, "word") == parse_lead("本报讯（张三）近日")
    assert Unreadable(3, 4, "word") == parse_lead("本报讯 ")


def test_end_byline_is_the_last_line_in_brackets() -> None:
    expected = parse_byline("（记者 马尚龙）"), 4

    assert expected == find_end_byline("正文。\n（记者 马尚龙）")
    assert expected == find_end_byline("正文。\n（记者 马尚龙）\n\n")


@pytest.mark.parametrize(
    "body",
    [
        "",
        "正文。",
        "正文（记者 马尚龙）",
        "正文\n（全文完）",
        "正文\n（据新华社）",
        "正文\n（作者系教授）",
    ],
)
def test_other_last_lines_are_no_end_byline(body: str) -> None:
    assert find_end_byline(body) is None


@pytest.mark.parametrize(
    ("body", "blame"),
    [
        ("正文\n(记者 马尚龙)", (3, 4, "bracket")),
        ("正文\n（记者）", (4, 6, "role-without-name")),
    ],
)
def test_last_line_that_announces_a_byline_is_unreadable(body: str, blame: tuple[int, int, str]) -> None:
    assert Unreadable(*blame) == find_end_byline(body)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("（作者系某大学教授）", EndNote(EndNoteKind.AUTHOR, "作者系", "某大学教授", True)),
        ("（作者单位：某大学）", EndNote(EndNoteKind.AUTHOR, "作者单位：", "某大学", True)),
        ("据新华社", EndNote(EndNoteKind.SOURCE, "据", "新华社")),
        ("综合新华社、中新社", EndNote(EndNoteKind.SOURCE, "综合", "新华社、中新社")),
        ("来源：中工网", EndNote(EndNoteKind.SOURCE, "来源：", "中工网")),
    ],
)
def test_author_and_source_notes_are_read_and_printed_back(text: str, note: EndNote) -> None:
    assert note == parse_end_note(text)
    assert text == str(note)


def test_note_without_its_word_or_text_is_unreadable() -> None:
    assert Unreadable(0, 2, "word") == parse_end_note("张三")
    assert Unreadable(0, 3, "word") == parse_end_note("来源：")
    assert Unreadable(0, 1, "bracket") == parse_end_note("（据新华社")
    assert Unreadable(0, 0, "empty") == parse_end_note("")


@pytest.mark.parametrize("piece", ["摄影 ", "新华社发（", "张 ", "X ", "报", "文/", "提供", "（）"])
def test_very_long_text_is_refused_without_recursion(piece: str) -> None:
    assert isinstance(parse_photo_credit(piece * 2000), Unreadable)
    assert isinstance(parse_lead(f"本报讯（{piece * 2000}）"), Unreadable)


@given(bylines())
def test_every_generated_byline_reads_back(byline: Byline) -> None:
    assert byline == parse_byline(str(byline))
    assert byline == parse_photo_credit(str(byline))


@given(nameless_credits())
def test_every_generated_picture_credit_reads_back(credit: Byline) -> None:
    assert credit == parse_photo_credit(str(credit))


@given(datelines())
def test_every_generated_dateline_reads_back(dateline: Dateline) -> None:
    assert dateline == parse_dateline(str(dateline))


@given(leads())
def test_every_generated_lead_reads_back(lead: Lead) -> None:
    assert lead == parse_lead(str(lead))


@given(leads(), st.data())
def test_lead_is_found_before_any_prose(lead: Lead, data: st.DataObject) -> None:
    body = str(lead) + data.draw(prose_after(lead))

    assert (lead, len(str(lead))) == find_lead(body)


@given(bylines(brackets=True))
def test_byline_is_found_on_the_last_line(byline: Byline) -> None:
    assert (byline, 4) == find_end_byline(f"正文。\n{byline}\n")


@given(printed_noise())
@example("（张三）\n")
@example("摄影/")
def test_any_text_is_refused_or_printed_back_whole(text: str) -> None:
    for parse in (parse_byline, parse_photo_credit, parse_dateline, parse_lead, parse_end_note):
        found = parse(text)
        if isinstance(found, Unreadable):
            assert 0 <= found.start <= found.end <= len(text)
        else:
            assert text == str(found)


@given(printed_noise())
def test_what_is_found_in_any_body_is_printed_there(text: str) -> None:
    lead, end = find_lead(text), find_end_byline(text)

    if isinstance(lead, tuple):
        assert text[: lead[1]] == str(lead[0])
    if isinstance(end, tuple):
        assert text[end[1] :].rstrip(" \u3000\n") == str(end[0])
