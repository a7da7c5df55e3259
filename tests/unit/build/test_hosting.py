"""The host is asked again exactly when something that it reads may have changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fake_host import FakeHost
from newsroom_samples import make_newsroom

from site_builder import api
from site_builder.build.host import HostOutput, HostRequest


def times_asked(root: Path, change: Callable[[], object]) -> int:
    """How often the host is asked by a build after *change*."""
    host = FakeHost()
    api.build(root, host=host)
    before = len(host.requests)
    change()
    api.build(root, host=host)
    return len(host.requests) - before


def append(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text((path.read_text(encoding="utf-8") if path.exists() else "") + text, encoding="utf-8")


def test_a_changed_story_never_asks_the_host(tmp_path: Path) -> None:
    root = make_newsroom(tmp_path)

    assert times_asked(root, lambda: append(root / "content/stories/2024/04/first-story.md", "\n又一段。\n")) == 0


@pytest.mark.parametrize(
    "file",
    [
        "content/pages/about.md",
        "content/pages/deep/new.md",
        "themes/overrides/partials/footer.html",
        "themes/overrides/.icons/own/x.svg",
        "mkdocs.yml",
    ],
)
def test_a_changed_page_override_or_setting_asks_it_again(tmp_path: Path, file: str) -> None:
    root = make_newsroom(tmp_path)

    assert times_asked(root, lambda: append(root / file, "\n# x\n")) == 1


def test_a_removed_page_asks_it_again(tmp_path: Path) -> None:
    root = make_newsroom(tmp_path, {"content/pages/gone.md": "x"})

    assert times_asked(root, lambda: (root / "content/pages/gone.md").unlink()) == 1


def test_a_new_section_asks_it_again(tmp_path: Path) -> None:
    root = make_newsroom(tmp_path)
    section = "  - {标识: new-section, 名称: 新频道}\n"

    assert times_asked(root, lambda: append(root / "content/sections.yml", section)) == 1


@pytest.mark.parametrize(
    "lines",
    [
        "hooks: [hook.py]",
        "copyright: !ENV [COPYRIGHT, 'c']",
        "INHERIT: base.yml",
        "markdown_extensions: [pymdownx.snippets]",
    ],
)
def test_a_configuration_that_reads_elsewhere_is_never_trusted(tmp_path: Path, lines: str) -> None:
    root = make_newsroom(tmp_path)
    append(root / "mkdocs.yml", f"\n{lines}\n")

    assert times_asked(root, lambda: None) == 1


def test_plugins_of_others_are_never_trusted(tmp_path: Path) -> None:
    root = make_newsroom(tmp_path)
    config = root / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace("plugins:", "plugins:\n  - macros"), encoding="utf-8")

    assert times_asked(root, lambda: None) == 1


def test_any_page_title_survives_the_cache(tmp_path: Path) -> None:
    class Titled(FakeHost):
        def render(self, request: HostRequest) -> HostOutput:
            output = super().render(request)
            return HostOutput(output.artifacts, output.frame, (("甲\t乙\n丙", "about/"),))

    root = make_newsroom(tmp_path)
    api.build(root, host=Titled())

    report = api.build(root, host=Titled())

    assert (report.written, report.failed) == ((), False)


def test_a_clean_build_renews_the_cache(tmp_path: Path) -> None:
    root = make_newsroom(tmp_path)
    api.build(root, host=FakeHost())
    other = FakeHost(FakeHost().frame.replace("home", "newer"))

    api.build(root, api.Options(clean=True), host=other)
    api.build(root, host=FakeHost())

    assert "newer" in (root / "site/index.html").read_text(encoding="utf-8")
