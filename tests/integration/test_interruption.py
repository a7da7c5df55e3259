"""A build that fails or is stopped, wherever it happens, leaves the previous site as it was."""

from __future__ import annotations

import shutil
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest
from fake_host import FRAME, FakeHost
from newsroom_samples import FIRST_STORY, files, make_newsroom, minimal_text
from PIL import Image

from site_builder import api
from site_builder.build.executing.executors import SerialExecutor
from site_builder.errors import BuildError, HostError


class StoppingExecutor(Executor):
    """Does *count* pieces of work, then is stopped as by Ctrl-C or a worker that dies."""

    def __init__(self, count: int, error: BaseException) -> None:
        self.left = count
        self.error = error
        self.real = SerialExecutor()

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.left -= 1
        if self.left < 0:
            raise self.error
        return self.real.submit(fn, *args, **kwargs)


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A newsroom whose site is built, and whose first story was changed since."""
    root = make_newsroom(tmp_path)
    api.build(root, host=FakeHost())
    (root / FIRST_STORY).write_text(minimal_text(FIRST_STORY) + "\n又加了一段。\n", encoding="utf-8")
    return root


@pytest.mark.parametrize("count", [0, 1])
@pytest.mark.parametrize("error", [KeyboardInterrupt(), MemoryError(), RuntimeError("worker died")])
def test_a_stop_while_rendering_changes_nothing(built: Path, count: int, error: BaseException) -> None:
    before = files(built / "site")

    with pytest.raises(type(error)):
        api.build(built, host=FakeHost(), executor=StoppingExecutor(count, error))

    assert files(built / "site") == before
    assert "又加了一段" not in (built / "site/stories/first-story/index.html").read_text(encoding="utf-8")


def test_the_build_after_a_stop_is_whole(built: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        api.build(built, host=FakeHost(), executor=StoppingExecutor(1, KeyboardInterrupt()))

    assert not api.build(built, host=FakeHost()).failed

    assert "又加了一段" in (built / "site/stories/first-story/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "host", [FakeHost(FRAME.replace("BULLETINCONTENT", "")), FakeHost(FRAME + "BULLETINTITLE")], ids=["less", "more"]
)
def test_a_broken_frame_changes_nothing(built: Path, host: FakeHost) -> None:
    before = files(built / "site")

    with pytest.raises(HostError):
        api.build(built, api.Options(clean=True), host=host)

    assert files(built / "site") == before


def test_a_broken_template_changes_nothing_and_is_told(built: Path) -> None:
    before = files(built / "site")
    template = built / "themes/templates/story.html"
    template.parent.mkdir(parents=True)
    blocks = "".join(f"{{% block {name} %}}{{% endblock %}}" for name in ("title", "description", "head"))
    template.write_text(f"{blocks}\n{{% block content %}}\n{{{{ page.nothing }}}}{{% endblock %}}", encoding="utf-8")

    report = api.build(built, host=FakeHost())

    assert report.failed
    assert {(p.code, p.path, p.span.line) for p in report.problems} == {
        ("theme-template", "themes/templates/story.html", 3)
    }
    assert files(built / "site") == before


def test_a_page_where_a_story_belongs_stops_the_build(built: Path) -> None:
    class Colliding(FakeHost):
        def render(self, request: Any) -> Any:
            from dataclasses import replace

            from site_builder.render.artifact import Artifact

            output = super().render(request)
            return replace(output, artifacts=(*output.artifacts, Artifact("stories/first-story/index.html", b"x")))

    before = files(built / "site")

    with pytest.raises(BuildError) as caught:
        api.build(built, api.Options(clean=True), host=Colliding())

    assert caught.value.code == "path-collision"
    assert files(built / "site") == before


def test_a_damaged_cache_is_made_anew(built: Path) -> None:
    api.build(built, host=FakeHost())
    expected = files(built / "site")
    for path in (built / ".bulletin").rglob("*"):
        if path.is_file() and path.name != "lock":
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    report = api.build(built, host=FakeHost())

    assert not report.failed
    assert files(built / "site") == expected


def test_a_picture_whose_bytes_rotted_in_the_cache_is_made_anew(built: Path) -> None:
    """Its entry has the right length, and its bytes are read only on their way to the site."""
    draw_large_picture(built)
    api.build(built, host=FakeHost())
    expected = files(built / "site")
    shutil.rmtree(built / "site")
    for path in (built / ".bulletin/cache").glob("??/*"):
        data = path.read_bytes()
        path.write_bytes(data[:-20_000] + bytes(20_000) if len(data) > 100_000 else data)

    report = api.build(built, host=FakeHost())

    assert not report.failed
    assert report.damaged
    assert files(built / "site") == expected


def draw_large_picture(root: Path) -> None:
    Image.effect_noise((1200, 900), 60).save(root / "assets/photos/2024/04/one.png")
