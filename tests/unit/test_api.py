"""The face that front ends call: whole, and light until something of it is used."""

from __future__ import annotations

import subprocess
import sys

from site_builder import api

HEAVY = ("feedgen", "jinja2", "mkdocs", "numpy", "ortools", "rjieba", "watchfiles")
"""What a page that is set from its lock has no use for."""


def test_every_name_of_the_face_is_there() -> None:
    assert [name for name in api.__all__ if not hasattr(api, name)] == []
    assert not hasattr(api, "no_such_name")


def test_print_imports_neither_feeds_nor_hosts_nor_the_solver() -> None:
    code = (
        "import sys\nfrom site_builder import api\n"
        "api.PagesOptions()\n"
        f"sys.exit(' '.join(sorted(set({HEAVY!r}) & set(sys.modules))) or 0)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8")

    assert done.returncode == 0, done.stderr
