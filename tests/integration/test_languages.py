"""Commands and sites in any language: a third one is one more file, and no words hide in code or templates."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from unicodedata import east_asian_width

import pytest
from newsroom_samples import FIRST_STORY, make_newsroom, minimal_text

from site_builder.cli.main import main
from site_builder.messages import available_languages

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "site_builder"
THEMES = ROOT / "themes"
HAN = re.compile(r"[\u3400-\u9fff]")
WORD = re.compile(r"[A-Za-z]{2,}|[\u3400-\u9fff]")


# --- Click's words


@pytest.mark.parametrize(
    ("arguments", "chinese", "english"),
    [
        (["--help"], "用法: bulletin [选项] 命令", "Usage: bulletin [OPTIONS] COMMAND"),
        (["build", "--help"], "选项:", "Options:"),
        (["check", "--help"], "[默认：text]", "[default: text]"),
        (["check", "--fomat", "x"], "没有“--fomat”这个选项", "No such option '--fomat'"),
        (["check", "--format", "x"], "“x”不能用，可用的是", "'x' is not one of"),
        (["new"], "缺少参数 '主题'", "Missing argument 'HEADLINE'"),
        (["new", "a", "b"], "多了一个参数（b）", "Got unexpected extra argument (b)"),
        (["new", "a", "b", "c"], "多了几个参数（b c）", "Got unexpected extra arguments (b c)"),
        (["new"], "输入“bulletin new --help”可以看说明", "Try 'bulletin new --help' for help"),
        (["chek"], "没有“chek”这个命令", "No such command 'chek'"),
        (["check", "--root", "/nowhere"], "文件夹“/nowhere”不存在", "Directory '/nowhere' does not exist"),
    ],
)
def test_click_speaks_the_language_of_the_command(
    arguments: list[str], chinese: str, english: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for language, words in (("zh-CN", chinese), ("en", english)):
        main(["--lang", language, *arguments])
        captured = capsys.readouterr()

        assert words in captured.out + captured.err


def test_columns_of_the_help_stand_under_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    """Click counts characters; a Han character takes two cells of the terminal."""
    main(["--lang", "zh-CN", "build", "--help"])
    options = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  --")]
    rows = [line for line in options if re.search(r"\S  ", line)]  # a long option has a line of its own
    cells = [
        sum(2 if east_asian_width(c) in "WF" else 1 for c in re.split(r"(?<=\S)  +", row, maxsplit=1)[0])
        for row in rows
    ]
    gaps = [len(re.search(r"(?<=\S)( {2,})", row).group(1)) for row in rows]  # type: ignore[union-attr]

    assert len(rows) > 6
    assert len({a + b for a, b in zip(cells, gaps, strict=True)}) == 1


# --- a third language is one file


@pytest.fixture(scope="module")
def esperanto(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package with a third message file: English, each text marked with a star."""
    home = tmp_path_factory.mktemp("package")
    shutil.copytree(PACKAGE, home / "site_builder", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(THEMES, home / "themes")
    english = (PACKAGE / "messages/en.toml").read_text(encoding="utf-8")
    head, language, rest = re.split(r"(^\[language\]\n.*?\n\n)", english, maxsplit=1, flags=re.MULTILINE | re.DOTALL)
    assert language
    own = '[language]\nname = "Esperanto"\nlocale = "eo"\ntheme = "eo"\n\n'
    # Babel's patterns and the addresses of other messages are no words.
    marked = re.sub(r'^(.+? = ")(?!@)(.*")$', r"\1★\2", rest, flags=re.MULTILINE)
    marked = re.sub(r"^(\[dates\]\n(?:.+\n)+)", lambda m: m.group().replace("★", ""), marked, flags=re.MULTILINE)
    (home / "site_builder/messages/eo.toml").write_text(head + own + marked, encoding="utf-8")
    return home


def _run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(home), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "site_builder.cli.main", *arguments]
    return subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True, encoding="utf-8")


def test_help_and_check_speak_a_third_language(esperanto: Path, tmp_path: Path) -> None:
    broken = minimal_text(FIRST_STORY).replace("日期: ", "日期: 4月")
    root = make_newsroom(tmp_path, {FIRST_STORY: broken})
    helped = _run(esperanto, "--lang", "eo", "check", "--help")
    wrong = _run(esperanto, "--lang", "eo", "check", "--nonsense")
    checked = _run(esperanto, "check", "--lang", "eo", "--root", str(root))

    assert "★Usage:" in helped.stdout
    assert "[zh-CN|en|eo]" in helped.stdout
    assert "★Error: ★No such option" in wrong.stderr
    assert "★error[date-invalid]: ★" in checked.stdout


@pytest.mark.slow
def test_a_site_is_built_in_a_third_language(esperanto: Path, tmp_path: Path) -> None:
    settings = minimal_text("mkdocs.yml").replace("bulletin:\n", "bulletin:\n      language: eo\n", 1)
    assert "language: eo" in settings
    root = make_newsroom(tmp_path, {"mkdocs.yml": settings})
    built = _run(esperanto, "build", "--root", str(root))
    front = (root / "site/index.html").read_text(encoding="utf-8")
    story = (root / "site/stories/first-story/index.html").read_text(encoding="utf-8")

    assert built.returncode == 0, built.stderr
    assert '<html lang="eo"' in front
    assert "★" in front
    assert "lundo" in story  # 8 April 2024 was a Monday, as Babel says it in Esperanto


def test_an_unknown_language_of_the_site_names_those_that_there_are(tmp_path: Path) -> None:
    settings = minimal_text("mkdocs.yml").replace("bulletin:\n", "bulletin:\n      language: tlh\n", 1)
    root = make_newsroom(tmp_path, {"mkdocs.yml": settings})
    done = _run(ROOT, "check", "--root", str(root))

    assert "、".join(available_languages()) in done.stdout


# --- no words outside the message files

SPEAKING = {"echo", "secho", "print", "prompt", "confirm", "write", "ClickException", "UsageError"}
SPOKEN_KEYWORDS = {"help", "short_help", "epilog", "metavar", "prompt"}
ALLOWED_IN_CODE = {
    ("cli/main.py", "bulletin "): "the program's name before its version",
    ("cli/main.py", "bulletin: "): "the program's name before an error",
    ("cli/build.py", "N|auto"): "a number, or the word that is typed",
    ("cli/print_edition.py", "ID"): "stands for a story's id, which is called so everywhere",
    ("cli/export.py", "NAME"): "stands for the name of a format, which is a file's",
    ("cli/print_edition.py", "NAME"): "stands for the name of a format, which is a file's",
}


def _pieces(node: ast.AST) -> Iterator[str]:
    """The constant texts in an expression, without those that only look something up."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        for value in node.values:
            if isinstance(value, ast.Constant):
                yield from _pieces(value)
    elif isinstance(node, ast.BinOp):
        yield from (*_pieces(node.left), *_pieces(node.right))


def _spoken(call: ast.Call) -> Iterator[str]:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    library = getattr(getattr(call.func, "value", None), "id", "click")
    if name in SPEAKING and library in {"click", "sys", "stdout", "stderr", "console"}:
        for argument in call.args:
            yield from _pieces(argument)
    for keyword in call.keywords:
        if keyword.arg in SPOKEN_KEYWORDS:
            yield from _pieces(keyword.value)


def _modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def test_no_module_prints_words_of_its_own() -> None:
    found = set()
    for path in _modules():
        module = path.relative_to(PACKAGE).as_posix()
        # An error's first argument is the key of its message.
        calls = (n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call))
        found |= {
            (module, text)
            for call in calls
            if getattr(call.func, "id", "") != "UsageError"
            for text in _spoken(call)
            if WORD.search(text)
        }

    assert found - ALLOWED_IN_CODE.keys() == set()


CHINESE_IN_CODE = {
    "build/creating/new_story.py": {"消息", "编号", "主题", "体裁", "日期", "频道", "地区", "状态", "草稿", "旧编号"},
    "build/fonts.py": {"楷", "黑", "简", "繁"},  # looked for in names of fonts
    "build/creating/new_newsroom.py": {"频道", "标识", "名称", "报"},
    "cli/new.py": {"消息"},
}
"""Keys and words of the file format that the upper floors write or look for; the format itself is `schema/`'s."""


def test_upper_floors_hold_no_chinese_but_words_of_the_format() -> None:
    found = {}
    for path in _modules():
        module = path.relative_to(PACKAGE).as_posix()
        if module.split("/")[0] not in {"cli", "build", "hosts", "render", "api.py"}:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        texts = (n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and id(n) not in docs)
        runs = {run for t in texts if isinstance(t, str) for run in re.findall(r"[\u3400-\u9fff]+", t)}
        if rest := {run for run in runs if run not in CHINESE_IN_CODE.get(module, ())}:
            found[module] = rest

    assert found == {}


FORMATS = {"RSS", "Atom", "JSON Feed", "JSON", "OPML", "PDF"}
"""Names of formats are the same in every language."""
CONTENT_WORDS = {"资料", "AI"}
"""Looked for in a credit that an editor wrote."""
NO_WORDS = re.compile(r"(?:BULLETIN[A-Z]+|bu-[a-z-]+|\s)+")
"""Marks of the frame, and classes that a macro gives."""


class _Text(HTMLParser):
    """Text and spoken attributes of a template whose Jinja parts are gone."""

    SPOKEN = ("aria-label", "title", "placeholder", "alt", "value", "label", "aria-description")

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in ("script", "style")
        self.found += [value for name, value in attrs if name in self.SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(data.strip())


def _template_words(source: str) -> set[str]:
    source = re.sub(r"\{#.*?#\}", "", source, flags=re.DOTALL)
    code = re.findall(r"\{[{%].*?[%}]\}", source, re.DOTALL)
    literals = {a or b for part in code for a, b in re.findall(r"\"([^\"]*)\"|'([^']*)'", part)}
    reader = _Text()
    reader.feed(re.sub(r"\{[{%].*?[%}]\}", "", source, flags=re.DOTALL))
    spoken = {t for t in reader.found if WORD.search(t) and not NO_WORDS.fullmatch(t)}
    return spoken | {t for t in literals if HAN.search(t)}


def test_the_scan_of_templates_sees_words() -> None:
    assert _template_words('<p>Hello {{ t("x") }}</p>') == {"Hello"}
    assert _template_words('<a title="首页" class="bu">{# 注 #}{{ "更多" }}{{ t("x") }}</a>') == {"首页", "更多"}


@pytest.mark.parametrize("path", sorted(THEMES.rglob("*.html")), ids=lambda p: p.relative_to(THEMES).as_posix())
def test_templates_take_their_words_from_the_messages(path: Path) -> None:
    words = _template_words(path.read_text(encoding="utf-8"))

    assert words - FORMATS - CONTENT_WORDS == set()


TABLES_OF_SIGNS = {"search-fold.js", "search-hant.js"}
"""Which sign stands for which when texts are compared: data, and no word of it is said."""


@pytest.mark.parametrize(
    "path",
    sorted(path for path in (*THEMES.rglob("*.js"), *THEMES.rglob("*.typ")) if path.name not in TABLES_OF_SIGNS),
    ids=lambda p: p.relative_to(THEMES).as_posix(),
)
def test_scripts_and_print_templates_hold_no_chinese_and_no_sentences(path: Path) -> None:
    code = re.sub(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    literals = [a or b or c for a, b, c in re.findall(r"\"([^\"\n]*)\"|'([^'\n]*)'|`([^`]*)`", code)]
    sentences = {text for text in literals if re.search(r"[A-Z][a-z]+ [a-z]+|[a-z]{2,} [a-z]{2,}[.!?…]", text)}

    assert set(re.findall(r"[\u4e00-\u9fff]+", code)) == set()
    assert sentences == set()
