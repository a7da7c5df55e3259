"""The documents are true of the code: generated parts are current, links lead somewhere, examples pass the check."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import click
import pytest
from newsroom_samples import make_newsroom, minimal_text

from site_builder import api
from site_builder.cli.main import main, make_command
from site_builder.messages import load_messages
from site_builder.schema import data, edition, lead, settings, story
from site_builder.schema.keys import key_table

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"
PAGES = sorted([*ROOT.glob("README*.md"), ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
NAMES = [page.relative_to(ROOT).as_posix() for page in PAGES]

_FENCE = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_REGION = re.compile(r"<!-- generated: [\w-]+ -->.*?<!-- end -->", re.DOTALL)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_PHOTO = re.compile(r"\b\d{4}/\d\d/[\w-]+\.(?:jpg|png)")
UNLISTED = {"person-unknown", "organisation-unknown"}
"""The documents name people and organisations whom the small newsroom does not know."""
SMALL_STORY = {"编号": "a-small-story", "主题": "小稿", "体裁": "消息", "日期": "2024-04-08", "频道": "工会新闻"}


@cache
def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _blocks(name: str) -> list[tuple[str, str]]:
    """(info string, content) of the page's fenced blocks; those of generated regions are left out."""
    return _FENCE.findall(_REGION.sub("", _text(name)))


def _prose(name: str) -> str:
    """The page without its fenced blocks and inline code."""
    return re.sub(r"`[^`\n]*`", "", _FENCE.sub("", _text(name)))


def _headings(name: str) -> list[str]:
    return re.findall(r"^#+ (.+)$", _FENCE.sub("", _text(name)), re.MULTILINE)


def _anchors(name: str) -> set[str]:
    """The anchors of the page's headings, as GitHub makes them."""
    found: set[str] = set()
    for heading in _headings(name):
        kept = "".join(c for c in heading.lower() if c in " -_" or unicodedata.category(c)[0] in "LNM")
        anchor = base = kept.replace(" ", "-")
        number = 1
        while anchor in found:
            anchor, number = f"{base}-{number}", number + 1
        found.add(anchor)
    return found


def _stories() -> Iterator[tuple[str, str]]:
    """(where, text) of every story in the documents."""
    for name in NAMES:
        for number, (info, content) in enumerate(_blocks(name), 1):
            if info == "markdown story":
                yield f"{name}#{number}", content
            elif info == "yaml story":
                yield f"{name}#{number}", _on_small_story(content)


def _on_small_story(fields: str) -> str:
    kept = {key: value for key, value in SMALL_STORY.items() if not re.search(rf"^{key}:", fields, re.MULTILINE)}
    front = "".join(f"{key}: {value}\n" for key, value in kept.items())
    return f"---\n{front}{fields}---\n\n一句话的正文。\n"


STORIES = dict(_stories())


def test_generated_regions_are_current() -> None:
    command = [sys.executable, str(REFERENCE / "generate.py"), "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")

    assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), "python docs/reference/generate.py"


@pytest.mark.parametrize("name", NAMES)
def test_relative_links_lead_somewhere(name: str) -> None:
    broken = []
    for target in _LINK.findall(_prose(name)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = unquote(target).partition("#")
        file = ((ROOT / name).parent / path).resolve() if path else ROOT / name
        missing = anchor and anchor not in _anchors(file.relative_to(ROOT).as_posix()) if file.is_file() else True
        if missing and not file.is_dir():
            broken.append(target)

    assert broken == []


@pytest.mark.parametrize("where", STORIES)
def test_stories_in_the_documents_pass_the_check(where: str, tmp_path: Path) -> None:
    text = STORIES[where]
    found = re.search(r"^(?:编号|id): (\S+)$", text, re.MULTILINE)
    assert found
    picture = (ROOT / "tests/sites/minimal/assets/photos/2024/04/one.png").read_bytes()
    photos = {f"assets/photos/{file}": picture for file in _PHOTO.findall(text)}
    root = make_newsroom(tmp_path, photos, {f"content/stories/2024/04/{found.group(1)}.md": text})
    checked = api.check(root)

    assert [p for p in checked.problems if p.code not in UNLISTED] == []
    assert found.group(1) in {s.id for s in checked.stories}


def test_there_are_stories_to_check() -> None:
    assert len(STORIES) > 20


@pytest.mark.parametrize("kind", ["sections", "regions", "organisations", "people", "edition"])
def test_data_examples_pass_the_check(kind: str, tmp_path: Path) -> None:
    page = "docs/reference/edition.md" if kind == "edition" else "docs/reference/data-files.md"
    example = next(content for info, content in _blocks(page) if info == f"yaml {kind}")
    file = "content/editions/2024-04-08.yml" if kind == "edition" else f"content/{kind}.yml"
    root = make_newsroom(tmp_path, {file: example})
    # The small newsroom's own stories need names that the example does not list.
    expected = {"section-unknown", "region-unknown", *UNLISTED}

    assert [p for p in api.check(root).problems if p.code not in expected] == []


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_newsroom_of_the_readme_passes_the_check(name: str, tmp_path: Path) -> None:
    """The newsroom that a reader is told to make has no problem, and the story in the page fits into it."""
    story_text = next(content for info, content in _blocks(name) if info == "markdown story")
    root = tmp_path / "our-paper"
    assert main(["init", str(root), "--yes"]) == 0
    path = root / "content/stories/2024/04/night-school.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(story_text, encoding="utf-8")

    # The people of the example are not listed in a newsroom that has just begun.
    assert {problem.code for problem in api.check(root).problems} <= {"person-unknown"}


def test_settings_examples_are_accepted(tmp_path: Path) -> None:
    keys, block, *inner = (content for info, content in _blocks("docs/reference/settings.md") if info == "yaml")
    spelled_out = block.partition("      publication:")[0] + "".join(inner)
    short = make_newsroom(tmp_path / "short", {"mkdocs.yml": keys + block})
    full = make_newsroom(tmp_path / "full", {"mkdocs.yml": keys + spelled_out})
    for root in (short, full):
        (root / "assets/print").mkdir(parents=True)
        shutil.copyfile(ROOT / "themes/print/profiles/coldset-newsprint.icc", root / "assets/print/newsprint.icc")

    assert api.check(short).problems == ()
    assert api.check(full).problems == ()


def test_every_command_and_option_is_documented() -> None:
    page = _text("docs/reference/cli.md")
    group = make_command(load_messages("en"))
    commands = [group, *group.commands.values()]
    for command in commands:
        heading = "### bulletin" if command is group else f"### bulletin {command.name}"
        section = re.split(r"^###? ", page.split(f"{heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]
        options = [p for p in command.get_params(click.Context(command)) if isinstance(p, click.Option)]

        assert [option.opts[0] for option in options if f"`{option.opts[0]}`" not in section] == []


def test_every_problem_code_is_documented() -> None:
    codes = {key.rpartition(".")[0] for key in load_messages("zh-CN").section("problems")}

    assert codes <= set(_headings("docs/reference/problems.md"))


@pytest.mark.parametrize(
    ("model", "page"),
    [
        *((model, "story-format") for model in (story.StoryFile, story.PhotoFile, story.CorrectionFile)),
        (lead.BylineEntry, "story-format"),
        *(
            (model, "edition")
            for model in (edition.EditionFile, edition.PageFile, edition.PlacementFile, edition.UnplacedFile)
        ),
        *((model, "edition") for model in (edition.PinFile, edition.AdvertisementFile, edition.BannerFile)),
        *((model, "data-files") for model in (data.SectionEntry, data.RegionEntry)),
        *((model, "data-files") for model in (data.OrganisationEntry, data.PersonEntry)),
        *(
            (m, "settings")
            for m in (settings.BulletinBlock, settings.PublicationBlock, settings.FilingBlock, settings.PrintBlock)
        ),
    ],
)
def test_every_field_is_documented(model: type[story.FileModel], page: str) -> None:
    text = _text(f"docs/reference/{page}.md")
    region = text.partition(f"<!-- generated: {model.__name__} -->")[2].partition("<!-- end -->")[0]

    assert [name for name in model.model_fields if f"| `{name}` |" not in region] == []


def test_every_story_field_is_explained_in_chinese() -> None:
    prose = _REGION.sub("", _text("docs/reference/story-format.md"))
    explained = " ".join(re.findall(r"^- ([^：\n]+)：", prose, re.MULTILINE))

    assert [keys[1] for _, keys in key_table(story.StoryFile).spellings() if keys[1] not in explained] == []


def test_every_key_read_from_mkdocs_yml_is_documented() -> None:
    source = (ROOT / "site_builder/schema/settings.py").read_text(encoding="utf-8")
    keys = set(re.findall(r'\b(?:host|data)(?:\.get\(|\[)"(\w+)"', source)) - {"plugins"}
    table = _text("docs/reference/settings.md")

    assert keys
    assert [key for key in sorted(keys) if f"| `{key}` |" not in table] == []


def test_both_readmes_say_the_same() -> None:
    english, chinese = "README.md", "README.zh-CN.md"

    assert _blocks(english) == _blocks(chinese)
    assert len(_headings(english)) == len(_headings(chinese))
    assert len(_REGION.findall(_text(english))) == len(_REGION.findall(_text(chinese)))


def test_minimal_newsroom_knows_the_section_of_the_examples() -> None:
    assert SMALL_STORY["频道"] in minimal_text("content/sections.yml")
