"""One third-party library, one module that imports it: replacing a library is then one change."""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "site_builder"
HOMES = {
    "PIL": {"render/pictures"},
    "babel": {"render/dates.py"},
    "borax": {"text/lunar.py"},
    "click": {"cli"},
    "feedgen": {"render/feeds.py"},
    "filelock": {"build/pipeline.py"},
    "jinja2": {"render/theme.py", "hosts/mkdocs"},  # MkDocs hands its own environment over
    "markdown": {"render/markdown.py"},
    "markupsafe": {"render/theme.py"},
    "mkdocs": {"hosts/mkdocs"},
    "nh3": {"render/html.py"},
    "numpy": {"render/searching/arrays.py"},
    "ortools": {"build/printing/assigning.py", "build/printing/packing.py"},  # stories on pages, stories in a page
    "pikepdf": {"build/printing/finishing.py", "build/printing/tagging.py"},  # for the press, and for readers
    "pydantic": {"schema"},
    "pydantic_core": {"schema"},
    "pypdfium2": {"build/printing/reading.py"},
    "rich": {"cli/progress.py"},
    "rjieba": {"build/printing/segmenting.py"},
    "segno": {"render/qr.py"},
    "typst": {"build/printing/typesetting.py"},
    "watchfiles": {"build/preview/watching.py"},
    "yaml": {"schema/yamltext.py", "schema/yamlslips.py"},  # the parser, and its errors
}


def imported(module: Path) -> set[str]:
    """The top names that *module* imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(str(node.module).partition(".")[0])
    return found


def test_each_library_is_imported_where_it_is_at_home_and_nowhere_else() -> None:
    importers: dict[str, set[str]] = defaultdict(set)
    for module in PACKAGE.rglob("*.py"):
        path = module.relative_to(PACKAGE).as_posix()
        for name in imported(module) - sys.stdlib_module_names - {"site_builder"}:
            home = next((home for home in HOMES.get(name, ()) if path == home or path.startswith(f"{home}/")), path)
            importers[name].add(home)

    assert importers == HOMES
