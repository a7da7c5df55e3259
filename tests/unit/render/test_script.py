"""Scripts lose what only their authors read, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.render.script import join_scripts, render_script

TABLE = "search-fold.js"
"""Its data hold the sign that begins a template literal."""
SCRIPTS = [p for p in sorted((Path(__file__).resolve().parents[3] / "themes/static").glob("*.js")) if p.name != TABLE]


def test_lines_of_comment_and_indentation_go() -> None:
    source = """// What it does.
(function () {
  // why
  var a = "// no comment"; // said beside it

  return a;
})();
"""

    assert (
        render_script(source)
        == """(function () {
var a = "// no comment"; // said beside it
return a;
})();
"""
    )


def test_notices_of_rights_stay() -> None:
    assert render_script("// Table: (c) its authors.\nvar a;\n") == "// Table: (c) its authors.\nvar a;\n"


def test_what_a_search_needs_is_compiled_at_once() -> None:
    """The hint counts only in the first line of the file."""
    assert join_scripts("search.js", ["var a;", "var b;\n"]) == "//# allFunctionsCalledOnLoad\nvar a;\nvar b;\n"
    assert join_scripts("header.js", ["var a;"]) == "var a;\n"


@pytest.mark.parametrize("source", ["var a = `\n  // in it\n`;\n", 'var a = "x\\\n  // in it";\n'])
def test_text_over_several_lines_is_left_alone(source: str) -> None:
    assert render_script(source) == source


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_our_scripts_are_published_without_comments(path: Path) -> None:
    lines = render_script(path.read_text(encoding="utf-8")).splitlines()

    assert [line for line in lines if line.lstrip().startswith("//") and "(c)" not in line] == []
