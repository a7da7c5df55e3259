"""Which files count as sources."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from site_builder.build.preview.watching import matters


@pytest.mark.parametrize(
    "path",
    [
        "stories/2024/04/first-story.md",
        "stories/2024/04/夜校.md",
        "people.yml",
        "photos/2024/04/one.PNG",
        "templates/_item.html",
        "overrides/.icons/paper/seal.svg",
        "overrides/partials/header.html",
        "mkdocs.yml",
        "stories/template.md",
        "stories",
    ],
)
def test_what_editors_write_counts(path: str) -> None:
    assert matters(PurePosixPath(path))


@pytest.mark.parametrize(
    "path",
    [
        "stories/.first-story.md.swp",
        "stories/.first-story.md.swx",
        "stories/first-story.md~",
        "stories/.#first-story.md",
        "stories/#first-story.md#",
        "stories/4913",
        "stories/first-story.md.tmp",
        "stories/first-story.md.4711.tmp",
        "stories/first-story.md___jb_tmp___",
        "stories/.goutputstream-X1Y2Z3",
        "stories/~$first-story.docx",
        "stories/first-story.md.crswap",
        "photos/.DS_Store",
        "photos/Thumbs.db",
        ".git/index",
        "stories/.git/HEAD",
        ".bulletin/cache/ab/cd",
        "__pycache__/draw.cpython-311.pyc",
    ],
)
def test_droppings_of_editors_and_other_programs_do_not(path: str) -> None:
    assert not matters(PurePosixPath(path))
