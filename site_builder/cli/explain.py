"""``bulletin explain``"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_builder.cli.common import Command, newsroom_root
from site_builder.cli.report import show_problems
from site_builder.messages import Messages

if TYPE_CHECKING:
    from site_builder.api import Output, Source
    from site_builder.build.executing.trail import Change
    from site_builder.build.records import Reason

FORMATS = ("text", "json")
_UNSAID = frozenset({"genre", "body_html", "lead_html", "html"})
"""Fields whose values are the program's own words, or markup: that they differ is all an editor can use."""
_MOST = 60
"""Characters of a value that one line shows."""


def make(messages: Messages) -> Command:
    """The command."""

    def run(path: str, site_dir: Path | None, preview: bool, style: str, root: Path | None) -> int:
        from site_builder import api

        options = api.Options(audience="preview" if preview else "public", site_dir=site_dir, jobs=None)
        newsroom = newsroom_root(root)
        found = api.explain(newsroom, path, options, folder=Path.cwd())
        if isinstance(found, api.Report):
            show_problems(found.problems, messages, style, newsroom)
            return 1
        if style == "json":
            click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2))
        else:
            lines = _source_lines(found, messages) if isinstance(found, api.Source) else _output_lines(found, messages)
            click.echo("\n".join(lines))
        return 0

    options: list[click.Parameter] = [
        click.Argument(["path"], metavar=messages.text("explain.path")),
        click.Option(
            ["--site-dir"], type=click.Path(file_okay=False, path_type=Path), help=messages.text("explain.site-dir")
        ),
        click.Option(["--preview"], is_flag=True, help=messages.text("explain.preview")),
        click.Option(
            ["--format", "style"],
            type=click.Choice(FORMATS),
            default="text",
            show_default=True,
            help=messages.text("explain.format"),
        ),
    ]
    return Command("explain", messages, run, options, messages.text("explain.help"))


def _source_lines(source: Source, messages: Messages) -> Iterator[str]:
    key = "explain.reaches" if source.outputs else "explain.reaches-nothing"
    yield messages.text(key, path=source.path, count=len(source.outputs))
    yield from (f"  {path}" for path in source.outputs)


def _output_lines(output: Output, messages: Messages) -> Iterator[str]:
    def say(key: str, **values: object) -> str:
        return messages.text(f"explain.{key}", **values)

    yield output.path
    yield "  " + say("made", what=_kind(output.kind, messages), name=output.name)
    if output.sources:
        yield "  " + say("sources", count=len(output.sources))
        yield from (f"    {path}" for path in output.sources)
    templates = sum(part.startswith("template:") for part in output.setting)
    if output.setting:
        yield "  " + say("setting" if templates else "setting-code", templates=templates)
    yield "  " + say("state", state=say(f"state-{output.state}"))
    if output.stale:
        yield from _reason_lines(output.stale, messages)
    if output.last:
        moment = output.at[:16].replace("T", " ")
        yield "  " + say("last", moment=moment)
        yield from _reason_lines(output.last, messages)


def _reason_lines(reason: Reason, messages: Messages) -> Iterator[str]:
    if not (reason.parts or reason.changes):
        yield "    " + messages.text(f"explain.why-{reason.why}")
    yield from (f"    {_part(part, messages)}" for part in reason.parts)
    yield from (f"    {_change(change, messages)}" for change in reason.changes)


def _part(part: str, messages: Messages) -> str:
    kind, _, name = part.partition(":")
    return messages.text(f"explain.part-{kind}", name=name)


def _change(change: Change, messages: Messages) -> str:
    """``“qingdao-two-lists”的主题：“旧” → “新”``"""
    if not change.field:
        key = "came" if change.before is None else "went"
        return messages.text(f"explain.{key}", owner=change.owner, title=change.after or change.before or "")
    key = f"explain.field.{change.field}"
    field = messages.text(key) if messages.has(key) else change.field
    what = messages.text("explain.of", owner=change.owner, field=field) if change.owner else field
    if change.field in _UNSAID or not (change.before or change.after):
        return messages.text("explain.differs", what=what)
    none = messages.text("explain.nothing")
    before, after = (_shortened(value or none) for value in (change.before, change.after))
    return messages.text("explain.changed", what=what, before=before, after=after)


def _shortened(value: str) -> str:
    return value if len(value) <= _MOST else value[:_MOST] + "……"


def _kind(kind: str, messages: Messages) -> str:
    return messages.text(f"explain.kind-{kind}" if kind in ("host", "static") else f"kind.task.{kind}")
