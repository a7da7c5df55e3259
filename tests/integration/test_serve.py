"""The preview's server and its loop, without a browser."""

from __future__ import annotations

import http.client
import json
import queue
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fake_host import FakeHost
from newsroom_samples import FIRST_STORY, SECOND_STORY, files, make_newsroom, minimal_text

from site_builder import api
from site_builder.build import pipeline
from site_builder.build.clock import FixedClock
from site_builder.build.host import HostOutput, HostRequest
from site_builder.build.preview.server import Server, bind, serving
from site_builder.build.preview.session import Preview
from site_builder.build.preview.watching import Watch
from site_builder.cli.main import main
from site_builder.errors import HostError, UsageError
from site_builder.render.artifact import Artifact

CLOCK = FixedClock(datetime(2024, 4, 8, 4, 0, tzinfo=UTC))
OURS = re.compile(rb"/-/|pv-foot|bulletin-preview|EventSource")


class Desk:
    """A newsroom, its preview, and a server on a free port."""

    def __init__(self, root: Path, preview: Preview, server: Server) -> None:
        self.root = root
        self.preview = preview
        self.server = server

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.server_port, timeout=10)
        connection.putrequest(method, path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        response = connection.getresponse()
        body = response.read().decode("utf-8", "replace")
        connection.close()
        return response, body

    def write(self, path: str, text: str) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def change(self, path: str, old: str, new: str) -> api.Rebuilt:
        text = (self.root / path).read_text(encoding="utf-8")
        assert old in text
        self.write(path, text.replace(old, new))
        return self.preview.rebuild(frozenset({self.root / path}))


@contextmanager
def at_work(root: Path, host: object | None = None) -> Iterator[Desk]:
    preview = Preview(root, host or FakeHost(), CLOCK, "zh-CN")  # type: ignore[arg-type]
    preview.rebuild()
    with bind("127.0.0.1", 0, preview) as server, serving(server):
        yield Desk(root, preview, server)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with at_work(make_newsroom(tmp_path)) as desk:
        yield desk


def test_pages_come_with_the_script_and_nothing_may_be_kept(desk: Desk) -> None:
    response, body = desk.get("/stories/first-story/")

    assert response.status == 200
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-store"
    assert body.count('<script src="/-/preview.js"') == 1


def test_no_file_on_disk_knows_of_the_preview(desk: Desk) -> None:
    """Not the preview's files, and not those of a published site."""
    desk.get("/stories/first-story/")
    api.build(desk.root, host=FakeHost(), clock=CLOCK)

    for folder in ("site-preview", "site"):
        assert [name for name, data in files(desk.root / folder).items() if OURS.search(data)] == []


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/assets/bulletin/bulletin.css", "text/css; charset=utf-8"),
        ("/search/index.json", "application/json; charset=utf-8"),
        ("/rss.xml", "application/xml; charset=utf-8"),
        ("/-/preview.js", "text/javascript; charset=utf-8"),
        ("/-/preview.css", "text/css; charset=utf-8"),
    ],
)
def test_files_come_with_their_type(desk: Desk, path: str, kind: str) -> None:
    response, _ = desk.get(path)

    assert (response.status, response.headers["Content-Type"]) == (200, kind)


@pytest.mark.parametrize(
    "path",
    [
        "/../mkdocs.yml",
        "/%2e%2e/mkdocs.yml",
        "/..%2fmkdocs.yml",
        "/stories/../../mkdocs.yml",
        "/..\\mkdocs.yml",
        "/..%5cmkdocs.yml",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/.bulletin-manifest.json",
        "/%00",
        "/leak/mkdocs.yml",
        "/" + "a" * 5000,
        "/%ff%fe",
        "/C:/Windows/win.ini",
    ],
)
def test_nothing_outside_the_site_is_ever_sent(desk: Desk, path: str) -> None:
    (desk.root / "site-preview/leak").symlink_to(desk.root)

    response, body = desk.get(path)

    assert response.status in (404, 500)
    assert "minimal.example" not in body
    assert "root:" not in body


def test_an_address_that_would_lead_to_another_host_leads_nowhere(desk: Desk) -> None:
    inside = desk.root / "site-preview/stories"

    response, _ = desk.get(f"/{inside}")

    assert response.status in (404, 500)


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "localhost.evil.example", "", "127.0.0.1.evil.example"]
)
def test_a_name_that_was_turned_to_this_machine_learns_nothing(desk: Desk, host: str) -> None:
    response, body = desk.get("/", Host=host)

    assert response.status == 421
    assert "夜校" not in body


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "LOCALHOST:1", "[::1]:8000"])
def test_this_machine_is_welcome_by_all_its_names(desk: Desk, host: str) -> None:
    assert desk.get("/", Host=host)[0].status == 200


def test_a_site_below_a_path_is_served_there(tmp_path: Path) -> None:
    settings = minimal_text("mkdocs.yml").replace("https://minimal.example/", "https://minimal.example/paper/")
    with at_work(make_newsroom(tmp_path, {"mkdocs.yml": settings})) as desk:
        front, _ = desk.get("/")
        inside, body = desk.get("/paper/stories/first-story/")
        slash, _ = desk.get("/paper/stories/first-story")
        outside, _ = desk.get("/stories/first-story/")

        assert (front.status, front.headers["Location"]) == (302, "/paper/")
        assert inside.status == 200
        assert "小港工会办起夜校" in body
        assert (slash.status, slash.headers["Location"]) == (302, "/paper/stories/first-story/")
        assert outside.status in (404, 500)
        assert desk.server.url == f"http://127.0.0.1:{desk.server.server_port}/paper/"


def test_a_story_with_an_error_shows_it_and_all_others_are_there(desk: Desk) -> None:
    rebuilt = desk.change(FIRST_STORY, "体裁: 消息", "体裁: <b>长文</b>")

    response, body = desk.get("/stories/first-story/")
    assert response.status == 500
    assert f"{FIRST_STORY}:4:5" in body
    assert "&lt;b&gt;长文&lt;/b&gt;" in body
    assert "<b>" not in body
    assert rebuilt.published
    assert desk.get("/stories/second-story/")[0].status == 200
    assert "1 篇稿件有错误" in desk.get("/")[1]

    desk.change(FIRST_STORY, "体裁: <b>长文</b>", "体裁: 消息")
    assert desk.get("/stories/first-story/")[0].status == 200
    assert "pv-bar" not in desk.get("/")[1]


def test_a_warning_stands_above_its_own_story_only(desk: Desk) -> None:
    desk.change(FIRST_STORY, "小港工会办起夜校", "小港工会办起夜校。")

    assert "headline-full-stop" in desk.get("/stories/first-story/")[1]
    assert "headline-full-stop" not in desk.get("/stories/second-story/")[1]
    assert "headline-full-stop" in desk.get("/-/problems/")[1]


def test_a_broken_copy_does_not_hide_the_story_whose_id_it_has(desk: Desk) -> None:
    """Its problems once stood in the place of a story that was sound."""
    copy = "content/stories/2024/04/copy.md"
    desk.write(copy, minimal_text(FIRST_STORY).replace("体裁: 消息", "体裁: 长文"))
    desk.preview.rebuild()

    response, body = desk.get("/stories/first-story/")
    assert response.status == 200
    assert f"{copy}:4:5" in body
    assert "60名职工" in body


def test_a_problem_of_no_page_is_told_on_every_page(desk: Desk) -> None:
    desk.change("content/editions/2024-04-08.yml", "稿件: [second-story]", "稿件: [third-story]")

    assert "pv-bar" in desk.get("/stories/first-story/")[1]
    assert "content/editions/2024-04-08.yml:11" in desk.get("/-/problems/")[1]


@pytest.mark.parametrize(
    ("path", "broken", "code"),
    [
        ("mkdocs.yml", "site_name: [", "mkdocs.yml"),
        ("themes/templates/story.html", "{% block title %}{{ page.headline }", "themes/templates/story.html:1"),
        (
            "themes/templates/story.html",
            "{{ nothing.at.all }}",
            "themes/templates/story.html",
        ),
    ],
)
def test_what_stops_the_build_leaves_the_last_site_and_passes(desk: Desk, path: str, broken: str, code: str) -> None:
    before = (desk.root / path).read_text(encoding="utf-8") if (desk.root / path).exists() else None
    desk.write(path, broken)

    rebuilt = desk.preview.rebuild()
    assert not rebuilt.published
    response, body = desk.get("/stories/first-story/")
    assert response.status == 200
    assert "pv-bar--stopped" in body
    assert code in desk.get("/-/problems/")[1]

    if before is None:
        (desk.root / path).unlink()
    else:
        desk.write(path, before)
    assert desk.preview.rebuild().published
    assert "pv-bar" not in desk.get("/stories/first-story/")[1]


class MoodyHost(FakeHost):
    """Raises what it is told to."""

    error: Exception | None = None

    def render(self, request: HostRequest) -> HostOutput:
        if self.error:
            raise self.error
        return super().render(request)


@pytest.mark.parametrize(
    "error",
    [
        HostError("host-failed", "<b>nav</b> is wrong"),
        OSError(28, "No space left on device", "x"),
        ZeroDivisionError("no"),
    ],
    ids=["host", "disk", "fault of our own"],
)
def test_no_failure_ends_the_preview(tmp_path: Path, error: Exception) -> None:
    host = MoodyHost()
    with at_work(make_newsroom(tmp_path), host) as desk:
        host.error = error
        rebuilt = desk.change("mkdocs.yml", "小港工人报", "大港工人报")

        assert rebuilt.error is not None
        assert desk.get("/")[0].status == 200
        listed = desk.get("/-/problems/")[1]
        assert 'class="pv-stopped"' in listed
        assert "<b>nav" not in listed

        host.error = None
        assert desk.preview.rebuild().published
        assert "pv-stopped" not in desk.get("/-/problems/")[1]


def test_a_newsroom_that_was_never_built_says_why_at_every_address(tmp_path: Path) -> None:
    root = make_newsroom(tmp_path, {"mkdocs.yml": "site_name: [\n"})
    with at_work(root) as desk:
        response, body = desk.get("/stories/first-story/")
        assert response.status == 500
        assert "mkdocs.yml:1" in body

        desk.write("mkdocs.yml", minimal_text("mkdocs.yml"))
        desk.preview.rebuild()
        assert desk.get("/stories/first-story/")[0].status == 200


def test_drafts_and_scheduled_stories_are_marked_everywhere(desk: Desk) -> None:
    desk.change(FIRST_STORY, "频道: 工会新闻", "频道: 工会新闻\n状态: 草稿")
    desk.change(SECOND_STORY, "date: 2024-04-08 06:30", "date: 2024-04-09 06:30")

    for path in ("/", "/archive/2024/04/", "/editions/2024-04-08/"):
        body = desk.get(path)[1]
        assert "bu-mark--draft" in body
        assert "定于4月9日 06:30" in body
    assert ">草稿</span>" in desk.get("/stories/first-story/")[1]
    assert "</time> 发布" not in desk.get("/stories/first-story/")[1]
    assert 'content="noindex"' in desk.get("/stories/second-story/")[1]


class Stream:
    """The events of one page, read as a browser would."""

    def __init__(self, desk: Desk, path: str) -> None:
        _, body = desk.get(path)
        data = dict(re.findall(r'data-(\w+)="([^"]*)"', body))
        self.events: queue.Queue[tuple[str, str]] = queue.Queue()
        self.socket = socket.create_connection(("127.0.0.1", desk.server.server_port), timeout=10)
        query = f"page={path}&tag={data['tag']}&styles={data['styles']}"
        self.socket.settimeout(None)
        self.socket.sendall(f"GET /-/events?{query} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        threading.Thread(target=self._read, daemon=True).start()
        assert self.next()[0] == "bar"

    def _read(self) -> None:
        with self.socket, self.socket.makefile(encoding="utf-8") as lines:
            name = ""
            for line in lines:
                if line.startswith("event: "):
                    name = line.removeprefix("event: ").strip()
                elif line.startswith("data:") and name:
                    self.events.put((name, line.removeprefix("data:").strip()))

    def next(self) -> tuple[str, str]:
        return self.events.get(timeout=10)

    def silent(self) -> bool:
        time.sleep(0.3)
        return self.events.empty()


def test_only_the_pages_that_changed_are_told_to_reload(desk: Desk) -> None:
    first, second = Stream(desk, "/stories/first-story/"), Stream(desk, "/about/")

    desk.change(FIRST_STORY, "60名职工", "61名职工")

    assert first.next()[0] == "reload"
    assert second.silent()


def test_a_style_sheet_is_told_without_a_reload(desk: Desk) -> None:
    stream = Stream(desk, "/stories/first-story/")
    desk.write("themes/static/bulletin.css", "body { color: green }")

    desk.preview.rebuild()

    assert stream.next()[0] == "styles"
    assert stream.silent()


def test_the_bar_comes_and_goes_without_a_reload(desk: Desk) -> None:
    stream = Stream(desk, "/about/")

    desk.change(FIRST_STORY, "体裁: 消息", "体裁: 长文")
    name, data = stream.next()
    assert name == "bar"
    assert "1 篇稿件有错误" in json.loads(data)

    desk.change(FIRST_STORY, "体裁: 长文", "体裁: 消息")
    assert stream.next() == ("bar", '""')


def test_a_page_that_vanished_is_told_and_told_again_when_it_is_back(desk: Desk) -> None:
    stream = Stream(desk, "/stories/first-story/")
    desk.change(FIRST_STORY, "编号: first-story", "编号: other-story")
    assert stream.next()[0] == "reload"

    gone = desk.get("/stories/first-story/")
    assert gone[0].status in (404, 500)
    again = Stream(desk, "/stories/first-story/")
    desk.change(FIRST_STORY, "编号: other-story", "编号: first-story")
    assert again.next()[0] == "reload"


def test_a_build_elsewhere_is_waited_for(tmp_path: Path) -> None:
    root = make_newsroom(tmp_path)
    waited = threading.Event()
    preview = Preview(root, FakeHost(), CLOCK, "zh-CN", waited.set)
    done: list[api.Rebuilt] = []
    builder = threading.Thread(target=lambda: done.append(preview.rebuild()))

    with pipeline.lock(root):
        builder.start()
        assert waited.wait(10)
        assert done == []
    builder.join(20)

    assert done[0].published


def test_a_reader_never_meets_a_site_that_is_being_exchanged(tmp_path: Path) -> None:
    """Every page of one build carries that build's number; a reader in the middle sees one number at a time."""

    class Counting(FakeHost):
        def render(self, request: HostRequest) -> HostOutput:
            output = super().render(request)
            number = str(request.chrome["site_name"])
            pages = tuple(Artifact.text(f"p{i}/index.html", f"<body>no {number}") for i in range(40))
            return HostOutput((*output.artifacts, *pages), output.frame, output.pages)

    with at_work(make_newsroom(tmp_path), Counting()) as desk:
        seen: list[tuple[str, str]] = []
        stop = threading.Event()

        def read() -> None:
            while not stop.is_set():
                with desk.preview._files:
                    first, last = (desk.preview.answer(f"/p{i}/").body for i in (0, 39))
                seen.append(tuple(re.findall(rb"no (\S+?)<", first + last)))  # type: ignore[arg-type]

        reader = threading.Thread(target=read)
        reader.start()
        name = "小港工人报"
        for number in range(6):
            desk.change("mkdocs.yml", f"site_name: {name}", f"site_name: n{number}")
            name = f"n{number}"
        stop.set()
        reader.join()

    assert {a == b for a, b in seen} == {True}


def test_a_port_that_is_taken_is_an_error_or_the_next_one_serves(tmp_path: Path) -> None:
    preview = Preview(make_newsroom(tmp_path), FakeHost(), CLOCK, "zh-CN")
    with bind("127.0.0.1", None, preview) as one, bind("127.0.0.1", None, preview) as two:
        assert two.server_port != one.server_port
        with pytest.raises(UsageError) as caught:
            bind("127.0.0.1", one.server_port, preview)

    assert (caught.value.code, caught.value.values) == ("port-taken", (str(one.server_port),))


def test_the_command_says_what_is_wrong_with_an_address(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_newsroom(tmp_path)

    assert main(["serve", "--root", str(root), "--host", "192.0.2.7"]) == 2
    assert "192.0.2.7" in capsys.readouterr().err


# Watching


def wait_for(watch: Watch, wanted: Callable[[frozenset[Path]], bool], act: Callable[[], object]) -> None:
    """Do *act* and take changes until *wanted* is among them; the queue's own time limit ends a vain wait."""
    seen: set[Path] = set()
    found = threading.Event()

    def take() -> None:
        for changed in watch.changes():
            seen.update(changed)
            if wanted(frozenset(seen)):
                found.set()
                return

    threading.Thread(target=take, daemon=True).start()
    time.sleep(0.6)  # the system begins to watch
    act()
    assert found.wait(10), seen


@pytest.fixture
def room(tmp_path: Path) -> Iterator[tuple[Path, Watch]]:
    root = make_newsroom(tmp_path).resolve()
    preview = Preview(root, FakeHost(), CLOCK, "zh-CN")
    with Watch(root, preview.folders) as watch:
        yield root, watch


def test_settings_that_an_editor_replaces_are_seen(room: tuple[Path, Watch]) -> None:
    root, watch = room

    def replace() -> None:
        (root / "mkdocs.new").write_text("x", encoding="utf-8")
        (root / "mkdocs.new").replace(root / "mkdocs.yml")

    wait_for(watch, lambda seen: seen == {root / "mkdocs.yml"}, replace)


def test_a_theme_that_begins_to_be_is_followed(room: tuple[Path, Watch]) -> None:
    root, watch = room
    wait_for(watch, lambda seen: root / "themes" in seen, (root / "themes").mkdir)
    style = root / "themes/static/bulletin.css"

    def write() -> None:
        style.parent.mkdir()
        time.sleep(0.2)
        style.write_text("x", encoding="utf-8")

    wait_for(watch, lambda seen: style in seen, write)


def test_a_content_folder_that_is_exchanged_is_followed(room: tuple[Path, Watch]) -> None:
    root, watch = room

    def exchange() -> None:
        (root / "content").rename(root / "old")
        (root / "old").rename(root / "content")

    wait_for(watch, lambda seen: root / "content" in seen, exchange)
    story = root / FIRST_STORY
    wait_for(watch, lambda seen: story in seen, lambda: story.write_text("x", encoding="utf-8"))


def test_what_bulletin_and_editors_leave_behind_is_not_seen(room: tuple[Path, Watch]) -> None:
    root, watch = room

    def litter() -> None:
        for name in (
            ".bulletin/lock",
            "site/index.html",
            "site-preview/index.html",
            "content/.people.yml.swp",
            "notes.txt",
        ):
            (root / name).parent.mkdir(exist_ok=True)
            (root / name).write_text("x", encoding="utf-8")
        passing = root / "content/sedXYZ"
        passing.write_text("x", encoding="utf-8")
        passing.replace(root / "content/people.yml")

    wait_for(watch, lambda seen: seen == {root / "content/people.yml"}, litter)
