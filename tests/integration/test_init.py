"""A newsroom from nothing, as its new owner meets it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from newsroom_samples import PROBLEMS, files, make_newsroom

from site_builder import api
from site_builder.cli.main import main
from site_builder.cli.schema import KINDS as OFFERED_KINDS
from site_builder.formats.text import format_short
from site_builder.messages import available_languages, load_messages
from site_builder.schema.fields import GENRES, STATUSES
from site_builder.schema.jsonschema import KINDS

BIN = Path(sys.executable).parent
Capture = pytest.CaptureFixture[str]
posix = pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell or terminal")


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("papers") / "小港 工人报"
    assert main(["init", str(root), "--yes"]) == 0
    return root


@pytest.mark.slow
@pytest.mark.parametrize("language", available_languages())
def test_a_new_newsroom_has_no_problems_and_builds_at_once(language: str, tmp_path: Path) -> None:
    root = tmp_path / "paper"
    assert main(["--lang", language, "init", str(root), "--yes", "--name", "小港: “工人”报"]) == 0

    assert api.check(root).problems == ()
    assert main(["build", "--root", str(root)]) == 0
    assert "小港: “工人”报" in (root / "site/index.html").read_text(encoding="utf-8")
    assert (root / "site/stories/sample-story/index.html").is_file()
    assert main(["new", "夜校", "--root", str(root)]) == 0


def test_it_knows_the_34_provinces(paper: Path) -> None:
    regions = yaml.safe_load((paper / "content/regions.yml").read_text(encoding="utf-8"))["地区"]

    assert len(regions) == len({region["代码"] for region in regions}) == len({r["标识"] for r in regions}) == 34
    assert all(region["代码"].endswith("0000") for region in regions)


def test_flags_are_enough_without_a_terminal(tmp_path: Path) -> None:
    root = tmp_path / "paper"
    flags = [
        "--name",
        "港报",
        "--url",
        "https://gang.example/",
        "--timezone",
        " Asia/Urumqi ",
        "--sections",
        "要闻、副刊",
    ]
    assert main(["init", str(root), *flags]) == 0

    settings = api.check(root).settings
    assert settings is not None
    assert (settings.site_name, settings.site_url, settings.timezone) == (
        "港报",
        "https://gang.example/",
        "Asia/Urumqi",
    )
    assert settings.feed_authority.startswith("gang.example,")
    assert [section.name for section in api.check(root).taxonomy.sections] == ["要闻", "副刊"]


def test_without_terminal_and_flags_it_says_what_to_give(tmp_path: Path, capsys: Capture) -> None:
    assert main(["init", str(tmp_path / "paper")]) == 2

    assert "--yes" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_wrong_flags_are_told_together_and_nothing_is_written(tmp_path: Path, capsys: Capture) -> None:
    status = main(["init", str(tmp_path / "paper"), "--name", " ", "--url", "gang.example", "--timezone", "Mars"])

    told = capsys.readouterr().err
    assert status == 2
    assert [flag for flag in ("--name", "--url", "--timezone") if f"\n  {flag}: " not in told] == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("there", ["mkdocs.yml", ".gitignore", "content", "content/stories"])
def test_what_is_there_is_listed_and_nothing_is_written(there: str, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / there).parent.mkdir(exist_ok=True)
    (tmp_path / there).write_text("mine")
    assert main(["init", str(tmp_path), "--yes"]) == 2

    assert files(tmp_path) == {there: b"mine"}
    assert there in capsys.readouterr().err


def test_a_file_in_place_of_the_folder_is_told_as_such(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "paper").write_text("mine")
    assert main(["init", str(tmp_path / "paper"), "--yes"]) == 2

    assert "不是文件夹" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("folder", "typed"), [("小港工人报", "小港工人报"), ("港 报", '"港 报"'), ("a$HOME", "'a$HOME'")]
)
def test_what_it_says_to_type_can_be_typed(
    folder: str, typed: str, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init", folder, "--yes"]) == 0
    assert f"\n  cd {typed}\n" in capsys.readouterr().out


def test_files_of_others_do_not_hinder(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine")
    assert main(["init", str(tmp_path), "--yes"]) == 0
    assert (tmp_path / "README.md").read_text() == "mine"


@posix
def test_a_terminal_is_asked_and_a_wrong_answer_asked_again(tmp_path: Path) -> None:
    import pty

    controller, terminal = pty.openpty()
    command = [sys.executable, "-m", "site_builder.cli.main", "init", str(tmp_path / "paper")]
    environment = {**os.environ, "BULLETIN_LANG": "zh-CN", "PYTHONUTF8": "1"}
    asked = subprocess.Popen(command, stdin=terminal, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment)
    os.write(controller, "港报\ngang.example\nhttps://gang.example/\n\n\n要闻，副刊\n".encode())
    told = asked.communicate(timeout=60)[0].decode()
    os.close(controller)
    os.close(terminal)

    assert asked.returncode == 0, told
    assert "报名 [我们的报纸]: " in told
    assert "错误：「gang.example」不是完整网址；例如  https://" in told
    assert "[gang.example,20" in told
    checked = api.check(tmp_path / "paper")
    assert checked.settings
    assert checked.settings.site_name == "港报"
    assert [section.name for section in checked.taxonomy.sections] == ["要闻", "副刊"]


@posix
def test_leaving_at_a_question_writes_nothing(tmp_path: Path) -> None:
    import pty

    controller, terminal = pty.openpty()
    command = [sys.executable, "-m", "site_builder.cli.main", "init", str(tmp_path / "paper")]
    environment = {**os.environ, "BULLETIN_LANG": "zh-CN", "PYTHONUTF8": "1"}
    asked = subprocess.Popen(command, stdin=terminal, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    os.write(controller, "港报\n\x04".encode())
    told = asked.communicate(timeout=60)[1].decode()
    os.close(controller)
    os.close(terminal)

    assert (asked.returncode, told.strip()) == (130, "已停止，什么也没写。")
    assert list(tmp_path.iterdir()) == []


# --- what comes with it


@posix
@pytest.mark.parametrize("environment_in", ["paper", "."])
def test_the_hook_stops_a_commit_with_errors_only(environment_in: str, paper: Path, tmp_path: Path) -> None:
    """Its command is found in an environment in the newsroom, or beside it where the README makes one."""
    root = tmp_path / "paper"
    shutil.copytree(paper, root)
    (tmp_path / environment_in / ".venv").mkdir()
    (tmp_path / environment_in / ".venv/bin").symlink_to(BIN)
    path = os.pathsep.join(part for part in os.environ["PATH"].split(os.pathsep) if not Path(part, "bulletin").exists())

    def git(*arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PATH": path, "BULLETIN_LANG": "en"}
        command = ["git", "-c", "user.name=a", "-c", "user.email=a@paper.example", *arguments]
        return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, encoding="utf-8")

    git("init")
    git("config", "core.hooksPath", ".githooks")
    git("add", ".")
    assert git("commit", "-m", "Begin").returncode == 0
    story = next((root / "content/stories").rglob("*.md"))
    story.write_text(story.read_text(encoding="utf-8").replace("体裁: 消息", "体裁: 小说"), encoding="utf-8")
    git("add", ".")
    refused = git("commit", "-m", "Break")
    git("reset")
    (root / "notes.txt").write_text("not content")
    git("add", "notes.txt")

    assert refused.returncode != 0
    assert "error[choice-unknown]" in refused.stderr
    assert git("commit", "-m", "Note").returncode == 0


@posix
@pytest.mark.parametrize("script", ["ci.sh", ".githooks/pre-commit"])
def test_scripts_are_programs_that_a_shell_reads(script: str, paper: Path) -> None:
    assert os.access(paper / script, os.X_OK)
    assert subprocess.run(["sh", "-n", str(paper / script)]).returncode == 0


def test_recipes_call_commands_that_there_are(paper: Path, capsys: Capture) -> None:
    recipes = [
        "ci.sh",
        ".githooks/pre-commit",
        ".github/workflows/bulletin.yml",
        ".pre-commit-config.yaml",
        ".vscode/tasks.json",
    ]
    text = "\n".join((paper / recipe).read_text(encoding="utf-8") for recipe in recipes)
    commands = {tuple(found.split()) for found in re.findall(r"\bbulletin ((?:check|build|schema)\b[ \w./-]*)", text)}

    assert {command[0] for command in commands} == {"check", "build", "schema"}
    for command in sorted(commands):
        main([command[0], "--help"])
        known = capsys.readouterr().out
        assert [option for option in command if option.startswith("--") and option not in known] == []


def test_the_workflow_checks_builds_and_uploads(paper: Path) -> None:
    workflow = yaml.safe_load((paper / ".github/workflows/bulletin.yml").read_text(encoding="utf-8"))
    steps = workflow["jobs"]["site"]["steps"]

    assert [step["run"] for step in steps if "run" in step][1:] == ["bulletin check --format github", "bulletin build"]
    assert steps[-1]["with"]["path"] == "site/"


@pytest.mark.parametrize("language", available_languages())
def test_the_task_finds_every_problem_where_it_is(language: str, paper: Path, tmp_path: Path) -> None:
    """VS Code reads `check --format short` with these patterns, whatever its language."""
    tasks = json.loads((paper / ".vscode/tasks.json").read_text(encoding="utf-8"))["tasks"]
    matchers = {matcher["severity"]: matcher["pattern"] for matcher in tasks[0]["problemMatcher"]}
    overlays = [PROBLEMS / code / "bad" for code in ("date-invalid", "feature-without-byline", "raw-html")]
    problems = api.check(make_newsroom(tmp_path, *overlays)).problems
    assert {problem.severity for problem in problems} == {"error", "warning"}

    for problem in problems:
        line = format_short(problem, load_messages(language))
        found = {severity: re.search(pattern["regexp"], line) for severity, pattern in matchers.items()}
        (match,) = (match for match in found.values() if match)
        pattern = matchers[problem.severity]
        assert match is found[problem.severity]
        place = (match[pattern["file"]], int(match[pattern["line"]]), int(match[pattern["column"]]))
        assert place == (problem.path, problem.span.line, problem.span.column)
        assert match[pattern["code"]] == problem.code


def test_the_snippet_makes_a_story_that_passes(paper: Path, tmp_path: Path) -> None:
    snippets = json.loads((paper / ".vscode/bulletin.code-snippets").read_text(encoding="utf-8"))
    (snippet,) = snippets.values()
    body = "\n".join(snippet["body"])
    choices = [found.split(",") for found in re.findall(r"\$\{\d\|([^}]*)\|\}", body)]
    assert choices == [list(GENRES), list(STATUSES)]
    today = {"CURRENT_YEAR": "2024", "CURRENT_MONTH": "04", "CURRENT_DATE": "08"}
    body = re.sub(r"\$\{(CURRENT_\w+)\}", lambda m: today[m[1]], body)
    body = re.sub(r"\$\{\d\|([^,]*).*?\|\}", r"\1", body).replace("${1:story-id}", "my-story")
    body = body.replace("$2", "小稿").replace("$4", "工会新闻").replace("$0", "正文。")
    root = make_newsroom(tmp_path, {"content/stories/2024/04/my-story.md": body + "\n"})

    assert api.check(root).problems == ()


# --- bulletin schema


def test_the_command_offers_the_kinds_that_there_are() -> None:
    assert OFFERED_KINDS == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_schema_prints_json(kind: str, capsys: Capture) -> None:
    assert main(["schema", kind]) == 0
    assert json.loads(capsys.readouterr().out)["$schema"].startswith("http://json-schema.org/draft-07/")


def test_schema_speaks_the_language_of_the_command(capsys: Capture) -> None:
    main(["--lang", "en", "schema", "edition"])
    assert json.loads(capsys.readouterr().out)["properties"]["版面"]["description"] == "The pages."


def test_schema_without_a_kind_says_which_there_are(capsys: Capture) -> None:
    assert main(["schema"]) == 2
    assert "story、edition" in capsys.readouterr().err


def test_schema_files_offer_what_the_newsroom_knows(tmp_path: Path) -> None:
    root = make_newsroom(tmp_path)
    assert main(["schema", "--output", str(tmp_path / "out"), "--root", str(root)]) == 0
    story = json.loads((tmp_path / "out/story.json").read_text(encoding="utf-8"))

    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(f"{kind}.json" for kind in KINDS)
    assert story["properties"]["频道"]["examples"] == ["工会新闻", "特写"]


def test_schema_files_can_be_written_anywhere(tmp_path: Path) -> None:
    assert main(["schema", "people", "--output", str(tmp_path), "--root", str(tmp_path)]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["people.json"]
