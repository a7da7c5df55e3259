"""What `bulletin check` prints and returns, and that no file of an editor can make it fall over."""

from __future__ import annotations

import codecs
import json
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from newsroom_samples import (
    EDITION,
    FIRST_STORY,
    MINIMAL,
    PROBLEMS,
    SECOND_STORY,
    make_newsroom,
    minimal_text,
)

from site_builder import api
from site_builder.cli.main import main
from site_builder.formats.data import format_json
from site_builder.formats.text import format_short, format_text
from site_builder.messages import load_messages
from site_builder.problems import Problem, Span

Capture = pytest.CaptureFixture[str]
WARNING = PROBLEMS / "headline-full-stop" / "bad"
ERROR = PROBLEMS / "date-invalid" / "bad"
KEYS = ["file", "line", "column", "length", "severity", "code", "what", "why", "fix"]
ZH, EN = load_messages("zh-CN"), load_messages("en")


def _check(root: Path, *arguments: str) -> int:
    return main(["check", "--root", str(root), "--lang", "zh-CN", *arguments])


# --- exit codes


def test_clean_newsroom_is_0_and_says_so_on_standard_error_only(tmp_path: Path, capsys: Capture) -> None:
    assert _check(make_newsroom(tmp_path)) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "8 个文件，没有发现问题\n"


def test_error_is_1(tmp_path: Path, capsys: Capture) -> None:
    assert _check(make_newsroom(tmp_path, ERROR)) == 1
    assert capsys.readouterr().err == "8 个文件，1 个错误，0 个警告\n"


def test_warning_is_0_and_with_strict_1(tmp_path: Path, capsys: Capture) -> None:
    root = make_newsroom(tmp_path, WARNING)

    assert _check(root) == 0
    assert _check(root, "--strict") == 1
    assert capsys.readouterr().err.count("8 个文件，0 个错误，1 个警告\n") == 2


def test_strict_clean_newsroom_is_0(tmp_path: Path) -> None:
    assert _check(make_newsroom(tmp_path), "--strict") == 0


@pytest.mark.parametrize("arguments", [["--format", "xml"], ["--root", "nowhere"], ["--no-such-option"]])
def test_wrong_usage_is_2(arguments: list[str], tmp_path: Path, capsys: Capture) -> None:
    assert _check(make_newsroom(tmp_path), *arguments) == 2
    assert capsys.readouterr().out == ""


def test_folder_that_is_no_newsroom_is_2(tmp_path: Path, capsys: Capture) -> None:
    assert _check(tmp_path) == 2
    assert "mkdocs.yml" in capsys.readouterr().err


# --- formats


def test_text_holds_every_problem_with_a_blank_line_after_each(tmp_path: Path, capsys: Capture) -> None:
    root = make_newsroom(tmp_path, ERROR, PROBLEMS / "commentary-with-reporter" / "bad")
    problems = api.check(root).problems
    _check(root)

    assert len(problems) == 2
    assert capsys.readouterr().out == "".join(format_text(p, ZH) + "\n\n" for p in problems)


def test_text_in_english(tmp_path: Path, capsys: Capture) -> None:
    root = make_newsroom(tmp_path, ERROR)
    status = main(["--lang", "en", "check", "--root", str(root)])

    assert status == 1
    assert capsys.readouterr().out == (PROBLEMS / "date-invalid/expected.en.txt").read_text("utf-8") + "\n"


def test_short_is_one_line_a_problem(tmp_path: Path, capsys: Capture) -> None:
    root = make_newsroom(tmp_path, WARNING, PROBLEMS / "feature-without-byline" / "bad")
    _check(root, "--format", "short")

    assert capsys.readouterr().out == (
        f"{FIRST_STORY}:3:13: 警告[headline-full-stop]: 标题末尾有句号\n"
        f"{SECOND_STORY}:4:8: 警告[feature-without-byline]: 通讯没有署名\n"
    )


@pytest.mark.parametrize("typed", ["一\n  二\n  三", "a\\nb"])
def test_short_stays_on_one_line_when_what_was_found_has_several(typed: str, tmp_path: Path, capsys: Capture) -> None:
    """It used to be broken by the lines of a block scalar, which editors' problem matchers then lost."""
    value = f"|-\n  {typed}" if "\n" in typed else f'"{typed}"'
    root = make_newsroom(tmp_path, {FIRST_STORY: minimal_text(FIRST_STORY).replace("体裁: 消息", f"体裁: {value}")})
    _check(root, "--format", "short")

    assert capsys.readouterr().out.count("\n") == 1


def test_github_names_files_from_the_root_of_the_repository(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    status = _check(make_newsroom(tmp_path, ERROR), "--format", "github")
    line, *more = capsys.readouterr().out.splitlines()

    assert status == 1
    assert more == []
    assert line.startswith(f"::error file=newsroom/{FIRST_STORY},line=5,col=5,endColumn=14,title=")


def test_github_takes_the_folder_with_git_for_the_repository(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    root = make_newsroom(tmp_path, WARNING)
    _check(root, "--format", "github")
    (tmp_path / ".git").mkdir()
    _check(root, "--format", "github")

    assert [line.split(",")[0] for line in capsys.readouterr().out.splitlines()] == [
        f"::warning file={FIRST_STORY}",
        f"::warning file=newsroom/{FIRST_STORY}",
    ]


def test_sarif_is_all_that_is_printed_and_has_every_problem(tmp_path: Path, capsys: Capture) -> None:
    status = _check(make_newsroom(tmp_path, ERROR, PROBLEMS / "feature-without-byline" / "bad"), "--format", "sarif")
    out, err = capsys.readouterr()
    (run,) = json.loads(out)["runs"]

    assert (status, err) == (1, "")
    assert [(r["ruleId"], r["level"]) for r in run["results"]] == [
        ("date-invalid", "error"),
        ("feature-without-byline", "warning"),
    ]


def test_json_is_an_array_with_stable_keys(tmp_path: Path, capsys: Capture) -> None:
    status = _check(make_newsroom(tmp_path, ERROR), "--format", "json")
    out, err = capsys.readouterr()
    (found,) = json.loads(out)

    assert status == 1
    assert err == ""
    assert list(found) == KEYS
    assert found == {
        "file": FIRST_STORY,
        "line": 5,
        "column": 5,
        "length": 9,
        "severity": "error",
        "code": "date-invalid",
        "what": "「2024年4月8日」不是日期",
        "why": "日期写成 年-月-日，需要时加空格和 时:分",
        "fix": "例如  2024-04-08",
    }


def test_json_of_a_clean_newsroom_is_an_empty_array(tmp_path: Path, capsys: Capture) -> None:
    assert _check(make_newsroom(tmp_path), "--format", "json") == 0
    assert json.loads(capsys.readouterr().out) == []


def test_problems_come_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    overlays = [PROBLEMS / code / "bad" for code in ("raw-html", "page-missing", "entry-duplicate", "byline-spaced")]
    problems = api.check(make_newsroom(tmp_path, *overlays)).problems
    places = [(p.path, p.span.line, p.span.column) for p in problems]

    assert {"raw-html", "page-missing", "entry-duplicate", "byline-spaced"} <= {p.code for p in problems}
    assert places == sorted(places)


# --- carets


def _cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _under_caret(problem: Problem) -> str:
    """What of the shown line stands above the carets, counted in cells of the terminal."""
    _, line, carets, *_ = format_text(problem, ZH).split("\n")
    begin = len(carets) - len(carets.lstrip(" |"))
    end = len(carets)
    found, cell = "", 0
    for char in line:
        if begin <= cell < end:
            found += char
        cell += _cells(char)
    return found


@pytest.mark.parametrize(
    ("line", "blamed"),
    [
        ("date: 2024-13-01", "2024-13-01"),
        ("日期: 二〇二四", "二〇二四"),
        ("主题：全角，ＡＢ１２、半角 ab", "半角"),
        ("𠮷野家𪚥龘: 㐀䶵", "㐀䶵"),
        ("「」、——……“”", "——"),
        ("ｱｲｳ 半角假名", "半角假名"),
        ("各" * 200 + "这里" + "位" * 200, "这里"),
        ("a" * 500 + "这里", "这里"),
        ("这里" + "位" * 300, "这里"),
    ],
)
def test_carets_stand_under_what_is_blamed(line: str, blamed: str) -> None:
    problem = Problem("yaml-key", "a.md", Span(12, line.index(blamed) + 1, len(blamed)), source_line=line)

    assert _under_caret(problem) == blamed


@pytest.mark.parametrize("line", ["甲" * 1000, "a" * 1000, "甲a" * 1000])
def test_long_paragraphs_are_shown_in_part(line: str) -> None:
    """The carets of a paragraph's end used to stand where no terminal shows them."""
    for column in (1, 17, 500, len(line)):
        shown = format_text(Problem("yaml-key", "a.md", Span(3, column), source_line=line), ZH).split("\n")[1:3]
        assert max(map(_cells, shown)) <= 115


def test_caret_after_the_end_of_a_line_is_one_cell() -> None:
    text = format_text(Problem("yaml-key", "a.md", Span(1, 4), source_line="工会 "), ZH)

    assert text.split("\n")[2] == "    |      ^"


def test_zero_width_characters_take_no_cell() -> None:
    line = "工\u200b会\u0301！"
    problem = Problem("yaml-key", "a.md", Span(1, line.index("！") + 1), source_line=line)

    assert format_text(problem, ZH).split("\n")[2] == "    |     ^^"


def test_no_control_character_reaches_the_terminal(tmp_path: Path, capsys: Capture) -> None:
    """An escape sequence in a file used to be printed with its line."""
    root = make_newsroom(tmp_path, {FIRST_STORY: minimal_text(FIRST_STORY).replace("60名", "\x1b[31m60名")})
    _check(root)
    out = capsys.readouterr().out

    assert "␛[31m60名" in out
    assert not any(unicodedata.category(c) == "Cc" for c in out.replace("\n", ""))


# --- bytes


def _crlf(data: bytes) -> bytes:
    return data.replace(b"\n", b"\r\n")


def _cr(data: bytes) -> bytes:
    return data.replace(b"\n", b"\r")


def _bom(data: bytes) -> bytes:
    return codecs.BOM_UTF8 + data


def _both(data: bytes) -> bytes:
    return _bom(_crlf(data))


AS_TEXT = [
    path.name
    for path in sorted(PROBLEMS.iterdir())
    if path.name not in ("not-utf8", "control-character", "theme-template", "frontmatter-missing")
]


@pytest.mark.parametrize("change", [_crlf, _cr, _bom, _both])
def test_byte_order_mark_and_line_ends_are_accepted(change: Callable[[bytes], bytes], tmp_path: Path) -> None:
    root = make_newsroom(tmp_path)
    _rewrite(root, change)

    assert api.check(root).problems == ()


@pytest.mark.parametrize("code", AS_TEXT)
def test_byte_order_mark_and_line_ends_move_no_position(code: str, tmp_path: Path) -> None:
    root = make_newsroom(tmp_path, PROBLEMS / code / "bad")
    plain = api.check(root).problems
    _rewrite(root, _both)

    assert api.check(root).problems == plain


def _rewrite(root: Path, change: Callable[[bytes], bytes]) -> None:
    for path in (*root.rglob("*.md"), *root.rglob("*.yml")):
        path.write_bytes(change(path.read_bytes()))


def test_two_byte_order_marks_are_a_control_character(tmp_path: Path) -> None:
    root = make_newsroom(tmp_path, {FIRST_STORY: _bom(_bom(minimal_text(FIRST_STORY).encode()))})

    assert [p.code for p in api.check(root).problems] == ["control-character"]


@pytest.mark.parametrize(
    ("codec", "told"),
    [("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16"), ("gb18030", "GBK"), ("gbk", "GBK")],
)
def test_encodings_are_named(codec: str, told: str, tmp_path: Path) -> None:
    root = make_newsroom(tmp_path, {FIRST_STORY: minimal_text(FIRST_STORY).encode(codec)})
    (problem,) = api.check(root).problems

    assert (problem.code, dict(problem.values)["encoding"]) == ("not-utf8", told)


def test_damaged_utf8_is_not_taken_for_gbk(tmp_path: Path) -> None:
    """One lost byte used to be told as GBK: saving the file as if it were would have spoilt every character."""
    data = minimal_text(FIRST_STORY).encode().replace("走进教室".encode(), "走进教".encode() + b"\xe5\xae")
    (problem,) = api.check(make_newsroom(tmp_path, {FIRST_STORY: data})).problems

    assert format_text(problem, ZH).split("\n")[:3] == [
        f"{FIRST_STORY}:15:44: 错误[not-utf8]: 文件不是完好的 UTF-8（看起来是 UTF-8，但有几个字节损坏了）",
        "  15 | 本报讯 （记者张翀 通讯员张茜）4月7日，小港区总工会的职工夜校开课，60名职工走进教�。",
        "     |" + " " * 81 + "^",
    ]


# --- nothing raises

FILES = (FIRST_STORY, SECOND_STORY)
BYTES = {path: (MINIMAL / path).read_bytes() for path in (*FILES, EDITION, "content/people.yml", "mkdocs.yml")}
SNIPPETS = [
    b"\0", b"\xff", b"\xe5", b"\xef\xbb\xbf", b"\r", b"\n", b"\t", b" ", b":", b": ", b"- ", b"---\n", b"...\n",
    b"'", b'"', b"[", b"]", b"{", b"}", b"&a ", b"*a", b"!!x ", b"<<: ", b"|\n", b">-\n", b"? ", b"#", b"%", b"@",
    b"~", b"null", b"\\", b"0", b"99999999999", b"<b>", b"](", b"![](", b"```\n", b"===\n", b"<<<<<<< x\n",
    "：".encode(), "（".encode(), "）".encode(), "记者".encode(), "本报".encode(), "新华社".encode(), "日电".encode(),
    "电题：".encode(), "\u2028".encode(), "\u3000".encode(), "𠮷".encode(), "٣".encode(),
]  # fmt: skip


@st.composite
def _mutilated(draw: st.DrawFn, paths: tuple[str, ...]) -> tuple[str, bytes]:
    """A file with one to four pieces deleted, doubled, moved or put in."""
    path = draw(st.sampled_from(paths))
    data = BYTES[path]
    for _ in range(draw(st.integers(1, 4))):
        begin = draw(st.integers(0, len(data)))
        end = draw(st.integers(begin, min(len(data), begin + draw(st.sampled_from([1, 3, 20, 400])))))
        piece = draw(st.sampled_from(SNIPPETS) | st.binary(max_size=6) | st.just(data[begin:end]))
        data = draw(
            st.sampled_from([data[:begin] + data[end:], data[:begin] + piece + data[begin:], data[:end] + data[begin:]])
        )
    return path, data


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_newsroom(tmp_path_factory.mktemp("mutilated"))


def _say_everything(root: Path) -> None:
    problems = api.check(root).problems
    for messages in (ZH, EN):
        for problem in problems:
            assert format_text(problem, messages)
            assert "\n" not in format_short(problem, messages)
        json.loads(format_json(problems, messages))
    for problem in problems:
        text = (root / problem.path).read_bytes()
        assert 1 <= problem.span.line <= text.count(b"\n") + text.count(b"\r") + 2
        assert problem.span.column >= 1
        assert problem.span.column - 1 <= len(problem.source_line) or not problem.source_line


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_mutilated(FILES))
def test_mutilated_stories_give_problems_and_never_raise(newsroom: Path, case: tuple[str, bytes]) -> None:
    _with_file(newsroom, case, _say_everything)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_mutilated((EDITION, "content/people.yml", "mkdocs.yml")))
def test_mutilated_data_files_give_problems_and_never_raise(newsroom: Path, case: tuple[str, bytes]) -> None:
    _with_file(newsroom, case, _say_everything)


def _with_file(root: Path, case: tuple[str, bytes], act: Callable[[Path], None]) -> None:
    path, data = case
    try:
        (root / path).write_bytes(data)
        act(root)
    finally:
        (root / path).write_bytes(BYTES[path])
        shutil.rmtree(root / ".bulletin", ignore_errors=True)


SHAPES = [
    "[]",
    "[甲]",
    "{}",
    "{甲: 乙}",
    "[{甲: 乙}]",
    "[[甲]]",
    "~",
    '""',
    "甲",
    "0",
    "-1",
    "[~]",
    '"@kind.boom"',
    "|\n  甲\n  乙",
]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("path", [FIRST_STORY, SECOND_STORY, EDITION, "content/people.yml", "mkdocs.yml"])
def test_no_field_falls_over_a_value_of_another_kind(path: str, shape: str, newsroom: Path) -> None:
    """A list for 体裁 or for the publication's kind used to end in a traceback."""
    lines = BYTES[path].decode().split("\n")
    for number, line in enumerate(lines):
        key, colon, _ = line.partition(": ")
        if colon and not key.startswith("#"):
            data = "\n".join([*lines[:number], f"{key}: {shape}", *lines[number + 1 :]])
            _with_file(newsroom, (path, data.encode()), _say_everything)
