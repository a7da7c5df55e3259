"""Problems for other programs, as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence

from site_builder.formats.wording import say
from site_builder.messages import Messages
from site_builder.problems import Problem


def format_json(problems: Sequence[Problem], messages: Messages) -> str:
    """All findings as a JSON array. The keys are stable; see docs/reference/cli.md."""
    return json.dumps([_as_dict(p, messages) for p in problems], ensure_ascii=False, indent=2)


def _as_dict(problem: Problem, messages: Messages) -> dict[str, object]:
    parts = {part: say(problem, messages, part) for part in ("what", "why", "fix")}
    return {
        "file": problem.path,
        "line": problem.span.line,
        "column": problem.span.column,
        "length": problem.span.length,
        "severity": problem.severity,
        "code": problem.code,
        **parts,
    }
