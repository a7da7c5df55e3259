"""Problems as SARIF 2.1.0, the exchange format of code scanners (OASIS standard; section numbers are its)."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from urllib.parse import quote

from site_builder import __version__
from site_builder.formats.wording import say
from site_builder.messages import Messages
from site_builder.problems import Problem

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"
"""The name by which viewers know the top of a repository (§3.14.14, and GitHub's reading of it)."""

_PLACE = re.compile(r"\{\w+\}")


def format_sarif(problems: Sequence[Problem], messages: Messages, folder: str = "") -> str:
    """One run of one tool, with a rule for each code that occurs; *folder* as in ``format_github``."""
    codes = sorted({problem.code for problem in problems})
    run = {
        "tool": {
            "driver": {
                "name": "Bulletin",
                "semanticVersion": __version__,
                "language": messages.language,
                "rules": [_rule(code, messages) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",  # §3.14.17
        "results": [_result(problem, codes.index(problem.code), messages, folder) for problem in problems],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2)


def _rule(code: str, messages: Messages) -> dict[str, object]:
    """What a code means wherever it occurs: its message with dots for what differs (§3.49)."""
    what, why, fix = (
        _PLACE.sub("……", messages.text(f"problems.{code}.{part}")).strip() for part in ("what", "why", "fix")
    )
    return {
        "id": code,
        "shortDescription": {"text": what},
        "fullDescription": {"text": why},
        "help": {"text": fix},
    }


def _result(problem: Problem, rule: int, messages: Messages, folder: str) -> dict[str, object]:
    span = problem.span
    what, why, fix = (say(problem, messages, part) for part in ("what", "why", "fix"))
    said = f"{what}\n{messages.text('report.why')}{why}\n{messages.text('report.fix')}{fix}"
    location = {
        "artifactLocation": {"uri": quote(folder + problem.path), "uriBaseId": ROOT},
        "region": {
            "startLine": span.line,
            "startColumn": span.column,
            "endColumn": span.column + max(span.length, 1),  # the column after the last (§3.30.8)
        },
    }
    return {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": problem.severity,
        "message": {"text": said},
        "locations": [{"physicalLocation": location}],
    }
