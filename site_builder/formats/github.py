"""Problems as workflow commands of GitHub Actions, which shows them beside the lines they are about.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from collections.abc import Sequence

from site_builder.formats.wording import say
from site_builder.messages import Messages
from site_builder.problems import Problem


def format_github(problems: Sequence[Problem], messages: Messages, folder: str = "") -> str:
    """One ``::error …::`` or ``::warning …::`` line for each problem; nothing when there are none.

    *folder* is the newsroom's within the repository, ``""`` or with a slash at its end: GitHub wants paths from the
    repository's root.
    """
    return "\n".join(_command(problem, messages, folder) for problem in problems)


def _command(problem: Problem, messages: Messages, folder: str) -> str:
    span = problem.span
    places = {
        "file": folder + problem.path,
        "line": span.line,
        "col": span.column,
        "endColumn": span.column + max(span.length, 1),
        "title": f"{say(problem, messages, 'what')} [{problem.code}]",
    }
    said = "\n".join(messages.text(f"report.{part}") + say(problem, messages, part) for part in ("why", "fix"))
    listed = ",".join(f"{name}={_property(str(value))}" for name, value in places.items())
    return f"::{problem.severity} {listed}::{_data(said)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
