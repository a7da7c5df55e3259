"""``bulletin init``"""

from __future__ import annotations

import re
import shlex
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_builder.cli.common import Command
from site_builder.errors import UsageError
from site_builder.messages import Messages, available_languages

if TYPE_CHECKING:
    from site_builder.api import Answers

ASKED = ("name", "url", "authority", "timezone", "sections")


def make(messages: Messages) -> Command:
    """The command."""

    def run(folder: Path, yes: bool, language: str | None, **given: str | None) -> int:
        from site_builder import api

        told = {name: value for name, value in given.items() if value is not None}
        start = api.Answers(messages.text("init.name"), language=language or messages.language)
        answers = replace(start, **told)
        if not yes and sys.stdin.isatty():
            try:
                answers = _ask(answers, [name for name in ASKED if name not in told], messages)
            except click.Abort:
                click.echo("\n" + messages.text("init.stopped"), err=True)
                return 130
        elif not yes and not {"name", "url"} <= told.keys():
            raise UsageError("init-not-asked")
        wrong = _wrong(answers, messages)
        if wrong:
            said = "".join(f"\n  --{name}: {text}" for name, text in wrong.items())
            raise click.UsageError(messages.text("errors.init-answers", first=said), click.get_current_context())
        made = api.make_newsroom(folder, answers)
        click.echo(messages.text("init.made", folder=folder, files=len(made)))
        click.echo(messages.text("init.next", folder=_as_typed(folder)))
        return 0

    languages = click.Choice(available_languages())
    options: list[click.Parameter] = [
        click.Argument(["folder"], type=click.Path(path_type=Path), metavar=messages.text("init.folder")),
        click.Option(["--yes"], is_flag=True, help=messages.text("init.help-yes")),
        *(click.Option([f"--{name}"], help=messages.text(f"init.help-{name}")) for name in ASKED),
        click.Option(["--language"], type=languages, help=messages.text("init.help-language")),
    ]
    return Command("init", messages, run, options, messages.text("init.help"), in_newsroom=False)


def _ask(answers: Answers, names: list[str], messages: Messages) -> Answers:
    """*answers* with what the terminal says to the questions *names*."""
    click.echo(messages.text("init.hello"))
    for name in names:
        answers = _ask_one(answers, name, messages)
    return answers


def _ask_one(answers: Answers, name: str, messages: Messages) -> Answers:
    """A wrong answer is told and asked for again; Enter takes the default."""
    from site_builder import api

    defaults = {
        "authority": api.suggest_authority(answers.url, date.today()),
        "sections": messages.text("init.sections"),
    }

    def accept(typed: str) -> str:
        told = _wrong(replace(answers, **{name: typed}), messages).get(name)
        if told:
            raise click.BadParameter(told)
        return typed

    question = messages.text(f"init.ask-{name}")
    answer = click.prompt(question, default=defaults.get(name, getattr(answers, name)), value_proc=accept)
    return replace(answers, **{name: answer})


def _wrong(answers: Answers, messages: Messages) -> dict[str, str]:
    """What is wrong with each answer, in words."""
    from site_builder import api
    from site_builder.formats.text import advice

    found = api.check_answers(answers, date.today())
    return {
        name: messages.text(own, **dict(problem.values)) if messages.has(own) else advice(problem, messages)
        for name, problem in found.items()
        for own in [f"init.wrong.{problem.code}"]
    }


def _as_typed(folder: Path) -> str:
    """*folder* as people type it: Chinese needs no quotes in any shell; double ones are understood by Windows too."""
    text = str(folder)
    if re.fullmatch(r"[\w./\\:-]+", text):
        return text
    return f'"{text}"' if not re.search(r'["$`!]', text) else shlex.quote(text)
