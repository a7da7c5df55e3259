"""The command group. Nothing heavy is imported here, so that ``bulletin --help`` is instant."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from site_builder import __version__
from site_builder.build.locale import system_language
from site_builder.cli import build, check, explain, export, init, new, print_edition, schema, search, serve
from site_builder.cli.common import Command, CommandGroup, language_option
from site_builder.cli.wording import click_words
from site_builder.errors import BulletinError, UsageError, describe, system_error
from site_builder.messages import Messages, load_messages, match_language


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit status: 0 fine, 1 problems or a failed build, 2 wrong usage."""
    _speak_utf8()
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    messages = load_messages(choose_language(arguments))
    with click_words(messages):
        return _run(arguments, messages)


def _run(arguments: list[str], messages: Messages) -> int:
    try:
        status = make_command(messages).main(arguments, prog_name="bulletin", standalone_mode=False)
        return status if isinstance(status, int) else 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo(messages.text("cli.interrupted"), err=True)
        return 130
    except OSError as error:
        click.echo(f"bulletin: {describe(system_error(error), messages)}", err=True)
        return 1
    except BulletinError as error:
        click.echo(f"bulletin: {describe(error, messages)}", err=True)
        return 2 if isinstance(error, UsageError) else 1


def make_command(messages: Messages) -> click.Group:
    """The whole command, speaking the language of *messages*."""
    group = CommandGroup("bulletin", messages, help=messages.text("cli.help"))
    group.params += [
        language_option(messages),
        click.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_show_version,
            help=messages.text("cli.help-version"),
        ),
    ]
    commands: list[Command] = [
        check.make(messages),
        build.make(messages),
        serve.make(messages),
        explain.make(messages),
        new.make(messages),
        print_edition.make(messages),
        search.make(messages),
        export.make(messages),
        init.make(messages),
        schema.make(messages),
    ]
    for command in commands:
        group.add_command(command)
    return group


def choose_language(arguments: Sequence[str]) -> str:
    """The language that ``--lang`` asks for, else the locale's; it is needed before the options are parsed."""
    for index, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return match_language(argument.partition("=")[2])
        if argument == "--lang" and index + 1 < len(arguments):
            return match_language(arguments[index + 1])
    return system_language()


def _show_version(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        click.echo(f"bulletin {__version__}")
        context.exit()


def _speak_utf8() -> None:
    """Consoles of old Windows systems would stop at the first character that they lack."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main())
