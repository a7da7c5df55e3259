"""The schemas in the program that VS Code's YAML extension runs: completion, hover, and a squiggle in its place."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from lsp_client import LanguageServer

from site_builder.cli.main import main

REPOSITORY = Path(__file__).resolve().parents[2]
SERVER = REPOSITORY / ".venv/yaml-language-server/node_modules/yaml-language-server/bin/yaml-language-server"
NODE = shutil.which("node")

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("yaml-language-server")]

EDITION = """\
日期: 2024-04-08
版面:
  - 版次: 第一版
    版名: 要闻
    稿件: [sample-story]
优先: 3

"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    """The server in a new newsroom, with the settings that `bulletin init` writes for VS Code."""
    if NODE is None or not SERVER.is_file():
        reason = "needs Node.js and npm, and `python3 dev.py test` to install the server"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    root = tmp_path_factory.mktemp("paper")
    assert main(["init", str(root), "--yes"]) == 0
    written = json.loads((root / ".vscode/settings.json").read_text(encoding="utf-8"))
    yaml = {key.removeprefix("yaml."): value for key, value in written.items() if key.startswith("yaml.")}
    settings = {"yaml": {**yaml, "validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}}
    with LanguageServer([NODE, str(SERVER), "--stdio"], root, settings) as running:
        yield running


def _labels(server: LanguageServer, path: str, line: int, character: int) -> set[str]:
    return {str(item["label"]) for item in server.completions(path, line, character)}


def test_the_files_of_a_new_newsroom_show_no_squiggle(server: LanguageServer) -> None:
    names = ("sections", "regions", "organisations", "people", "pinyin")
    paths = ["mkdocs.yml", *(f"content/{name}.yml" for name in names)]
    paths += [path.relative_to(server.root).as_posix() for path in (server.root / "content/editions").iterdir()]

    assert {p: server.open(p, (server.root / p).read_text(encoding="utf-8")) for p in paths} == {p: [] for p in paths}


def test_a_wrong_value_and_a_wrong_key_are_marked_where_they_stand(server: LanguageServer) -> None:
    found = server.open("content/editions/2024-04-08.yml", EDITION)
    places = {
        (d["range"]["start"]["line"], d["range"]["start"]["character"], d["range"]["end"]["character"]) for d in found
    }

    assert places == {(2, 8, 11), (5, 0, 2)}
    assert "应是整数，最小是 1" in {d["message"] for d in found}


def test_keys_are_completed_in_chinese_and_english_and_explained_in_chinese(server: LanguageServer) -> None:
    path = "content/editions/2024-04-09.yml"
    server.open(path, EDITION)
    offered = {item["label"]: item for item in server.completions(path, 6, 0)}

    assert {"期号", "number", "部分", "partial"} <= offered.keys()
    assert offered["期号"]["documentation"]["value"] == "期号。"
    assert "日期" not in offered


def test_hovering_explains_in_chinese(server: LanguageServer) -> None:
    path = "content/editions/2024-04-10.yml"
    server.open(path, EDITION)

    assert "版次 number" in server.hover(path, 2, 5)
    assert "第几版" in server.hover(path, 2, 5)


def test_values_are_offered_in_both_languages_and_from_the_newsroom(server: LanguageServer) -> None:
    server.open(
        "content/editions/2024-04-11.yml",
        "日期: 2024-04-08\n部分: \n版面:\n  - 版次: 1\n    版名: 要\n    稿件:\n      - \n",
    )

    assert {"是", "否", "true", "false"} <= _labels(server, "content/editions/2024-04-11.yml", 1, 4)
    assert "sample-story" in _labels(server, "content/editions/2024-04-11.yml", 6, 8)


def test_mkdocs_yml_is_completed_inside_our_block(server: LanguageServer) -> None:
    text = (server.root / "mkdocs.yml").read_text(encoding="utf-8") + "      \n"
    (server.root / "sub").mkdir()
    server.open("sub/mkdocs.yml", text)
    offered = _labels(server, "sub/mkdocs.yml", text.count("\n") - 1, 6)

    assert {"publication", "filing", "feed_items"} <= offered
    assert "timezone" not in offered


def test_front_matter_is_checked_where_a_program_shows_it_as_yaml(server: LanguageServer) -> None:
    """VS Code's YAML extension leaves Markdown files alone; the schema is there for programs that do not."""
    path = "content/front.yml"
    text = "# yaml-language-server: $schema=../.vscode/schemas/story.json\n编号: X\n主题: 小稿\n体裁: 小说\n日期: 2024-04-08\n频道: 甲\n状态: \n"
    found = server.open(path, text)
    places = {(d["range"]["start"]["line"], d["range"]["start"]["character"]) for d in found}

    assert {(1, 4), (3, 4)} <= places
    assert {"消息", "通讯", "feature"} <= _labels(server, path, 3, 4)
    assert {"草稿", "published"} <= _labels(server, path, 6, 4)
    assert "大标题" in server.hover(path, 2, 1)
