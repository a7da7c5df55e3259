"""The search engine that readers' browsers run, under Node: it finds what the Python reader and what bare eyes find."""

from __future__ import annotations

import gzip
import random
import re
import zlib
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from search_engine import NODE, Failure, SearchEngine, ids, plain, shown
from search_naive import found_by_looking, query_of
from search_samples import BREAKS, PIECES, files_of, newsrooms, searched, terms

from site_builder.render.searching.records import SearchedStory
from site_builder.render.searching.suggestions import Suggestion, Suggestions
from site_builder.text import fold_table
from site_builder.text.folding import fold, fold_with_places

pytestmark = pytest.mark.skipif(NODE is None, reason="needs Node")


MOST_BYTES = 130_000


@pytest.fixture(scope="module")
def engine() -> Iterator[SearchEngine]:
    process = SearchEngine()
    yield process
    process.close()


# ---- What is found


@settings(max_examples=150, deadline=None)
@given(
    newsrooms,
    st.lists(terms, max_size=2),
    st.none() | terms,
    st.sampled_from(["relevance", "date"]),
    st.sampled_from([0, 30]),
)
def test_it_finds_what_is_there_the_best_or_the_newest_first(
    engine: SearchEngine,
    rows: list[SearchedStory],
    wanted: list[str],
    unwanted: str | None,
    sort: str,
    chunk_bytes: int,
) -> None:
    files = files_of(rows, chunk_bytes=chunk_bytes)
    expected = found_by_looking(rows, files, wanted, unwanted, sort)

    engine.open(files)
    answer = engine.search(query_of(wanted, unwanted), sort=sort)

    assert ids(answer) == expected
    assert (answer["count"], answer["exact"], answer["more"]) == (len(expected), True, False)


@settings(max_examples=60, deadline=None)
@given(newsrooms, st.lists(terms, min_size=1, max_size=2), st.sampled_from(["relevance", "date"]))
def test_it_answers_as_the_python_reader_does(
    engine: SearchEngine, rows: list[SearchedStory], wanted: list[str], sort: str
) -> None:
    reader = pytest.importorskip("site_builder.render.searching.reader")
    files = files_of(rows)
    engine.open(files)

    hits = reader.IndexReader(files.__getitem__).search(query_of(wanted, None), sort=sort, limit=1000).hits

    assert [hit["url"] for hit in engine.search(query_of(wanted, None), sort=sort)["hits"]] == [
        hit.record["u"] for hit in hits
    ]


@settings(max_examples=60, deadline=None)
@given(newsrooms, st.lists(terms, min_size=1, max_size=2))
def test_a_page_after_the_other_is_the_whole(
    engine: SearchEngine, rows: list[SearchedStory], wanted: list[str]
) -> None:
    typed = query_of(wanted, None)
    engine.open(files_of(rows), late=True)
    pages = [engine.search(typed, offset=offset, limit=2) for offset in range(0, 8, 2)]
    first = pages[0]

    whole = engine.search(typed)

    assert [name for page in pages for name in ids(page)] == ids(whole)
    assert [page["more"] for page in pages] == [len(ids(whole)) > offset + 2 for offset in range(0, 8, 2)]
    assert not first["exact"] or first["count"] == whole["count"]


@settings(max_examples=40, deadline=None)
@given(newsrooms, terms, st.booleans())
def test_files_may_come_unpacked_and_browsers_may_not_know_gzip(
    engine: SearchEngine, rows: list[SearchedStory], wanted: str, old: bool
) -> None:
    engine.open(files_of(rows))
    expected = engine.search(f'"{wanted}"')
    engine.open(files_of(rows), plain=not old, old=old)

    assert engine.search(f'"{wanted}"') == expected


@pytest.mark.parametrize("every", [100, 400])
def test_a_search_stops_after_some_bytes_and_asking_again_goes_on(engine: SearchEngine, every: int) -> None:
    """Both pairs of 甲乙丙 stand in every story, and the word itself in few of them."""
    rows = [
        searched(f"s{number:03}", "短讯", date(2020, 1, 1), body="乙丙。甲乙" if number % every else "甲乙丙")
        for number in range(400)
    ]
    engine.open(files_of(rows))
    hits: list[str] = []
    answers = []
    for _ in range(8):
        answers.append(engine.search("甲乙丙", offset=len(hits), limit=3))
        assert engine.read < MOST_BYTES
        hits += ids(answers[-1])
        if not answers[-1]["more"]:
            break

    assert hits == [f"s{number:03}" for number in range(400 - every, -1, -every)]
    assert len(ids(answers[0])) < min(3, len(hits))
    assert [answer["exact"] for answer in answers] == [not answer["more"] for answer in answers]


ARCHIVE = [
    searched(
        "a",
        "青岛市总工会开展“求学圆梦”行动",
        date(2024, 4, 8),
        body="共有5125个班组参加清工之家。\nAI智能体检很好。",
        topics=(("cg", "产改"),),
    ),
    searched(
        "b",
        "工會新聞",
        date(2024, 4, 2),
        body="車間裏的e路有家平台，35125个",
        region=("qingdao", "青岛市", "山东"),
    ),
    searched(
        "c",
        "劳动竞赛",
        date(2024, 1, 31),
        body="May Day 的 covid19abc，青岛也有",
        genre=("feature", "通讯"),
    ),
    searched(
        "d",
        "清工之家",
        date(2023, 12, 30),
        tips="劳动竞赛在这里",
        body="魃3.5万，青岛市北区总工会",
        edition="2023-12-30",
        page=2,
    ),
    searched("e", "短讯", date(2019, 5, 1), body="西安市总工会", names=("尹稚淳",), people=(("yzc", "尹稚淳"),)),
]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("求学圆梦", ["a"]),
        ("工會", ["a", "b", "d", "e"]),
        ("工会", ["a", "b", "d", "e"]),
        ("车间", ["b"]),
        ("5125个", ["a"]),
        ("5125", ["a"]),
        ("求学圆梦。", ["a"]),
        ("（求学圆梦）、", ["a"]),
        ("😀魃！", ["d"]),
        ("‘清工之家’", ["d", "a"]),
        ("『清工 之家』", ["d", "a"]),
        ("清工之家 –3.5万", ["a"]),
        ("清工之家 −“3.5万”", ["a"]),
        ("AI智能体检", ["a"]),
        ("ｅ路有家", ["b"]),
        ("魃", ["d"]),
        ("3.5", ["d"]),
        ("5万", []),
        ("劳动竞赛", ["c", "d"]),
        ("covid19", ["c"]),
        ("vid19", []),
        ("ma", ["c"]),
        ("qingdao", ["a", "b"]),
        ("qdszgh", ["a"]),
        ("QINGDAOSHIZONGGONGHUI", ["a"]),
        ("yinzhichun", ["e"]),
        ("青岛 总工会", ["a", "d"]),
        ("总工会 -青岛", ["e"]),
        ("－青岛 工会", ["e"]),
        ('"may day"', ["c"]),
        ("「劳动 竞赛」", ["c", "d"]),
        ("，", []),
        ("没有这个", []),
    ],
)
def test_what_readers_type_is_found(engine: SearchEngine, typed: str, expected: list[str]) -> None:
    engine.open(files_of(ARCHIVE))

    assert ids(engine.search(typed)) == expected


def test_the_date_puts_hits_in_order_where_asked(engine: SearchEngine) -> None:
    engine.open(files_of(ARCHIVE))

    assert ids(engine.search("清工之家")) == ["d", "a"]
    assert ids(engine.search("清工之家", sort="date")) == ["a", "d"]


@pytest.mark.parametrize(
    ("facets", "expected"),
    [
        ({"region": ["qingdao"]}, ["b"]),
        ({"region": ["qingdao", "nowhere"], "year": ["2024"]}, ["b"]),
        ({"year": ["2023", "2019"]}, ["d", "e"]),
        ({"genre": ["feature"]}, ["c"]),
        ({"person": ["yzc"]}, ["e"]),
        ({"edition": ["2023-12-30"]}, ["d"]),
        ({"topic": ["cg"], "year": ["2019"]}, []),
        ({"from": "2024-01-31", "to": "2024-04-02"}, ["b", "c"]),
        ({"from": "2024-02-01", "to": "2024-04-01"}, []),
        ({"to": "2023-12-30"}, ["d", "e"]),
        ({"from": "2024-04-03"}, ["a"]),
        ({"section": []}, []),
    ],
)
def test_facets_without_words_list_their_stories_newest_first(
    engine: SearchEngine, facets: dict[str, Any], expected: list[str]
) -> None:
    engine.open(files_of(ARCHIVE))

    answer = engine.search("", facets=facets)

    assert (ids(answer), answer["count"], answer["exact"]) == (expected, len(expected), True)


def test_only_the_pages_of_the_directory_that_may_hold_the_term_are_read(engine: SearchEngine) -> None:
    many = "".join(chr(0x4E00 + 11 * number) for number in range(1000))
    files = files_of([*ARCHIVE, searched("f", "长文", date(2018, 1, 1), body=many)], chunk_bytes=60)
    archive = next(path for path in files if path.startswith("search/a-")).rpartition("/")[0]
    asked = [many[:2], many[500:502], many[-1], "西安市", "yinz", "3.5万"]
    read = {}
    for typed in asked:
        engine.open(files)
        assert ids(engine.search(typed)) == (["f"] if typed in many else ["d"] if typed == "3.5万" else ["e"])
        read[typed] = {path for path in engine.paths if path.startswith(f"{archive}/d-")}

    assert len([path for path in files if path.startswith(f"{archive}/d-")]) > 4
    assert max(map(len, read.values())) <= 2
    assert len(set.union(*read.values())) > 2


def test_facets_narrow_a_query_and_counts_say_what_else_there_is(engine: SearchEngine) -> None:
    engine.open(files_of(ARCHIVE))

    assert ids(engine.search("青岛", facets={"year": ["2024"]})) == ["a", "b", "c"]
    narrowed = engine.search("青岛", facets={"genre": ["news"], "topic": ["cg", "none"]})
    assert ids(narrowed) == ["a"]
    assert narrowed["labels"] == {"genre": {"news": "消息"}, "topic": {"cg": "产改", "none": "none"}}
    assert not [path for path in engine.paths if "/f-" in path]
    assert engine.ask("counts", {"q": "青岛"}, "year") == [["2024", "2024", 3], ["2023", "2023", 1]]
    assert engine.ask("counts", {"q": "青岛"}, "genre") == [["news", "消息", 3], ["feature", "通讯", 1]]
    assert {path.split("/")[-1] for path in engine.paths} == {"f-genre.gz"}
    assert engine.ask("counts", {"q": "", "facets": {"year": ["2024"]}}, "region") == [["qingdao", "青岛市", 1, "山东"]]


def test_a_search_that_is_overtaken_says_so(engine: SearchEngine) -> None:
    engine.open(files_of(ARCHIVE), late=True)

    first, second = engine.both({"q": "青岛"}, {"q": "劳动竞赛"})

    assert first == Failure("", True, "")
    assert ids(second) == ["c", "d"]


def test_names_are_suggested_by_their_beginning_by_pinyin_and_by_what_is_in_them(engine: SearchEngine) -> None:
    rows = [
        ("topics/chan-gai/", "产业工人队伍建设改革", "topics", 30),
        ("regions/qingdao/", "青岛市", "regions", 20),
        ("organisations/one/", "山东青岛港工会", "organisations", 9),
        ("people/shan/", "单青", "people", 2),
    ]
    engine.open(files_of(ARCHIVE, Suggestions(tuple(Suggestion(*row) for row in rows))))

    def suggested(typed: str) -> list[str]:
        return [row["text"] for row in engine.ask("suggest", typed, 3)]

    assert engine.ask("suggest", "产", 3) == [
        {"text": "产业工人队伍建设改革", "kind": "topics", "count": 30, "url": "topics/chan-gai/"}
    ]
    assert suggested("青岛") == ["青岛市", "山东青岛港工会"]
    assert suggested("qingd") == ["青岛市"]
    assert suggested("SQ") == ["单青"]
    assert suggested("產業") == ["产业工人队伍建设改革"]
    assert (suggested(""), suggested("没有")) == ([], [])


def test_what_was_tried_is_told(engine: SearchEngine) -> None:
    engine.open(files_of(ARCHIVE))

    assert engine.search("工會")["tried"] == {"simplified": "工会"}
    assert engine.search("qingdao")["tried"] == {"pinyin": True}
    shorter = {"shorter": ["劳动", "工会", "竞赛"], "apart": "劳动 工会 竞赛"}
    assert engine.search("劳动工会竞赛")["tried"] == shorter
    assert engine.search("劳动、工会，竞赛")["tried"] == shorter
    assert engine.search("青岛 没有")["tried"] == {"shorter": ["青岛"]}
    assert engine.search("没有）青岛、总工会")["tried"] == {"shorter": ["青岛", "总工会"], "apart": "青岛 总工会"}
    assert engine.search("没有 青岛、五一")["tried"] == {"shorter": ["青岛"]}
    assert engine.search("没有的话")["tried"] == {"shorter": []}
    assert engine.search("职职" * 50)["tried"] == {"shorter": []}


def test_whole_syllables_are_not_taken_for_initials(engine: SearchEngine) -> None:
    """``~duyuan`` has as many letters as the longest initials, but no syllable begins with u."""
    stories = [searched("old", "调度员范建的门店", date(2009, 2, 4))]
    stories += [searched(f"s{number}", "优秀调度员", date(2010, 1, 1)) for number in range(40)]
    engine.open(files_of(stories))

    answer = engine.search("duyuanfan")

    assert (ids(answer), answer["count"], answer["exact"]) == (["old"], 1, True)
    assert len([path for path in engine.paths if "/x/" in path]) == 1


@pytest.mark.parametrize("typed", ["jdgh", "jdghd", "jdghdy", "jdghdyy", "jdghdyyx"])
def test_initials_longer_than_those_of_the_index_are_found(engine: SearchEngine, typed: str) -> None:
    engine.open(
        files_of([searched("a", "基调工会调研一线", date(2009, 2, 4)), searched("b", "基调", date(2010, 1, 1))])
    )

    assert ids(engine.search(typed)) == ["a"]


# ---- What is shown


def test_a_hit_tells_what_a_page_shows(engine: SearchEngine) -> None:
    engine.open(files_of(ARCHIVE))

    (hit,) = engine.search("魃")["hits"]

    assert hit["url"].strip("/").endswith("d")
    assert (hit["date"], hit["section"], hit["genre"]) == ("2023-12-30", ["yaowen", "要闻"], "news")
    assert (hit["folio"], hit["where"]) == (["2023-12-30", 2], "body")
    assert shown(hit["excerpt"]) == "[魃]3.5万，青岛市北区总工会"


def test_marks_stand_in_what_was_written(engine: SearchEngine) -> None:
    engine.open(files_of(ARCHIVE))
    engine.search("工會")  # the table of Traditional characters is there from now on

    def marked(text: str, typed: str) -> str:
        return shown(engine.call("BulletinSearch.marks", text, typed))

    assert marked("开展“求学圆梦”行动", "展求学") == "开[展“求学]圆梦”行动"
    assert marked("𠮷工會𠮷", "工会") == "𠮷[工會]𠮷"
    assert marked("五㎡的ﬁre", "m2的fi") == "五[㎡的ﬁ]re"
    assert marked("ＡＩ 智能", "ai智") == "[ＡＩ 智]能"
    assert marked("35125个和5125个", "5125个") == "35125个和[5125个]"
    assert marked("工会会员 工会", "工会 会会员") == "[工会会员] [工会]"
    assert marked("一段工\n会二段", "工会") == "一段工\n会二段"
    assert marked("无", "") == "无"


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*PIECES, *BREAKS, "𠮷", "㎡", "ﬁ", "ｶﾞ", "Ａ"]), max_size=12).map("".join), terms)
def test_marks_change_nothing_and_hold_the_term(engine: SearchEngine, text: str, term: str) -> None:
    parts = engine.call("BulletinSearch.marks", text, f'"{term}"')

    assert "".join(part if isinstance(part, str) else part[0] for part in parts) == text
    for part in parts:
        if not isinstance(part, str) and re.search(r"\w", term):
            assert fold(term) in fold(part[0])


def test_an_excerpt_is_cut_where_the_words_stand_close_together(engine: SearchEngine) -> None:
    filler = "这里说别的事情，"
    body = f"青岛。{filler * 30}后来有人说起。青岛的车间里，工人说起求学。{filler * 30}"
    engine.open(files_of([searched("a", "标题", date(2024, 4, 8), body=body)]))

    (hit,) = engine.search("青岛 求学")["hits"]

    assert shown(hit["excerpt"]).startswith("…[青岛]的车间里，工人说起[求学]。这里")
    assert shown(hit["excerpt"]).endswith("…")
    assert 90 < len(plain(hit["excerpt"])) < 140


def test_an_excerpt_of_one_long_sentence_begins_with_a_clause_and_joins_paragraphs(engine: SearchEngine) -> None:
    body = f"{'这里说别的事情' * 9}一千九百组数据、四十七条条款，全市的合同把高温写清。\n\n第二段接着说。"
    engine.open(files_of([searched("a", "标题", date(2024, 4, 8), body=body)]))

    (hit,) = engine.search("高温")["hits"]

    assert shown(hit["excerpt"]) == "…全市的合同把[高温]写清。第二段接着说。"


def test_where_only_the_headline_has_the_word_the_story_begins(engine: SearchEngine) -> None:
    engine.open(files_of([searched("a", "青岛", date(2024, 4, 8), tips="读一读。", body="正文的开头。")]))

    (hit,) = engine.search("qingdao")["hits"]

    assert (shown(hit["headline"]), shown(hit["excerpt"]), hit["where"]) == ("[青岛]", "读一读。", "headline")
    assert hit["words"] == ["青岛"]


# ---- Files that are not as they should be


def test_a_new_index_is_read_when_files_of_the_old_one_are_gone(engine: SearchEngine) -> None:
    old, new = files_of(ARCHIVE), files_of([*ARCHIVE, searched("f", "青岛新消息", date(2024, 5, 2))])
    engine.open(old)
    engine.search("")  # reads what tells where all else is
    engine.put({path: new.get(path) for path in old} | new)

    assert ids(engine.search("新消息")) == ["f"]


def test_a_file_that_stays_away_fails_the_search_and_a_later_one_may_succeed(engine: SearchEngine) -> None:
    files = files_of(ARCHIVE)
    records = {path: None for path in files if path.startswith("search/x/")}
    engine.open(files)
    engine.put(records)
    assert engine.search("青岛").code == "missing"
    assert engine.paths.count("search/index.json") == 2
    engine.put({path: files[path] for path in records})

    assert ids(engine.search("青岛")) == ["a", "b", "c", "d"]


@settings(max_examples=200, deadline=None)
@given(st.randoms(use_true_random=False), st.booleans())
def test_damaged_files_end_in_an_answer_or_an_error(engine: SearchEngine, dice: random.Random, old: bool) -> None:
    files = files_of(ARCHIVE)
    name = dice.choice(sorted(files))
    data = bytearray(files[name] if name.endswith(".json") or dice.random() < 0.3 else gzip.decompress(files[name]))
    for _ in range(dice.randint(1, 4)):
        if data:
            data[dice.randrange(len(data))] = dice.choice((0, 1, 127, 128, 255, dice.randrange(256)))
    engine.open({**files, name: bytes(data[: dice.choice((len(data), dice.randrange(len(data) + 1)))])}, old=old)

    answer = engine.search("青岛", facets={"genre": ["news"], "from": "2019-01-01"})

    assert isinstance(answer, dict) or answer.code in ("missing", "damaged")


# ---- Equal in both languages


def test_both_languages_fold_every_character_alike(engine: SearchEngine) -> None:
    engine.open(files_of(ARCHIVE))
    engine.search("工會")
    points = [*range(0xD800), *range(0xE000, 0x10000), 0x1F600, 0x20BB7, 0x2F800]
    text = "\n".join(f"{chr(point)}|" for point in points)

    assert engine.call("BulletinText.fold", text).split("\n") == fold(text).split("\n")


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from([*PIECES, *BREAKS, "𠮷", "㎡", "ﬁ", "ｶﾞ", "　", "\t"]), max_size=12).map("".join)
    | st.text()
)
def test_both_languages_know_where_folded_characters_come_from(engine: SearchEngine, text: str) -> None:
    folded, places = fold_with_places(text)
    traced = engine.call("BulletinText.trace", text)

    # JavaScript counts units of UTF-16.
    units = [len(text[:place].encode("utf-16-le")) // 2 for place in places]
    starts = [start for char, start in zip(folded, units, strict=True) for _ in range(1 + (ord(char) > 0xFFFF))]
    assert (traced["text"], traced["starts"]) == (folded, starts)


def test_it_is_known_which_texts_need_the_table_of_traditional_characters() -> None:
    process = SearchEngine()
    likely = [chr(point) for point in (*range(0x2E80, 0x3400), *range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20))]
    texts = [*fold_table.HANT_FROM, *likely]
    needed = process.each("BulletinText.wantsHant", texts)
    folded = process.each("BulletinText.fold", texts)
    others = "".join(chr(point) for point in range(0x3400, 0xA000) if chr(point) not in fold_table.HANT_FROM)
    unneeded = process.each("BulletinText.wantsHant", ["，工会ＡＩ“五一”①㎡ か𝐀é😀", "한국", others])
    process.close()

    assert [
        text for text, wants, done in zip(texts, needed, folded, strict=True) if not wants and done != fold(text)
    ] == []
    assert all(needed[: len(fold_table.HANT_FROM)])
    assert unneeded == [False, False, False]


# ---- Unpacking


@settings(max_examples=100, deadline=None)
@given(
    st.binary(max_size=3000) | st.text("青岛ab", max_size=3000).map(str.encode),
    st.sampled_from([0, 1, 9]),
    st.sampled_from([zlib.Z_DEFAULT_STRATEGY, zlib.Z_FIXED, zlib.Z_HUFFMAN_ONLY]),
)
def test_the_fallback_unpacks_what_zlib_packed(engine: SearchEngine, data: bytes, level: int, strategy: int) -> None:
    packer = zlib.compressobj(level, zlib.DEFLATED, 31, 8, strategy)
    packed = packer.compress(data) + packer.flush()

    assert engine.unpack(packed) == data
    assert isinstance(engine.unpack(packed[: len(packed) // 2]), Failure)


def test_the_fallback_passes_over_names_and_comments(engine: SearchEngine) -> None:
    body = gzip.compress(b"data", mtime=0)[10:]

    assert (
        engine.unpack(b"\x1f\x8b\x08\x1e" + b"\0" * 6 + b"\x02\0ab" + b"name\0" + b"said\0" + b"\0\0" + body) == b"data"
    )
