"""Whatever a newsroom is called, its files say it."""

from __future__ import annotations

import json
import re
from datetime import date

import markdown
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.build.creating.new_newsroom import Answers, check_answers, fill, starter_files, suggest_authority
from site_builder.messages import available_languages, load_messages
from site_builder.schema.data import DataFiles, parse_data
from site_builder.schema.settings import parse_settings
from site_builder.schema.text import SourceText, find_control

TODAY = date(2026, 11, 25)
LINES = (
    st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("'\"#:-[]{}&*!|>%@`\\，、 \u3000"), min_size=1)
    .filter(lambda text: text.strip() and not find_control(text))
)  # fmt: skip


def _settings(answers: Answers) -> str:
    return starter_files(answers, TODAY)["mkdocs.yml"]


@settings(max_examples=50, deadline=None)  # A whole newsroom each time.
@given(LINES)
def test_any_name_reads_back(name: str) -> None:
    text = _settings(Answers(name))
    checked = parse_settings(SourceText("mkdocs.yml", text))
    about = f"关于{name.strip()}"

    assert checked.value, checked.problems
    assert checked.value.value.site_name == name.strip()
    # MkDocs reads the same file with a loader of its own.
    assert yaml.safe_load(text)["site_name"] == name.strip()
    assert yaml.safe_load(text)["nav"] == [{about: "about.md"}]


@settings(max_examples=50, deadline=None)  # A whole newsroom each time.
@given(LINES)
def test_any_name_is_a_heading_and_no_markup(name: str) -> None:
    html = markdown.markdown(starter_files(Answers(name), TODAY)["content/pages/about.md"])
    heading = html.partition("\n")[0]

    assert re.fullmatch(r"<h1>[^<]*</h1>", heading), html


@settings(max_examples=50, deadline=None)  # A whole newsroom each time.
@given(st.lists(LINES.filter(lambda text: not re.search("[、,，;；]", text)), min_size=1, max_size=6))
def test_any_sections_read_back(names: list[str]) -> None:
    answers = Answers("报", sections="、".join(names))
    text = starter_files(answers, TODAY)["content/sections.yml"]
    taxonomy, problems = parse_data(DataFiles(sections=SourceText("content/sections.yml", text)))

    assert check_answers(answers, TODAY) == {}
    assert problems == ()
    assert [section.name for section in taxonomy.sections] == list(dict.fromkeys(name.strip() for name in names))


def test_wrong_answers_are_found_one_by_one() -> None:
    answers = Answers(" ", "paper.example", "paper.example", "Mars/Base", "tlh", "甲\n乙")
    found = {name: problem.code for name, problem in check_answers(answers, TODAY).items()}

    assert found == {
        "name": "field-missing",
        "url": "site-url",
        "authority": "feed-authority",
        "timezone": "timezone-unknown",
        "language": "choice-unknown",
        "sections": "control-character",
    }


def test_the_authority_is_the_domain_on_a_day_on_which_it_is_the_papers() -> None:
    assert suggest_authority("https://www.Paper.example:8080/x/", TODAY) == "www.paper.example,2026-11-25"
    assert suggest_authority("https://报.example/", TODAY) == "xn--4ru.example,2026-11-25"
    assert suggest_authority("nonsense", TODAY) == "paper.example,2026-11-25"
    assert suggest_authority("https://[::1", TODAY) == "paper.example,2026-11-25"


def test_every_language_has_its_words_in_the_files() -> None:
    for language in available_languages():
        contents = starter_files(Answers("报", language=language), TODAY)

        assert (
            load_messages(language).text("init.say.sample-body") in contents["content/stories/2026/11/sample-story.md"]
        )
        assert [
            name for name, text in contents.items() if "[[" in text and not name.endswith((".json", "pre-commit"))
        ] == []


def test_words_for_comments_and_scripts_stay_on_their_line() -> None:
    for language in available_languages():
        said = load_messages(language).section("init.say")

        assert [key for key, text in said.items() if "\n" in text] == []
        assert not set('"$`\\') & set(said["hook-missing"])


def test_json_files_are_json() -> None:
    contents = starter_files(Answers('引"号\\'), TODAY)
    names = [name for name in contents if name.endswith((".json", ".code-snippets"))]

    assert len(names) == 12
    for name in names:
        json.loads(contents[name])


def test_a_place_is_written_as_its_file_needs_it() -> None:
    messages = load_messages("en")
    text = fill("[[yaml:x]] [[markdown:x]] [[json:x]] [[plain:x]]", {"x": "a: '*b*' <c>"}, messages)

    assert text == "'a: ''*b*'' <c>' a: '\\*b\\*' &lt;c&gt; \"a: '*b*' <c>\" a: '*b*' <c>"
