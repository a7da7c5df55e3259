from __future__ import annotations

import pytest

from site_builder.build.events import Event, Progress, Stage
from site_builder.build.executing.renderers import KINDS
from site_builder.cli.progress import Lines, is_terminal, kind_name
from site_builder.messages import load_messages

ZH, EN = load_messages("zh-CN"), load_messages("en")


def told(*events: tuple[float, Event]) -> list[str]:
    """What is said when each event comes at its second."""
    moments = iter([0.0, *(moment for moment, _ in events)])
    said: list[str] = []
    lines = Lines(ZH, said.append, clock=lambda: next(moments))
    for _, event in events:
        lines(event)
    return said


def test_a_fast_build_says_nothing() -> None:
    assert told((0, Stage("read")), (0.2, Stage("render")), (0.5, Progress("page", 9, 9)), (0.9, Stage("write"))) == []


def test_a_slow_build_says_its_stages_and_now_and_then_how_far_it_is() -> None:
    said = told(
        (0, Stage("read")),
        (1.5, Stage("render")),
        (2, Progress("photo", 1, 90)),
        (7, Progress("photo", 30, 90)),
        (8, Progress("photo", 40, 90)),
        (20, Stage("write")),
    )

    assert said == ["生成页面和订阅源", "图片 30/90", "写入网站"]


def test_a_stage_that_began_before_patience_ended_is_named_with_its_progress() -> None:
    assert told((0, Stage("render")), (3, Progress("photo", 5, 90))) == ["生成页面和订阅源", "图片 5/90"]


@pytest.mark.parametrize("messages", [ZH, EN], ids=["zh-CN", "en"])
def test_every_kind_of_work_has_a_name(messages: object) -> None:
    assert isinstance(messages, type(ZH))
    assert all(messages.has(f"progress.kind.{kind}") and messages.has(f"kind.task.{kind}") for kind in KINDS)
    assert kind_name("something new", messages) == messages.text("progress.kind.other")


@pytest.mark.parametrize(("variable", "value"), [("TERM", "dumb"), ("CI", "true")])
def test_no_bar_where_a_line_cannot_be_drawn_again(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert is_terminal()

    monkeypatch.setenv(variable, value)

    assert not is_terminal()


def test_new_tables_say_the_same_in_both_languages() -> None:
    for table in ("progress", "explain", "formats"):
        assert ZH.section(table).keys() == EN.section(table).keys() != set()
