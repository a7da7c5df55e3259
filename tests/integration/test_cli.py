"""The command as people meet it."""

from __future__ import annotations

import errno
import subprocess
import sys
from pathlib import Path

import pytest
from newsroom_samples import FIRST_STORY, make_newsroom, minimal_text

from site_builder import __version__, api
from site_builder.cli.main import choose_language, main
from site_builder.errors import describe, system_error
from site_builder.messages import available_languages, load_messages

HEAVY = (
    "pydantic",
    "yaml",
    "mkdocs",
    "jinja2",
    "PIL",
    "markdown",
    "feedgen",
    "babel",
    "site_builder.text.pinyin_table",
    "nh3",
    "watchfiles",
    "typst",
    "rich",
)
COMMANDS = ("check", "build", "serve", "explain", "new", "print", "export", "init", "schema", "search")


@pytest.mark.parametrize("arguments", [["--help"], *([name, "--help"] for name in COMMANDS)])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys\nfrom site_builder.cli.main import main\n"
        f"status = main({arguments!r})\n"
        f"heavy = sorted(set({HEAVY!r}) & set(sys.modules))\n"
        "sys.exit(f'{status} {heavy}' if status or heavy else 0)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8")

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("language", "word"), [("zh-CN", "检查"), ("en", "Check")])
def test_help_speaks_the_chosen_language(capsys: pytest.CaptureFixture[str], language: str, word: str) -> None:
    assert main(["--lang", language, "--help"]) == 0
    assert word in capsys.readouterr().out


def test_the_language_follows_option_then_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert choose_language([]) == "zh-CN"
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert choose_language([]) == "en"
    assert choose_language(["check", "--lang", "zh-CN"]) == "zh-CN"
    monkeypatch.setenv("BULLETIN_LANG", "zh_CN")
    assert choose_language([]) == "zh-CN"
    monkeypatch.setenv("BULLETIN_LANG", "fr_FR.UTF-8")
    assert choose_language([]) == "en"
    assert {"zh-CN", "en"} <= set(available_languages())


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"bulletin {__version__}\n"


def test_outside_a_newsroom_the_command_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--root", str(tmp_path)]) == 2
    assert "mkdocs.yml" in capsys.readouterr().err


def test_a_wrong_source_date_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "99999999999999999")

    assert main(["build", "--root", str(make_newsroom(tmp_path))]) == 2
    assert "SOURCE_DATE_EPOCH" in capsys.readouterr().err


def test_a_disk_that_refuses_is_told_without_traceback(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_newsroom(tmp_path, {".bulletin": "a file where our folder belongs"})

    assert main(["build", "--root", str(root)]) == 1
    assert ".bulletin" in capsys.readouterr().err


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOSPC, errno.EROFS])
def test_what_the_system_refuses_is_told_in_the_language_of_the_command(number: int) -> None:
    told = describe(system_error(OSError(number, "in the system's words", "site/index.html")), load_messages("zh-CN"))

    assert "site/index.html" in told
    assert "in the system's words" not in told


@pytest.mark.parametrize("language", available_languages())
def test_the_list_of_commands_says_whole_sentences(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Click cuts texts that are too long for a line, once in the middle of an example."""
    assert main(["--help", "--lang", language]) == 0
    assert "..." not in capsys.readouterr().out.replace("[ARGS]...", "").replace("[参数]...", "")


def test_an_unknown_option_is_wrong_usage() -> None:
    assert main(["check", "--no-such-option"]) == 2


@pytest.mark.slow
def test_build_tells_its_numbers_and_where_the_site_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_newsroom(tmp_path)

    assert main(["build", "--root", str(root)]) == 0

    error = capsys.readouterr().err
    assert "2 篇稿件" in error
    assert str(root / "site") in error
    assert (root / "site/stories/first-story/index.html").is_file()


@pytest.mark.parametrize("jobs", ["0", "-1", "two", "１"])
def test_a_number_of_processes_is_a_number(tmp_path: Path, capsys: pytest.CaptureFixture[str], jobs: str) -> None:
    assert main(["build", "--jobs", jobs, "--root", str(make_newsroom(tmp_path))]) == 2
    assert f"「{jobs}」" in capsys.readouterr().err


def test_build_with_a_broken_story_stops_and_keeps_the_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_newsroom(tmp_path, {FIRST_STORY: "没有前部"})
    (root / "site").mkdir()
    (root / "site/index.html").write_text("before")

    assert main(["build", "--root", str(root)]) == 1

    captured = capsys.readouterr()
    assert f"{FIRST_STORY}:1:1" in captured.out
    assert "frontmatter-missing" in captured.out
    assert (root / "site/index.html").read_text() == "before"


@pytest.mark.slow
def test_keep_going_builds_the_other_stories(tmp_path: Path) -> None:
    root = make_newsroom(tmp_path, {FIRST_STORY: "没有前部"})

    assert main(["build", "--keep-going", "--root", str(root)]) == 1

    assert (root / "site/stories/second-story/index.html").is_file()
    assert not (root / "site/stories/first-story").exists()


def test_two_builds_at_once_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from site_builder.build.pipeline import lock

    root = make_newsroom(tmp_path)
    with lock(root):
        assert main(["build", "--root", str(root)]) == 1
    assert "另一个构建" in capsys.readouterr().err


@pytest.mark.parametrize("folder", [".", "content", "content/stories/site", "assets", ".git", ".bulletin/site"])
def test_a_site_is_never_built_over_the_originals(tmp_path: Path, folder: str) -> None:
    root = make_newsroom(tmp_path)

    assert main(["build", "--root", str(root), "--site-dir", str(root / folder)]) == 1

    assert (root / FIRST_STORY).is_file()


# bulletin new


def test_new_makes_a_story_that_passes_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_newsroom(tmp_path)

    assert main(["new", "青岛工会办夜校", "--root", str(root)]) == 0

    created = sorted((root / "content/stories").rglob("qing-dao-gong-hui-ban-ye-xiao.md"))
    assert len(created) == 1
    assert api.check(root).problems == ()
    assert "qing-dao-gong-hui-ban-ye-xiao.md" in capsys.readouterr().out


def test_new_never_overwrites_and_counts_up(tmp_path: Path) -> None:
    root = make_newsroom(tmp_path)
    for _ in range(3):
        assert main(["new", "夜校", "--root", str(root)]) == 0
    assert main(["new", "别的", "--id", "ye-xiao", "--root", str(root)]) == 2

    names = sorted(path.stem for path in (root / "content/stories").rglob("ye-xiao*.md"))
    assert names == ["ye-xiao", "ye-xiao-2", "ye-xiao-3"]


@pytest.mark.parametrize(
    "headline",
    [
        "冒号: 在中间",
        "以#开头",
        "- 破折号",
        "“引号”",
        "'单引号'",
        "12345",
        "true",
        "2024-04-08",
        "[方括号]",
        "A: B # C",
        "@x",
    ],
)
def test_new_writes_any_headline_so_that_it_reads_back(tmp_path: Path, headline: str) -> None:
    root = make_newsroom(tmp_path)

    assert main(["new", "--id", "some-story", "--root", str(root), "--", headline]) == 0

    checked = api.check(root)
    assert checked.problems == ()
    assert {s.id: s.headline for s in checked.stories}["some-story"] == headline


@pytest.mark.parametrize("option", [["--id", "Bad Id"], ["--genre", "诗"], ["--section", "没有"], ["--region", "火星"]])
def test_new_refuses_what_check_would_refuse(tmp_path: Path, option: list[str]) -> None:
    root = make_newsroom(tmp_path)
    before = sorted(root.rglob("*.md"))

    assert main(["new", "标题", *option, "--root", str(root)]) == 2
    assert sorted(root.rglob("*.md")) == before


def test_the_new_story_is_a_draft(tmp_path: Path) -> None:
    root = make_newsroom(tmp_path)
    main(["new", "夜校", "--root", str(root)])

    assert "状态: 草稿" in next((root / "content/stories").rglob("ye-xiao.md")).read_text(encoding="utf-8")
    assert minimal_text(FIRST_STORY)
